//===- structure-break.cpp - A loop that is left early --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop with a break is a general loop with a flag, and the rest of
// its body is guarded.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=structure -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  // CHECK: int i = 0;
  // CHECK-NEXT: bool stop = false;
  // CHECK-NEXT: while (!stop && i < n) {
  for (int i = 0; i < n; ++i) {
    // CHECK: if (s > 1) {
    // CHECK-NEXT: stop = true;
    // CHECK-NEXT: } else {
    // CHECK-NEXT: s = s * 2;
    // CHECK-NEXT: }
    // CHECK-NEXT: ++i;
    s += x[i];
    if (s > 1)
      break;
    s *= 2;
  }
  return s;
}
