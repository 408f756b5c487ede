//===- batch-loops.cpp - Loops that end sooner for some samples --------- -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop runs while a lane is left. What its iterations keep for the reverse sweep,
// on the tape or in arrays, comes back for the lanes that kept it.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=float %s -o %t.float
// RUN: %t.float
// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=double %s -o %t.double
// RUN: %t.double

#include "Inputs/compare.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL newton(const REAL *x, int label, const REAL *theta, int n) {
  REAL y = theta[0] * theta[0] + 1;
  int steps = 0;
  while (steps < 20) {
    const REAL f = y * y - x[0] * x[0] - theta[n - 1] * theta[1] - 2;
    if (std::fabs(f) < REAL(1e-3))
      break;
    y = y - f / (2 * y);
    ++steps;
  }
  return y * (steps + label);
}

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL bounds(const REAL *x, int label, const REAL *theta, int n) {
  REAL r = 1;
  for (int i = 0; i < label; ++i)
    r = r * REAL(0.5) + theta[i] * x[i] * r;
  for (int i = label; i < n; ++i)
    r = r * theta[i] + x[i];
  for (int i = n - 1; i >= label; --i)
    r += theta[i] * theta[i] * r;
  for (int i = 0; i < label; i += 3)
    r += theta[i] * r;
  int k = label;
  while (k < n && x[k] > 0) {
    r += theta[k] * x[k] * r;
    k += 2;
  }
  do {
    r = r * REAL(0.5) + theta[0] * theta[0];
    ++k;
  } while (r > REAL(0.7) && k < 14);
  return r + k;
}

int main() {
  compare::check(newton_batch{compare::parameters}, 4, 0);
  compare::check(bounds_batch{compare::parameters}, 7, 0);
}
