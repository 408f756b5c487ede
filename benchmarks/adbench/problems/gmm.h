//===- gmm.h - Gradients of the mixture of Gaussians ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand, points are independent: what the adjoint of a point needs is kept
// until the point is done, and nothing longer.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_GMM_H
#define RETROGRAD_BENCHMARKS_ADBENCH_GMM_H

#include "problem.h"

namespace problems {
#include "../primals/gmm.h"

namespace gmm {

using input = adbench::gmm_input;

static void value(const input &in, double *out) {
  *out = objective(in.d, in.k, in.n, in.alphas.data(), in.means.data(),
                   in.factors.data(), in.points.data(), in.gamma, in.m,
                   in.constant());
}

#pragma retrograd gradient(objective) wrt(alphas, means, factors) value
static void derivative(const input &in, double *out, double *gradient) {
  std::fill_n(gradient, in.derivatives(), 0.0);
  double *const d_means = gradient + in.alphas.size();
  *out = objective_grad(in.d, in.k, in.n, in.alphas.data(), in.means.data(),
                        in.factors.data(), in.points.data(), in.gamma, in.m,
                        in.constant(), gradient, d_means,
                        d_means + in.means.size());
}

/// As log_sum_exp; leaves the derivatives in x.
static double soften(double *x, int n) {
  const double largest = *std::max_element(x, x + n);
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    x[i] = exp(x[i] - largest);
    sum += x[i];
  }
  const double inverse = 1 / sum;
  for (int i = 0; i < n; ++i)
    x[i] *= inverse;
  return log(sum) + largest;
}

/// In two sums, which go on at the same time.
static double dot(const double *x, const double *y, int n) {
  double even = 0, odd = 0;
  int i = 0;
  for (; i + 1 < n; i += 2) {
    even += x[i] * y[i];
    odd += x[i + 1] * y[i + 1];
  }
  return i < n ? even + odd + x[i] * y[i] : even + odd;
}

/// centered = x - mean and scaled = factor * centered; returns |scaled|^2.
static double whiten(int d, const double *__restrict x,
                     const double *__restrict mean,
                     const double *__restrict diagonal,
                     const double *__restrict below,
                     double *__restrict centered, double *__restrict scaled) {
  for (int i = 0; i < d; ++i) {
    centered[i] = x[i] - mean[i];
    scaled[i] = diagonal[i] * centered[i];
  }
  for (int i = 0; i < d; ++i) {
    for (int j = i + 1; j < d; ++j)
      scaled[j] += below[j - i - 1] * centered[i];
    below += d - i - 1;
  }
  double square = 0;
  for (int i = 0; i < d; ++i)
    square += scaled[i] * scaled[i];
  return square;
}

/// The adjoint of -|scaled|^2 / 2, which has the adjoint `weight`. Overwrites
/// scaled with its own.
static void whiten_adjoint(int d, double weight,
                           const double *__restrict diagonal,
                           const double *__restrict below,
                           const double *__restrict centered,
                           double *__restrict scaled, double *__restrict d_mean,
                           double *__restrict d_diagonal,
                           double *__restrict d_below) {
  for (int i = 0; i < d; ++i)
    scaled[i] *= -weight;
  for (int i = 0; i < d; ++i) {
    const int rest = d - i - 1;
    for (int j = 0; j < rest; ++j)
      d_below[j] += centered[i] * scaled[i + 1 + j];
    d_diagonal[i] += centered[i] * scaled[i] * diagonal[i];
    d_mean[i] -= diagonal[i] * scaled[i] + dot(below, scaled + i + 1, rest);
    below += rest;
    d_below += rest;
  }
}

/// Constants of the factors: exponentials of the diagonals, and their
/// logarithms' sums.
static void prepare(const input &in, double *diagonal, double *log_det) {
  const int size = in.d * (in.d + 1) / 2;
  for (int c = 0; c < in.k; ++c) {
    const double *const logs = in.factors.data() + c * size;
    log_det[c] = 0;
    for (int i = 0; i < in.d; ++i) {
      diagonal[c * in.d + i] = exp(logs[i]);
      log_det[c] += logs[i];
    }
  }
}

/// The prior, and the weights' part of the likelihood.
static double rest_by_hand(const input &in, const double *diagonal,
                           const double *log_det, const double *d_log_det,
                           double *d_alphas, double *d_factors) {
  const int size = in.d * (in.d + 1) / 2;
  const double scale = in.gamma * in.gamma;
  double weights[most_components], prior = 0;
  std::copy_n(in.alphas.data(), in.k, weights);
  const double log_sum = soften(weights, in.k);
  for (int c = 0; c < in.k; ++c) {
    d_alphas[c] = d_log_det[c] - in.n * weights[c];
    const double *const factor = in.factors.data() + c * size;
    double *const d_factor = d_factors + c * size;
    double squares = 0;
    for (int i = 0; i < in.d; ++i) {
      const double square = diagonal[c * in.d + i] * diagonal[c * in.d + i];
      squares += square;
      d_factor[i] += d_log_det[c] + scale * square - in.m;
    }
    for (int i = in.d; i < size; ++i) {
      squares += factor[i] * factor[i];
      d_factor[i] += scale * factor[i];
    }
    prior += 0.5 * scale * squares - in.m * log_det[c];
  }
  return prior - in.n * log_sum;
}

static void by_hand(const input &in, double *out, double *gradient) {
  const int d = in.d, k = in.k, size = d * (d + 1) / 2;
  std::fill_n(gradient, in.derivatives(), 0.0);
  double *const d_means = gradient + k, *const d_factors = d_means + k * d;
  const scratch memory = scratch_of(static_cast<std::size_t>(k) * (3 * d + 2));
  double *const diagonal = memory.get(), *const log_det = diagonal + k * d;
  double *const d_log_det = log_det + k, *const centered = d_log_det + k;
  double *const scaled = centered + k * d;
  prepare(in, diagonal, log_det);
  std::fill_n(d_log_det, k, 0.0);

  double likelihood = 0;
  for (int p = 0; p < in.n; ++p) {
    double terms[most_components];
    for (int c = 0; c < k; ++c)
      terms[c] =
          in.alphas[static_cast<std::size_t>(c)] + log_det[c] -
          0.5 * whiten(d, in.points.data() + p * d, in.means.data() + c * d,
                       diagonal + c * d, in.factors.data() + c * size + d,
                       centered + c * d, scaled + c * d);
    likelihood += soften(terms, k);
    for (int c = 0; c < k; ++c) {
      d_log_det[c] += terms[c];
      whiten_adjoint(d, terms[c], diagonal + c * d,
                     in.factors.data() + c * size + d, centered + c * d,
                     scaled + c * d, d_means + c * d, d_factors + c * size,
                     d_factors + c * size + d);
    }
  }
  *out = in.constant() + likelihood +
         rest_by_hand(in, diagonal, log_det, d_log_det, gradient, d_factors);
}

} // namespace gmm
} // namespace problems

#endif // RETROGRAD_BENCHMARKS_ADBENCH_GMM_H
