//===- text.cpp - The text of derivatives in several directions -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What does not depend on the direction stands before the loops, and statements
// that can share a loop do.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd vjp directions(4)
#pragma retrograd jvp directions(4)
double wave(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(x[i]) * x[0];
  return s;
}

static double half(double *p, int n) {
  return n == 0 ? *p : half(p, n - 1) * 0.5;
}
#pragma retrograd vjp directions(4) value
double halved(double x, int n) { return half(&x, n) * x; }

#pragma retrograd jvp directions(4)
void rows(double (*m)[2], double &y) {
  double a[2];
  a[0] = m[0][1] * y;
  m[1][0] = a[0];
}
