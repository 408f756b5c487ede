//===- brusselator.h - A reaction with diffusion --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the states at which rates are computed are kept, four a step, in one
// array that the forward steps write at any rate; the transposed stencil
// vectorises as the stencil does.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_BRUSSELATOR_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_BRUSSELATOR_H

#include "../workload.h"
#include <algorithm>

namespace workloads {
#include "../primals/brusselator.h"

namespace brusselator {

#pragma retrograd gradient(integrate) wrt(initial) value
static double gradient(int n, const double *x, double *d_x) {
  return integrate_grad(x, n, 20, 0.005, d_x);
}

static void laplace_frame(const double *__restrict cells, double *__restrict to,
                          int n) {
  const int last = (n - 1) * n;
  to[0] = to[n - 1] = to[last] = to[last + n - 1] = 0;
  for (int j = 1; j < n - 1; ++j) {
    to[j] = 10.0 * cells[n + j];
    to[last + j] = 10.0 * cells[last - n + j];
    to[j * n] = 10.0 * cells[j * n + 1];
    to[j * n + n - 1] = 10.0 * cells[j * n + n - 2];
  }
}

/// d_u and d_v become the transposed Jacobian of `rate` at (u, v), times (g,
/// h), which are zero in the frame.
static void rate_adjoint(const double *__restrict u, const double *__restrict v,
                         const double *__restrict g, const double *__restrict h,
                         double *__restrict d_u, double *__restrict d_v,
                         int n) {
  for (int i = 1; i < n - 1; ++i) {
    const int begin = i * n + 1, end = i * n + n - 1;
    for (int c = begin; c < end; ++c)
      d_u[c] = 2 * u[c] * v[c] * (g[c] - h[c]) - 4.4 * g[c] + 3.4 * h[c] +
               10.0 * (g[c - n] + g[c - 1] + g[c + 1] + g[c + n] - 4 * g[c]);
    for (int c = begin; c < end; ++c)
      d_v[c] = u[c] * u[c] * (g[c] - h[c]) +
               10.0 * (h[c - n] + h[c - 1] + h[c + 1] + h[c + n] - 4 * h[c]);
  }
  laplace_frame(g, d_u, n);
  laplace_frame(h, d_v, n);
}

static void clear_frame(double *cells, int n) {
  const int last = (n - 1) * n;
  for (int j = 0; j < n; ++j)
    cells[j] = cells[last + j] = cells[j * n] = cells[j * n + n - 1] = 0;
}

static const double hand_weight[4] = {0.005 / 6, 0.005 / 3, 0.005 / 3,
                                      0.005 / 6};
static const double hand_shift[4] = {0.005 / 2, 0.005 / 2, 0.005, 0};

/// Runs the steps from `state` on. `stages` gets the arguments of all rates,
/// and behind them the final state.
static void forward(const double *x, double *stages, int n, int steps) {
  const int size = 2 * n * n;
  const scratch memory = scratch_of(2 * std::size_t(size));
  double *__restrict const next = memory.get();
  double *__restrict const slope = next + size;
  std::copy(x, x + size, next);
  std::copy(x, x + size, stages);
  std::fill(slope, slope + size, 0.0);
  for (int step = 0; step < steps; ++step) {
    const double *__restrict const state = stages;
    for (int r = 0; r < 4; ++r) {
      rate(stages, slope, n);
      stages += size;
      const double weight = hand_weight[r], shift = hand_shift[r];
      if (r < 3) {
        for (int c = 0; c < size; ++c) {
          next[c] += weight * slope[c];
          stages[c] = state[c] + shift * slope[c];
        }
      } else {
        for (int c = 0; c < size; ++c)
          stages[c] = next[c] += weight * slope[c];
      }
    }
  }
}

static double by_hand(int n, const double *x, double *d_x) {
  const int steps = 20, size = 2 * n * n;
  const scratch memory =
      scratch_of(std::size_t(4 * steps + 5) * std::size_t(size));
  double *const stages = memory.get();
  forward(x, stages, n, steps);
  const double *at = stages + std::ptrdiff_t(4 * steps) * size;
  double *__restrict const d_next =
      stages + std::ptrdiff_t(4 * steps + 1) * size;
  double *__restrict const d_stage = d_next + size;
  double *__restrict const d_slope = d_stage + size;
  double *__restrict const d_state = d_slope + size;
  double sum = 0;
  for (int c = 0; c < size; ++c) {
    sum += at[c] * at[c];
    d_next[c] = 2 * at[c];
  }
  const int cells = n * n;
  for (int step = 0; step < steps; ++step) {
    for (int r = 3; r >= 0; --r) {
      const double weight = hand_weight[r], shift = hand_shift[r];
      if (r == 3)
        for (int c = 0; c < size; ++c) {
          d_slope[c] = weight * d_next[c];
          d_state[c] = d_next[c];
        }
      else
        for (int c = 0; c < size; ++c) {
          d_slope[c] = weight * d_next[c] + shift * d_stage[c];
          d_state[c] += d_stage[c];
        }
      clear_frame(d_slope, n);
      clear_frame(d_slope + cells, n);
      at -= size;
      rate_adjoint(at, at + cells, d_slope, d_slope + cells, d_stage,
                   d_stage + cells, n);
    }
    for (int c = 0; c < size; ++c)
      d_next[c] = d_state[c] + d_stage[c];
  }
  for (int c = 0; c < size; ++c)
    d_x[c] += d_next[c];
  return sum;
}

static std::vector<double> point(int n) {
  return around(2, 1, 2 * std::size_t(n) * std::size_t(n));
}

} // namespace brusselator
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_BRUSSELATOR_H
