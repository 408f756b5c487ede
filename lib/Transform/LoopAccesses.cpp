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

void LoopAccesses::addReads(const Expr *E) {
  Simple &= !readsUnseen(E);
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.isLValue() && !Node.Ty->isArray())
      Read.push_back(&Node);
  });
  ReadObjects |= Memory.reads(E);
}

void LoopAccesses::addStmt(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::For:
    AssignedObjects |= Memory.writes(S);
    break;
  case StmtKind::Assign:
    (isRealUpdate(S) ? Added : Assigned).push_back(S.Target);
    (isRealUpdate(S) ? AddedObjects : AssignedObjects) |= Memory.writes(S);
    break;
  case StmtKind::If:
  case StmtKind::While:
    break;
  default:
    Simple = false;
    return;
  }
  for (const Expr *E : {S.Value, S.Lower, S.Upper, S.Step})
    if (E)
      addReads(E);
  if (S.Target)
    for (const Expr *Operand : S.Target->Operands)
      addReads(Operand);
}

LoopAccesses::LoopAccesses(const DerivativeMemory &Memory, const Stmt &Loop)
    : Memory(Memory), Loop(Loop) {
  AssignedObjects |= Memory.writes(Loop);
  forEachStmt(Loop.Body, [&](const Stmt &S) { addStmt(S); });
}

bool LoopAccesses::isInvariant(const Expr *E) const {
  ObjectSet Reads = Memory.reads(E);
  return !Memory.mayOverlap(Reads, AssignedObjects) &&
         !Memory.mayOverlap(Reads, AddedObjects);
}

bool LoopAccesses::isSum(const Expr *Place) const {
  ObjectSet Objects = Memory.denotes(Place);
  return !Memory.mayOverlap(Objects, ReadObjects) &&
         !Memory.mayOverlap(Objects, AssignedObjects);
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

bool LoopAccesses::isElement(const Expr *Place) const {
  // Rows of an array are apart if any of their subscripts differ; what is
  // behind two pointers may be the same.
  bool Apart = false;
  const Expr *Base = Place;
  for (; Base->is(ExprKind::Index); Base = Base->op(0)) {
    Apart |= isShiftedCounter(Base->op(1));
    if (Base->op(0)->Ty->isPointer()) {
      Base = Base->op(0);
      break;
    }
  }
  if (!Apart || (Base->Ty->isPointer() && !isInvariant(Base)))
    return false;
  ObjectSet Objects = Memory.denotes(Place);
  for (const auto *List : {&Read, &Assigned, &Added})
    for (const Expr *Other : *List)
      if (Memory.mayOverlap(Memory.denotes(Other), Objects) &&
          !sameExpr(Other, Place))
        return false;
  return true;
}

bool LoopAccesses::areIndependent() const {
  std::vector<const Variable *> Own;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare)
      Own.push_back(S.Var);
  });
  auto IsOwn = [&](const Expr *Place) {
    while (Place->is(ExprKind::Index) && Place->op(0)->Ty->isArray())
      Place = Place->op(0);
    return Place->is(ExprKind::Var) && llvm::is_contained(Own, Place->Var);
  };
  auto IsFine = [&](const Expr *Place, bool Sums) {
    return IsOwn(Place) || (Sums && isSum(Place)) || isElement(Place);
  };
  return Simple && isInvariant(Loop.Lower) && isInvariant(Loop.Upper) &&
         llvm::all_of(Added, [&](const Expr *P) { return IsFine(P, true); }) &&
         llvm::all_of(Assigned,
                      [&](const Expr *P) { return IsFine(P, false); });
}
