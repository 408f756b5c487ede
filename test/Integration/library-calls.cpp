//===- library-calls.cpp - The library beside mathematics -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions with two results, which are written to any place; constants that
// are functions; functions of integers and text, whose result is a factor; and
// those that have an effect, which happens once.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <retrograd/retrograd.h>
#include <string>

#pragma retrograd gradient
#pragma retrograd jvp
double two_results(double x) {
  double s, c, whole, a[2];
  double *p = &c;
  sincos(x, &s, p);
  double fraction = std::modf(x * 3.3, &whole);
  int e, exponents[2], *q = exponents + 1;
  double m = std::frexp(x * 9, &e);
  m *= frexp(x * 9, q);
  m *= frexp(x * 9, exponents);
  sincos(s, a, a + 1);
  sincos(c, &a[0], &s);
  return s * c * fraction * m * a[0] * a[1] + x * whole * e * exponents[0] +
         x * exponents[1];
}

#pragma retrograd gradient
#pragma retrograd jvp
double constants(double x) {
  double y = x * std::numeric_limits<float>::max_exponent;
  y += x * std::numeric_limits<float>::epsilon();
  y += (x < std::numeric_limits<double>::infinity() ? x : 0);
  y += (x < __builtin_huge_val() ? x : 0);
  return y + (x < HUGE_VAL ? x : 1) * std::isfinite(x);
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double of_integers(double x, long t, const char *s) {
  return difftime(t + 3, t) * x + std::strlen(s) * x * x +
         x * __builtin_popcount(t) + x * std::abs(-3) + std::atoi("3") * x +
         std::stoi("4") * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_effects(double x, int n) {
  char buffer[20];
  snprintf(buffer, sizeof buffer, "%d", n);
  double y = x * strlen(buffer);
  snprintf(buffer, sizeof buffer, "%d", n * n);
  y *= x * strlen(buffer);
  std::srand(1);
  int k = rand() % 8;
  y *= x * k;
  std::srand(2);
  int m = std::rand() % 64 + k;
  if (getenv("RETROGRAD_NOTHING_OF_THE_KIND"))
    x = m;
  return y * x * m;
}

#pragma retrograd gradient
#pragma retrograd jvp
double character_arrays(double x) {
  char name[4] = "abc", other[5] = {"ab"};
  int table[2][3]{};
  std::memcpy(name, "xyz", 3);
  table[1][2] = 2;
  return x * name[0] * other[1] * (table[0][0] + table[1][2]) * x +
         x * other[4];
}

int main() {
  CHECK_GRADIENT(two_results, 0.5);
  CHECK_GRADIENT(constants, 0.5);
  const char *s = "abc";
  oracle::test("of_integers", [=](double x) { return of_integers(x, 5, s); },
               0.5)
      .gradient([=](double x, double *d) { of_integers_grad(x, 5, s, d); })
      .jvp([=](double x, double t) { return of_integers_jvp(x, 5, s, t); });
  CHECK_GRADIENT(with_effects, 0.5, 123);
  CHECK_GRADIENT(character_arrays, 0.5);
  return oracle::result();
}
