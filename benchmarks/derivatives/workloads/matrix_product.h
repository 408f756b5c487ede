//===- matrix_product.h - A product of matrices ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: a row of the product has its adjoint at once, so rows are one pass.
// The adjoint of A needs B by columns, and gets it transposed, so that all
// inner loops vectorise.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_MATRIX_PRODUCT_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_MATRIX_PRODUCT_H

#include "../workload.h"

namespace workloads {
#include "../primals/matrix_product.h"

namespace matrix_product {

#pragma retrograd gradient(norm) value
static double gradient(int n, const double *x, double *d_x) {
  return norm_grad(x, x + n * n, n, d_x, d_x + n * n);
}

static void add_multiple(double factor, const double *__restrict from,
                         double *__restrict to, int n) {
  for (int j = 0; j < n; ++j)
    to[j] += factor * from[j];
}

static double by_hand(int n, const double *x, double *d_x) {
  const double *const a = x, *const b = x + n * n;
  double *const d_a = d_x, *const d_b = d_x + n * n;
  const scratch memory = scratch_of(std::size_t(n) * std::size_t(n + 1));
  double *const row = memory.get(), *const transposed = row + n;
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < n; ++j)
      transposed[j * n + k] = b[k * n + j];
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int k = 0; k < n; ++k)
      add_multiple(a[i * n + k], b + k * n, row, n);
    for (int j = 0; j < n; ++j)
      sum += 0.5 * row[j] * row[j];
    for (int k = 0; k < n; ++k)
      add_multiple(a[i * n + k], row, d_b + k * n, n);
    for (int j = 0; j < n; ++j)
      add_multiple(row[j], transposed + j * n, d_a + i * n, n);
  }
  return sum;
}

static std::vector<double> point(int n) {
  return around(0.1, 1, 2 * std::size_t(n) * std::size_t(n));
}

} // namespace matrix_product
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_MATRIX_PRODUCT_H
