//===- LoopAccesses.cpp - What the iterations of a loop have in common ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Variables that the body declares are new in each iteration. They count as
// assigned, so that nothing which mentions them is invariant, but they are no
// memory that iterations share.
//
//===----------------------------------------------------------------------===//

#include "LoopAccesses.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::isRealUpdate(const Stmt &S) {
  return S.Kind == StmtKind::Assign && S.Op != AssignOp::Set &&
         S.Target->Ty->isReal();
}

bool retrograd::isShadowPlace(const Expr *Place) {
  while (!Place->is(ExprKind::Var)) {
    if (Place->Operands.empty())
      return false;
    Place = Place->op(0);
  }
  return Place->Var->Shadow;
}

void LoopAccesses::addReads(const Stmt &S, const Expr *E) {
  Simple &= !readsUnseen(E);
  ObjectSet Unseen = Memory.reads(E);
  forEachExpr(E, [&](const Expr &Node) {
    if (!Node.isLValue() || Node.Ty->isArray())
      return;
    Read.push_back({&S, &Node});
    Unseen.intersectWithComplement(Memory.denotes(&Node));
  });
  OtherReads |= Unseen;
}

void LoopAccesses::addStmt(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::For:
    Declared |= Memory.writes(S);
    break;
  case StmtKind::Assign:
    (isRealUpdate(S) ? Added : Assigned).push_back({&S, S.Target});
    (isRealUpdate(S) ? AddedObjects : AssignedObjects) |= Memory.writes(S);
    break;
  case StmtKind::Pop:
    Declared |= Memory.writes(S);
    UsesTape = true;
    break;
  case StmtKind::PopArray:
    Assigned.push_back({&S, S.Target});
    AssignedObjects |= Memory.writes(S);
    UsesTape = true;
    break;
  case StmtKind::Release:
    UsesTape = true;
    break;
  case StmtKind::If:
  case StmtKind::While:
    break;
  default:
    Simple = false;
    return;
  }
  for (const Expr *E : {S.Value, S.Lower, S.Upper, S.Step, S.Count})
    if (E)
      addReads(S, E);
  if (S.Target)
    for (const Expr *Operand : S.Target->Operands)
      addReads(S, Operand);
}

LoopAccesses::LoopAccesses(const DerivativeMemory &Memory, const Stmt &Loop)
    : Memory(Memory), Loop(Loop) {
  Declared |= Memory.writes(Loop);
  forEachStmt(Loop.Body, [&](const Stmt &S) { addStmt(S); });
}

bool LoopAccesses::isInvariant(const Expr *E) const {
  ObjectSet Reads = Memory.reads(E);
  return !Memory.mayOverlap(Reads, Declared) &&
         !Memory.mayOverlap(Reads, AssignedObjects) &&
         !Memory.mayOverlap(Reads, AddedObjects);
}

bool LoopAccesses::isSum(const Expr *Place) const {
  ObjectSet Objects = Memory.denotes(Place);
  auto Overlaps = [&](const Dependence::Access &Other) {
    return Memory.mayOverlap(Place, Other.Place);
  };
  return !Memory.mayOverlap(Objects, Declared) &&
         !Memory.mayOverlap(Objects, OtherReads) &&
         llvm::none_of(Read, Overlaps) && llvm::none_of(Assigned, Overlaps);
}

bool LoopAccesses::isCounter(const Expr *E, bool MayFall) const {
  while (E->is(ExprKind::Cast) && E->Implicit)
    E = E->op(0);
  if (E->is(ExprKind::Var))
    return E->Var == Loop.Var;
  if (!E->is(ExprKind::Binary) || !(E->Text == "+" || E->Text == "-"))
    return false;
  if (isCounter(E->op(0), MayFall) && isInvariant(E->op(1)))
    return true;
  return (E->Text == "+" || MayFall) && isInvariant(E->op(0)) &&
         isCounter(E->op(1), MayFall);
}

bool LoopAccesses::isElement(const Dependence::Access &A) const {
  auto Meets = [&](const Dependence::Access &Other) {
    return Memory.mayOverlap(A.Place, Other.Place) &&
           Memory.mayMeet(Loop, A, Other);
  };
  ObjectSet Objects = Memory.denotes(A.Place);
  return !Memory.mayOverlap(Objects, Declared) &&
         !Memory.mayOverlap(Objects, OtherReads) &&
         llvm::none_of(Read, Meets) && llvm::none_of(Assigned, Meets) &&
         llvm::none_of(Added, Meets);
}

bool LoopAccesses::areIndependentButForTape() const {
  std::vector<const Variable *> Own;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare || S.Kind == StmtKind::Pop)
      Own.push_back(S.Var);
  });
  auto IsOwn = [&](const Expr *Place) {
    while (Place->is(ExprKind::Index) && Place->op(0)->Ty->isArray())
      Place = Place->op(0);
    return Place->is(ExprKind::Var) && llvm::is_contained(Own, Place->Var);
  };
  auto IsFine = [&](const Dependence::Access &A, bool Sums) {
    return IsOwn(A.Place) || (Sums && isSum(A.Place)) || isElement(A);
  };
  return Simple && isInvariant(Loop.Lower) && isInvariant(Loop.Upper) &&
         llvm::all_of(Added, [&](auto &A) { return IsFine(A, true); }) &&
         llvm::all_of(Assigned, [&](auto &A) { return IsFine(A, false); });
}
