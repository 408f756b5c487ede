//===- casts.cpp - Conversions --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A value that leaves the expression which converted it is converted in words,
// so that integer division stays one.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

// CHECK-LABEL: void integers_grad(
// CHECK: *d_x += static_cast<double>(n / 2);
#pragma retrograd gradient wrt(x)
double integers(double x, int n) { return x * (n / 2); }

// CHECK-LABEL: void halves_grad(
// CHECK: *d_x += 1.0 / 2
#pragma retrograd gradient
double halves(double x) { return x / 2; }

// CHECK-LABEL: void narrow_grad(
// CHECK: static_cast<double>(0.5f * static_cast<float>(
#pragma retrograd gradient wrt(x)
double narrow(double x) {
  double y = static_cast<float>(x) * 0.5f;
  return y * y;
}
