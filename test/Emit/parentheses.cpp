//===- parentheses.cpp - Parentheses --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An operand has parentheses if it would bind otherwise, and a sign never meets
// another.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

// CHECK: const double x = a - (b - c);
// CHECK-NEXT: const double y = a / (b * c);
// CHECK-NEXT: const double z = a / (b / c);
// CHECK-NEXT: const double w = (a + b) * (a - b) * -c;
// CHECK-NEXT: const double v = - -a - -b;
#pragma retrograd gradient wrt(a)
double f(double a, double b, double c) {
  double x = a - (b - c), y = a / (b * c), z = a / (b / c);
  double w = (a + b) * (a - b) * -c, v = -(-a) - -b;
  return x * y * z * w * v;
}

// CHECK: *d_x += static_cast<double>((n & 3) == 1 ? n << 1 : ~n);
#pragma retrograd gradient wrt(x)
double bits(double x, int n) { return x * ((n & 3) == 1 ? n << 1 : ~n); }
