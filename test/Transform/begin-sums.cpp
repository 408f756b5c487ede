//===- begin-sums.cpp - Adjoints begin with their first terms -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Zeros are not written where a loop writes over all of them.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK-LABEL: all_grad(
// CHECK: double d_a[16];
// CHECK-NOT: d_a
// CHECK: d_a[i] = 2.0 * (a[i] * d_s);
#pragma retrograd gradient wrt(x)
double all(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = std::sin(x[i]);
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s * s;
}

// CHECK-LABEL: number_grad(
// CHECK: double d_a[16];
// CHECK-NEXT: d_a[0] = 0;
// CHECK: d_a[i] = 2.0 * (a[i] * d_s);
#pragma retrograd gradient wrt(x)
double number(const double *x, int n) {
  double a[16], s = 0;
  a[0] = x[0];
  for (int i = 0; i < n; ++i)
    a[i] = std::sin(x[i]);
  s += a[0] * x[1];
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s * s;
}

// CHECK-LABEL: others_grad(
// CHECK: double d_a[16] = {};
#pragma retrograd gradient wrt(x)
double others(const double *x, int n, int m) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = std::sin(x[i]);
  for (int i = 0; i < m; ++i)
    s += a[i] * a[i];
  return s * s;
}
