//===- kept-variables.cpp - Subscripts made of what an outer loop changes -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An inner loop may take a variable for a constant that its body does not
// change. Not so what was computed from it before, the bounds of loops around,
// and what calls may change.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

// Elements j and j + half are apart, since a loop up to half has an iteration.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double butterflies(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  for (int half = 1; half < n; half *= 2) {
    int block = 0;
    while (block < n) {
      for (int j = 0; j < half; ++j) {
        const int p = block + j;
        const int q = p + half;
        const double u = a[p], v = a[q];
        a[q] = u - std::sin(v);
        a[p] = u * v;
      }
      block += 2 * half;
    }
  }
  return a[0] * a[1] + a[n - 1];
}

// When base was declared, shift was another number: both subscripts are the
// same.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double declared_before(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  double s = 0;
  for (int shift = 1; shift < n;) {
    const int base = 2 * shift;
    shift *= 2;
    for (int j = 0; j < shift; ++j) {
      a[j + base] = 0.5 * a[j] * a[j + shift];
      s += a[j + shift] * a[j + base];
    }
  }
  return s;
}

// Between two updates of one element it is read by the other name.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double read_in_between(const double *x, int n) {
  double a[16] = {}, s = 0;
  for (int shift = 1; shift < n;) {
    const int base = 2 * shift;
    shift *= 2;
    for (int j = 0; j < shift; ++j) {
      a[j + shift] += x[j];
      s += a[j + base] * x[j];
      a[j + shift] += x[j] * x[j + 1];
    }
  }
  return s + a[3] * a[5];
}

// The bound of the outer loop says nothing of what size is in the inner one.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double bound_changed_since(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  double s = a[15];
  int size = n;
  for (int i = 0; i < n; ++i) {
    const int until = size;
    for (int k = 0; k < until; ++k) {
      size = 0;
      for (int j = 0; j < 2; ++j) {
        a[j] = 0.5 * a[j + size] + 0.2 * std::sin(s);
        s += 0.1 * a[j] * a[j + size];
      }
      size = n;
    }
  }
  return s;
}

// Each iteration of the inner loop meets the one before, at a distance that
// only the outer loop changes.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double distances(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  for (int lag = 1; lag <= n; ++lag) {
    int first = lag;
    first += 0;
    for (int j = first; j < 12; ++j)
      a[j] = a[j] * a[j - first] + a[j - lag];
  }
  return a[11] * a[7];
}

static void double_it(int &k) { k *= 2; }

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double changed_by_call(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  double s = 0;
  int k = 1;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 2; ++j) {
      a[k] = 0.5 * a[k + 1] + a[0];
      s += a[k] * a[k + 1];
      double_it(k);
    }
    k = 1;
  }
  return s;
}

// Zero, update, update of one element, with others in between that are apart
// only while half is positive: the last one is not.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double in_between(const double *x, int n) {
  double a[16];
  for (int i = 0; i < 16; ++i)
    a[i] = x[i];
  double s = 0;
  for (int half = n; half >= 0; --half) {
    const double u = a[3], v = a[3 + half];
    a[3 + half] = u * v;
    a[3] = std::sin(u) * v + a[3 + half];
    s += a[3] * a[3 + half];
  }
  return s;
}

int main() {
  double x[16] = {0.75, -0.5, 1.25, 0.5,   -0.25, 0.9,  0.3,  -0.7,
                  0.6,  0.4,  -0.1, 0.2,   0.35,  -0.4, 0.55, 0.65};
  for (int n : {1, 2, 4, 8}) {
    CHECK_GRADIENT(butterflies, x, n);
    CHECK_GRADIENT(declared_before, x, n);
    CHECK_GRADIENT(read_in_between, x, n);
  }
  for (int n : {0, 1, 2, 3}) {
    CHECK_GRADIENT(bound_changed_since, x, n);
    CHECK_GRADIENT(distances, x, n);
    CHECK_GRADIENT(changed_by_call, x, n);
    CHECK_GRADIENT(in_between, x, n);
  }
  return oracle::result();
}
