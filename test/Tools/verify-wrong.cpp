//===- verify-wrong.cpp - A wrong derivative reports itself ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rule that is wrong makes every derivative wrong that it is part of. The first
// calls report it, with parameter and index, and the program goes on.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fplugin-arg-retrograd-verify=2 %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: not --crash env RETROGRAD_VERIFY_ABORT=1 %t 2>&1 | FileCheck --check-prefix=ABORT %s
// RUN: %rgcxx -fplugin-arg-retrograd-verify=0 %s -o %t.off
// RUN: %t.off 2>&1 | FileCheck --check-prefix=OFF %s
// OFF-NOT: verify

// ABORT: norm_grad: d_x[1] is
// ABORT-NOT: call 2

#include <cmath>
#include <cstdio>
#include <retrograd/retrograd.h>

static double root(double x) { return std::sqrt(x); }
// The factor 1/2 is missing.
#pragma retrograd rule(root)
static void root_pullback(double x, double seed, double *d_x) {
  *d_x += seed / root(x);
}
#pragma retrograd rule(root)
static double root_pushforward(double x, double t_x) { return t_x / root(x); }

#pragma retrograd gradient wrt(x[n])
#pragma retrograd vjp wrt(x[n])
#pragma retrograd jvp wrt(x[n])
double norm(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return root(s);
}

#pragma retrograd gradient
double magnitude(double x) { return std::fabs(x); }

#pragma retrograd gradient wrt(x[n], y[n])
double dot(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i];
  return s;
}

int main() {
  // CHECK: retrograd: verify: norm_grad: d_x[1] is 1.6, differences say 0.8 +- {{.*}} (call 1)
  // CHECK-NEXT: retrograd: verify: norm_grad: d_x[0] is 1.2, differences say 0.6 +- {{.*}} (call 1)
  // CHECK: (call 2)
  // CHECK-NOT: (call 3)
  const double x[2] = {3, 4}, t_x[2] = {1, 0};
  double d_x[2] = {};
  for (int i = 0; i < 3; ++i)
    norm_grad(x, 2, d_x);
  // CHECK: retrograd: verify: norm_vjp: d_x[
  norm_vjp(x, 2, 1, d_x);
  // CHECK: retrograd: verify: norm_jvp: t_result along x[1] is 1.6, differences say 0.8
  norm_jvp(x, 2, t_x);
  // CHECK: retrograd: verify: magnitude_grad: d_x: inconclusive: the slope is -1 on one side
  magnitude_grad(0, d_x);
  // CHECK: retrograd: verify: dot_grad: not verified: y and x overlap or delimit the same array (call 1)
  dot_grad(x, x, 2, d_x, d_x);
  // CHECK: end
  std::fprintf(stderr, "end\n");
}
