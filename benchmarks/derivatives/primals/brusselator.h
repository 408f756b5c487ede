//===- brusselator.h - A reaction with diffusion --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Brusselator on a grid of n by n, whose frame is kept: two concentrations,
// by the classical Runge-Kutta method with fixed steps. The initial state is
// active, the sum of squares at the end is the value.
//
//===----------------------------------------------------------------------===//

namespace brusselator {

static void rate(const real *s, real *ds, int n) {
  const real *u = s, *v = s + n * n;
  real *du = ds, *dv = ds + n * n;
  for (int i = 1; i < n - 1; ++i)
    for (int c = i * n + 1; c < i * n + n - 1; ++c) {
      const real uuv = u[c] * u[c] * v[c];
      du[c] = 1.0 + uuv - 4.4 * u[c] +
              10.0 * (u[c - n] + u[c - 1] + u[c + 1] + u[c + n] - 4 * u[c]);
      dv[c] = 3.4 * u[c] - uuv +
              10.0 * (v[c - n] + v[c - 1] + v[c + 1] + v[c + n] - 4 * v[c]);
    }
}

static real integrate(const real *initial, int n, int steps, double h) {
  const double weight[4] = {h / 6, h / 3, h / 3, h / 6};
  const double shift[4] = {h / 2, h / 2, h, 0};
  const int size = 2 * n * n;
  real *state = new real[size], *stage = new real[size];
  real *next = new real[size], *slope = new real[size];
  for (int c = 0; c < size; ++c) {
    state[c] = stage[c] = next[c] = initial[c];
    slope[c] = 0;
  }
  for (int step = 0; step < steps; ++step) {
    for (int r = 0; r < 4; ++r) {
      rate(stage, slope, n);
      for (int c = 0; c < size; ++c) {
        next[c] += weight[r] * slope[c];
        stage[c] = state[c] + shift[r] * slope[c];
      }
    }
    for (int c = 0; c < size; ++c)
      state[c] = stage[c] = next[c];
  }
  real sum = 0;
  for (int c = 0; c < size; ++c)
    sum += state[c] * state[c];
  delete[] state;
  delete[] stage;
  delete[] next;
  delete[] slope;
  return sum;
}

static real value(int n, const real *x) { return integrate(x, n, 20, 0.005); }

} // namespace brusselator
