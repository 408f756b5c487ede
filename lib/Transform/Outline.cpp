//===- Outline.cpp - A function of its own for a piece of another one -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Free variables
//===----------------------------------------------------------------------===//

static bool isDeclaration(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Call:
  case StmtKind::For:
  case StmtKind::Allocate:
  case StmtKind::Reserve:
  case StmtKind::Pop:
    return S.Var;
  default:
    return false;
  }
}

/// Globals that no derivative flows through are named where they are.
static bool mustBePassed(const Variable *V) {
  return !V->isGlobal() || (V->Ty->carriesReal() && !V->Const);
}

void retrograd::addFreeVariables(const Expr *E, VariableList &Into) {
  if (!E)
    return;
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.Var && mustBePassed(Node.Var))
      Into.insert(Node.Var);
  });
}

VariableList retrograd::freeVariables(const Block &Code) {
  llvm::DenseSet<const Variable *> Own;
  forEachStmt(Code, [&](const Stmt &S) {
    if (isDeclaration(S))
      Own.insert(S.Var);
  });
  VariableList Free;
  auto Mention = [&](Variable *V) {
    if (V && !Own.contains(V) && mustBePassed(V))
      Free.insert(V);
  };
  forEachStmt(Code, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) { Mention(E.Var); });
    Mention(S.Var);
  });
  return Free;
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

static void copyFlags(const Variable &From, Variable &To) {
  To.Const = From.Const;
  To.Restrict = From.Restrict;
  To.Inactive = From.Inactive;
  To.Generated = From.Generated;
  To.AddressTaken = From.AddressTaken;
}

/// The parameter that V is passed as.
static Variable *addParameter(Context &Ctx, Function &F, const Variable &V,
                              bool Written, const VariableMap &Map) {
  const Type *Ty = remapType(Ctx, V.Ty, Map);
  bool Outside = V.Reference || V.isGlobal();
  bool VariableLength = Ty->isArray() && !Ty->Extent->is(ExprKind::Literal);
  if (VariableLength)
    Ty = Ctx.pointerTo(Ty->Element, V.Const);
  std::string Name = V.Name.substr(V.Name.rfind(':') + 1);
  Variable *P = F.addVariable(Name, Ty, VariableKind::Parameter, V.Loc);
  copyFlags(V, *P);
  bool Plain = Ty->isArithmetic();
  // Memory of the caller stays where it is, since it may have other names.
  P->Reference = !VariableLength && !(Plain || Ty->isPointer());
  P->Reference |= Outside || Written || V.AddressTaken;
  P->Reference &= !VariableLength;
  if (!P->Reference) {
    P->Const = false;
  } else if (!Outside) {
    // Nobody else can name a local whose address is not taken.
    P->Restrict |= Plain && !V.AddressTaken;
  }
  F.Params.push_back(P);
  return P;
}

static void addLocal(Context &Ctx, Function &F, const Variable &V,
                     VariableMap &Map) {
  if (Map.count(&V))
    return;
  Variable *L = F.addVariable(V.Name, remapType(Ctx, V.Ty, Map),
                              VariableKind::Local, V.Loc);
  copyFlags(V, *L);
  Map[&V] = L;
}

std::vector<Variable *> retrograd::outline(Context &Ctx, const Block &Code,
                                           const VariableList &Parameters,
                                           const VariableList &Written,
                                           Function &Into, VariableMap &Map) {
  std::vector<Variable *> Arguments;
  // Scalars first: the extents of arrays are over them.
  for (bool Arrays : {false, true})
    for (Variable *V : Parameters)
      if (V->Ty->hasVariableExtent() == Arrays) {
        Map[V] = addParameter(Ctx, Into, *V, Written.count(V), Map);
        Arguments.push_back(V);
      }
  Into.Body = cloneBlock(Ctx, Code);
  forEachStmt(Into.Body, [&](const Stmt &S) {
    if (isDeclaration(S))
      addLocal(Ctx, Into, *S.Var, Map);
  });
  remap(Ctx, Into.Body, Map);
  return Arguments;
}
