//===- activity-pointer.cpp - Pointers to active memory -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pointer has one shadow, so all that it may point to is active if one of it
// is.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

// CHECK: active: x
// CHECK-NEXT: active: a
// CHECK-NEXT: active: b
// CHECK-NEXT: active: result
#pragma retrograd gradient wrt(x)
double f(double x, double w) {
  double a[2] = {x, w}, b[2] = {w, w}, c[2] = {w, w};
  double *p = w > 0 ? a : b;
  return p[1] + c[0];
}
