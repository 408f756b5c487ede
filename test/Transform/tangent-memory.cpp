//===- tangent-memory.cpp - The tangent of memory -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The memory of tangents is allocated and released with that of the primal, and
// is zero at first.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=tangent -- -std=c++20 -I%include | FileCheck %s

// CHECK: double *p = new double[n];
// CHECK-NEXT: double *t_p = new double[n]();
// CHECK-NEXT: t_p[0] = t_x;
// CHECK-NEXT: p[0] = x;
// CHECK: delete[] p;
// CHECK-NEXT: delete[] t_p;
#pragma retrograd jvp wrt(x)
double f(double x, int n) {
  double *p = new double[n];
  p[0] = x;
  double y = p[0];
  delete[] p;
  return y;
}
