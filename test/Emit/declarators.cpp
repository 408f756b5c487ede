//===- declarators.cpp - Declarators --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pointers to arrays, arrays of pointers, references to arrays, and what is
// const in them.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: void f_grad(double (*__restrict m)[3], double (&x)[2],
// CHECK: const double *const __restrict y, const double &z,
// CHECK: const double *__restrict w, double (*d_m)[3], double *d_x,
// CHECK: double *d_y, double *d_z) {
// CHECK: double (*d_row)[3] = d_a;
// CHECK-NEXT: double (*row)[3] = a;
// CHECK-NEXT: double *const d_p = d_row[1];
// CHECK-NEXT: const double *const p = row[1];
// CHECK-NEXT: double *d_v[2];
// CHECK-NEXT: const double *v[2];
#pragma retrograd gradient wrt(m, x, y, z)
double f(double (*m)[3], double (&x)[2], const double *const y, const double &z,
         const double w[4]) {
  double a[2][3] = {{x[0]}};
  double(*row)[3] = a;
  const double *const p = row[1];
  const double *v[2] = {y, p};
  return m[1][2] * p[0] * z * v[0][1] * w[0];
}
