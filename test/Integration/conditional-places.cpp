//===- conditional-places.cpp - ?: that chooses memory ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// References and pointers to one of two places. Where one side is const, the
// whole is, and so must be the pointer that stands for it.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double by_reference(double x, double y) {
  double a = x * x;
  const double b = y * x;
  const double &r = x < y ? a : b;
  a *= 2;
  return r * r + a;
}
#pragma retrograd jvp(by_reference_grad)

#pragma retrograd gradient
#pragma retrograd jvp
double by_pointer(double x, double y) {
  double a = x * x;
  const double b = y * x;
  double *p = &a;
  const double *q = &b;
  const double *r = x < y ? p : q;
  a *= 2;
  return *r * *r + a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double of_arrays(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double *p = i % 2 ? x : y;
    const double &q = i % 3 ? x[i] : y[i];
    s += p[i] * q;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double of_parameters(const double &x, double &y) {
  const double &r = x < y ? x : y;
  return std::sin(r) * y + (x < 2 ? x : y) * (y < 2 ? y : x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(double x, double y, int n) {
  double a = x, s = 0;
  for (int i = 0; i < n; ++i) {
    const double b = y * i;
    const double &r = i & 1 ? a : b;
    s += r * r * a;
    a += r;
  }
  return s;
}
#pragma retrograd jvp(in_loop_grad)

static void update(double &a, const double &b) { a += b * b * a; }

static double pick(const double *a, int i) { return a[i] * a[i]; }

#pragma retrograd gradient
#pragma retrograd jvp
double as_argument(double x, double y, int n) {
  double a = x, s = 0;
  const double b[3] = {x, y, x * y};
  double c[3] = {y, y, x};
  for (int i = 0; i < n; ++i) {
    update(a, i & 1 ? a : b[i]);
    update(i & 1 ? a : c[i], i & 1 ? a : b[i]);
    s += pick(i & 1 ? b : c, i) + pick(i & 1 ? c : b, i);
    const double *p;
    p = i & 1 ? c : b;
    s += *p * a;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double rows(double x, double y, int n) {
  double a[2][2] = {{x, y}, {x * y, y}};
  const double b[2][2] = {{x * x, y}, {x * y, 1}};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double(&r)[2] = i & 1 ? a[0] : b[1];
    const double(*p)[2] = i & 1 ? a : b;
    s += r[0] * r[1] * p[1][1];
    a[1][1] += s;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double of_array_references(const double (&x)[3], double (&y)[3], int n) {
  const double(&r)[3] = n ? x : y;
  auto *p = &y;
  double s = 0;
  for (double e : r)
    s += e * e * (*p)[1];
  return s;
}

// A pointer that is const has a const shadow.
#pragma retrograd gradient
#pragma retrograd jvp
double of_pointers(double x, int n) {
  double a = x;
  const double b = x * x;
  const double *const p = n ? &a : &b, *const q = &b;
  const double *const *pp = n > 1 ? &p : &q;
  return **pp * x;
}

int main() {
  for (double x : {0.5, 2.25}) {
    CHECK_GRADIENT(by_reference, x, 1.25);
    CHECK_GRADIENT(by_pointer, x, 1.25);
    CHECK_GRADIENT(of_parameters, oracle::reference(x),
                   oracle::reference(1.25));
    CHECK_HESSIAN(in_loop, x, 1.25, 4);
    CHECK_HESSIAN(by_reference, x, 1.25);
    CHECK_GRADIENT(in_loop, x, 1.25, 4);
    CHECK_GRADIENT(as_argument, x, 1.25, 3);
    CHECK_GRADIENT(rows, x, 1.25, 3);
    double u[] = {1.5, 2, x}, v[] = {3, x, 0.5};
    CHECK_GRADIENT(of_arrays, u, v, 3);
  }
  double u[] = {1.5, 2, -0.5}, v[] = {3, 0.75, 0.5};
  for (int n = 0; n < 3; ++n) {
    oracle::test(
        "of_array_references",
        [](double *x, double *y, int n) {
          return of_array_references(*(double (*)[3])x, *(double (*)[3])y, n);
        },
        u, v, n)
        .gradient([](double *x, double *y, int n, double *d_x, double *d_y) {
          of_array_references_grad(*(double (*)[3])x, *(double (*)[3])y, n, d_x,
                                   d_y);
        })
        .jvp([](double *x, double *y, int n, double *t_x, double *t_y) {
          return of_array_references_jvp(*(double (*)[3])x, *(double (*)[3])y,
                                         n, t_x, t_y);
        });
    CHECK_GRADIENT(of_pointers, 1.5, n);
  }
  return oracle::result();
}
