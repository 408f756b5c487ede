//===- long-loops.cpp - Long loops ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tape grows over many chunks, is reused by the next call, and ends empty.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double counted(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s = std::sin(s) + x * s / 2;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double uncounted(double x, double y) {
  int n = 0;
  while (true) {
    x += y / (1 + x * x / 1e6);
    if (n++ % 3 == 0)
      x *= 1.0000001;
    if (n > 80000)
      return x * y;
  }
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      s += std::tanh(x[i % 4] * x[j % 4] + s / 1e3);
      if (j == n - i)
        break;
    }
  return s;
}

int main() {
  for (int again = 0; again < 2; ++again) {
    CHECK_GRADIENT(counted, 0.9, 100000);
    CHECK_GRADIENT(uncounted, 0.25, 0.0125);
  }
  double x[] = {0.5, -1.25, 0.75, 1.5};
  CHECK_GRADIENT(nested, x, 150);
  return oracle::result();
}
