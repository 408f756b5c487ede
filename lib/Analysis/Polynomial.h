//===- Polynomial.h - Subscripts as integer polynomials -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Polynomials with integer coefficients over numbered symbols, in which the
// subscripts of arrays are compared: `i * n + j + 1`. They are small, and one
// that gets large or overflows is no polynomial any more.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_POLYNOMIAL_H
#define RETROGRAD_ANALYSIS_POLYNOMIAL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <optional>
#include <vector>

namespace retrograd {

class Polynomial {
public:
  using Symbol = unsigned;
  /// Symbols in ascending order, with repetition; empty for the constant term.
  using Monomial = std::vector<Symbol>;

  static Polynomial constant(long Value);
  static Polynomial symbol(Symbol S);

  const std::map<Monomial, long> &terms() const { return Terms; }
  bool isZero() const { return Terms.empty(); }
  /// The value, if no symbol occurs.
  std::optional<long> asConstant() const;
  /// The coefficient of S, if S occurs in no higher power.
  std::optional<Polynomial> coefficientOf(Symbol S) const;
  bool mentions(Symbol S) const;

  /// Null where a coefficient overflows or there are too many terms.
  static std::optional<Polynomial> sum(const Polynomial &A, const Polynomial &B,
                                       long Factor = 1);
  static std::optional<Polynomial> product(const Polynomial &A,
                                           const Polynomial &B);
  /// With another polynomial in the place of S.
  std::optional<Polynomial> substitute(Symbol S, const Polynomial &Value) const;
  /// With other symbols.
  Polynomial renamed(llvm::function_ref<Symbol(Symbol)> NewName) const;

private:
  bool add(const Monomial &M, long Coefficient);

  /// No coefficient is 0.
  std::map<Monomial, long> Terms;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_POLYNOMIAL_H
