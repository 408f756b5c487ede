//===- activity-constant.cpp - Derivatives that are zero ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No derivative flows through integers, comparisons and functions whose
// derivative is zero.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK: active: x
// CHECK-NEXT: active: product
// CHECK-NEXT: active: result
// CHECK-NOT: active:
#pragma retrograd gradient
double f(double x) {
  int rounded = static_cast<int>(x);
  double below = std::floor(x);
  double sign = x > 0;
  double product = x * below;
  return product + rounded + sign;
}
