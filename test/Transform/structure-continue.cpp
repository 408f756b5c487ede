//===- structure-continue.cpp - An iteration that is left early -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A continue leaves the loop counted.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=structure -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  // CHECK: for (int i = 0; i < n; ++i) {
  // CHECK-NEXT: if (x[i] < 0) {
  // CHECK-NEXT: } else {
  // CHECK-NEXT: s += x[i] * x[i];
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0)
      continue;
    s += x[i] * x[i];
  }
  return s;
}
