//===- complex_step.h - Numbers for the complex-step method --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// f'(x) = Im f(x + i h) / h, without cancellation, for functions that the
// operations below continue into the complex plane. Control flow follows the
// real part. See W. Squire and G. Trapp, "Using complex variables to estimate
// derivatives of real functions", SIAM Review 40 (1998).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_COMPLEX_STEP_H
#define RETROGRAD_TEST_ORACLES_COMPLEX_STEP_H

#include "jet.h"
#include <complex>

namespace oracle {

struct complex_step {
  std::complex<long double> z;

  complex_step() = default;
  complex_step(const std::complex<long double> &z) : z(z) {}
  template <plain T> complex_step(T x) : z(static_cast<long double>(x)) {}
  template <plain T> explicit operator T() const {
    return static_cast<T>(z.real());
  }

  complex_step &operator+=(const complex_step &b) { return *this = z + b.z; }
  complex_step &operator-=(const complex_step &b) { return *this = z - b.z; }
  complex_step &operator*=(const complex_step &b) { return *this = z * b.z; }
  complex_step &operator/=(const complex_step &b) { return *this = z / b.z; }
  complex_step &operator++() { return *this += 1; }
  complex_step &operator--() { return *this -= 1; }
  complex_step operator++(int) {
    complex_step old = *this;
    ++*this;
    return old;
  }
  complex_step operator--(int) {
    complex_step old = *this;
    --*this;
    return old;
  }
  complex_step operator+() const { return z; }
  complex_step operator-() const { return -z; }
  bool operator!() const { return z.real() == 0; }

  friend complex_step operator+(const complex_step &a, const complex_step &b) {
    return a.z + b.z;
  }
  friend complex_step operator-(const complex_step &a, const complex_step &b) {
    return a.z - b.z;
  }
  friend complex_step operator*(const complex_step &a, const complex_step &b) {
    return a.z * b.z;
  }
  friend complex_step operator/(const complex_step &a, const complex_step &b) {
    return a.z / b.z;
  }
  friend auto operator<=>(const complex_step &a, const complex_step &b) {
    return a.z.real() <=> b.z.real();
  }
  friend bool operator==(const complex_step &a, const complex_step &b) {
    return a.z.real() == b.z.real();
  }
};

#define ORACLE_ANALYTIC(NAME)                                                  \
  inline complex_step NAME(const complex_step &x) { return std::NAME(x.z); }
ORACLE_ANALYTIC(sin)
ORACLE_ANALYTIC(cos)
ORACLE_ANALYTIC(tan)
ORACLE_ANALYTIC(asin)
ORACLE_ANALYTIC(acos)
ORACLE_ANALYTIC(atan)
ORACLE_ANALYTIC(sinh)
ORACLE_ANALYTIC(cosh)
ORACLE_ANALYTIC(tanh)
ORACLE_ANALYTIC(asinh)
ORACLE_ANALYTIC(acosh)
ORACLE_ANALYTIC(atanh)
ORACLE_ANALYTIC(exp)
ORACLE_ANALYTIC(log)
ORACLE_ANALYTIC(log10)
ORACLE_ANALYTIC(sqrt)
#undef ORACLE_ANALYTIC
inline complex_step exp2(const complex_step &x) {
  return std::exp(x.z * std::log(2.0L));
}
inline complex_step expm1(const complex_step &x) {
  return {{std::expm1(x.z.real()), std::exp(x.z).imag()}};
}
inline complex_step log2(const complex_step &x) {
  return std::log(x.z) / std::log(2.0L);
}
inline complex_step log1p(const complex_step &x) {
  return {{std::log1p(x.z.real()), std::log(1.0L + x.z).imag()}};
}
inline complex_step pow(const complex_step &x, const complex_step &y) {
  return std::pow(x.z, y.z);
}

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_COMPLEX_STEP_H
