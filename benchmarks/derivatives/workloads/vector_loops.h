//===- vector_loops.h - Derivatives of the loops over std::vector ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The adjoint by hand has vectors, too.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_VECTOR_LOOPS_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_VECTOR_LOOPS_H

#include "../workload.h"
#include <algorithm>

namespace workloads {
#include "../primals/vector_loops.h"

namespace vector_loops {

#pragma retrograd gradient(roughness) value
static double gradient(int n, const double *x, double *d_x) {
  const std::vector<double> series(x, x + n);
  std::vector<double> d_series(d_x, d_x + n);
  const double value = roughness_grad(series, &d_series);
  std::copy(d_series.begin(), d_series.end(), d_x);
  return value;
}

static double by_hand(int n, const double *x, double *d_x) {
  const std::vector<double> series(x, x + n);
  std::vector<double> d_series(d_x, d_x + n);
  double jumps = 0, size = 1;
  for (std::size_t i = 1; i < series.size(); ++i) {
    const double jump = series[i] - series[i - 1];
    jumps += jump * jump;
  }
  for (const double each : series)
    size += each * each;
  const double by_jumps = 2 / size, by_size = -2 * jumps / (size * size);
  const std::size_t last = series.size() - 1;
  double before = 0;
  for (std::size_t i = 0; i < last; ++i) {
    const double after = by_jumps * (series[i + 1] - series[i]);
    d_series[i] += by_size * series[i] + before - after;
    before = after;
  }
  d_series[last] += by_size * series[last] + before;
  std::copy(d_series.begin(), d_series.end(), d_x);
  return jumps / size;
}

static std::vector<double> point(int n) {
  return around(0, 1, static_cast<std::size_t>(n));
}

} // namespace vector_loops
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_VECTOR_LOOPS_H
