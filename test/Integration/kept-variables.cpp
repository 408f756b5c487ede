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
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double butterflies(double *x, int n) {
  for (int half = 1; half < n; half *= 2) {
    int block = 0;
    while (block < n) {
      for (int j = 0; j < half; ++j) {
        const int p = block + j;
        const int q = p + half;
        const double a = x[p], b = x[q];
        x[q] = a - std::sin(b);
        x[p] = a * b;
      }
      block += 2 * half;
    }
  }
  return x[0] * x[1] + x[n - 1];
}

// When base was declared, shift was another number: both subscripts are the
// same.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double declared_before(double *x, int n) {
  double s = 0;
  for (int shift = 1; shift < n;) {
    const int base = 2 * shift;
    shift *= 2;
    for (int j = 0; j < shift; ++j) {
      x[j + base] = 0.5 * x[j] * x[j + shift];
      s += x[j + shift] * x[j + base];
    }
  }
  return s;
}

// The bound of the outer loop says nothing of what size is in the inner one.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double bound_changed_since(double *x, int n) {
  double s = x[15];
  int size = n;
  for (int i = 0; i < n; ++i) {
    const int until = size;
    for (int k = 0; k < until; ++k) {
      size = 0;
      for (int j = 0; j < 2; ++j) {
        x[j] = 0.5 * x[j + size] + 0.2 * std::sin(s);
        s += 0.1 * x[j] * x[j + size];
      }
      size = n;
    }
  }
  return s;
}

// Each iteration of the inner loop meets the one before, at a distance that
// only the outer loop changes.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double distances(double *x, int n) {
  for (int lag = 1; lag <= n; ++lag) {
    int first = lag;
    first += 0;
    for (int j = first; j < 12; ++j)
      x[j] = x[j] * x[j - first] + x[j - lag];
  }
  return x[11] * x[7];
}

static void double_it(int &k) { k *= 2; }

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double changed_by_call(double *x, int n) {
  double s = 0;
  int k = 1;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 2; ++j) {
      x[k] = 0.5 * x[k + 1] + x[0];
      s += x[k] * x[k + 1];
      double_it(k);
    }
    k = 1;
  }
  return s;
}

// Zero, update, update of one element, with others in between that are apart
// only while half is positive: the last one is not.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double in_between(double *x, int n) {
  double s = 0;
  for (int half = n; half >= 0; --half) {
    const double a = x[3], b = x[3 + half];
    x[3 + half] = a * b;
    x[3] = std::sin(a) * b + x[3 + half];
    s += x[3] * x[3 + half];
  }
  return s;
}

int main() {
  double x[16] = {0.75, -0.5, 1.25, 0.5,   -0.25, 0.9,  0.3,  -0.7,
                  0.6,  0.4,  -0.1, 0.2,   0.35,  -0.4, 0.55, 0.65};
  for (int n : {1, 2, 4, 8}) {
    CHECK_GRADIENT(butterflies, x, n);
    CHECK_GRADIENT(declared_before, x, n);
  }
  for (int n : {0, 1, 2, 3}) {
    CHECK_GRADIENT(bound_changed_since, x, n);
    CHECK_GRADIENT(distances, x, n);
    CHECK_GRADIENT(changed_by_call, x, n);
    CHECK_GRADIENT(in_between, x, n);
  }
  return oracle::result();
}
