//===- real-indices.cpp - Indices that are cut from real numbers ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a tangent is found may depend on a number that is overwritten next, so
// the loop over the directions stays before that.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "../Integration/directions.h"
#include "../Integration/oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double moved(double *x, int i) {
  x[i] -= std::sin(x[int(x[i])]) * 1.75;
  x[i] *= x[int(x[i] * x[i]) % 4];
  return x[0] * x[3];
}

#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double behind(double *x, double &at) {
  double y = x[int(at)] * x[0];
  at = y * at + 0.25;
  return y * at;
}

int main() {
  double x[4] = {0.25, 2.375, 3.25, 1.625};
  for (int i = 0; i < 4; ++i)
    CHECK_DIRECTIONS(moved, x, i);
  CHECK_DIRECTIONS(behind, x, oracle::reference(2.25));
  return oracle::result();
}
