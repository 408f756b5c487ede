//===- tangent-expression.cpp - The tangent of an expression --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each statement is preceded by that of its tangent, which reads the old
// values.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=tangent -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK: double t_a = t_x * y + x * t_y;
// CHECK-NEXT: const double t = a / y;
// CHECK-NEXT: double t_t = (t_a - t * t_y) / y;
// CHECK-NEXT: t_a = t_t;
// CHECK-NEXT: a = t;
// CHECK-NEXT: t_result = t_a + std::cos(x) * t_x;
// CHECK: return t_result;
#pragma retrograd jvp
double f(double x, double y) {
  double a = x * y;
  a /= y;
  return a + std::sin(x);
}
