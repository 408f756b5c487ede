//===- inline-calls.cpp - Functions in the place of their calls -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers are in Integration/inlined-calls.cpp.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

static double square(const double &v) { return v * v; }

// CHECK-LABEL: void sum_grad(
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: d_x[i] += 2.0 * x[i];
#pragma retrograd gradient
double sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += square(x[i]);
  return s;
}

// A function with a rule is not looked into, though it has a derivative of its
// own.
// CHECK-LABEL: void with_rule_grad(
// CHECK: 2.0 * x
// CHECK-LABEL: void calls_rule_grad(
// CHECK: with_rule_pullback(x,
#pragma retrograd gradient
double with_rule(double x) { return x * x; }

#pragma retrograd rule(with_rule)
void with_rule_pullback(double x, double seed, double *d_x) {
  *d_x += 2 * x * seed;
}

#pragma retrograd gradient
double calls_rule(double x) { return with_rule(x); }

// A parameter that is inactive stays one.
#pragma retrograd inactive(w)
static double weigh(double x, double w) { return x * w; }

// CHECK-LABEL: void weighed_grad(
// CHECK: weigh_reverse(tape, x, t, 1.0, d_x);
#pragma retrograd gradient
double weighed(double x) { return weigh(x, x * x); }
