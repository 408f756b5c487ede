//===- library-memory.cpp - memcpy, memset and std::swap ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Copies of arrays by the C library.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cstring>
#include <retrograd/retrograd.h>
#include <utility>

#pragma retrograd gradient
#pragma retrograd jvp
double copied(const double *x, int n) {
  double a[4] = {1, 2, 3, 4};
  std::memcpy(a, x, n * sizeof(double));
  double s = 1;
  for (int i = 0; i < 4; ++i) {
    a[i] *= a[i];
    s = s * a[i] + 1;
  }
  std::memset(a, 0, sizeof a);
  for (int i = 0; i < 4; ++i)
    s += a[i] * x[0];
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
void rotated(double *x, int n) {
  for (int i = 0; i + 1 < n; ++i)
    std::swap(x[i], x[i + 1]);
  x[0] *= x[n - 1];
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5};
  for (int n = 1; n <= 4; ++n) {
    CHECK_GRADIENT(copied, x, n);
    CHECK_VJP(rotated, x, n);
  }
  return oracle::result();
}
