//===- plan-stored-copy.cpp - A value that memory holds -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A local that the body stores where it stays is read back from there.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK: keep: t: recompute h[i]
#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double h[8];
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(x[i]);
    h[i] = t;
    s += t * t;
  }
  return s + h[0];
}
