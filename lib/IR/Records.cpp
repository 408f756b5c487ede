//===- Records.cpp - Records and arrays, scalar by scalar -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fields come in the order of their declaration, as C++ copies them.
//
//===----------------------------------------------------------------------===//

#include "Records.h"
#include "Walk.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

using PlaceList = llvm::SmallVector<const Expr *, 2>;

static void visitArray(Context &Ctx, Function &F,
                       llvm::ArrayRef<const Expr *> Places, Block &Into,
                       ScalarWork Work) {
  Stmt *Loop = Ctx.stmt(StmtKind::For, Places[0]->Loc);
  Loop->Var = F.addVariable("i", Ctx.intType(), VariableKind::Local);
  Loop->Var->Generated = true;
  Loop->Lower = Ctx.intLiteral(0);
  Loop->Upper = Places[0]->Ty->Extent;
  Loop->Step = Ctx.intLiteral(1);
  PlaceList Elements;
  for (const Expr *Place : Places)
    Elements.push_back(Ctx.index(Place, Ctx.var(Loop->Var), Place->Loc));
  forEachScalar(Ctx, F, Elements, Loop->Body, Work);
  if (!Loop->Body.empty())
    Into.push_back(Loop);
}

void ir::forEachScalar(Context &Ctx, Function &F,
                       llvm::ArrayRef<const Expr *> Places, Block &Into,
                       ScalarWork Work) {
  const Type *Ty = Places[0]->Ty;
  if (Ty->isArray())
    return visitArray(Ctx, F, Places, Into, Work);
  if (!Ty->isRecord())
    return Work(Places, Into);
  for (const RecordField &Field : Ty->Fields) {
    PlaceList Inner;
    for (const Expr *Place : Places)
      Inner.push_back(Ctx.field(Place, Field.Name, Field.Ty, Place->Loc));
    forEachScalar(Ctx, F, Inner, Into, Work);
  }
}

void ir::copyScalars(Context &Ctx, Function &F, const Expr *To,
                     const Expr *From, Block &Into, Location Loc) {
  forEachScalar(Ctx, F, {To, From}, Into,
                [&](llvm::ArrayRef<const Expr *> Places, Block &Out) {
                  Out.push_back(
                      Ctx.assign(Places[0], Places[1], AssignOp::Set, Loc));
                });
}

void ir::copyReals(Context &Ctx, Function &F, const Expr *To, const Expr *From,
                   Block &Into, AssignOp Op) {
  forEachScalar(Ctx, F, {To, From}, Into,
                [&](llvm::ArrayRef<const Expr *> Places, Block &Out) {
                  if (Places[0]->Ty->isReal())
                    Out.push_back(Ctx.assign(Places[0], Places[1], Op));
                });
}

void ir::declareZero(Context &Ctx, Function &F, Variable *V, Block &Into) {
  Into.push_back(Ctx.declare(V));
  Into.back()->ZeroInit = true;
  const Type *Ty = V->Ty;
  while (Ty->isArray())
    Ty = Ty->Element;
  if (!Ty->isRecord() || !Ty->Initialises)
    return;
  forEachScalar(Ctx, F, {Ctx.var(V)}, Into,
                [&](llvm::ArrayRef<const Expr *> Places, Block &Out) {
                  if (Places[0]->Ty->isReal())
                    Out.push_back(Ctx.assign(Places[0], Ctx.intLiteral(0)));
                });
}

static const Variable *findRecord(const Function &F,
                                  std::set<const Function *> &Seen) {
  if (!Seen.insert(&F).second)
    return nullptr;
  for (const Variable &V : F.Variables)
    if (V.Ty->scalar()->isRecord())
      return &V;
  const Variable *Found = nullptr;
  forEachStmt(F.Body, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var && E.Var->Ty->scalar()->isRecord())
        Found = E.Var;
    });
    if (S.Callee && !Found)
      Found = findRecord(*S.Callee, Seen);
  });
  return Found;
}

const Variable *ir::findRecord(const Function &F) {
  std::set<const Function *> Seen;
  return ::findRecord(F, Seen);
}
