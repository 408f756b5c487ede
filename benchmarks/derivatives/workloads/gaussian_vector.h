//===- gaussian_vector.h - A normal distribution for each sample ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: one division a sample, whose result both adjoints use; it is kept,
// since the seed is known only when the sum is complete.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_VECTOR_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_VECTOR_H

#include "../workload.h"

namespace workloads {
#include "../primals/gaussian_vector.h"

namespace gaussian_vector {

#pragma retrograd gradient(likelihood) value
static double gradient(int n, const double *x, double *d_x) {
  return likelihood_grad(x, x + n, x + 2 * n, n, d_x, d_x + n, d_x + 2 * n);
}

static double add_adjoints(const double *__restrict x,
                           const double *__restrict mean,
                           const double *__restrict sigma, int n,
                           double *__restrict d_x, double *__restrict d_mean,
                           double *__restrict d_sigma) {
  const scratch kept = scratch_of(static_cast<std::size_t>(n));
  double *__restrict const q = kept.get();
  double t = 0;
  for (int i = 0; i < n; ++i) {
    const double r = x[i] - mean[i];
    q[i] = r / (sigma[i] * sigma[i]);
    t -= 0.5 * r * q[i];
  }
  const double result = std::pow(2 * pi, -0.5) * std::exp(t / n);
  const double seed = result / n;
  for (int i = 0; i < n; ++i) {
    const double each = seed * q[i];
    d_x[i] -= each;
    d_mean[i] += each;
    d_sigma[i] += each * q[i] * sigma[i];
  }
  return result;
}

static double by_hand(int n, const double *x, double *d_x) {
  return add_adjoints(x, x + n, x + 2 * n, n, d_x, d_x + n, d_x + 2 * n);
}

static std::vector<double> point(int n) {
  return around(1, 0.3, 3 * static_cast<std::size_t>(n));
}

} // namespace gaussian_vector
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_VECTOR_H
