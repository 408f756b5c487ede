//===- lorenz.h - The Lorenz system ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the state before each step is kept, three numbers, and the four
// stages are computed again in the reverse step.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_LORENZ_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_LORENZ_H

#include "../workload.h"

namespace workloads {
#include "../primals/lorenz.h"

namespace lorenz {

#pragma retrograd gradient(travel) wrt(start, p) value
static double gradient(int n, const double *x, double *d_x) {
  return travel_grad(x, x + 3, n, 1e-3, d_x, d_x + 3);
}

/// Adds to d_s and d_p what a rate at s, with the adjoint d_ds, comes from.
static void rate_adjoint(const double *__restrict s, const double *__restrict p,
                         const double *__restrict d_ds, double *__restrict d_s,
                         double *__restrict d_p) {
  d_s[0] += d_ds[1] * (p[1] - s[2]) + d_ds[2] * s[1] - p[0] * d_ds[0];
  d_s[1] += p[0] * d_ds[0] - d_ds[1] + d_ds[2] * s[0];
  d_s[2] -= d_ds[1] * s[0] + p[2] * d_ds[2];
  d_p[0] += d_ds[0] * (s[1] - s[0]);
  d_p[1] += d_ds[1] * s[0];
  d_p[2] -= d_ds[2] * s[2];
}

/// The arguments of the four rates of a step, and the rates.
struct stages {
  double at[4][3];
  double k[4][3];

  stages(const double *s, const double *p, double h) {
    const double shift[4] = {0, 0.5 * h, 0.5 * h, h};
    for (int i = 0; i < 3; ++i)
      at[0][i] = s[i];
    rate(at[0], p, k[0]);
    for (int r = 1; r < 4; ++r) {
      for (int i = 0; i < 3; ++i)
        at[r][i] = s[i] + shift[r] * k[r - 1][i];
      rate(at[r], p, k[r]);
    }
  }
};

static void step_adjoint(const double *s, const double *p, double h,
                         double *__restrict d_s, double *__restrict d_p) {
  const stages forward(s, p, h);
  const double shift[4] = {0.5 * h, 0.5 * h, h, 0};
  const double weight[4] = {h / 6, h / 3, h / 3, h / 6};
  double d_before[3] = {d_s[0], d_s[1], d_s[2]}, d_next[3] = {};
  for (int r = 3; r >= 0; --r) {
    double d_k[3], d_at[3] = {};
    for (int i = 0; i < 3; ++i)
      d_k[i] = weight[r] * d_s[i] + shift[r] * d_next[i];
    rate_adjoint(forward.at[r], p, d_k, d_at, d_p);
    for (int i = 0; i < 3; ++i) {
      d_next[i] = d_at[i];
      d_before[i] += d_at[i];
    }
  }
  for (int i = 0; i < 3; ++i)
    d_s[i] = d_before[i];
}

static double by_hand(int n, const double *x, double *d_x) {
  const double h = 1e-3, p[3] = {x[3], x[4], x[5]};
  const scratch kept = scratch_of(3 * static_cast<std::size_t>(n));
  double s[3] = {x[0], x[1], x[2]}, *at = kept.get();
  for (int step = 0; step < n; ++step) {
    const stages forward(s, p, h);
    for (int i = 0; i < 3; ++i) {
      *at++ = s[i];
      s[i] += h / 6 *
              (forward.k[0][i] + 2 * forward.k[1][i] + 2 * forward.k[2][i] +
               forward.k[3][i]);
    }
  }
  double d_s[3] = {2 * s[0], 2 * s[1], 2 * s[2]}, d_p[3] = {};
  for (int step = 0; step < n; ++step) {
    at -= 3;
    step_adjoint(at, p, h, d_s, d_p);
  }
  for (int i = 0; i < 3; ++i) {
    d_x[i] += d_s[i];
    d_x[3 + i] += d_p[i];
  }
  return s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
}

static std::vector<double> point(int /*n*/) {
  return {1, 2, 20, 10, 28, 8.0 / 3};
}

} // namespace lorenz

namespace lorenz_snapshots {

#pragma retrograd gradient(travel) wrt(start, p) value
static double gradient(int n, const double *x, double *d_x) {
  return travel_grad(x, x + 3, n, 1e-3, d_x, d_x + 3);
}

/// With all states: what the snapshots are weighed against.
static double by_hand(int n, const double *x, double *d_x) {
  return lorenz::by_hand(n, x, d_x);
}

static std::vector<double> point(int n) { return lorenz::point(n); }

} // namespace lorenz_snapshots
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_LORENZ_H
