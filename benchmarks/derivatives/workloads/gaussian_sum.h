//===- gaussian_sum.h - Samples of one normal distribution ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the divisor is the same for all samples, so there is one division.
// The sums that the adjoints of mean and deviation need come with the value's,
// and what is left is a loop that vectorises.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_SUM_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_SUM_H

#include "../workload.h"

namespace workloads {
#include "../primals/gaussian_sum.h"

namespace gaussian_sum {

#pragma retrograd gradient(likelihood) value
static double gradient(int n, const double *x, double *d_x) {
  return likelihood_grad(x, n, x[n], x[n + 1], d_x, d_x + n, d_x + n + 1);
}

static double by_hand(int n, const double *__restrict x,
                      double *__restrict d_x) {
  const double mean = x[n], sigma = x[n + 1];
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    const double r = x[i] - mean;
    sum += r;
    squares += r * r;
  }
  const double inverse = 1 / (sigma * sigma);
  const double result = std::pow(2 * pi * sigma * sigma, -0.5) *
                        std::exp(-0.5 * squares * inverse / n);
  const double k = result / n * inverse;
  for (int i = 0; i < n; ++i)
    d_x[i] -= k * (x[i] - mean);
  d_x[n] += k * sum;
  d_x[n + 1] += (k * squares - result) / sigma;
  return result;
}

static std::vector<double> point(int n) {
  std::vector<double> x = around(1, 0.8, static_cast<std::size_t>(n));
  x.push_back(1.1);
  x.push_back(0.9);
  return x;
}

} // namespace gaussian_sum
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_GAUSSIAN_SUM_H
