//===- gaussian_sum.h - Samples of one normal distribution ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The geometric mean of the densities of n samples, since their product is 0 in
// double precision: active are the samples, the mean and the standard
// deviation.
//
//===----------------------------------------------------------------------===//

namespace gaussian_sum {

static real likelihood(const real *x, int n, real mean, real sigma) {
  real t = 0;
  for (int i = 0; i < n; ++i)
    t += -(x[i] - mean) * (x[i] - mean) / (2 * sigma * sigma);
  return pow(2 * pi * sigma * sigma, -0.5) * exp(t / n);
}

/// x: the samples, mean, sigma.
static real value(int n, const real *x) {
  return likelihood(x, n, x[n], x[n + 1]);
}

} // namespace gaussian_sum
