//===- allocation.cpp - new, delete, malloc and free ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Memory that the function allocates: freed, once, also when the function
// returns early or in a loop.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cstdlib>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double with_new(const double *x, int n) {
  double *a = new double[n];
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  double s = 1;
  for (int i = 0; i < n; ++i)
    s = s * a[n - 1 - i] + x[i];
  delete[] a;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_zeroed_new(const double *x, int n) {
  double *a = new double[n]();
  for (int i = 0; i < n; ++i)
    a[i / 2] += x[i] * x[i];
  double s = 1;
  for (int i = 0; i < n; ++i)
    s = s * a[i] + x[i];
  delete[] a;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_malloc(const double *x, int n) {
  double *a = (double *)std::malloc(n * sizeof(double));
  double *b = static_cast<double *>(calloc(n, sizeof(double)));
  for (int i = 0; i < n; ++i) {
    a[i] = x[i] * x[i];
    b[i] += a[i] * x[0];
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * b[n - 1 - i];
  free(a);
  std::free(b);
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double single(double x, double y) {
  double *p = new double(x * y);
  double *q = new double;
  *q = *p * x;
  *p += *q;
  double r = *p * *q;
  delete p;
  delete q;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(const double *x, int n) {
  double s = 1;
  for (int i = 1; i <= n; ++i) {
    double *a = new double[i];
    for (int j = 0; j < i; ++j)
      a[j] = s * x[j];
    for (int j = 1; j < i; ++j)
      a[j] += a[j - 1] * a[j];
    s = a[i - 1] / (1 + s * s);
    delete[] a;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_branch(double x, int n) {
  double *a = nullptr;
  double r = x;
  if (n > 1) {
    a = new double[2];
    a[0] = x * x;
    a[1] = a[0] * x;
    r = a[0] + a[1];
  }
  if (a)
    r *= a[1];
  delete[] a;
  return r * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double early_return(double x, int n) {
  double *a = new double[3];
  a[0] = x * x;
  if (n == 0) {
    double r = a[0];
    delete[] a;
    return r * x;
  }
  a[1] = a[0] * x;
  a[2] = a[1] * a[0];
  double r = a[2] + a[1];
  delete[] a;
  return r;
}

// The buffer grows, as a vector does.
#pragma retrograd gradient
#pragma retrograd jvp
double growing(const double *x, int n) {
  int capacity = 1;
  double *a = new double[capacity];
  for (int i = 0; i < n; ++i) {
    if (i == capacity) {
      double *b = new double[2 * capacity];
      for (int j = 0; j < capacity; ++j)
        b[j] = a[j] * 1.5;
      delete[] a;
      a = b;
      capacity *= 2;
    }
    a[i] = x[i] * x[i];
  }
  double s = 1;
  for (int i = 0; i < n; ++i)
    s = s * a[i] + 1;
  delete[] a;
  return s;
}

static void fill(double *a, const double *x, int n) {
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[n - 1 - i];
}

static double dot(const double *a, const double *b, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * b[i];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double passed_on(const double *x, int n) {
  double *a = new double[n];
  fill(a, x, n);
  double s = dot(a, x, n) * dot(a, a, n);
  fill(a, a, n);
  s += dot(a, x, n);
  delete[] a;
  return s;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(with_new, x, n);
    CHECK_GRADIENT(with_zeroed_new, x, n);
    CHECK_GRADIENT(with_malloc, x, n);
    CHECK_GRADIENT(in_loop, x, n);
    CHECK_GRADIENT(in_branch, 1.25, n);
    CHECK_GRADIENT(early_return, 1.25, n);
    CHECK_GRADIENT(growing, x, n);
    CHECK_GRADIENT(passed_on, x, n);
  }
  CHECK_GRADIENT(single, 1.5, 0.75);
  return oracle::result();
}
