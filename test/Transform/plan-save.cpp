//===- plan-save.cpp - Saving what is overwritten -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An assignment saves its target if the reverse of an earlier statement reads
// it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK-NOT: save: y before y = x
// CHECK: save: y before y = std::sin(y)
// CHECK-NEXT: save: y before y = y * y
// CHECK-NOT: save:
#pragma retrograd gradient
double f(double x) {
  double y = 0;
  y = x * x;
  y = std::sin(y);
  y *= y;
  y += 1;
  return y;
}
