//===- gaussian_vector.h - A normal distribution for each sample ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As the sum of gaussian_sum.h, but each sample has a mean and a standard
// deviation of its own, all of them active. Deviations are about 1, so that
// there is no product of them in front.
//
//===----------------------------------------------------------------------===//

namespace gaussian_vector {

static real likelihood(const real *x, const real *mean, const real *sigma,
                       int n) {
  real t = 0;
  for (int i = 0; i < n; ++i)
    t += -(x[i] - mean[i]) * (x[i] - mean[i]) / (2 * sigma[i] * sigma[i]);
  return pow(2 * pi, -0.5) * exp(t / n);
}

/// x: the samples, the means, the deviations.
static real value(int n, const real *x) {
  return likelihood(x, x + n, x + 2 * n, n);
}

} // namespace gaussian_vector
