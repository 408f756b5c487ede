//===- calls.cpp - Calls stand alone --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call is a statement that declares its result; a library function with a
// rule is an expression.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=lower -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

static double g(double &r, const double *p, double v) {
  r *= v;
  return r + p[0];
}

#pragma retrograd gradient wrt(x)
double f(double x) {
  double a[2] = {x, 1};
  // CHECK: const double [[ARG:t[0-9]*]] = [[X:x[0-9]*]] * [[X]];
  // CHECK-NEXT: double [[FIRST:t[0-9]*]] = g(a[1], a, [[ARG]]);
  // CHECK-NEXT: double [[SECOND:t[0-9]*]] = g([[X]], &a[0], 2);
  // CHECK-NEXT: double y = [[FIRST]] + [[SECOND]];
  double y = g(a[1], a, x * x) + g(x, &a[0], 2);
  // CHECK-NEXT: return std::sin(y);
  return std::sin(y);
}
