//===- merge-updates.cpp - One update of an adjoint instead of several ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Updates of one place that nobody reads in between become one statement, and
// terms with the same factors one term.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: void square_grad(
// CHECK: *d_x += 2.0 * x;
#pragma retrograd gradient
double square(double x) { return x * x; }

// CHECK-LABEL: void negative_square_grad(
// CHECK: *d_x -= 2.0 * x;
#pragma retrograd gradient
double negative_square(double x) { return -x * x; }

// CHECK-LABEL: double square_jvp(
// CHECK: return t_result;
#pragma retrograd jvp(square)

// Equal terms in another order. A coefficient is whole or a binary fraction;
// others stay as they are written.
// CHECK-LABEL: void coefficients_grad(
// CHECK: *d_x += 200.0 * (x * y);
// CHECK-NEXT: *d_y += 100 * x * x;
#pragma retrograd gradient
double coefficients(double x, double y) { return 100 * x * x * y; }

// CHECK-LABEL: void tenth_grad(
// CHECK: *d_x += 2.0 * (0.1 * x);
#pragma retrograd gradient
double tenth(double x) { return 0.1 * x * x; }

// CHECK-LABEL: void single_grad(
// CHECK: *d_x += 1.5f * x;
#pragma retrograd gradient
float single(float x) { return 0.75f * x * x; }

// Terms that cancel stay: they are NaN where x is infinite.
// CHECK-LABEL: void cancel_grad(
// CHECK: *d_y += x - x;
#pragma retrograd gradient
double cancel(double x, double y) { return x * y - x * y; }

// Updates of other elements commute, even if they are the same element.
// CHECK-LABEL: void elements_grad(
// CHECK: d_x[j] += 2.0;
// CHECK-NEXT: d_x[i] += y * y - 3.0;
// CHECK-NEXT: }
#pragma retrograd gradient wrt(x)
double elements(const double *x, int i, int j, double y) {
  double s = -3 * x[i];
  s += 2 * x[j];
  return s + y * y * x[i];
}

// A read in between does not, if it may be of that element.
// CHECK-LABEL: void read_vjp(
// CHECK: d_x[j] += seed;
// CHECK-NEXT: const double seed1 = d_x[i];
// CHECK-NEXT: d_x[i] = 0;
// CHECK-NEXT: d_x[j] += 2.0 * seed1;
#pragma retrograd vjp
double read(double *x, int i, int j) {
  x[i] = 2 * x[j];
  return x[j];
}

// CHECK-LABEL: void read_apart_vjp(
// CHECK: const double seed1 = d_x[i];
// CHECK-NEXT: d_x[i] = 0;
// CHECK-NEXT: d_x[i + 1] += seed + 2.0 * seed1;
#pragma retrograd vjp
double read_apart(double *x, int i) {
  x[i] = 2 * x[i + 1];
  return x[i + 1];
}

// A place that is set may be another's, unless nothing in between is like it.
// CHECK-LABEL: void may_be_vjp(
// CHECK: d_x[i] = 0;
// CHECK-NEXT: d_x[j] += 2.0 * seed;
// CHECK-NEXT: d_x[i] += 3.0 * seed;
#pragma retrograd vjp
void may_be(double *x, int i, int j) { x[i] = 2 * x[j] + 3 * x[i]; }

// CHECK-LABEL: void is_not_vjp(
// CHECK: *d_y += 2.0f * static_cast<float>(seed);
// CHECK-NEXT: *d_x = 3.0 * seed;
#pragma retrograd vjp
void is_not(double *x, float *y) { *x = 2 * *y + 3 * *x; }

// A guarded term is a statement of its own.
// CHECK-LABEL: void guarded_grad(
// CHECK: *d_x += 1.0;
// CHECK-NEXT: *d_x += y != 0 ? 
#pragma retrograd gradient
double guarded(double x, double y) { return y * __builtin_sqrt(x) + x; }
