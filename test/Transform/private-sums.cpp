//===- private-sums.cpp - Sums of a loop in variables of their own --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable has the sum of an element that each iteration adds to.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: void row_grad(
// CHECK: double sum = 0;
// CHECK-NEXT: for (int j = 0; j < n; ++j) {
// CHECK-NEXT: retrograd::add(sum, b[j]);
// CHECK-NEXT: d_b[j] += a[k];
// CHECK-NEXT: }
// CHECK-NEXT: if (0 < n) {
// CHECK-NEXT: d_a[k] += sum;
// CHECK-NEXT: }
#pragma retrograd gradient
double row(const double *a, const double *b, int k, int n) {
  double s = 0;
  for (int j = 0; j < n; ++j)
    s += a[k] * b[j];
  return s;
}

// The bounds say that the loop runs.
// CHECK-LABEL: void literal_grad(
// CHECK: retrograd::add(sum, b[j]);
// CHECK: }
// CHECK-NEXT: d_a[k] += sum;
#pragma retrograd gradient
double literal(const double *a, const double *b, int k) {
  double s = 0;
  for (int j = 0; j < 4; ++j)
    s += a[k] * b[j];
  return s;
}

// The element of an update that is skipped need not exist.
// CHECK-LABEL: void conditional_grad(
// CHECK-NOT: sum
// CHECK: d_a[k] += b[j];
#pragma retrograd gradient
double conditional(const double *a, const double *b, int k, int n) {
  double s = 0;
  for (int j = 0; j < n; ++j)
    if (b[j] > 0)
      s += a[k] * b[j];
  return s;
}

// CHECK-LABEL: void moving_grad(
// CHECK-NOT: sum
// CHECK: d_a[k[j]] += b[j];
#pragma retrograd gradient
double moving(const double *a, const double *b, const int *k, int n) {
  double s = 0;
  for (int j = 0; j < n; ++j)
    s += a[k[j]] * b[j];
  return s;
}

// The loop reads what it adds to.
// CHECK-LABEL: void in_place_vjp(
// CHECK-NOT: sum
// CHECK: d_y[0] += 0.5 * seed;
#pragma retrograd vjp
void in_place(double *y, int n) {
  for (int j = 1; j < n; ++j)
    y[j] = 0.5 * y[0] + y[j];
}
