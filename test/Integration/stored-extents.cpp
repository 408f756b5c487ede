//===- stored-extents.cpp - Local arrays that are used in part ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arrays of a loop's body, of which the tape keeps what loops use: with bounds of
// each kind, bounds that do not hold, and subscripts that say nothing. The root
// keeps a loop and its reverse apart.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "spoilt.h"
#include <cmath>
#include <retrograd/retrograd.h>

// All loops end at d, one of them begins behind the counter of another.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double triangle(const double *x, int d) {
  double s = 0;
  for (int p = 0; p < 3; ++p) {
    double a[16];
    for (int i = 0; i < d; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < d; ++i)
      for (int j = i + 1; j < d; ++j)
        a[j] += a[i] * x[j];
    for (int i = 0; i < d; ++i)
      for (int j = 0; j <= i; ++j)
        s += a[i] * a[j];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// Element 5 is used, whatever n is.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double fixed_and_bound(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[9] = {};
    a[5] = std::sin(x[5] * (p + 1));
    for (int i = 0; i < n; ++i)
      a[i] = a[5] * x[i];
    for (int i = 0; i < n; ++i)
      s += a[i] * a[i] * a[5];
    s += a[5] * a[5];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// Nothing but fixed elements.
#pragma retrograd gradient
#pragma retrograd jvp
double fixed(double x, double y) {
  double s = 0;
  for (int p = 0; p < 3; ++p) {
    double a[1000];
    a[0] = x * (p + 1);
    a[2] = y * a[0];
    for (int i = 0; i < 2; ++i)
      a[i + 1] = a[i] * std::cos(a[2]);
    s += a[0] * a[1] * a[2];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// The loop goes further than the array does.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double guarded(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[4];
    for (int i = 0; i < n; ++i)
      if (i < 4)
        a[i] = x[i] * (p + 1);
    for (int i = 0; i < n; ++i)
      s += i < 4 ? a[i] * a[i] * a[i] : x[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// It does not run, or it ends within.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double begins_late(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[3];
    a[0] = x[0] * (p + 1);
    for (int i = 7; i < n; ++i)
      a[i] = 1;
    s += a[0] * a[0] * x[1];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// The last element is n - 1 or n - 2.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double by_two(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[7];
    for (int i = 0; i < n; i += 2)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < n; i += 2)
      s += a[i] * a[i] * a[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double downwards(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[8];
    for (int i = n; i >= 0; --i)
      a[i] = x[i] * (p + 1);
    for (int i = n; i > 0; i--)
      a[i] *= a[i - 1];
    for (int i = n; i-- > 0;)
      s += a[i] * a[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double shifted(const double *x, unsigned n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[9];
    a[0] = x[0];
    for (unsigned i = 0; i < n; ++i)
      a[i + 1] = a[i] * x[i] * (p + 1);
    for (unsigned i = 0; i < n; ++i)
      s += a[i + 1] * a[0];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double included(const double *x, unsigned n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[9];
    for (unsigned i = 0; i <= n; ++i)
      a[i] = x[i] * (p + 1);
    for (unsigned i = 0; i < n; ++i)
      s += a[i + 1] * a[i] * a[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double rows(const double *x, int n, int m) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[6][5];
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < m; ++j)
        a[i][j] = x[i] * x[j] * (p + 1);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < m; ++j)
        s += a[i][j] * a[i][j] * a[i][j];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// The bound is another one when the block ends.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double changed_bound(const double *x, int n) {
  double s = 0;
  int m = n;
  for (int p = 0; p < 2; ++p) {
    double a[8];
    for (int i = 0; i < m; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < m; ++i)
      s += a[i] * a[i] * a[i];
    m -= 2;
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// It changes from one iteration to the next.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double other_bound_each_time(const double *x, const int *bound) {
  double s = 0;
  int m = 0;
  for (int p = 0; p < 3; ++p) {
    m = bound[p];
    if (m > 1) {
      double a[8];
      for (int i = 0; i < m; ++i)
        a[i] = x[i] * (p + 1);
      for (int i = 0; i < m; ++i)
        s += a[i] * a[i] * a[i];
    }
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// The bound is the counter around, or declared beside the array.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double bounds_inside(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < n; ++p) {
    const int m = p * p % 5;
    double a[8], b[8];
    for (int i = 0; i < p; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < m; ++i)
      b[i] = x[i] * x[p];
    for (int i = 0; i < p; ++i)
      s += a[i] * a[i] * a[i];
    for (int i = 0; i < m; ++i)
      s += b[i] * b[i] * b[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

// More than counters lead to the elements.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double by_pointers(const double *x, int n, const int *at) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[8], b[8], c[2][4], d[8];
    for (int i = 0; i < n; ++i) {
      a[i] = x[i] * (p + 1);
      b[i] = x[i] * x[i];
      d[i] = x[i] * x[i] * x[i];
    }
    double *q = a + 4, *r = &b[0], *row = c[0];
    for (int i = 0; i < 2; ++i)
      q[i] = x[i] * x[i];
    r[6] = x[0] * x[1];
    row[3] = x[1] * (p + 2);
    d[at[p]] = x[1] * (p + 3);
    s += q[0] * q[1] * b[6] * b[0] * c[0][3] * c[0][3];
    for (int i = 0; i < n; ++i)
      s += a[i] * a[i] * a[i] + d[at[p]] * d[at[p]];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

static void fill(double *a, double x) {
  for (int i = 0; i < 8; ++i)
    a[i] = x * (i + 1);
}
static void add_to(double &a, double x) { a += x * a; }

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double passed(const double *x, int n) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[8], b[8];
    fill(a, x[p]);
    for (int i = 0; i < n; ++i) {
      b[i] = x[i];
      add_to(b[i], x[0]);
      a[i] *= a[7] * b[i];
    }
    for (int i = 0; i < n; ++i)
      s += a[i] * a[i] * b[i];
    s += a[7] * a[7];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double two_bounds(const double *x, int n, int m) {
  double s = 0;
  for (int p = 0; p < 2; ++p) {
    double a[8] = {};
    for (int i = 0; i < n; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < m; ++i)
      s += a[i] * a[i] * a[i];
    s = std::sqrt(1 + s * s);
  }
  return s;
}

#define CHECK_BOTH(...)                                                        \
  do {                                                                         \
    CHECK_GRADIENT(__VA_ARGS__);                                               \
    CHECK_SPOILT(__VA_ARGS__);                                                 \
  } while (false)

int main() {
  double x[] = {0.75, -0.5, 1.25, 0.5, -0.25, 0.9, 0.3, -0.7, 0.6};
  for (int n : {-3, 0, 1, 5}) {
    CHECK_BOTH(triangle, x, n);
    CHECK_BOTH(fixed_and_bound, x, n);
    CHECK_BOTH(changed_bound, x, n);
  }
  for (int n : {0, 1, 7, 8, 9})
    CHECK_BOTH(fixed_and_bound, x, n);
  CHECK_GRADIENT(fixed, 0.7, 1.3);
  for (int n : {0, 3, 4, 9})
    CHECK_BOTH(guarded, x, n);
  for (int n : {0, 5, 7})
    CHECK_BOTH(begins_late, x, n);
  for (int n : {0, 1, 6, 7, 8})
    CHECK_BOTH(by_two, x, n);
  for (int n : {-1, 0, 7})
    CHECK_BOTH(downwards, x, n);
  for (unsigned n : {0U, 4U, 8U}) {
    CHECK_BOTH(shifted, x, n);
    CHECK_BOTH(included, x, n);
  }
  for (int n : {0, 2, 6})
    for (int m : {0, 1, 5})
      CHECK_BOTH(rows, x, n, m);
  const int bounds[] = {4, 1, 2};
  CHECK_BOTH(other_bound_each_time, x, bounds);
  for (int n : {1, 4, 8})
    CHECK_BOTH(bounds_inside, x, n);
  const int at[] = {5, 2};
  CHECK_BOTH(by_pointers, x, 3, at);
  for (int n : {0, 3, 7})
    CHECK_BOTH(passed, x, n);
  CHECK_BOTH(two_bounds, x, 3, 8);
  CHECK_BOTH(two_bounds, x, 8, 3);
  return oracle::result();
}
