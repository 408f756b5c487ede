//===- overwritten-arrays.cpp - Loops that overwrite what is required -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop that saves all elements that are required ends the need for them: what
// is written afterwards is saved only if it is read again. It must be all of
// them, in each case.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double product(const double *a, const double *b, int n) {
  double row[4];
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int k = 0; k < n; ++k)
      for (int j = 0; j < n; ++j)
        row[j] += a[i * n + k] * b[k * n + j];
    for (int j = 0; j < n; ++j)
      sum += 0.5 * row[j] * row[j];
  }
  return sum;
}

// The last element stays.
#pragma retrograd gradient
#pragma retrograd jvp
double all_but_one(const double *x, int n) {
  double row[5] = {1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n - 1; ++j)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// One element beyond is read.
#pragma retrograd gradient
#pragma retrograd jvp
double read_beyond(const double *x, int n) {
  double row[6] = {1, 1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int j = 0; j <= n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j + 1] * row[j];
  }
  return sum;
}

// The first element stays.
#pragma retrograd gradient
#pragma retrograd jvp
double from_one(const double *x, int n) {
  double row[5] = {1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 1; j < n; ++j)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// Another bound, which may be smaller or larger.
#pragma retrograd gradient
#pragma retrograd jvp
double other_bound(const double *x, int n, int m) {
  double row[6] = {1, 1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < m; ++j)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// The bound changes from iteration to iteration.
#pragma retrograd gradient
#pragma retrograd jvp
double fewer_each_time(const double *x, int n) {
  double row[5] = {1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const int m = n - i;
    for (int j = 0; j < m; ++j)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// Every other element.
#pragma retrograd gradient
#pragma retrograd jvp
double by_twos(const double *x, int n) {
  double row[5] = {1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; j += 2)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// Only where a condition holds.
#pragma retrograd gradient
#pragma retrograd jvp
double conditional(const double *x, int n) {
  double row[5] = {1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      if ((i + j) % 2)
        row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
  }
  return sum;
}

// The loop that overwrites reads what it writes.
#pragma retrograd gradient
#pragma retrograd jvp
double squared_in_place(const double *x, int n) {
  double row[5] = {1, 0.5, 0.75, 1.25, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0.5 * row[j] * row[j];
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += std::sin(row[j]);
  }
  return sum;
}

// What the loop has written it reads, too.
#pragma retrograd gradient
#pragma retrograd jvp
double read_at_once(const double *x, int n) {
  double row[5] = {1, 0.5, 0.75, 1.25, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      row[j] = x[i] * (j + 1);
      sum += row[j] * row[j];
    }
    for (int j = 0; j < n; ++j)
      row[j] += x[i] * 0.5;
    for (int j = 0; j < n; ++j)
      sum += std::sin(row[j]);
  }
  return sum;
}

// Nobody knows which elements a call reads.
static double squares(const double *row, int n) {
  return n == 0 ? 0 : row[n - 1] * row[n - 1] + squares(row, n - 1);
}

#pragma retrograd gradient
#pragma retrograd jvp
double passed(const double *x, int n) {
  double row[6] = {1, 1, 1, 1, 1, 1};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int j = 0; j <= n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
    sum += squares(row, n + 1);
  }
  return sum;
}

// Another pointer reads the array, too.
#pragma retrograd gradient
#pragma retrograd jvp
double two_names(const double *x, int n, int k) {
  double row[6] = {1, 1, 1, 1, 1, 1};
  const double *tail = k > 0 ? row + 1 : row + 2;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int j = 0; j <= n; ++j)
      row[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += tail[j] * tail[j] * row[j];
  }
  return sum;
}

// Rows of their own, each overwritten where another one is required.
#pragma retrograd gradient
#pragma retrograd jvp
double rows(const double *x, int n) {
  double grid[4][4] = {};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      grid[i][j] = 0;
    for (int k = 0; k <= i; ++k)
      for (int j = 0; j < n; ++j)
        grid[k][j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += grid[i][j] * grid[0][j];
  }
  return sum;
}

// Allocated anew each time, and kept from time to time.
#pragma retrograd gradient
#pragma retrograd jvp
double kept_rows(const double *x, int n) {
  double *kept = nullptr;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    double *row = new double[4];
    for (int j = 0; j < n; ++j)
      row[j] = x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += row[j] * row[j];
    for (int j = 0; j < n; ++j)
      row[j] = 0;
    for (int j = 0; j < n; ++j)
      row[j] += x[j] * 0.5;
    if (kept)
      for (int j = 0; j < n; ++j)
        sum += kept[j] * row[j];
    delete[] kept;
    kept = row;
  }
  delete[] kept;
  return sum;
}

// Memory of the caller, which two pointers may name.
#pragma retrograd vjp
#pragma retrograd jvp
double shared(double *p, double *q, const double *x, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      p[j] = 0;
    for (int j = 0; j < n; ++j)
      p[j] += x[i] * (j + 1);
    for (int j = 0; j < n; ++j)
      sum += p[j] * q[j] * q[j];
  }
  return sum;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625};
  double a[16], b[16];
  for (int i = 0; i < 16; ++i) {
    a[i] = std::sin(1.0 + i);
    b[i] = std::cos(2.0 * i);
  }
  double p[] = {1, 2, 3, 4, 5, 6}, q[] = {0.5, 0.25, -0.5, 1, 2, 3};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(product, a, b, n);
    CHECK_GRADIENT(all_but_one, x, n);
    CHECK_GRADIENT(read_beyond, x, n);
    CHECK_GRADIENT(from_one, x, n);
    for (int m = 0; m <= 5; ++m)
      CHECK_GRADIENT(other_bound, x, n, m);
    CHECK_GRADIENT(fewer_each_time, x, n);
    CHECK_GRADIENT(by_twos, x, n);
    CHECK_GRADIENT(conditional, x, n);
    CHECK_GRADIENT(squared_in_place, x, n);
    CHECK_GRADIENT(read_at_once, x, n);
    CHECK_GRADIENT(passed, x, n);
    CHECK_GRADIENT(two_names, x, n, 0);
    CHECK_GRADIENT(two_names, x, n, 1);
    CHECK_GRADIENT(rows, x, n);
    CHECK_GRADIENT(kept_rows, x, n);
    CHECK_VJP(shared, p, q, x, n);
    CHECK_VJP(shared, p, oracle::alias<0>(), x, n);
    CHECK_VJP(shared, p, oracle::alias<0>{1}, x, n);
  }
  return oracle::result();
}
