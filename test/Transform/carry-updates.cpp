//===- carry-updates.cpp - Sums that wait for the next iteration ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where neighbours are updated, a variable carries a sum to the iteration that
// is the last to update that element.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: void pairs_grad(
// CHECK: double carry = 0;
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: const double next = x[i];
// CHECK-NEXT: d_x[i] += carry + x[i + 1];
// CHECK-NEXT: carry = next;
// CHECK-NEXT: }
// CHECK-NEXT: if (0 < n) {
// CHECK-NEXT: d_x[n] += carry;
// CHECK-NEXT: }
#pragma retrograd gradient wrt(x)
double pairs(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i + 1];
  return s;
}

// CHECK-LABEL: void stencil_grad(
// CHECK: for (int j = 1; j < n - 1; ++j) {
// CHECK: const double next = carry1 - 2.0 * seed;
// CHECK-NEXT: d_x[i * n + j - 1] += carry + seed;
// CHECK-NEXT: carry = next;
// CHECK-NEXT: carry1 = seed;
// CHECK-NEXT: }
// CHECK-NEXT: if (1 < (n - 1)) {
// CHECK-NEXT: d_x[i * n + (n - 1) - 1] += carry;
// CHECK-NEXT: d_x[i * n + (n - 1)] += carry1;
#pragma retrograd gradient wrt(x)
double stencil(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 1; j < n - 1; ++j)
      s += w[j] * (x[i * n + j - 1] - 2 * x[i * n + j] + x[i * n + j + 1]);
  return s;
}

// The bounds say that the loop runs.
// CHECK-LABEL: void literal_grad(
// CHECK: carry = next;
// CHECK-NEXT: }
// CHECK-NEXT: d_x[8] += carry;
#pragma retrograd gradient
double literal(const double *x) {
  double s = 0;
  for (int i = 0; i < 8; ++i)
    s += x[i] * x[i + 1];
  return s;
}

// Elements two apart wait for two iterations.
// CHECK-LABEL: void gap_grad(
// CHECK: d_x[i] += carry + x[i + 2];
// CHECK-NEXT: carry = carry1;
// CHECK-NEXT: carry1 = next;
// CHECK-NEXT: }
// CHECK-NEXT: d_x[8] += carry;
// CHECK-NEXT: d_x[8 + 1] += carry1;
#pragma retrograd gradient
double gap(const double *x) {
  double s = 0;
  for (int i = 0; i < 8; ++i)
    s += x[i] * x[i + 2];
  return s;
}

// Nothing is carried where an iteration may skip its update,
// CHECK-LABEL: void sometimes_grad(
// CHECK-NOT: carry
// CHECK: }
#pragma retrograd gradient wrt(x)
double sometimes(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += 2 * x[i];
    if (i > 3)
      s += 3 * x[i + 1];
  }
  return s;
}

// where the elements differ by something else,
// CHECK-LABEL: void unknown_grad(
// CHECK-NOT: carry
// CHECK: }
#pragma retrograd gradient wrt(x)
double unknown(const double *x, int n, int m) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i + m];
  return s;
}

// where the subscript falls,
// CHECK-LABEL: void falling_grad(
// CHECK-NOT: carry
// CHECK: }
#pragma retrograd gradient wrt(x)
double falling(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[n - i] * x[n - i + 1];
  return s;
}

// or where the adjoint is read.
// CHECK-LABEL: void recurrence_vjp(
// CHECK-NOT: carry
// CHECK: }
#pragma retrograd vjp
void recurrence(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] = 2 * x[i - 1] + 3 * x[i];
}

// The sums of the primal are the user's: their order stays.
// CHECK-LABEL: void scattered_vjp(
// CHECK: h[i] += x[i] * x[i];
// CHECK-NEXT: h[i + 1] += 2 * x[i];
#pragma retrograd vjp
double scattered(double *__restrict h, const double *__restrict x, int n) {
  for (int i = 0; i < n; ++i) {
    h[i] += x[i] * x[i];
    h[i + 1] += 2 * x[i];
  }
  return 0;
}
