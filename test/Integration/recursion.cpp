//===- recursion.cpp - Recursion ------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linear, over trees, mutual, by value and in place.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }

#pragma retrograd gradient
#pragma retrograd jvp
double fast_power(double x, int n) {
  if (n == 0)
    return 1;
  double half = fast_power(x, n / 2);
  if (n % 2)
    return half * half * x;
  return half * half;
}

#pragma retrograd gradient
#pragma retrograd jvp
double fibonacci(double x, int n) {
  if (n < 2)
    return x + n;
  return fibonacci(x, n - 1) * fibonacci(std::sin(x), n - 2) + x;
}

// A balanced tree over an array.
#pragma retrograd gradient
#pragma retrograd jvp
double tree(const double *x, int n) {
  if (n == 0)
    return 0.5;
  if (n == 1)
    return *x;
  double left = tree(x, n / 2), right = tree(x + n / 2, n - n / 2);
  return left * right + std::cos(left);
}

static double odd(double x, int n);
static double even(double x, int n) {
  if (n == 0)
    return x;
  return x * odd(std::sin(x), n - 1);
}
static double odd(double x, int n) {
  if (n == 0)
    return x * x;
  double r = even(x * 1.5, n - 1);
  return r + x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double mutual(double x, int n) { return even(x, n) * odd(x, n / 2); }

#pragma retrograd vjp
#pragma retrograd jvp
void in_place(double *x, int n) {
  if (n <= 1)
    return;
  int half = n / 2;
  in_place(x, half);
  in_place(x + half, n - half);
  for (int i = 0; i < half; ++i) {
    x[i] += x[half + i];
    x[half + i] *= x[i];
  }
}

// The depth depends on the data, and the recursion is in a loop.
#pragma retrograd gradient
#pragma retrograd jvp
double adaptive(double a, double b, int depth) {
  double m = (a + b) / 2, fa = std::exp(a), fb = std::exp(b), fm = std::exp(m);
  double coarse = (b - a) * (fa + fb) / 2;
  double fine = (b - a) * (fa + 2 * fm + fb) / 4;
  if (depth == 0 || std::fabs(fine - coarse) < 1e-3)
    return fine;
  double s = 0;
  for (int i = 0; i < 2; ++i)
    s += i == 0 ? adaptive(a, m, depth - 1) : adaptive(m, b, depth - 1);
  return s;
}

static double with_reference(double &x, int n) {
  if (n == 0)
    return x;
  x *= 1.25;
  double r = with_reference(x, n - 1);
  x += r;
  return r * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double by_reference(double x, int n) {
  double a = x;
  double r = with_reference(a, n);
  return r + a * a;
}

// Ackermann's nesting: the argument of the recursion is a recursive call.
#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, int n) {
  return n == 0 ? x * x : nested(nested(x * 0.75, n - 1), n - 1) + x;
}

int main() {
  for (int n = 0; n <= 5; ++n) {
    CHECK_GRADIENT(power, 1.3, n);
    CHECK_GRADIENT(fast_power, 1.3, n);
    CHECK_GRADIENT(fibonacci, 0.7, n);
    CHECK_GRADIENT(mutual, 0.7, n);
    CHECK_GRADIENT(by_reference, 0.7, n);
  }
  for (int n = 0; n < 4; ++n)
    CHECK_GRADIENT(nested, 0.7, n);
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 1.125, 0.25};
  for (int n = 0; n <= 7; ++n) {
    CHECK_GRADIENT(tree, x, n);
    CHECK_VJP(in_place, x, n);
  }
  CHECK_GRADIENT(adaptive, 0.2, 1.9, 6);
  return oracle::result();
}
