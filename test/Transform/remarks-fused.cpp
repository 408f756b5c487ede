//===- remarks-fused.cpp - Iterations that are followed by their reverse --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the plan would have stored is not, and the remark says so.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass=retrograd -Rpass-missed=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=NOT

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double sum(const double *x, double w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: each iteration of this loop is followed by its reverse: one pass instead of two sweeps
    s += std::exp(w * x[i]); // CHECK-DAG: :[[#@LINE]]:10: remark: the value of 'std::exp(w * x[i])' is not stored: its iteration is followed by the reverse at once
  // NOT-NOT: is stored
  return s;
}
