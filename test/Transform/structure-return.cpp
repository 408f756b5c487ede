//===- structure-return.cpp - Early returns -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What follows a branch that returns belongs to the other branch; a flag is
// needed only where a loop is left.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=structure -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

#pragma retrograd gradient
double branch(double x) {
  // CHECK-LABEL: double branch(
  // CHECK-NOT: done
  // CHECK: if (x < 0) {
  // CHECK-NEXT: result = -x;
  // CHECK-NEXT: } else {
  // CHECK-NEXT: result = x * x;
  // CHECK-NEXT: }
  // CHECK-NEXT: return result;
  if (x < 0)
    return -x;
  return x * x;
}

#pragma retrograd gradient wrt(x)
double out_of_loops(const double *x, int n) {
  // CHECK-LABEL: double out_of_loops(
  // CHECK: bool done = false;
  // CHECK: while (!done && i < n) {
  // CHECK: while (!done && j < i) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      // CHECK: result = x[i] * x[j];
      // CHECK-NEXT: done = true;
      // CHECK: ++j;
      // CHECK: ++i;
      if (x[j] > x[i])
        return x[i] * x[j];
  // CHECK: if (!done) {
  // CHECK-NEXT: result = x[0];
  return x[0];
}
