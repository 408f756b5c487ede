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
// RUN: %{halves}

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

// Every way to write an allocation.
#pragma retrograd gradient
#pragma retrograd jvp
double all_spellings(double x, int n) {
  const double *constant = new double(x);
  double *zero = new double(), *zero2 = new double{}, *one = new double{x * x};
  double *plain = new double;
  *plain = x;
  double *a = new double[n](), *b = new double[n]{}, *c = new double[3]{};
  double *m = (double *)malloc(n * sizeof(double));
  double *m2 = (double *)std::malloc(sizeof(*m) * n);
  double *m3 = static_cast<double *>(malloc(sizeof(double)));
  double *z = (double *)calloc(n, sizeof(double));
  double *z2 = (double *)std::calloc(n, sizeof *z2);
  const double *z3 = (double *)calloc(n, sizeof(double));
  double *bytes = (double *)malloc(24), *bytes2 = (double *)malloc(n * 8);
  double *later;
  later = new double[2];
  int *i = new int[2](), *i2 = (int *)malloc(sizeof(int)), *i3 = new int(3);
  *i2 = n;
  i[1] = 2;
  a[0] = x;
  b[1] = x * a[0];
  m[0] = b[1] * *constant;
  m2[n - 1] = m[0] + *zero + *zero2 * *one + *plain;
  *m3 = m2[n - 1] * x;
  z[0] += *m3;
  z2[1] += z[0] * c[1] + *one;
  bytes[2] = x;
  bytes2[0] = bytes[2] * z2[1];
  later[0] = x;
  later[1] = later[0] * x;
  double y = bytes2[0] * z[0] * i[1] * *i2 * *i3 + z2[0] + z3[1] * x +
             z2[1] * later[1];
  delete constant;
  delete zero;
  delete zero2;
  delete one;
  delete plain;
  delete[] a;
  delete[] b;
  delete[] c;
  free(m);
  free(m2);
  std::free(m3);
  free(z);
  free(z2);
  free(const_cast<double *>(z3));
  free(bytes);
  free(bytes2);
  delete[] later;
  delete[] i;
  free(i2);
  delete i3;
  return y;
}

// Bytes that are not written as a number of elements.
#pragma retrograd gradient
#pragma retrograd jvp
double allocated_by_bytes(double x, int n) {
  double *p = (double *)malloc(2 * n * sizeof(float));
  double *q = (double *)malloc(n * alignof(double));
  double *r = (double *)malloc(sizeof(double) * 2 * n), *s = (double *)malloc(n * 2 * sizeof(double));
  for (int i = 0; i < n; ++i) { p[i] = x * i; q[i] = p[i] * x; r[n + i] = q[i] * x; s[2 * n - 1] = r[n + i]; }
  double y = p[n - 1] + q[n - 1] + s[2 * n - 1] * r[2 * n - 1];
  free(p); free(q); free(r); free(s);
  return y;
}

int main() {
  CHECK_GRADIENT(allocated_by_bytes, 0.5, 3);
  CHECK_GRADIENT(all_spellings, 0.5, 3);
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
