//===- fuse-loops.cpp - One pass over independent iterations --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An iteration is followed by its reverse if the loop keeps values for that and
// nobody sees the difference. The numbers are in Integration/fused-loops.cpp.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK-LABEL: void sum_grad(
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: const double t = std::exp(x[i]);
// CHECK-NEXT: const double d_t = std::cos(t);
// CHECK-NEXT: d_x[i] += t * d_t;
// CHECK-NEXT: }
// CHECK-NEXT: }
#pragma retrograd gradient
double sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(x[i]));
  return s;
}

// What is pushed and popped is neither.
// CHECK-LABEL: void either_grad(
// CHECK-NOT: tape
// CHECK: const double *p = x;
// CHECK-NOT: for
// CHECK: d_p[0] +=
#pragma retrograd gradient
double either(const double *x, const double *y, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double *p = x;
    if (k[i])
      p = y + i;
    s += std::sin(p[0]) * p[0];
  }
  return s;
}

// Nothing is kept: the reverse is all that is left.
// CHECK-LABEL: double squares_grad(
// CHECK: s += x[i] * x[i];
// CHECK-NEXT: }
// CHECK: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: d_x[i] += 2.0 * x[i];
#pragma retrograd gradient value
double squares(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}

// The user's own array stays written.
// CHECK-LABEL: void stored_vjp(
// CHECK: h[i] = t;
// CHECK: const double t = h[i];
#pragma retrograd vjp
double stored(double *__restrict h, const double *__restrict x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double t = std::exp(x[i]);
    h[i] = t;
    s += std::sin(t);
  }
  return s;
}

// The seed is known after the last iteration.
// CHECK-LABEL: void complete_grad(
// CHECK: t_record[i] = t;
// CHECK: const double d_s = 2.0 * s;
// CHECK: const double t = t_record[i];
#pragma retrograd gradient
double complete(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(x[i]));
  return s * s;
}

// The reverse carries a value from iteration to iteration.
// CHECK-LABEL: void carried_grad(
// CHECK: t_record[i] = t;
// CHECK: const double t = t_record[i];
#pragma retrograd gradient
double carried(const double *x, int n) {
  double w = 1;
  for (int i = 0; i < n; ++i)
    w = std::sin(std::exp(x[i])) + 0.5 * w;
  return w;
}

// In between, the reverse of the second loop sets adjoints that the reverse of
// the first one adds to.
// CHECK-LABEL: void between_grad(
// CHECK: t_record[i] = t;
// CHECK: d_a[i] = 0;
// CHECK: const double t = t_record[i];
#pragma retrograd gradient
double between(const double *x, int n) {
  double s = 0, a[8];
  for (int i = 0; i < n; ++i)
    a[i] = 2 * x[i];
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(x[i])) + a[i];
  for (int i = 0; i < n; ++i)
    a[i] = x[i];
  return s + a[0];
}

// The loops of two sums are fused each, if their adjoints are apart.
// CHECK-LABEL: void apart_grad(
// CHECK-NOT: tape
// CHECK: d_x[i] +=
// CHECK: d_y[i] +=
// CHECK-LABEL: void together_grad(
// CHECK: tape.reserve
#pragma retrograd gradient
double apart(const double *__restrict x, const double *__restrict y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(x[i]));
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(y[i]));
  return s;
}

#pragma retrograd gradient
double together(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(x[i]));
  for (int i = 0; i < n; ++i)
    s += std::sin(std::exp(y[i]));
  return s;
}
