//===- rules.cpp - Rules are called for one direction after the other -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rule knows one direction, and is believed although it is not what the body
// would give.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "../Integration/directions.h"
#include "../Integration/oracle.h"
#include <retrograd/retrograd.h>

static double response(double x) { return x; }
#pragma retrograd rule(response)
static void response_pullback(double x, double seed, double *d_x) {
  *d_x += seed * 3 * x * x;
}
#pragma retrograd rule(response)
static double response_pushforward(double x, double t_x) {
  return 3 * x * x * t_x;
}

static double scaled(double x, int n, double k) { return n * k * x * x; }
#pragma retrograd rule(scaled)
static void scaled_pullback(double x, int n, double k, double seed, double *d_x,
                            double *d_k) {
  *d_x += seed * n * k * 2 * x;
  *d_k += seed * n * x * x;
}
#pragma retrograd rule(scaled)
static double scaled_pushforward(double x, int n, double k, double t_x,
                                 double t_k) {
  return n * k * 2 * x * t_x + n * x * x * t_k;
}

#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double in_loop(double x, const double *a, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s = response(s) / (1 + s * s) + x * a[i];
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double constants(double x, int n) {
  double y = scaled(x, n, 3) + scaled(2, n, x) + scaled(x * x, 2, x);
  scaled(x, n, x);
  return y;
}

int main() {
  const double a[] = {0.5, -0.25, 2};
  CHECK_DIRECTIONS(in_loop, 0.75, a, 3);
  CHECK_DIRECTIONS(constants, 0.5, 13);

  // The rule, not the body: the tangent of x is 1.
  const double t_x[3] = {1, 2, 0}, t_a[9] = {};
  double t_result[3];
  in_loop_jvps(2, a, 1, t_x, t_a, t_result);
  // s' = (3 x^2 (1 + x^2) - 2 x x) / (1 + x^2)^2 + a at x = 2
  const double expected = (12.0 * 5 - 2 * 4) / 25 + 0.5;
  oracle::require("in_loop", "the rule is used",
                  std::fabs(t_result[0] - expected) < 1e-14 &&
                      std::fabs(t_result[1] - 2 * expected) < 1e-14 &&
                      t_result[2] == 0);
  return oracle::result();
}
