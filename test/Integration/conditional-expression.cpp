//===- conditional-expression.cpp - ?:, logical operators and commas ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only the chosen operand of ?:, && and || is evaluated, in the primal and in
// the derivative.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double choose(double x, double y) { return x < y ? x * x : x * y; }

#pragma retrograd gradient
#pragma retrograd jvp
double choose_nested(double x, double y) {
  return x > 1 ? y > 1 ? x * y : x / y : y > 1 ? x - y : std::sin(x + y);
}

// The other side is no number at this point: it must not be evaluated.
#pragma retrograd gradient
#pragma retrograd jvp
double guarded(double x) { return x > 0 ? std::log(x) : -x * x; }

#pragma retrograd gradient
#pragma retrograd jvp
double guarded_element(const double *p, int n, double x) {
  return n > 0 ? p[n - 1] * x : x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double as_operand(double x, double y) {
  return (x < y ? x : y) * (x < y ? y : 2 * x) + std::exp(x > 0 ? x : 0);
}

// ?: of lvalues is a place.
#pragma retrograd gradient
#pragma retrograd jvp
double as_place(double x, double y) {
  double a = x * x, b = y;
  (x < y ? a : b) = x * y;
  (x < y ? b : a) += a * b;
  return a * b;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_effects(double x, double y) {
  double a = x;
  double b = x < y ? (a *= y) : (a += y);
  double c = x > 0 ? a++ : --a;
  return a * b + c;
}

// A condition's side effects happen only if it is reached.
#pragma retrograd gradient
#pragma retrograd jvp
double short_circuit(double x, double y) {
  double a = x, b = y;
  if (a > 1 && (b *= a) > 1)
    a += b;
  if (a > 1 || (b = a * a) > 1)
    a *= b;
  bool c = (a -= x) > 0 && (b += 1) > 0 && (a *= b) > 0;
  return c ? a * b : a + b;
}

#pragma retrograd gradient
#pragma retrograd jvp
double logic(double x, double y, bool p) {
  double r = 0;
  if (!(x < y) && p)
    r += x * x;
  if (x == y || !p)
    r += y * x;
  if ((x >= y) != p)
    r += y * y;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double commas(double x, double y) {
  double a = (x += y, x * y);
  double b = (a *= 2, a += x, a);
  return b *= y, b + a;
}

// A condition that is a number, and one that is constant.
#pragma retrograd gradient
#pragma retrograd jvp
double numeric_condition(double x, int n) {
  double a = n ? x : x * x;
  double b = x ? a * x : 1;
  return (true ? a : b) * b * (1 ? x : 2);
}

#pragma retrograd gradient
#pragma retrograd jvp
double mixed_types(double x, float y, bool p) { return p ? x : y; }

#pragma retrograd gradient
#pragma retrograd jvp
double with_number(double x, bool p) { return (p ? x : 1) * (p ? 2 : x); }

int main() {
  for (double x : {0.5, 2.0})
    for (double y : {0.75, 1.75}) {
      CHECK_GRADIENT(choose, x, y);
      CHECK_GRADIENT(choose_nested, x, y);
      CHECK_GRADIENT(as_operand, x, y);
      CHECK_GRADIENT(as_place, x, y);
      CHECK_GRADIENT(with_effects, x, y);
      CHECK_GRADIENT(with_effects, -x, y);
      CHECK_GRADIENT(short_circuit, x, y);
      CHECK_GRADIENT(short_circuit, -x, y);
      CHECK_GRADIENT(short_circuit, x, -y);
      CHECK_GRADIENT(logic, x, y, true);
      CHECK_GRADIENT(logic, x, y, false);
      CHECK_GRADIENT(commas, x, y);
    }
  CHECK_GRADIENT(guarded, 0.5);
  CHECK_GRADIENT(guarded, -0.5);
  double p[] = {1.5, 2.5};
  CHECK_GRADIENT(guarded_element, p, 0, 3.0);
  CHECK_GRADIENT(guarded_element, p, 2, 3.0);
  CHECK_GRADIENT(numeric_condition, 1.5, 0);
  CHECK_GRADIENT(numeric_condition, 1.5, 2);
  CHECK_GRADIENT(mixed_types, 1.5, 2.5f, true);
  CHECK_GRADIENT(mixed_types, 1.5, 2.5f, false);
  CHECK_GRADIENT(with_number, 1.5, true);
  CHECK_GRADIENT(with_number, 1.5, false);
  return oracle::result();
}
