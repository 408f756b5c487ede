//===- UsedExtent.h - How much of a local array is ever mentioned ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Local arrays are declared with room for the largest case, and loops with a
// smaller bound use what is at the front:
//
//   double scaled[64];
//   for (int i = 0; i < d; ++i)     Nothing but the first d elements is ever
//     scaled[i] = x[i] * y[i];      mentioned, so that these are all there is
//                                   to keep.
//
// The analysis knows subscripts that are constants, or the counter of a loop
// plus or minus a constant. All loops must have the same upper bound, written
// alike but for a constant; the counter of another loop stands for the bound of
// that one. An array that is mentioned in any other way is used as a whole.
//
// A bound may be larger than the array if what uses it does not run. Not so if
// a loop in the array's own block uses element `counter` in each iteration, for
// it has either gone as far as the bound or not run at all.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_USEDEXTENT_H
#define RETROGRAD_ANALYSIS_USEDEXTENT_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace retrograd {

/// The first max(Fixed, Bound + Shift) elements; Bound may be null. Bound holds
/// in the block of the array where nothing changes what it reads, and mentions
/// nothing that is declared inside.
struct UsedExtent {
  long Fixed = 0;
  const ir::Expr *Bound = nullptr;
  long Shift = 0;
  /// Bound + Shift is not larger than the array.
  bool Within = false;
};

class UsedExtents {
public:
  explicit UsedExtents(const ir::Function &F);

  /// Nothing if the array may be used as a whole.
  std::optional<UsedExtent> of(const ir::Variable *Array) const;

private:
  struct Array {
    UsedExtent Used;
    /// How many statements are around its declaration.
    size_t Depth = 0;
    long Extent = 0;
    /// The largest shift for which bound and shift are within the array.
    long Proven = -1;
    bool Whole = false;
  };

  void visit(const ir::Block &B);
  void visitStmt(const ir::Stmt &S);
  void visitExpr(const ir::Expr *E, bool Always, bool Indexed = false);
  void useWhole(const ir::Expr *E);
  const ir::Stmt *loopOf(const ir::Expr *E) const;
  void use(Array &A, const ir::Expr *Subscript, bool Always);
  void useCounter(Array &A, const ir::Stmt &Loop, long Shift, bool Always);
  bool isDeclaredWithin(const ir::Expr *E, size_t Depth) const;

  llvm::DenseMap<const ir::Variable *, Array> Arrays;
  /// The statements around the present one, from the outside in.
  std::vector<const ir::Stmt *> Around;
  /// How many statements are around the one that declares a local.
  llvm::DenseMap<const ir::Variable *, size_t> Depths;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_USEDEXTENT_H
