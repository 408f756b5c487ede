//===- LoopAccesses.h - What the iterations of a loop have in common ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The passes that change the order of a derivative's loop ask which memory its
// iterations share, and how. Two kinds of sharing do not matter:
//
//   * sums: a place that is only added to, whoever adds first;
//   * elements: a place like a[i], which each iteration has for itself.
//
// Elements of one array are kept apart by Analysis/Dependence.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_LOOPACCESSES_H
#define RETROGRAD_TRANSFORM_LOOPACCESSES_H

#include "DerivativeMemory.h"

namespace retrograd {

class LoopAccesses {
public:
  LoopAccesses(const DerivativeMemory &Memory, const ir::Stmt &Loop);

  /// The body consists of declarations, assignments, branches and loops; the
  /// other queries presuppose that.
  bool isSimple() const { return Simple; }
  /// An expression has the same value in all iterations.
  bool isInvariant(const ir::Expr *E) const;
  /// Whatever overlaps the place is only added to, and not read.
  bool isSum(const ir::Expr *Place) const;
  /// Whatever overlaps the place is another element in other iterations.
  bool isElement(const Dependence::Access &A) const;
  /// The iterations may run in any order, up to the rounding of sums.
  bool areIndependent() const {
    return !UsesTape && areIndependentButForTape();
  }
  /// They could, if each found on the tape what it expects there.
  bool areIndependentButForTape() const;
  /// A subscript that is the counter plus or minus what is invariant.
  bool isShiftedCounter(const ir::Expr *Subscript) const {
    return isCounter(Subscript, /*MayFall=*/true);
  }
  /// One that grows with the counter.
  bool isRisingCounter(const ir::Expr *Subscript) const {
    return isCounter(Subscript, /*MayFall=*/false);
  }

private:
  void addStmt(const ir::Stmt &S);
  void addReads(const ir::Stmt &S, const ir::Expr *E);
  bool isCounter(const ir::Expr *Subscript, bool MayFall) const;

  const DerivativeMemory &Memory;
  const ir::Stmt &Loop;
  bool Simple = true, UsesTape = false;
  /// Lvalues that statements read, other than those that they add to, and
  /// lvalues that they assign to.
  std::vector<Dependence::Access> Read, Assigned, Added;
  /// Variables of the body, the counter among them.
  ObjectSet Declared;
  ObjectSet AssignedObjects, AddedObjects;
  /// What is read through no lvalue of the list.
  ObjectSet OtherReads;
};

/// The statement adds a real number to a place.
bool isRealUpdate(const ir::Stmt &S);
/// The place holds a derivative.
bool isShadowPlace(const ir::Expr *Place);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_LOOPACCESSES_H
