//===- Products.h - Terms of a sum that differ by a coefficient -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The chain rule meets a variable once for each time that it is mentioned, and
// so writes the same product twice, in another order:
//
//   100.0 * (a * d_s) + 100 * a * d_s     =>     200.0 * (a * d_s)
//
// Only derivatives are summed here: their terms are ours to arrange, while the
// user's own sums stay as they are. A coefficient is taken out of a product if
// it is a whole number or a binary fraction, so that adding coefficients is
// exact; it is applied last, so that no product overflows that did not before.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PRODUCTS_H
#define RETROGRAD_TRANSFORM_PRODUCTS_H

#include "Algebra.h"
#include "llvm/ADT/SmallVector.h"

namespace retrograd {

/// Coefficient * Factors[0] * Factors[1] ...
struct Product {
  double Coefficient = 1;
  llvm::SmallVector<const ir::Expr *, 4> Factors;
};

/// The product that an expression of real type is; one factor if it is none.
Product productOf(const ir::Expr *E);

/// The factors are the same, in any order.
bool sameFactors(const Product &A, const Product &B);

/// Whether Coefficient has a short exact text and stays one in sums.
bool isSimpleCoefficient(double Coefficient);

/// The expression of type Ty that a product stands for.
const ir::Expr *expressionOf(ir::Context &Ctx, const Product &P,
                             const ir::Type *Ty);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PRODUCTS_H
