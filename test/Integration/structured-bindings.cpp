//===- structured-bindings.cpp - Structured bindings over arrays ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By value, a copy of the array; by reference, its elements.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double by_value(double x, double y) {
  double a[2] = {x * y, y};
  auto [u, v] = a;
  a[0] = 7;
  u *= v;
  return u * v + a[0] * a[1];
}

#pragma retrograd gradient
#pragma retrograd jvp
double by_reference(double x, double y) {
  double a[3] = {x, y, x * y};
  auto &[u, v, w] = a;
  u += v * w;
  a[1] *= u;
  w = v * u;
  return a[0] + a[1] * a[2];
}

#pragma retrograd gradient
#pragma retrograd jvp
double constant(double x, double y) {
  double a[2] = {x, y};
  const auto &[u, v] = a;
  const auto [p, q] = a;
  a[0] = y * y;
  return u * v * p * q;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(double x, int n) {
  double a[2] = {x, 1};
  for (int i = 0; i < n; ++i) {
    auto [u, v] = a;
    a[0] = u * v + x;
    a[1] = u - v * x;
  }
  return a[0] * a[1];
}

#pragma retrograd gradient
#pragma retrograd jvp
double rows(double x) {
  double m[2][2] = {{x, 1}, {2, x * x}};
  auto &[first, second] = m;
  first[1] = second[1] * x;
  return first[1] * first[0] + second[0];
}

// Rows of arrays: copies, and references to a row that is chosen once.
#pragma retrograd gradient
#pragma retrograd jvp
double bound_rows(double x, double y) {
  double m[2][2] = {{x, y}, {x * y, x}};
  auto [r0, r1] = m;
  m[0][0] = y;
  int i = 0;
  auto &[p, q] = m[i];
  i = 1;
  p *= q;
  auto [c, d] = m[i];
  m[1][0] = 2;
  const auto &[g, h] = m;
  return r0[0] * r1[0] * r1[1] + p * q * c * d + m[0][0] * h[0] * g[1];
}

int main() {
  CHECK_GRADIENT(bound_rows, 0.5, 0.75);
  CHECK_GRADIENT(by_value, 1.5, 0.75);
  CHECK_GRADIENT(by_reference, 1.5, 0.75);
  CHECK_GRADIENT(constant, 1.5, 0.75);
  CHECK_GRADIENT(in_loop, 0.8, 0);
  CHECK_GRADIENT(in_loop, 0.8, 3);
  CHECK_GRADIENT(rows, 1.25);
  return oracle::result();
}
