//===- text.cpp - The text of derivatives in several directions -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What does not depend on the direction stands before the loops, and statements
// that can share a loop do.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// The reverse sweep shares a loop over the directions.
// CHECK-LABEL: void wave_vjps(const double *__restrict x, int n, const double *seed,
// CHECK-NEXT:                double *d_x) {
// CHECK:         double (*const d_x_rows)[4] = (double (*)[4])d_x;
// CHECK:           const double t = std::sin(x[i]);
// CHECK-NEXT:      const double partial = x[0];
// CHECK-NEXT:      const double partial1 = std::cos(x[i]);
// CHECK-NEXT:      for (int k = 0; k < 4; ++k) {
// CHECK-NEXT:        const double d_t = partial * seed[k];
// CHECK-NEXT:        sum[k] += t * seed[k];
// CHECK-NEXT:        d_x_rows[i][k] += partial1 * d_t;
// CHECK-NEXT:      }
// CHECK-NEXT:    }
// CHECK-NEXT:    if (0 < n) {
// CHECK-NEXT:      for (int k = 0; k < 4; ++k) {
// CHECK-NEXT:        d_x_rows[0][k] += sum[k];

// CHECK-LABEL: void wave_jvps(const double *__restrict x, int n, const double *t_x,
// CHECK-NEXT:                double *t_result) {
// CHECK:         double t_s[4] = {};
// CHECK-NEXT:    for (int i = 0; i < n; ++i) {
// CHECK-NEXT:      const double t = std::sin(x[i]);
// CHECK-NEXT:      const double partial = std::cos(x[i]);
// CHECK-NEXT:      const double partial1 = x[0];
// CHECK-NEXT:      for (int k = 0; k < 4; ++k) {
// CHECK-NEXT:        const double t_t = partial * t_x_rows[i][k];
// CHECK-NEXT:        t_s[k] += t_t * partial1 + t * t_x_rows[0][k];
#pragma retrograd vjp directions(4)
#pragma retrograd jvp directions(4)
double wave(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(x[i]) * x[0];
  return s;
}

static double half(double *p, int n) {
  return n == 0 ? *p : half(p, n - 1) * 0.5;
}
// The directions go into a called function by the address of the first.
// CHECK-LABEL: static double half_forward(retrograd::tape &tape, double *p, int n) {
// CHECK:       static void half_reverse(retrograd::tape &tape, double *p, int n,
// CHECK-NEXT:                          const double *seed, double (*d_p)[4]) {
// CHECK:           double d_t[4];
// CHECK-NEXT:      for (int k = 0; k < 4; ++k) {
// CHECK-NEXT:        d_t[k] = 0.5 * seed[k];
// CHECK-NEXT:      }
// CHECK-NEXT:      half_reverse(tape, p, n - 1, d_t, d_p);
// CHECK-LABEL: double halved_vjps(double x, int n, const double *seed, double *d_x) {
// CHECK:         half_reverse(tape, &x1, n, d_t, &d_x1);
#pragma retrograd vjp directions(4) value
double halved(double x, int n) { return half(&x, n) * x; }

// What is read of the primal is read before the primal writes it.
// CHECK-LABEL: void rows_jvps(double (*m)[2], double &y, double (*t_m)[2][4], double *t_y) {
// CHECK:         const double partial = y;
// CHECK-NEXT:    const double partial1 = m[0][1];
// CHECK-NEXT:    a[0] = m[0][1] * y;
// CHECK-NEXT:    m[1][0] = a[0];
// CHECK-NEXT:    for (int k = 0; k < 4; ++k) {
// CHECK-NEXT:      t_a[0][k] = t_m[0][1][k] * partial + partial1 * t_y[k];
// CHECK-NEXT:      t_m[1][0][k] = t_a[0][k];
#pragma retrograd jvp directions(4)
void rows(double (*m)[2], double &y) {
  double a[2];
  a[0] = m[0][1] * y;
  m[1][0] = a[0];
}
