//===- adjoint-loop.cpp - The adjoint of a counted loop -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop runs through the same values of its counter from the last to
// the first.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i];
  for (int i = n; i-- > 0;)
    s += x[i];
  for (int i = n; i > 0; --i)
    s += x[i];
  for (int i = 1; i <= n; ++i)
    s += x[i];
  for (int i = 0; i < n; i += 2)
    s += x[i];
  return s;
}
// CHECK: double d_s = 0;
// CHECK: for (int [[K:k[0-9]*]] = 0 < n ? (n - 1) / 2 + 1 : 0; [[K]]-- > 0;) {
// CHECK-NEXT: int i = [[K]] * 2;
// CHECK-NEXT: d_x[i] += d_s;
// CHECK: for (int i = n + 1; i-- > 1;) {
// CHECK: for (int i = 0 + 1; i <= n; ++i) {
// CHECK: for (int i = 0; i < n; ++i) {
// CHECK: for (int i = n; i-- > 0;) {
