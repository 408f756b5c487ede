//===- matrix_product.h - A product of matrices ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Half the squared Frobenius norm of A B, both n by n, row by row. Both are
// active.
//
//===----------------------------------------------------------------------===//

namespace matrix_product {

static real norm(const real *a, const real *b, int n) {
  real *row = new real[n];
  real sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int k = 0; k < n; ++k)
      for (int j = 0; j < n; ++j)
        row[j] += a[i * n + k] * b[k * n + j];
    for (int j = 0; j < n; ++j)
      sum += 0.5 * row[j] * row[j];
  }
  delete[] row;
  return sum;
}

/// x: A, then B.
static real value(int n, const real *x) { return norm(x, x + n * n, n); }

} // namespace matrix_product
