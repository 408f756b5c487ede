//===- math-special.cpp - The special functions ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Error, gamma and Bessel functions, orthogonal polynomials and elliptic
// integrals.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double error_functions(double x) {
  return std::erf(x) + 2 * erfc(x) + 3 * __builtin_erf(x * x);
}

#pragma retrograd gradient
#pragma retrograd jvp
float error_functions_float(float x) { return erff(x) + 2 * std::erfc(x); }

#pragma retrograd gradient
#pragma retrograd jvp
double gamma_functions(double x, double y) {
  return std::tgamma(x) * y + std::lgamma(y) + 2 * lgamma(x * y) +
         std::beta(x, y);
}

#pragma retrograd gradient
#pragma retrograd jvp
long double gamma_functions_long(long double x) {
  return std::tgamma(x) + lgammal(x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double bessel(double x) {
  return std::cyl_bessel_j(0, x) + std::cyl_bessel_j(1.5, x) +
         std::cyl_bessel_i(2, x) + std::cyl_bessel_k(1, x) +
         std::cyl_neumann(1, x) + std::sph_bessel(2, x) +
         std::sph_neumann(1, x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double posix_bessel(double x, int n) {
  return j0(x) + 2 * j1(x) + 3 * jn(n, x) + y0(x) + 2 * y1(x) + 3 * yn(n, x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double polynomials(double x, unsigned n) {
  return std::hermite(n, x) + std::laguerre(n, x) +
         std::assoc_laguerre(n, 2, x) + std::legendre(n, x) +
         std::assoc_legendre(n, 1, x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double elliptic(double k, double phi) {
  return std::comp_ellint_1(k) + std::comp_ellint_2(k) + std::ellint_1(k, phi) +
         std::ellint_2(k, phi);
}

#pragma retrograd gradient
#pragma retrograd jvp
double exponential_integral(double x) { return std::expint(x); }

int main() {
  CHECK_GRADIENT(error_functions, 0.6);
  CHECK_GRADIENT(error_functions_float, 0.6f);
  CHECK_GRADIENT(gamma_functions, 2.4, 1.3);
  CHECK_GRADIENT(gamma_functions_long, 2.4L);
  CHECK_GRADIENT(bessel, 1.8);
  CHECK_GRADIENT(posix_bessel, 1.8, 2);
  CHECK_GRADIENT(posix_bessel, 2.3, 3);
  CHECK_GRADIENT(polynomials, 0.4, 3u);
  CHECK_GRADIENT(polynomials, 0.4, 1u);
  CHECK_GRADIENT(elliptic, 0.5, 0.9);
  CHECK_GRADIENT(exponential_integral, 1.2);
  return oracle::result();
}
