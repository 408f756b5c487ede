//===- batch-uniform.cpp - Control that is the same for all samples -------- -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Branch-free losses: bit for bit what one sample gives where only + - * / and sqrt
// are used, a few ulp where there are exp and log.
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
REAL logistic(const REAL *x, int label, const REAL *theta, int n) {
  REAL z = 0;
  for (int j = 0; j < n; ++j)
    z += x[j] * theta[j];
  const REAL margin = label ? -z : z;
  return std::log1p(std::exp(margin));
}

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL rational(const REAL *x, int label, const REAL *theta, int n) {
  REAL z = 1;
  for (int j = 0; j < n; ++j)
    z += x[j] * theta[j] / (x[j] * x[j] + 1);
  return std::sqrt(z * z + 1) - label * theta[0];
}

int main() {
  compare::check(logistic_batch{compare::parameters}, 3, 8);
  compare::check(rational_batch{compare::parameters}, 3, 0);
}
