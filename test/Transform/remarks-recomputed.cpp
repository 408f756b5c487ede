//===- remarks-recomputed.cpp - What is computed again, or undone ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values that come back without memory.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double again(const double *x, double w, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    double u = x[i] * w; // CHECK-DAG: :[[#@LINE]]:12: remark: 'u' is computed again in the reverse sweep, as 'x[i] * w' [-Rpass=retrograd]
    s = s * std::sin(u);
  }
  return s;
}

#pragma retrograd gradient
double step(const double *x) {
  double s = 1;
  int k = 0;
  while (s < 100) {
    s = s * x[k];
    k += 2; // CHECK-DAG: :[[#@LINE]]:7: remark: the step of 'k' is undone by the opposite step, and nothing is stored
  }
  return s;
}
