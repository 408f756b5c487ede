//===- names-collide.cpp - Names that the user has taken ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated names give way to the user's: to parameters, to locals of other
// scopes, and to globals that the text names.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd gradient
double parameters(double x, double d_x, double seed, double tape) {
  return x * d_x * seed * tape;
}
// CHECK-LABEL: void parameters_grad(
// CHECK-SAME: double x, double d_x, double seed, double tape,
// CHECK-NEXT: double *[[D_X:d_x1]], double *d_d_x, double *d_seed,
// CHECK: const double seed1 = tape;
// CHECK: *[[D_X]] +=

double d_y = 2;
#pragma retrograd gradient wrt(y)
double global(double y) { return y * y * d_y; }
// CHECK: void global_grad(double y, double *__restrict [[D_Y:d_y1]]) {
// CHECK: *[[D_Y]] += 2.0 * (y * d_y);

#pragma retrograd gradient
double scopes(double x) {
  double i = x * x;
  {
    double i = x + 1;
    x *= i;
  }
  return i * x;
}
// CHECK-LABEL: void scopes_grad(
// CHECK: i = x{{[0-9]*}} * x{{[0-9]*}};
// CHECK: [[I:i1]] = x{{[0-9]*}} + 1;
// CHECK: x{{[0-9]*}} * [[I]];
