//===- range-for.cpp - Range-based for over arrays ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By value, by reference, over rows, and with an initialiser.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double by_value(double x, double y) {
  double a[3] = {x, y, x * y};
  double s = 1;
  for (double v : a) {
    s = s * v + 1;
    v *= 2;
    s += v;
  }
  return s * a[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double by_reference(double x, double y) {
  double a[3] = {x, y, x * y};
  double s = 1;
  for (double &v : a) {
    v = v * v + s;
    s += v;
  }
  for (const double &v : a)
    s *= v;
  for (auto &v : a)
    v *= s;
  return a[0] + a[1] * a[2];
}

#pragma retrograd gradient
#pragma retrograd jvp
double rows(double x) {
  double m[2][3] = {{x, 1, x * x}, {2, x, 3}};
  double s = 0;
  for (auto &row : m)
    for (double &v : row) {
      v *= x;
      s += v * v;
    }
  for (const auto &row : m)
    s += row[0] * row[2];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double integers(double x) {
  int n[] = {2, 3, 5};
  double s = 0;
  for (int k : n)
    s = s * x + k;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_exits(double x, double limit) {
  double a[] = {x, 2 * x, 3 * x, 4 * x};
  double s = 0;
  for (int n = 3; double v : a) {
    if (v < 1)
      continue;
    s += v * v * n--;
    if (s > limit)
      break;
  }
  for (double v : a)
    if (v > 2)
      return s * v;
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
void array_parameter(double (&a)[4], double factor) {
  for (double &v : a)
    v *= factor;
}

int main() {
  CHECK_GRADIENT(by_value, 0.7, 1.3);
  CHECK_GRADIENT(by_reference, 0.7, 1.3);
  CHECK_GRADIENT(rows, 0.7);
  CHECK_GRADIENT(integers, 0.7);
  for (double x : {0.2, 0.6, 1.6})
    for (double limit : {1.0, 40.0})
      CHECK_GRADIENT(with_exits, x, limit);
  double a[4] = {1, 2, 3, 4}, d_a[4] = {1, 1, 1, 2}, d_factor = 0;
  array_parameter_vjp(a, 3, d_a, &d_factor);
  oracle::equal("a[3]", 12, a[3]);
  oracle::equal("d_a[3]", 6, d_a[3]);
  oracle::equal("d_factor", 14, d_factor);
  return oracle::result();
}
