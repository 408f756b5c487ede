//===- plan-recompute.cpp - Recomputing locals ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A cheap initialiser whose operands have not changed is evaluated again where
// the reverse sweep begins.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: keep: t: recompute x[i] - 1
// CHECK-NOT: keep:
// CHECK: double unchanged(
#pragma retrograd gradient wrt(x)
double unchanged(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = x[i] - 1;
    s += t * t;
  }
  return s;
}

// CHECK: keep: t: record
// CHECK-NEXT: keep: t_record: in scope
// CHECK: double changed(
#pragma retrograd gradient wrt(x[n])
double changed(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = x[i] - 1;
    s += t * t;
    x[i] = 2;
  }
  return s;
}
