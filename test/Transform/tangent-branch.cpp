//===- tangent-branch.cpp - The tangent of a branch -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Control flow stays as it is.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=tangent -- -std=c++20 -I%include | FileCheck %s

// CHECK: if ([[X:x[0-9]*]] > y) {
// CHECK-NEXT: t_[[X]] = t_[[X]] * 2.0;
// CHECK-NEXT: [[X]] = [[X]] * 2;
// CHECK: t_result = [[X]] > y ? t_[[X]] : static_cast<double>(0);
#pragma retrograd jvp wrt(x)
double f(double x, double y) {
  if (x > y)
    x *= 2;
  return x > y ? x : 1;
}
