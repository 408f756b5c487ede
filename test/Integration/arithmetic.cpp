//===- arithmetic.cpp - Operators -----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each arithmetic operator, over two variables and over a variable and a
// number.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double sum(double x, double y) { return x + y; }

#pragma retrograd gradient
#pragma retrograd jvp
double difference(double x, double y) { return x - y; }

#pragma retrograd gradient
#pragma retrograd jvp
double product(double x, double y) { return x * y; }

#pragma retrograd gradient
#pragma retrograd jvp
double quotient(double x, double y) { return x / y; }

#pragma retrograd gradient
#pragma retrograd jvp
double signs(double x, double y) { return -x + +y - -(-x * y) + -(x - y); }

#pragma retrograd gradient
#pragma retrograd jvp
double with_numbers(double x) {
  return 3 * x - x / 4 + 2 / x + (5 - x) * 1e-1 + x * 0x1p3 + x / 3u;
}

#pragma retrograd gradient
#pragma retrograd jvp
double polynomial(double x) {
  return ((1.5 * x - 2) * x + 0.25) * x * x - 7 * x * x * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double a, double b, double c, double d) {
  return (a + b * (c - d / (a + c))) / (b * b + (d - a) * (d - a) + 1) -
         a / b / c;
}

// x - x and x / x are computed as they stand.
#pragma retrograd gradient
#pragma retrograd jvp
double cancelling(double x, double y) { return (x - x) * y + x / x * y; }

// The result depends on no parameter, or on one of two.
#pragma retrograd gradient
#pragma retrograd jvp
double number(double) { return 42; }

#pragma retrograd gradient
#pragma retrograd jvp
double second_only(double, double y) { return y; }

#pragma retrograd gradient
#pragma retrograd jvp
double identity(double x) { return x; }

// Integers take part without a derivative; their division truncates.
#pragma retrograd gradient
#pragma retrograd jvp
double with_integers(double x, int n, unsigned m, bool b, char c) {
  int k = n / 2 * 3 % 5 + (n << 2 | 1) - (~n & 7) + (n ^ 3) + (n >> 1);
  return x * n + k * x * x - m / 2 * x + b * x + c * x / 32 + !b * x * x * x;
}

int main() {
  CHECK_GRADIENT(sum, 2.0, -3.0);
  CHECK_GRADIENT(difference, 2.0, -3.0);
  CHECK_GRADIENT(product, 2.0, -3.0);
  CHECK_GRADIENT(product, 0.0, 0.0);
  CHECK_GRADIENT(quotient, 2.0, -3.0);
  CHECK_GRADIENT(quotient, 0.0, 0.5);
  CHECK_GRADIENT(signs, 1.25, 0.75);
  CHECK_GRADIENT(with_numbers, 0.8);
  CHECK_GRADIENT(polynomial, -1.3);
  CHECK_GRADIENT(nested, 1.1, 2.2, 3.3, -4.4);
  CHECK_GRADIENT(cancelling, 1.5, 2.5);
  CHECK_GRADIENT(number, 1.0);
  CHECK_GRADIENT(second_only, 1.0, 2.0);
  CHECK_GRADIENT(identity, -0.5);
  CHECK_GRADIENT(with_integers, 1.5, 7, 5u, true, 'a');
  CHECK_GRADIENT(with_integers, -0.5, -7, 0u, false, 'b');
  return oracle::result();
}
