//===- rosenbrock.h - Rosenbrock's function -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: one pass. An element gets its adjoint when both terms that it is in
// are known; the one before is carried over.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_ROSENBROCK_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_ROSENBROCK_H

#include "../workload.h"

namespace workloads {
#include "../primals/rosenbrock.h"

namespace rosenbrock {

#pragma retrograd gradient(valley) value
static double gradient(int n, const double *x, double *d_x) {
  return valley_grad(x, n, d_x);
}

static double by_hand(int n, const double *__restrict x,
                      double *__restrict d_x) {
  double sum = 0, carry = 0;
  for (int i = 0; i + 1 < n; ++i) {
    const double a = x[i + 1] - x[i] * x[i];
    const double b = 1 - x[i];
    sum += 100 * a * a + b * b;
    d_x[i] += carry - 400 * a * x[i] - 2 * b;
    carry = 200 * a;
  }
  d_x[n - 1] += carry;
  return sum;
}

static std::vector<double> point(int n) {
  return around(0.5, 1, static_cast<std::size_t>(n));
}

} // namespace rosenbrock
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_ROSENBROCK_H
