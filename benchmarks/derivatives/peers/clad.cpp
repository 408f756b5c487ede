//===- clad.cpp - Clad ----------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// V. Vassilev, M. Vassilev, A. Penev, L. Moneta, V. Ilieva, Clad: automatic
// differentiation using Clang and LLVM, J. Phys. Conf. Ser. 608 (2015). A
// plugin for clang that builds derivatives as syntax trees. A gradient of it
// returns no value, so the primal is called for that.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#include <algorithm>
#include <clad/Differentiator/Differentiator.h>

namespace {

using real = double;
using std::erfc;
using std::exp;
using std::log;
using std::pow;
using std::sqrt;
using std::tanh;
#include "../primals.h"

#define DIFFERENTIATE(space)                                                   \
  double space##_gradient(int n, std::size_t active, const double *x,          \
                          double *d_x) {                                       \
    std::fill(d_x, d_x + active, 0.0);                                         \
    clad::gradient(space::value, "x").execute(n, x, d_x);                      \
    return space::value(n, x);                                                 \
  }
DIFFERENTIATE(black_scholes)
DIFFERENTIATE(brusselator)
DIFFERENTIATE(call_chain)
DIFFERENTIATE(gaussian_sum)
DIFFERENTIATE(gaussian_vector)
DIFFERENTIATE(heat)
DIFFERENTIATE(lorenz)
DIFFERENTIATE(lorenz_snapshots)
DIFFERENTIATE(matrix_product)
DIFFERENTIATE(mlp)
DIFFERENTIATE(nested)
DIFFERENTIATE(rosenbrock)
DIFFERENTIATE(tree_sum)
DIFFERENTIATE(vector_loops)

/// Clad looks into all that is called, and what finds the tables is too much.
double fft_gradient(int n, std::size_t active, const double *x, double *d_x) {
  std::fill(d_x, d_x + active, 0.0);
  const tables &t = tables_of(n);
  clad::gradient(fft::power, "signal")
      .execute(x, n, t.roots.data(), t.order.data(), d_x);
  return fft::value(n, x);
}

#define WORKLOAD(space, name, size, small) space##_gradient,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("Clad", gradients);

} // namespace
