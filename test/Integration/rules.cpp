//===- rules.cpp - The user's own rules -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pullback and a pushforward, by signature; the rule is believed although it
// is not what the body would give.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

// No body that could be differentiated: a table of an instrument, say.
double response(double x);

#pragma retrograd rule(response)
void response_pullback(double x, double seed, double *d_x) {
  *d_x += seed * 3 * x * x;
}
#pragma retrograd rule(response)
double response_pushforward(double x, double t_x) { return 3 * x * x * t_x; }

#pragma retrograd gradient
#pragma retrograd jvp
double once(double x, double y) { return response(x) * y + x; }

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s = response(s) / (1 + s * s) + x;
  return s;
}

// A body is there, but the rule has precedence: a straight-through estimator.
static double quantised(double x) { return std::floor(x * 8) / 8; }
#pragma retrograd rule(quantised)
void quantised_pullback(double, double seed, double *d_x) { *d_x += seed; }
#pragma retrograd rule(quantised)
double quantised_pushforward(double, double t_x) { return t_x; }

#pragma retrograd gradient
#pragma retrograd jvp
double straight_through(double x) { return quantised(x * x) * 2; }

// Arrays, results through parameters and inactive parameters.
static void divide(const double *b, const double *a, int n, double *x) {
  for (int i = 0; i < n; ++i)
    x[i] = b[i] / a[i];
}
static int pullbacks = 0;
#pragma retrograd rule(divide) writes(x[n])
void divide_pullback(const double *b, const double *a, int n, double *x,
                     double *d_b, double *d_a, double *d_x) {
  ++pullbacks;
  for (int i = 0; i < n; ++i) {
    x[i] = b[i] / a[i];
    d_b[i] += d_x[i] / a[i];
    d_a[i] -= d_x[i] * x[i] / a[i];
    d_x[i] = 0;
  }
}

#pragma retrograd gradient
double divided(const double *a, const double *b, int n) {
  double x[3], y[3];
  for (int i = 0; i < n; ++i)
    x[i] = b[i] * b[i];
  divide(x, a, n, y);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += y[i] * y[i] * (i + 1);
  return s;
}

double response(double x) { return x * x * x; }

// Constant arguments, and results that are dropped or converted.
static double scaled_square(double x, int n, double k) { return n * k * x * x; }
#pragma retrograd rule(scaled_square)
static void scaled_square_pullback(double x, int n, double k, double seed, double *d_x, double *d_k) { *d_x += seed * n * k * 2 * x; *d_k += seed * n * x * x; }
#pragma retrograd rule(scaled_square)
static double scaled_square_pushforward(double x, int n, double k, double t_x, double t_k) { return n * k * 2 * x * t_x + n * x * x * t_k; }
#pragma retrograd gradient
#pragma retrograd jvp
double rule_arguments(double x, int n) {
  double y = scaled_square(x, n, 3) + scaled_square(2, n, x) + scaled_square(x * x, 2, x);
  scaled_square(x, n, x);
  int k = scaled_square(x, n, 3);
  return y * k;
}

int main() {
  CHECK_GRADIENT(rule_arguments, 0.5, 13);
  CHECK_GRADIENT(once, 1.5, 0.75);
  for (int n = 0; n < 4; ++n)
    CHECK_GRADIENT(in_loop, 0.8, n);
  double d = 0;
  straight_through_grad(1.5, &d);
  oracle::equal("straight_through", 6, d);
  oracle::equal("straight_through", 6, straight_through_jvp(1.5, 1));
  double a[] = {1.5, 2, -0.5}, b[] = {0.75, 1, 2};
  oracle::test("divided", divided, a, b, 3).gradient(divided_grad);
  oracle::equal("calls of the rule", 1, pullbacks);
  return oracle::result();
}
