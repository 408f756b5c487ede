//===- heat.h - Heat that spreads over a plate ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the primal, then as many steps of its transpose, which inside the
// frame is the same stencil, in the same two arrays. The frame collects its
// adjoints from the cells beside it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_HEAT_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_HEAT_H

#include "../workload.h"
#include <algorithm>
#include <utility>

namespace workloads {
#include "../primals/heat.h"

namespace heat {

#pragma retrograd gradient(energy) value
static double gradient(int n, const double *x, double *d_x) {
  return energy_grad(x, n, steps_of(n), d_x);
}

static void spread(const double *__restrict from, double *__restrict to,
                   int n) {
  for (int i = 1; i < n - 1; ++i)
    for (int c = i * n + 1; c < i * n + n - 1; ++c)
      to[c] = from[c] + 0.2 * (from[c - n] + from[c - 1] + from[c + 1] +
                               from[c + n] - 4 * from[c]);
}

static void add_to_frame(const double *__restrict cells, double *__restrict d_x,
                         int n) {
  const int last = (n - 1) * n;
  for (int j = 1; j < n - 1; ++j) {
    d_x[j] += 0.2 * cells[n + j];
    d_x[last + j] += 0.2 * cells[last - n + j];
    d_x[j * n] += 0.2 * cells[j * n + 1];
    d_x[j * n + n - 1] += 0.2 * cells[j * n + n - 2];
  }
}

static double by_hand(int n, const double *x, double *d_x) {
  const int steps = steps_of(n);
  const scratch one = scratch_of(std::size_t(n) * std::size_t(n));
  const scratch other = scratch_of(std::size_t(n) * std::size_t(n));
  double *now = one.get(), *next = other.get();
  std::copy(x, x + n * n, now);
  std::copy(x, x + n * n, next);
  for (int step = 0; step < steps; ++step) {
    spread(now, next, n);
    std::swap(now, next);
  }
  double sum = 0;
  for (int c = 0; c < n * n; ++c) {
    sum += now[c] * now[c];
    now[c] *= 2;
  }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n;
         j += i == 0 || i == n - 1 || j == n - 1 ? 1 : n - 1) {
      d_x[i * n + j] += now[i * n + j];
      now[i * n + j] = next[i * n + j] = 0;
    }
  for (int step = 0; step < steps; ++step) {
    add_to_frame(now, d_x, n);
    spread(now, next, n);
    std::swap(now, next);
  }
  for (int c = 0; c < n * n; ++c)
    d_x[c] += now[c];
  return sum;
}

static std::vector<double> point(int n) {
  return around(0.5, 0.5, std::size_t(n) * std::size_t(n));
}

} // namespace heat
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_HEAT_H
