//===- nested.h - Loops and branches that depend on data ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: from x to y there is a chain of one number, so its derivatives by x
// and the two rates go along with it, and nothing is kept.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_NESTED_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_NESTED_H

#include "../workload.h"

namespace workloads {
#include "../primals/nested.h"

namespace nested {

#pragma retrograd gradient(shrink) value
static double gradient(int n, const double *x, double *d_x) {
  return shrink_grad(x, n, x[n], x[n + 1], d_x, d_x + n, d_x + n + 1);
}

static double by_hand(int n, const double *__restrict x,
                      double *__restrict d_x) {
  const double a = x[n], b = x[n + 1];
  double sum = 0, d_a = 0, d_b = 0;
  for (int i = 0; i < n; ++i) {
    double y = x[i], by_x = 1, by_a = 0, by_b = 0;
    while (y > 1) {
      if (y > 4) {
        const double root = std::sqrt(y);
        const double k = 0.5 * a / root;
        by_x *= k;
        by_a = k * by_a + root;
        by_b *= k;
        y = a * root;
      } else {
        const double k = 1 - 2 * b * y;
        by_x *= k;
        by_a *= k;
        by_b = k * by_b - y * y;
        y = y * (1 - b * y);
      }
    }
    sum += y;
    d_x[i] += by_x;
    d_a += by_a;
    d_b += by_b;
  }
  d_x[n] += d_a;
  d_x[n + 1] += d_b;
  return sum;
}

static std::vector<double> point(int n) {
  std::vector<double> x = around(0, 5, static_cast<std::size_t>(n));
  for (double &each : x)
    each = std::exp(each);
  x.push_back(1.1);
  x.push_back(0.15);
  return x;
}

} // namespace nested
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_NESTED_H
