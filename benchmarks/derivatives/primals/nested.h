//===- nested.h - Loops and branches that depend on data ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each of n numbers shrinks until it is below 1: by roots while it is large, by
// a logistic step when it is small. How many steps there are, and which, nobody
// knows beforehand. Active are the numbers and the two rates.
//
//===----------------------------------------------------------------------===//

namespace nested {

static real shrink(const real *x, int n, real a, real b) {
  real sum = 0;
  for (int i = 0; i < n; ++i) {
    real y = x[i];
    while (y > 1) {
      if (y > 4)
        y = a * sqrt(y);
      else
        y = y * (1 - b * y);
    }
    sum += y;
  }
  return sum;
}

/// x: the numbers, a, b.
static real value(int n, const real *x) { return shrink(x, n, x[n], x[n + 1]); }

} // namespace nested
