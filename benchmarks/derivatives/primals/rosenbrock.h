//===- rosenbrock.h - Rosenbrock's function -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In n dimensions, in its chained form.
//
//===----------------------------------------------------------------------===//

namespace rosenbrock {

static real valley(const real *x, int n) {
  real sum = 0;
  for (int i = 0; i + 1 < n; ++i) {
    const real a = x[i + 1] - x[i] * x[i];
    const real b = 1 - x[i];
    sum += 100 * a * a + b * b;
  }
  return sum;
}

static real value(int n, const real *x) { return valley(x, n); }

} // namespace rosenbrock
