//===- activity-call.cpp - Calls with constant arguments ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A result is active only if an argument is.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

static double twice(double a, double b) { return 2 * a + b; }

// CHECK-NOT: active: constant
// CHECK: active: varied
// CHECK-NOT: active: constant
// CHECK: double f(
#pragma retrograd gradient wrt(x)
double f(double x, double w) {
  double constant = twice(w, w), varied = twice(x, w);
  return constant * varied;
}
