//===- mlp.h - A network 64-64-32-1 with tanh -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the derivative of tanh comes from its result, and both products of a
// layer's adjoint are in one loop without aliases, which vectorises.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_MLP_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_MLP_H

#include "../workload.h"

namespace workloads {
#include "../primals/mlp.h"

namespace mlp {

#pragma retrograd gradient(loss) wrt(w1, b1, w2, b2, w3, b3, in) value
static double gradient(int /*n*/, const double *x, double *d_x) {
  return loss_grad(x, x + 4096, x + 4160, x + 6208, x + 6240, x + 6272,
                   x + 6273, 0.5, d_x, d_x + 4096, d_x + 4160, d_x + 6208,
                   d_x + 6240, d_x + 6272, d_x + 6273);
}

static void layer_adjoint(const double *__restrict weights,
                          const double *__restrict in, int columns,
                          const double *__restrict out,
                          const double *__restrict d_out, int rows,
                          double *__restrict d_weights,
                          double *__restrict d_bias, double *__restrict d_in) {
  for (int j = 0; j < rows; ++j) {
    const double seed = d_out[j] * (1 - out[j] * out[j]);
    const std::ptrdiff_t row = std::ptrdiff_t(j) * columns;
    d_bias[j] += seed;
    for (int i = 0; i < columns; ++i) {
      d_weights[row + i] += seed * in[i];
      d_in[i] += seed * weights[row + i];
    }
  }
}

static double by_hand(int /*n*/, const double *x, double *d_x) {
  double first[64], second[32], last[1];
  const double *const w1 = x, *const w2 = x + 4160, *const w3 = x + 6240;
  const double *const in = x + 6273;
  layer(w1, x + 4096, in, 64, first, 64);
  layer(w2, x + 6208, first, 64, second, 32);
  layer(w3, x + 6272, second, 32, last, 1);
  const double error = last[0] - 0.5;
  const double d_last[1] = {2 * error};
  double d_first[64] = {}, d_second[32] = {};
  layer_adjoint(w3, second, 32, last, d_last, 1, d_x + 6240, d_x + 6272,
                d_second);
  layer_adjoint(w2, first, 64, second, d_second, 32, d_x + 4160, d_x + 6208,
                d_first);
  layer_adjoint(w1, in, 64, first, d_first, 64, d_x, d_x + 4096, d_x + 6273);
  return error * error;
}

static std::vector<double> point(int /*n*/) { return around(0, 0.3, 6337); }

} // namespace mlp
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_MLP_H
