//===- batch-calls.cpp - Called functions in lanes ----------------------- -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Halves of called functions are made for lanes, too: with values on the tape,
// references, and loops whose trips the caller's samples decide.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=float %s -o %t.float
// RUN: %t.float
// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=double %s -o %t.double
// RUN: %t.double

#include "Inputs/compare.h"
#include <cmath>
#include <retrograd/retrograd.h>

static void sort(REAL &a, REAL &b) {
  if (b < a) {
    const REAL t = a;
    a = b;
    b = t;
  }
}

static REAL steps(REAL a, const REAL *w, int k) {
  REAL s = a;
  for (int i = 0; i < k; ++i) {
    if (s > 1) {
      s = s * w[0];
      continue;
    }
    s = s * w[i] + REAL(0.5);
    int j = 0;
    while (j < i && s < 2) {
      s = s * s + w[j];
      j += 2;
    }
  }
  return s;
}

// Where one sample runs a side of the branch, lanes may run both, and each
// leaves values on the tape.
#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL calls(const REAL *x, int label, const REAL *theta, int n) {
  REAL r = 0, low = x[0] * theta[0], high = x[1] * theta[1];
  sort(low, high);
  for (int i = 0; i < label; ++i) {
    const REAL t = x[i] * theta[i];
    if (t > 0) {
      r += steps(t, theta, i + 1);
    } else {
      REAL u = t;
      int turns = 0;
      do {
        u = u * REAL(0.5) + theta[1];
        r += u * u;
      } while (u < REAL(-0.1) && ++turns < 12);
    }
  }
  return r * low + high * theta[n - 1];
}

// The two halves have reals of other types: masks that one leaves on the tape are
// those of the other all the same.
static double narrow(float a, const REAL *w) {
  double s = a * w[0];
  if (s > 0)
    s = -s * s;
  if (s < -0.5)
    s = s * w[1] + 1;
  return s;
}

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL precisions(const REAL *x, int label, const REAL *theta, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += narrow(static_cast<float>(x[i] * theta[i]), theta + i / 2);
  return static_cast<REAL>(sum * label);
}

int main() {
  compare::check(calls_batch{compare::parameters}, 7, 0);
  compare::check(precisions_batch{compare::parameters}, 7, 0);
}
