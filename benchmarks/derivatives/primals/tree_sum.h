//===- tree_sum.h - A sum over a tree, by recursion -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The resistance of n resistors, joined in parallel two by two: a sum of
// conductances in which each step needs the results of both below it.
//
//===----------------------------------------------------------------------===//

namespace tree_sum {

static real parallel(const real *x, int n) {
  if (n == 1)
    return x[0];
  const int left = n / 2;
  const real a = parallel(x, left);
  const real b = parallel(x + left, n - left);
  return a * b / (a + b);
}

static real value(int n, const real *x) { return parallel(x, n); }

} // namespace tree_sum
