//===- plan-condition.cpp - Conditions ------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A condition is evaluated again in the reverse sweep, unless a branch changes
// what it reads.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

// CHECK-LABEL: // changed after plan
// CHECK: const bool [[TAKEN:taken]] = [[X:x[0-9]*]] > 1;
// CHECK-NEXT: if ([[TAKEN]]) {
#pragma retrograd gradient
double changed(double x) {
  if (x > 1)
    x = x * x;
  return x;
}

// CHECK-LABEL: // unchanged after plan
// CHECK-NOT: taken
// CHECK: if (x > 1) {
#pragma retrograd gradient
double unchanged(double x) {
  double y = x;
  if (x > 1)
    y = x * x;
  return y;
}
