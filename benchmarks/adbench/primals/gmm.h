//===- gmm.h - Likelihood of a mixture of Gaussians -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ADBench's first problem (F. Srajer, Z. Kukelova, A. Fitzgibbon, Optimization
// Methods and Software 33, 2018): the logarithm of the density of n points
// under a mixture of k Gaussians in d dimensions, with a Wishart prior for the
// inverse covariances. A component has a weight exp(alpha) / sum of all, a
// mean, and a lower triangular factor of the inverse covariance, given by the
// logarithms of its diagonal, then what is below it, column by column.
//
// Text over `real`, to be included in a namespace that says what that is.
//
//===----------------------------------------------------------------------===//

namespace gmm {

/// log(sum of exp(x)), in the form that does not overflow.
static real log_sum_exp(const real *x, int n) {
  real largest = x[0];
  for (int i = 1; i < n; ++i)
    if (x[i] > largest)
      largest = x[i];
  real sum = 0;
  for (int i = 0; i < n; ++i)
    sum += exp(x[i] - largest);
  return log(sum) + largest;
}

/// The sum of the logarithms of the densities at x[n][d], but for a constant.
/// diagonal and log_det belong to the factors.
static real log_densities(int d, int k, int n, const real *alphas,
                          const real *means, const real *factors,
                          const real *diagonal, const real *log_det,
                          const double *x) {
  const int size = d * (d + 1) / 2;
  real sum = 0;
  for (int p = 0; p < n; ++p) {
    real terms[most_components];
    for (int c = 0; c < k; ++c) {
      real scaled[most_dimensions];
      for (int i = 0; i < d; ++i)
        scaled[i] = diagonal[c * d + i] * (x[p * d + i] - means[c * d + i]);
      for (int i = 0; i < d; ++i) {
        const real centered = x[p * d + i] - means[c * d + i];
        const int column = c * size + d + i * (2 * d - i - 3) / 2 - 1;
        for (int j = i + 1; j < d; ++j)
          scaled[j] += factors[column + j] * centered;
      }
      real square = 0;
      for (int i = 0; i < d; ++i)
        square += scaled[i] * scaled[i];
      terms[c] = alphas[c] + log_det[c] - 0.5 * square;
    }
    sum += log_sum_exp(terms, k);
  }
  return sum;
}

/// The logarithm of the prior, but for a constant.
static real log_prior(int d, int k, const real *factors, const real *diagonal,
                      const real *log_det, double gamma, int m) {
  const int size = d * (d + 1) / 2;
  real sum = 0;
  for (int c = 0; c < k; ++c) {
    real squares = 0;
    for (int i = 0; i < d; ++i)
      squares += diagonal[c * d + i] * diagonal[c * d + i];
    for (int i = d; i < size; ++i)
      squares += factors[c * size + i] * factors[c * size + i];
    sum += 0.5 * gamma * gamma * squares - m * log_det[c];
  }
  return sum;
}

/// `constant` is what does not depend on the parameters.
static real objective(int d, int k, int n, const real *alphas,
                      const real *means, const real *factors, const double *x,
                      double gamma, int m, double constant) {
  const int size = d * (d + 1) / 2;
  real *diagonal = new real[k * d];
  real *log_det = new real[k];
  for (int c = 0; c < k; ++c) {
    real sum = 0;
    for (int i = 0; i < d; ++i) {
      sum += factors[c * size + i];
      diagonal[c * d + i] = exp(factors[c * size + i]);
    }
    log_det[c] = sum;
  }
  const real value =
      log_densities(d, k, n, alphas, means, factors, diagonal, log_det, x) -
      n * log_sum_exp(alphas, k) +
      log_prior(d, k, factors, diagonal, log_det, gamma, m);
  delete[] diagonal;
  delete[] log_det;
  return value + constant;
}

} // namespace gmm
