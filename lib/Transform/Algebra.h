//===- Algebra.h - Building arithmetic that reads well --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products and sums of generated code, without the ones, zeros and double
// negations that a careful person would not write; and the partials of the rule
// table instantiated over the arguments of a call.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_ALGEBRA_H
#define RETROGRAD_TRANSFORM_ALGEBRA_H

#include "../IR/IR.h"
#include "../Rules/Rules.h"
#include <optional>

namespace retrograd {

class Algebra {
public:
  explicit Algebra(ir::Context &Ctx) : Ctx(Ctx) {}

  const ir::Expr *mul(const ir::Expr *L, const ir::Expr *R);
  const ir::Expr *div(const ir::Expr *L, const ir::Expr *R);
  const ir::Expr *neg(const ir::Expr *E);
  const ir::Expr *add(const ir::Expr *L, const ir::Expr *R);
  const ir::Expr *sub(const ir::Expr *L, const ir::Expr *R);
  /// A whole number of a real type: "2.0f". An int in its place could make a
  /// quotient of integers.
  const ir::Expr *number(const ir::Type *Ty, llvm::StringRef Digits);
  /// A number with a point, "0.5", of a real type.
  const ir::Expr *fraction(const ir::Type *Ty, llvm::StringRef Decimal);
  /// An operand as it must be written outside the expression in which C++
  /// converted it.
  const ir::Expr *explicitly(const ir::Expr *E);
  /// The value in another real type; explicit where it changes the type.
  const ir::Expr *convert(const ir::Expr *E, const ir::Type *Ty);

  /// The partial of Call, an Expr with a rule, with respect to its argument I.
  /// Result stands for the call's value where the partial mentions it.
  const ir::Expr *partial(const ir::Expr *Call, unsigned I,
                          const ir::Expr *Result);
  /// Partial times Seed, where the partial may be infinite if Singular: a zero
  /// seed then gives zero, by a guarded product.
  const ir::Expr *chain(const ir::Expr *Partial, const ir::Expr *Seed,
                        bool Singular);

private:
  const ir::Expr *instantiate(const PartialExpr &P, const ir::Expr *Call,
                              const ir::Expr *Result);
  const ir::Expr *foldCondition(llvm::StringRef Op, const ir::Expr *L,
                                const ir::Expr *R);
  const ir::Expr *arithmetic(llvm::StringRef Op, const ir::Expr *L,
                             const ir::Expr *R);

  ir::Context &Ctx;
};

/// `d != 0 ? d * p : 0`, made by Algebra::chain. Derivatives of it are those of
/// the product: with d = 0 it still depends on d.
struct GuardedProduct {
  const ir::Expr *Seed, *Partial;
};
std::optional<GuardedProduct> guardedProduct(const ir::Expr *E);

/// a and false for a * a, a and true for -a * a: a square and its sign.
std::optional<std::pair<const ir::Expr *, bool>> squareOf(const ir::Expr *E);

/// l / r; its partial by r mentions the quotient itself.
bool isQuotient(const ir::Expr *E);

/// An expression that is evaluated for free: a variable, a literal, or the
/// negation of one.
bool isAtom(const ir::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_ALGEBRA_H
