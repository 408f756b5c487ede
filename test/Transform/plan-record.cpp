//===- plan-record.cpp - Records of a counted loop ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An expensive value of a counted loop is kept in an array with an element for
// each iteration.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK: keep: t: record
// CHECK-NEXT: keep: t_record: in scope
#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(x[i]);
    s += t * t;
  }
  return s;
}
