//===- turn-loops.cpp - Reversed loops that run forwards -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop is turned if its iterations share only sums, or have elements of their
// own.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: void sums_grad(
// CHECK: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: const double seed = x[k[i]];
// CHECK-NEXT: d_y_own += x[k[i]] * seed;
// CHECK-NEXT: d_x[k[i]] += y * seed + x[k[i]] * y;
#pragma retrograd gradient
double sums(const double *x, double y, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[k[i]] * y * x[k[i]];
  return s;
}

// The bounds are what they were.
// CHECK-LABEL: void bounds_grad(
// CHECK: for (int i = 2; i < n + 1; ++i) {
#pragma retrograd gradient wrt(x)
double bounds(const double *x, int n) {
  double s = 0;
  for (int i = 2; i <= n; ++i)
    s += x[i] * x[i];
  return s;
}

// Each iteration reads, zeroes and sums up what is its own.
// CHECK-LABEL: void own_vjp(
// CHECK: y[i] = 2 * x[i];
// CHECK: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: const double seed = d_y[i];
// CHECK-NEXT: d_y[i] = 0;
#pragma retrograd vjp
void own(double *__restrict y, const double *x, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = 2 * x[i];
}

// Without a promise, d_x[i] may be an element that is read later.
// CHECK-LABEL: void shared_vjp(
// CHECK: for (int i = n; i-- > 0;) {
#pragma retrograd vjp
void shared(double *y, const double *x, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = 2 * x[i];
}

// CHECK-LABEL: void carried_vjp(
// CHECK: for (int i = n; i-- > 1;) {
#pragma retrograd vjp
void carried(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] = 2 * x[i - 1];
}

// CHECK-LABEL: void product_grad(
// CHECK: for (int i = n; i-- > 0;) {
#pragma retrograd gradient
double product(const double *x, int n) {
  double p = 1;
  for (int i = 0; i < n; ++i)
    p *= x[i];
  return p;
}

// Elements are apart in one dimension of an array; a[i + j] is not. A row that
// a pointer leads to may be any other one.
// CHECK-LABEL: void rows_vjp(
// CHECK: y[i][j] = 
// CHECK: for (int i = 0; i < 3; ++i) {
// CHECK-NEXT: double sum = 0;
// CHECK-NEXT: for (int j = 0; j < 4; ++j) {
#pragma retrograd vjp
void rows(double (*__restrict y)[4], const double *x) {
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j)
      y[i][j] = x[i] * x[j];
}

// CHECK-LABEL: void diagonals_vjp(
// CHECK: for (int i = 3; i-- > 0;) {
// CHECK-NEXT: double sum = 0;
// CHECK-NEXT: for (int j = 0; j < 4; ++j) {
#pragma retrograd vjp
void diagonals(double *__restrict y, const double *x) {
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j)
      y[i + j] = x[i] * x[j];
}

// CHECK-LABEL: void pointers_vjp(
// CHECK: for (int i = n; i-- > 0;) {
#pragma retrograd vjp
void pointers(double *const *y, const double *x, int n) {
  for (int i = 0; i < n; ++i)
    y[i][0] = 2 * x[i];
}

// The order of a user's loop is the user's.
// CHECK-LABEL: double downwards_grad(
// CHECK: for (int i = n; i-- > 0;) {
// CHECK-NEXT: s += x[i] * x[i];
// CHECK: for (int i = 0; i < n; ++i) {
#pragma retrograd gradient value
double downwards(const double *x, int n) {
  double s = 0;
  for (int i = n; i-- > 0;)
    s += x[i] * x[i];
  return s;
}
