//===- plan-save-integer.cpp - An integer that cannot be stepped back -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A step is undone only if its size is not lost, and a step by a real number is
// rounded.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: save: j before {{.*}}j
// CHECK: save: k before {{.*}}k
// CHECK-NOT: invert:
// CHECK: double f(
#pragma retrograd gradient wrt(x)
double f(const double *x, int *next, double step) {
  double s = 1;
  int j = 0, k = 0;
  while (j < 4) {
    s += x[j] * x[k];
    j += next[j];
    k += step;
  }
  return s;
}
