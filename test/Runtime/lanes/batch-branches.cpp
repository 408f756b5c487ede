//===- batch-branches.cpp - Branches that samples take differently ------ -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both sides run, each for its lanes; places that a condition guards are read for
// those lanes only.
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
REAL branches(const REAL *x, int label, const REAL *theta, int n) {
  REAL z = 0;
  for (int j = 0; j < n; ++j) {
    const REAL u = x[j] * theta[j];
    if (u > 0) {
      z += u * u;
      if (u > 1)
        z -= std::sin(u);
      else if (j % 2 == 0)
        z += 1;
    } else {
      z += std::exp(u);
    }
  }
  if (label == 1)
    return z * z;
  if (label == 2)
    return std::sqrt(z + 3);
  return std::sin(z) * theta[label];
}

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL choices(const REAL *x, int label, const REAL *theta, int n) {
  const bool odd = label & 1, positive = x[0] > 0;
  REAL r = odd == positive ? theta[0] : -theta[1] * x[1];
  r += label > 0 ? theta[label - 1] : theta[0];
  r += label < n && x[label] > 0 ? x[label] * theta[label] : REAL(1);
  switch (label) {
  case 0:
    r *= 2;
    break;
  case 1:
    r += theta[3];
  case 2:
    r = r * r;
    break;
  default:
    r -= theta[4] * x[4];
  }
  return r;
}

int main() {
  compare::check(branches_batch{compare::parameters}, 4, 64);
  compare::check(choices_batch{compare::parameters}, 6, 0);
}
