//===- plan-invert.cpp - Inverting steps ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Steps of integers and pointers are undone, not saved.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-NOT: save:
// CHECK: invert: i
// CHECK-NEXT: invert: p
// CHECK-NOT: save:
// CHECK: double f(
#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  const double *p = x;
  int i = 0;
  while (i < n) {
    s += x[i] * *p;
    i += 2;
    ++p;
  }
  return s;
}
