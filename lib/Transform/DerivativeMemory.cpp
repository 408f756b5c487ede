//===- DerivativeMemory.cpp - What memory of a derivative may be the same -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An object belongs to the side, primal or shadow, of the variable that leads
// to it.
//
//===----------------------------------------------------------------------===//

#include "DerivativeMemory.h"
#include "../Analysis/SwappedPointers.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

DerivativeMemory::DerivativeMemory(const Function &F) : Model(F), Elements(F) {
  ObjectSet Holders;
  const llvm::DenseSet<const Variable *> Pushed = pushedVariables(F);
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Pop && !Pushed.contains(S.Var))
      Holders |= Model.objectsOf(S.Var);
    if (S.Kind == StmtKind::PopArray)
      Holders |= Model.denotes(S.Target);
  });
  Popped = Model.closure(Holders);
  Popped.intersectWithComplement(Holders);
}

/// The aliasing rule keeps reals of different precision apart. Integers are
/// seen through types of the other sign and through bytes.
static bool mayShareBytes(const Type *A, const Type *B) {
  if (A->isPointer() || B->isPointer())
    return A->isPointer() && B->isPointer();
  return A == B || !A->isReal() || !B->isReal();
}

bool DerivativeMemory::mayOverlap(unsigned A, unsigned B) const {
  if (A == B)
    return true;
  const Object &OA = objects()[A], &OB = objects()[B];
  if (OA.Var->Shadow != OB.Var->Shadow ||
      !mayShareBytes(OA.Element, OB.Element) || areDifferentFields(OA, OB))
    return false;
  if (Popped.test(A) || Popped.test(B))
    return !OA.Scalar && !OB.Scalar;
  return OA.Shared && OB.Shared;
}

bool DerivativeMemory::mayOverlap(const ObjectSet &A,
                                  const ObjectSet &B) const {
  for (unsigned OA : A)
    for (unsigned OB : B)
      if (mayOverlap(OA, OB))
        return true;
  return false;
}

bool DerivativeMemory::mayOverlap(const Expr *PlaceA,
                                  const Expr *PlaceB) const {
  return mayOverlap(denotes(PlaceA), denotes(PlaceB)) &&
         !areApart(PlaceA, PlaceB);
}

ObjectSet DerivativeMemory::writes(const Stmt &S) const {
  ObjectSet Set;
  if (S.Kind == StmtKind::Free)
    return Model.provenance(S.Value);
  if (S.Kind != StmtKind::Call)
    return Model.writes(S);
  if (S.Var)
    Set = Model.objectsOf(S.Var);
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (mayWriteArgument(*S.Callee, I))
      Set |= Model.provenance(S.Args[I]);
  return Set;
}

bool DerivativeMemory::isPrivate(const ObjectSet &Set) const {
  for (unsigned O : Set)
    if (!objects()[O].Scalar)
      return false;
  return true;
}

bool retrograd::readsUnseen(const Expr *E) {
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) {
    bool Unseen =
        (Node.is(ExprKind::Call) && !Node.Rule) || Node.is(ExprKind::Opaque);
    for (const Expr *Operand : Node.Operands)
      Found |= Unseen && !Operand->Ty->isArithmetic();
  });
  return Found;
}
