//===- heat.h - Heat that spreads over a plate ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Explicit steps in time of the heat equation on a grid of n by n, whose frame
// is kept at its temperature; the sum of squares at the end, of which the
// initial state is active. Every step is linear, so an adjoint has nothing to
// remember.
//
//===----------------------------------------------------------------------===//

namespace heat {

static real energy(const real *initial, int n, int steps) {
  real *now = new real[n * n];
  real *next = new real[n * n];
  for (int c = 0; c < n * n; ++c) {
    now[c] = initial[c];
    next[c] = initial[c];
  }
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      for (int c = i * n + 1; c < i * n + n - 1; ++c)
        next[c] = now[c] + 0.2 * (now[c - n] + now[c - 1] + now[c + 1] +
                                  now[c + n] - 4 * now[c]);
    real *const before = now;
    now = next;
    next = before;
  }
  real sum = 0;
  for (int c = 0; c < n * n; ++c)
    sum += now[c] * now[c];
  delete[] now;
  delete[] next;
  return sum;
}

static int steps_of(int n) { return n < 64 ? 5 : 200; }

static real value(int n, const real *x) { return energy(x, n, steps_of(n)); }

} // namespace heat
