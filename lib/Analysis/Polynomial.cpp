//===- Polynomial.cpp - Subscripts as integer polynomials -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A map from monomials to coefficients.
//
//===----------------------------------------------------------------------===//

#include "Polynomial.h"
#include "llvm/ADT/STLExtras.h"

using namespace retrograd;

static constexpr size_t MostTerms = 16;

Polynomial Polynomial::constant(long Value) {
  Polynomial P;
  P.add({}, Value);
  return P;
}

Polynomial Polynomial::symbol(Symbol S) {
  Polynomial P;
  P.add({S}, 1);
  return P;
}

/// False if the coefficient overflows or the polynomial gets too large.
bool Polynomial::add(const Monomial &M, long Coefficient) {
  if (Coefficient == 0)
    return true;
  auto [It, New] = Terms.try_emplace(M, 0);
  if (__builtin_add_overflow(It->second, Coefficient, &It->second))
    return false;
  if (It->second == 0)
    Terms.erase(It);
  return Terms.size() <= MostTerms;
}

std::optional<long> Polynomial::asConstant() const {
  if (Terms.empty())
    return 0;
  if (Terms.size() == 1 && Terms.begin()->first.empty())
    return Terms.begin()->second;
  return std::nullopt;
}

bool Polynomial::mentions(Symbol S) const {
  return llvm::any_of(
      Terms, [&](const auto &T) { return llvm::is_contained(T.first, S); });
}

std::optional<Polynomial> Polynomial::coefficientOf(Symbol S) const {
  Polynomial Result;
  for (const auto &[M, C] : Terms) {
    if (llvm::count(M, S) > 1)
      return std::nullopt;
    if (!llvm::is_contained(M, S))
      continue;
    Monomial Rest;
    llvm::copy_if(M, std::back_inserter(Rest),
                  [&](Symbol Other) { return Other != S; });
    Result.add(Rest, C);
  }
  return Result;
}

std::optional<Polynomial> Polynomial::sum(const Polynomial &A,
                                          const Polynomial &B, long Factor) {
  Polynomial Result = A;
  for (const auto &[M, C] : B.Terms) {
    long Scaled = 0;
    if (__builtin_mul_overflow(C, Factor, &Scaled) || !Result.add(M, Scaled))
      return std::nullopt;
  }
  return Result;
}

std::optional<Polynomial> Polynomial::product(const Polynomial &A,
                                              const Polynomial &B) {
  Polynomial Result;
  for (const auto &[MA, CA] : A.Terms)
    for (const auto &[MB, CB] : B.Terms) {
      Monomial M = MA;
      M.insert(M.end(), MB.begin(), MB.end());
      llvm::sort(M);
      long C = 0;
      if (__builtin_mul_overflow(CA, CB, &C) || !Result.add(M, C))
        return std::nullopt;
    }
  return Result;
}

std::optional<Polynomial>
Polynomial::substitute(Symbol S, const Polynomial &Value) const {
  std::optional<Polynomial> Result = Polynomial();
  for (const auto &[M, C] : Terms) {
    std::optional<Polynomial> Term = constant(C);
    for (Symbol Each : M)
      if (Term)
        Term = product(*Term, Each == S ? Value : symbol(Each));
    Result = Term ? sum(*Result, *Term) : std::nullopt;
    if (!Result)
      return std::nullopt;
  }
  return Result;
}

Polynomial
Polynomial::renamed(llvm::function_ref<Symbol(Symbol)> NewName) const {
  Polynomial Result;
  for (const auto &[M, C] : Terms) {
    Monomial New;
    for (Symbol S : M)
      New.push_back(NewName(S));
    llvm::sort(New);
    Result.add(New, C);
  }
  return Result;
}
