//===- tangent-call.cpp - The tangent of a call ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A callee gets the tangents of its active arguments and a place for that of
// its result; a call without active arguments stays.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=tangent -- -std=c++20 -I%include | FileCheck %s

static double twice(double a, int n) { return n * a; }

// CHECK: double t_[[T:t]] = 0;
// CHECK-NEXT: double [[T]] = twice_tangent(x, 2, t_x, &t_[[T]]);
// CHECK-NEXT: double [[U:t1]] = twice(w, 3);
// CHECK-NEXT: t_result = t_[[T]] * [[U]];
#pragma retrograd jvp wrt(x)
double f(double x, double w) { return twice(x, 2) * twice(w, 3); }

double g(double x);
#pragma retrograd rule(g)
double g_pushforward(double x, double t_x);

// CHECK-LABEL: double rule_jvp(
// CHECK: double t_[[R:t[0-9]*]] = g_pushforward(x, t_x);
// CHECK-NEXT: double [[R]] = g(x);
#pragma retrograd jvp
double rule(double x) { return g(x); }
