//===- lorenz.h - The Lorenz system ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Many steps of the classical Runge-Kutta method for three unknowns. Active are
// the initial state and the three coefficients. All that an adjoint has to keep
// is the state before each step; `checkpoint` is for keeping fewer.
//
//===----------------------------------------------------------------------===//

namespace lorenz {

static void rate(const real *s, const real *p, real *ds) {
  ds[0] = p[0] * (s[1] - s[0]);
  ds[1] = s[0] * (p[1] - s[2]) - s[1];
  ds[2] = s[0] * s[1] - p[2] * s[2];
}

static void advance(real *s, const real *p, double h) {
  real stage[3], k1[3], k2[3], k3[3], k4[3];
  rate(s, p, k1);
  for (int i = 0; i < 3; ++i)
    stage[i] = s[i] + 0.5 * h * k1[i];
  rate(stage, p, k2);
  for (int i = 0; i < 3; ++i)
    stage[i] = s[i] + 0.5 * h * k2[i];
  rate(stage, p, k3);
  for (int i = 0; i < 3; ++i)
    stage[i] = s[i] + h * k3[i];
  rate(stage, p, k4);
  for (int i = 0; i < 3; ++i)
    s[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
}

static real travel(const real *start, const real *p, int steps, double h) {
  real s[3];
  for (int i = 0; i < 3; ++i)
    s[i] = start[i];
  for (int step = 0; step < steps; ++step)
    advance(s, p, h);
  return s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
}

/// x: the state, sigma, rho, beta.
static real value(int n, const real *x) { return travel(x, x + 3, n, 1e-3); }

} // namespace lorenz

/// The same with twenty of the states.
namespace lorenz_snapshots {

static real travel(const real *start, const real *p, int steps, double h) {
  real s[3];
  for (int i = 0; i < 3; ++i)
    s[i] = start[i];
#pragma retrograd checkpoint snapshots(20)
  for (int step = 0; step < steps; ++step)
    lorenz::advance(s, p, h);
  return s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
}

static real value(int n, const real *x) { return travel(x, x + 3, n, 1e-3); }

} // namespace lorenz_snapshots
