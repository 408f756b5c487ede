//===- plan-nothing.cpp - Linear code needs nothing -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The partials of sums and of products with constants mention no variable, so
// nothing is saved.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

// CHECK-NOT: save:
// CHECK-NOT: keep:
// CHECK: double f(
#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += 2 * x[i];
    s = -s;
  }
  return s;
}
