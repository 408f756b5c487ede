//===- tree_sum.h - A sum over a tree, by recursion -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the way up leaves the two derivatives of each node behind, in an
// array by the place where its elements are parted, and a second recursion
// multiplies them on the way down.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_TREE_SUM_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_TREE_SUM_H

#include "../workload.h"

namespace workloads {
#include "../primals/tree_sum.h"

namespace tree_sum {

#pragma retrograd gradient(parallel) value
static double gradient(int n, const double *x, double *d_x) {
  return parallel_grad(x, n, d_x);
}

struct partials {
  double by_left, by_right;
};

static double up(const double *x, int n, partials *nodes) {
  if (n == 1)
    return x[0];
  const int left = n / 2;
  const double a = up(x, left, nodes);
  const double b = up(x + left, n - left, nodes + left);
  const double inverse = 1 / (a + b);
  const double p = b * inverse, q = a * inverse;
  nodes[left] = {p * p, q * q};
  return a * p;
}

static void down(double seed, int n, const partials *nodes, double *d_x) {
  if (n == 1) {
    d_x[0] += seed;
    return;
  }
  const int left = n / 2;
  down(seed * nodes[left].by_left, left, nodes, d_x);
  down(seed * nodes[left].by_right, n - left, nodes + left, d_x + left);
}

static double by_hand(int n, const double *x, double *d_x) {
  const std::unique_ptr<partials[]> nodes(new partials[std::size_t(n)]);
  const double result = up(x, n, nodes.get());
  down(1, n, nodes.get(), d_x);
  return result;
}

static std::vector<double> point(int n) {
  return around(2, 1, static_cast<std::size_t>(n));
}

} // namespace tree_sum
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_TREE_SUM_H
