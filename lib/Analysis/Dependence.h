//===- Dependence.h - Which elements a write leaves alone -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MemoryModel knows an array as one object. This analysis tells its elements
// apart, as far as their subscripts do: whether a write may hit an element that
// was read before, by an earlier statement or in an earlier iteration.
//
//   for (int i = 1; i < n; ++i)     The write of iteration i does not hit what
//     y[i] = y[i - 1] * x[i];       earlier ones read, y[0] to y[i - 2].
//
// Subscripts are polynomials in the counters of loops and in variables that do
// not change. Two accesses are compared for each loop around both, assuming
// that it is the outermost one whose iterations differ. They are distinct if
//
//   * the difference of subscripts is a constant other than 0, or
//   * it is a multiple of the distance of the two iterations, plus a constant
//     that would need a later iteration to read (the strong SIV test of Goff,
//     Kennedy, Tseng, "Practical dependence testing", PLDI 1991), or
//   * both are in blocks of a size, `i * n + j` with 0 <= j < n, and that holds
//     for the numbers of the blocks (Grosser, Ramanujam, Pouchet, Sadayappan,
//     Pop, "Optimistic delinearization of parametrically sized arrays", ICS
//     2015, but with proof instead of optimism), or
//   * their difference cannot be 0 between the bounds of all counters (the
//     inequalities of Banerjee, "Dependence Analysis", 1997, with symbols).
//
// It says "may hit" when in doubt.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_DEPENDENCE_H
#define RETROGRAD_ANALYSIS_DEPENDENCE_H

#include "../IR/IR.h"
#include "Polynomial.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <optional>

namespace retrograd {

class Dependence {
public:
  explicit Dependence(const ir::Function &F);

  /// When a statement is executed, relative to others of its block.
  struct Moment {
    /// Statements in source order; the end of a block comes after all in it.
    unsigned Order = 0;
    /// The loops around it, from the outside in.
    std::vector<const ir::Stmt *> Loops;
  };
  Moment before(const ir::Stmt &S) const;
  /// After all statements of the block that S belongs to.
  Moment atEndOfBlock(const ir::Stmt &S) const;

  /// The write of S may hit an element that Place denoted at an earlier moment.
  bool mayHit(const ir::Stmt &S, const ir::Expr *Place,
              const Moment &Read) const;

  /// An element where a statement accesses it.
  struct Access {
    const ir::Stmt *At;
    const ir::Expr *Place;
  };
  /// Both, in the body of a loop, may be one element in two iterations that
  /// differ.
  bool mayMeet(const ir::Stmt &Loop, const Access &A, const Access &B) const;

  /// Both, of one block, may be one element in the same iteration of all loops
  /// around. Loop: the innermost one, or null.
  bool mayCoincide(const ir::Stmt *Loop, const Access &A,
                   const Access &B) const;

  /// A loop, with the write of one element in each iteration, overwrites the
  /// element that Place denoted at some moment, whenever it was.
  bool overwrites(const ir::Stmt &Loop, const ir::Stmt &Write,
                  const ir::Expr *Place, const Moment &Read) const;

private:
  using Loops = llvm::ArrayRef<const ir::Stmt *>;
  /// An element of an array, or of what a pointer points to.
  struct Element {
    const ir::Variable *Root = nullptr;
    std::vector<Polynomial> Subscripts;
  };
  /// Two accesses, of which loops the iterations are the same.
  struct Comparison {
    size_t SameLoops;
    const ir::Stmt *Differing; // null: all iterations are the same
    /// The loops around each.
    Loops Read, Write;
    /// The write may come from an earlier iteration, too.
    bool AnyOrder = false;
    /// Both are in one execution of this loop: what its body does not change
    /// has one value. Null: only what never changes has.
    const ir::Stmt *Within = nullptr;
  };
  struct Place {
    unsigned Order, End;
    std::vector<const ir::Stmt *> Around;
  };

  void visit(const ir::Block &B, std::vector<const ir::Stmt *> &Around);
  void addDeclaration(const ir::Stmt &S, size_t LoopsAround);
  /// Within: the loop in which variables must not change, or null: nowhere.
  std::optional<Polynomial> polynomial(const ir::Expr *E,
                                       const ir::Stmt *Within = nullptr) const;
  std::optional<Polynomial> bound(const ir::Stmt &Loop, bool Upper,
                                  const Comparison &C) const;
  std::optional<Element> element(const ir::Expr *LValue,
                                 const ir::Stmt *Within = nullptr) const;
  std::optional<Element> pointee(const ir::Expr *Pointer,
                                 const ir::Stmt *Within) const;
  bool isKept(const ir::Variable *V, const ir::Stmt &Loop) const;
  bool isInside(const ir::Stmt &Inner, const ir::Stmt *Loop) const;
  size_t depthOf(const ir::Variable *V) const;
  bool isFixed(const ir::Variable *V) const;

  bool distinct(const Element &Read, const Element &Write,
                const Comparison &C) const;
  bool distinct(const Polynomial &Read, const Polynomial &Write,
                const Comparison &C) const;
  bool distinctBlocks(Polynomial Read, Polynomial Write,
                      const Comparison &C) const;
  bool liesWithin(const Polynomial &P, const Polynomial &Size, bool Read,
                  const Comparison &C) const;
  bool isUpperBound(Polynomial::Symbol S, Loops Around,
                    const Comparison &C) const;
  bool isPositive(const Polynomial &P, const Comparison &C) const;
  std::optional<Polynomial> extreme(Polynomial P, bool Most, bool Read,
                                    const Comparison &C) const;
  using Bounds = std::map<Polynomial::Symbol, long>;
  bool distinctRanges(const Polynomial &Difference, const Comparison &C) const;
  Polynomial atRead(const Polynomial &P, const Comparison &C) const;
  bool isNeverNegative(const std::optional<Polynomial> &P,
                       const Comparison &C) const;
  Bounds lowerBounds(const Comparison &C) const;
  std::optional<Polynomial> least(Polynomial P, const Comparison &C,
                                  const Bounds &Low) const;
  bool eliminate(Polynomial &P, const ir::Stmt &Loop, bool Read,
                 const Comparison &C, const Bounds &Low) const;

  struct Facts {
    unsigned Writes = 0;
    /// Those of both sweeps, which are alike.
    llvm::SmallVector<const ir::Stmt *, 2> Declared;
    /// What it is declared with.
    const ir::Expr *Value = nullptr;
    /// How many loops are around the place where it gets its value; a counter
    /// is inside its loop.
    size_t Depth = 0;
  };
  llvm::DenseMap<const ir::Variable *, Facts> Variables;
  /// The depths by the variables' numbers.
  std::vector<size_t> Depths;
  llvm::DenseMap<const ir::Stmt *, Place> Places;
  /// What the bodies of loops change, as far as that was asked for.
  mutable llvm::DenseMap<const ir::Stmt *, llvm::DenseSet<const ir::Variable *>>
      Changed;
  unsigned Now = 0;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_DEPENDENCE_H
