//===- vectorised.cpp - Loops over directions run in SIMD -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The directions of one number stand next to each other, and nothing in a loop
// over them reads memory of the primal or calls the library: the loops that do
// the work vectorise at -O2.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O2 -Rpass=loop-vectorize -S %s -o - 2>&1 >/dev/null | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK-DAG: joints_jvps.retrograd.cpp:{{.*}} remark: vectorized loop
#pragma retrograd jvp directions(26)
void joints(const double *angles, double *points, int n) {
  for (int i = 0; i < n; ++i) {
    points[2 * i] = std::cos(angles[i]) * angles[0];
    points[2 * i + 1] = std::sin(angles[i]) * angles[0];
  }
}

// CHECK-DAG: weighted_vjps.retrograd.cpp:{{.*}} remark: vectorized loop
#pragma retrograd vjp directions(26)
double weighted(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(x[i]) * w[i];
  return s;
}
