//===- aliasing.cpp - Aliases ---------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Primal arguments may alias as the primal allows; adjoint buffers alias
// exactly where their primals do.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd vjp
#pragma retrograd jvp
void add_product(double *x, const double *y, int n) {
  for (int i = 0; i < n; ++i)
    x[i] += x[i] * y[i];
}

#pragma retrograd vjp
#pragma retrograd jvp
void two_outputs(double *x, double *y, double z) {
  *x = *x * *y * z;
  *y = *y + *x * *x;
}

#pragma retrograd vjp
#pragma retrograd jvp
void shifted(double *to, const double *from, int n) {
  for (int i = 0; i < n; ++i)
    to[i] = from[i] * from[i] + to[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double read_only(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i] * y[i];
  return s;
}

static double multiply(double x, double y) { return x * y; }
static double multiply_by_address(const double *x, const double *y) {
  return *x * *y;
}
static void accumulate(double &x, const double &y) { x += x * y; }

// The same variable twice, by value, address and reference.
#pragma retrograd gradient
#pragma retrograd jvp
double passed_twice(double x) {
  double a = multiply(x, x);
  a += multiply_by_address(&a, &a);
  accumulate(a, a);
  a = multiply(a, a);
  return a;
}

static void rotate(double *x, double *y, double *z) {
  double t = *x;
  *x = *y * t;
  *y = *z + *x;
  *z = t;
}

#pragma retrograd gradient
#pragma retrograd jvp
double overlapping_windows(const double *x, int n) {
  double a[8];
  for (int i = 0; i < n; ++i)
    a[i] = x[i];
  for (int i = 0; i + 2 < n; ++i)
    rotate(a + i, a + i + 1, a + i + 2);
  rotate(a, a, a + 1);
  rotate(a + 1, a, a);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * (i + 1);
  return s;
}

// Two local pointers to the same element.
#pragma retrograd gradient
#pragma retrograd jvp
double local_pointers(double x, int i, int j) {
  double a[3] = {x, x * x, 2};
  double *p = a + i, *q = a + j;
  *p = *p * *q;
  *q = *q * *p + x;
  *p += *q;
  double &r = *q;
  r *= *p;
  return a[0] + a[1] * a[2];
}

#pragma retrograd vjp
#pragma retrograd jvp
void prefix_products(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] *= x[i - 1];
}

#pragma retrograd vjp
#pragma retrograd jvp
void prefix_sums(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] += x[i - 1];
  for (int i = n - 2; i >= 0; --i)
    x[i] = x[i + 1] * x[i];
}

#pragma retrograd vjp
#pragma retrograd jvp
void scattered(double *x, const int *index, int n) {
  for (int i = 0; i < n; ++i)
    x[index[i]] = x[i] * x[index[i]] + x[0];
}

#pragma retrograd vjp
#pragma retrograd jvp
void cubes(double *x, int n) {
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < 3; ++k)
      x[i] = x[i] * x[i] * x[i];
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625}, y[] = {2, 1, 3, 0.5, 4};
  CHECK_VJP(add_product, x, y, 5);
  CHECK_VJP(add_product, x, oracle::alias<0>(), 5);
  CHECK_VJP(add_product, x, oracle::alias<0>{1}, 4);
  CHECK_VJP(add_product, oracle::alias<1>{2}, x, 3);
  CHECK_VJP(two_outputs, x, y, 1.5);
  CHECK_VJP(two_outputs, x, oracle::alias<0>(), 1.5);
  CHECK_VJP(shifted, x, y, 5);
  CHECK_VJP(shifted, oracle::alias<1>{1}, x, 4);
  CHECK_VJP(shifted, x, oracle::alias<0>{1}, 4);
  CHECK_VJP(shifted, x, oracle::alias<0>(), 5);
  CHECK_GRADIENT(read_only, x, y, 5);
  CHECK_GRADIENT(read_only, x, oracle::alias<0>(), 5);
  CHECK_GRADIENT(read_only, x, oracle::alias<0>{2}, 3);
  CHECK_GRADIENT(passed_twice, 0.7);
  for (int n = 3; n <= 5; ++n)
    CHECK_GRADIENT(overlapping_windows, x, n);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      CHECK_GRADIENT(local_pointers, 0.7, i, j);
  for (int n = 0; n <= 5; ++n) {
    CHECK_VJP(prefix_products, x, n);
    CHECK_VJP(prefix_sums, x, n);
    CHECK_VJP(cubes, x, n);
  }
  int index[] = {2, 2, 0, 4, 3};
  CHECK_VJP(scattered, x, index, 5);
  return oracle::result();
}
