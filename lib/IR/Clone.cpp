//===- Clone.cpp - Copies of whole functions ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The types of variable-length arrays mention variables in their extents, and
// so are copied as well.
//
//===----------------------------------------------------------------------===//

#include "Clone.h"
#include "Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

const Expr *ir::remapExpr(Context &Ctx, const Expr *E, const VariableMap &Map) {
  return rewrite(Ctx, E, [&](const Expr *Node) -> const Expr * {
    if (!Node->is(ExprKind::Var))
      return Node;
    Variable *New = Map.lookup(Node->Var);
    return New ? Ctx.var(New, Node->Loc) : Node;
  });
}

const Type *ir::remapType(Context &Ctx, const Type *Ty,
                          const VariableMap &Map) {
  if (Ty->isArray())
    return Ctx.arrayOf(remapType(Ctx, Ty->Element, Map),
                       remapExpr(Ctx, Ty->Extent, Map));
  if (Ty->isPointer())
    return Ctx.pointerTo(remapType(Ctx, Ty->Element, Map), Ty->ConstElement);
  return Ty;
}

void ir::remap(Context &Ctx, Block &B, const VariableMap &Map) {
  forEachStmt(B, [&](Stmt &S) {
    if (Variable *New = S.Var ? Map.lookup(S.Var) : nullptr)
      S.Var = New;
    rewriteStmt(Ctx, S, [&](const Expr *E) -> const Expr * {
      if (!E->is(ExprKind::Var))
        return E;
      Variable *New = Map.lookup(E->Var);
      return New ? Ctx.var(New, E->Loc) : E;
    });
  });
}

Function *ir::cloneFunction(Context &Ctx, const Function &F, VariableMap &Map) {
  Function *Copy = Ctx.addFunction(F.Name);
  *Copy = F;
  Copy->Body = cloneBlock(Ctx, F.Body);
  auto NewVariable = Copy->Variables.begin();
  for (const Variable &V : F.Variables)
    Map[&V] = &*NewVariable++;
  for (Variable &V : Copy->Variables)
    V.Ty = remapType(Ctx, V.Ty, Map);
  for (Variable *&P : Copy->Params)
    P = Map.lookup(P);
  if (Copy->Result)
    Copy->Result = Map.lookup(Copy->Result);
  if (Copy->ResultTangent)
    Copy->ResultTangent = Map.lookup(Copy->ResultTangent);
  for (MemoryExtent &E : Copy->Extents)
    E = {Map.lookup(E.Pointer), remapExpr(Ctx, E.Count, Map)};
  remap(Ctx, Copy->Body, Map);
  return Copy;
}
