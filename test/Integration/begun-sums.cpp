//===- begun-sums.cpp - Adjoints of local arrays, from the first term -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The loop that is the last to read a local array is the first that adds to its
// adjoints: all of them, or not.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "spoilt.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double all(const double *x, int n) {
  double a[16];
  for (int i = 0; i < n; ++i)
    a[i] = std::sin(x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s * s;
}

// The last loop leaves out some elements.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double not_the_first(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    s += a[i] * x[i];
  for (int i = 1; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double every_other(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    s += a[i] * x[i];
  for (int i = 0; i < n; i += 2)
    s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double some(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double neighbours(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n - 1; ++i)
    s += a[i] * a[i + 1];
  return s;
}

// Twice in one iteration, and with a sign.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double twice(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i) {
    s -= a[i] * x[i];
    s += std::sin(a[i]);
    s -= 3 * a[i];
  }
  return s;
}

// The bounds differ.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double shorter(const double *x, int n, int m) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < m; ++i)
    s += a[i] * a[i] * (i + 1);
  return s;
}

// The bound is not what it was.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double changed_bound(const double *x, int n) {
  double s = 0;
  int m = n;
  for (int p = 0; p < 2; ++p) {
    double a[16];
    for (int i = 0; i < m; ++i)
      a[i] = x[i] * x[i] + s;
    m -= 2;
    for (int i = 0; i < m; ++i)
      s += a[i] * a[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// Elements by their numbers, before and behind.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double numbered(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[16] = {};
    a[0] = x[0] * (p + 1);
    a[2] = x[1] * s;
    for (int i = 0; i < n; ++i)
      a[i] += x[i] * x[i];
    for (int i = 0; i < n; ++i)
      s += a[i] * a[i];
    s += a[0] * a[2];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double far_number(const double *x, int n) {
  double a[16] = {}, s = 0;
  a[9] = x[0] * x[1];
  for (int i = 0; i < n; ++i)
    a[i] += x[i] * x[i];
  s += a[9] * a[9];
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double by_data(const double *x, int n, int k) {
  double a[16] = {}, s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  s += a[k] * x[k];
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

// A number of elements is all there are, or not.
#pragma retrograd gradient
#pragma retrograd jvp
double constant_bounds(double x, double y) {
  double a[5], b[5], s = 0;
  for (int i = 0; i < 5; ++i) {
    a[i] = x * (i + y);
    b[i] = y * (i + x);
  }
  for (int i = 0; i < 5; ++i)
    s += a[i] * a[i];
  for (int i = 0; i < 4; ++i)
    s += b[i] * b[i];
  return s * b[4];
}

// A term of an element that begins later.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double from_another(const double *x, int n) {
  double a[16], b[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    b[i] = a[i] * a[n - 1 - i];
  for (int i = 0; i < n; ++i)
    s += b[i] * b[i];
  return s;
}

// Pointers lead to elements that no subscript tells of.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double by_pointer(const double *x, int n) {
  double a[16] = {}, s = 0;
  double *p = a + 12;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  *p = x[0] * x[1];
  s += *p * *p;
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double by_address(const double *x, int n) {
  double a[16] = {}, s = 0;
  double *p = &a[2];
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  p[10] = x[0] * x[1];
  s += p[10] * p[10];
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double subtracted(const double *x, int n) {
  double a[16], s = 0;
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    s -= a[i] * x[i];
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
void through_memory(const float *x, float *__restrict y, unsigned n) {
  float a[16];
  for (unsigned i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (unsigned i = 0; i < n; ++i)
    y[i] = a[i] * y[i];
}

int main() {
  double x[] = {0.75, -0.5, 1.25, 0.5, -0.25, 0.9, 0.3, -0.7, 0.6, 0.8};
  for (int n : {-2, 0, 1, 5, 10}) {
    CHECK_GRADIENT(all, x, n);
    CHECK_GRADIENT(not_the_first, x, n);
    CHECK_GRADIENT(every_other, x, n);
    CHECK_GRADIENT(some, x, n);
    CHECK_GRADIENT(neighbours, x, n);
    CHECK_GRADIENT(twice, x, n);
    CHECK_GRADIENT(changed_bound, x, n);
    CHECK_GRADIENT(numbered, x, n);
    CHECK_GRADIENT(far_number, x, n);
    CHECK_GRADIENT(by_data, x, n, 4);
    CHECK_GRADIENT(from_another, x, n);
    CHECK_GRADIENT(subtracted, x, n);
    CHECK_GRADIENT(by_pointer, x, n);
    CHECK_GRADIENT(by_address, x, n);
    CHECK_SPOILT(by_pointer, x, n);
    CHECK_SPOILT(by_address, x, n);
    CHECK_SPOILT(not_the_first, x, n);
    CHECK_SPOILT(every_other, x, n);
    CHECK_SPOILT(some, x, n);
    CHECK_SPOILT(neighbours, x, n);
    CHECK_SPOILT(changed_bound, x, n);
    CHECK_SPOILT(numbered, x, n);
    CHECK_SPOILT(far_number, x, n);
    CHECK_SPOILT(by_data, x, n, 4);
    CHECK_SPOILT(from_another, x, n);
  }
  for (int m : {0, 1, 3})
    CHECK_GRADIENT(shorter, x, 5, m);
  for (int m : {0, 1, 3})
    CHECK_SPOILT(shorter, x, 5, m);
  CHECK_GRADIENT(constant_bounds, 0.7, 1.3);
  float u[] = {0.75f, -0.5f, 1.25f}, v[] = {1, 2, 3};
  for (unsigned n : {0U, 3U})
    CHECK_VJP(through_memory, u, v, n);
  return oracle::result();
}
