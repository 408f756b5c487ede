//===- adjoint-branch.cpp - The adjoint of a branch -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each branch has its own reverse.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK-LABEL: void both_grad(
// CHECK: double d_y = 0;
// CHECK: if (x > 0) {
// CHECK-NEXT: *d_x += d_y;
// CHECK-NEXT: d_y = 0;
// CHECK-NEXT: } else {
// CHECK-NEXT: *d_x += 2.0 * d_y;
#pragma retrograd gradient
double both(double x) {
  double y = 0;
  if (x > 0)
    y = x;
  else
    y = 2 * x;
  return y;
}

// CHECK-LABEL: void one_grad(
// CHECK: double d_y = 0;
// CHECK: } else {
// CHECK-NEXT: *d_x += 2.0 * d_y;
#pragma retrograd gradient
double one(double x, int n) {
  double y = x;
  if (x > 0)
    n = 2;
  else
    y = 2 * x;
  return y;
}

// An expensive operand of ?: is computed in a branch.
// CHECK-LABEL: void conditional_grad(
// CHECK: [[T:t[0-9]*]] = x * y;
// CHECK-NEXT: } else {
// CHECK-NEXT: [[T]] = std::sin(y);
// CHECK: if (x > y) {
// CHECK-NEXT: *d_x += y * d_[[T]];
// CHECK: } else {
// CHECK-NEXT: *d_y += std::cos(y) * d_[[T]];
#pragma retrograd gradient
double conditional(double x, double y) { return x > y ? x * y : std::sin(y); }
