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

// Each place that is swapped must be found again after the first write.
#pragma retrograd gradient
#pragma retrograd jvp
double moved_about(double x, double y, int n) {
  double a[3] = {x, y, x * y}, b[3], m[2][2] = {{x, y}, {y, x}};
  int i = 1, j[2] = {1, 0};
  memcpy(b, a, sizeof a);
  memcpy(b + 1, &a[n], 2 * sizeof(double));
  memcpy(&b[2], m[1], sizeof(*a));
  std::swap(a[0], b[1]);
  std::swap(i, j[i]);
  std::swap(a[i], a[j[0]]);
  std::swap(j[i], i);
  std::swap(m[0][i], x);
  double *p = a, *q = b;
  std::swap(p, q);
  std::swap(p[i], q[j[1]]);
  std::swap(*p, *q);
  p[2] *= q[1];
  memset(a + 1, 0, sizeof(double));
  memset(m[0], 0, sizeof m[0]);
  memset(j, 0, sizeof j);
  double s = 0;
  for (int k = 0; k < 3; ++k)
    s += a[k] * b[k] * (k + 1) + b[k] + a[k];
  return s + x + m[1][0] * m[0][1] + x * i + j[0];
}

int main() {
  CHECK_GRADIENT(moved_about, 0.5, 0.75, 1);
  double x[] = {0.5, -1.25, 0.75, 1.5};
  for (int n = 1; n <= 4; ++n) {
    CHECK_GRADIENT(copied, x, n);
    CHECK_VJP(rotated, x, n);
  }
  return oracle::result();
}
