//===- variable-length-arrays.cpp - Variable-length arrays ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arrays whose size is known when they are declared, in loops with another
// size each time.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -Wno-vla-cxx-extension -O0 %s -o %t.0 && %t.0
// RUN: %rgcxx -Wno-vla-cxx-extension -O2 %s -o %t.2 && %t.2
// RUN: %rgcxx -Wno-vla-cxx-extension -O1 -g -fsanitize=address,undefined \
// RUN:   -fno-sanitize-recover=all %s -o %t.san && %t.san

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double reversed(const double *x, int n) {
  double a[n];
  for (int i = 0; i < n; ++i)
    a[n - 1 - i] = x[i] * x[i];
  double s = 1;
  for (int i = 0; i < n; ++i)
    s = s * a[i] + x[i];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double growing(const double *x, int n) {
  double s = 0;
  for (int i = 1; i <= n; ++i) {
    double a[i];
    for (int j = 0; j < i; ++j)
      a[j] = x[j] * i;
    for (int j = 1; j < i; ++j)
      a[j] *= a[j - 1] + s;
    s += a[i - 1];
  }
  return s;
}

// The variable that gave the size changes afterwards.
#pragma retrograd gradient
#pragma retrograd jvp
double size_changes(double x, int n) {
  double a[n + 1];
  n = n / 2;
  for (int i = 0; i <= n; ++i)
    a[i] = x * i;
  double s = 0;
  while (n >= 0)
    s += a[n--] * x;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double matrix(const double *x, int n, int m) {
  double a[n][m];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      a[i][j] = x[i] * x[j];
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      s += a[i][j] * a[i][m - 1 - j];
  return s;
}

// Rows of a variable extent: C++ has no type for pointers to them.
#pragma retrograd gradient
#pragma retrograd jvp
double reference_to_row(const double *x, int n, int k) {
  double m[n][k];
  double s = 0;
  for (int i = 0; i < n; ++i) {
    auto &row = m[i];
    for (int j = 0; j < k; ++j)
      row[j] = x[i] * (j + 1);
  }
  int i = 0;
  while (i < n) {
    auto &row = m[i];
    ++i;
    if (i == 1)
      continue;
    s += row[0] * row[k - 1];
    row[1] *= s;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double loop_over_rows(const double *x, int n, int k) {
  double m[n][k];
  double s = 0;
  for (auto &row : m)
    for (double &e : row)
      e = x[n - 1];
  for (auto &row : m) {
    if (row[0] < 0)
      continue;
    for (double &e : row)
      s += e * e * e;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double chosen_rows(const double *x, int n, int k) {
  double m[n][k];
  double s = 0;
  double *rows[8];
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < k; ++j)
      m[i][j] = x[i] * (j + 1);
    if (i & 1) {
      rows[i] = m[0];
      continue;
    }
    rows[i] = i ? m[i] : m[i / 2];
  }
  for (int i = 0; i < n; ++i) {
    auto &p = m[i];
    s += p[1] * rows[i][0];
  }
  return s;
}

static double sum(const double *row, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += row[i] * row[i];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double rows_of_planes(const double *x, int n, int k) {
  double s = 0;
  double m[n][k][2];
  double *rows[n][2];
  int i = 0;
  while (true) {
    if (i >= n)
      break;
    for (int j = 0; j < k; ++j)
      m[i][j][0] = m[i][j][1] = x[i] * (j + 1);
    int c = i++;
    if (c == 1)
      continue;
    rows[c][0] = m[c][0];
    rows[c][1] = *m[c];
    s += sum(rows[c][0], 2) + sum(rows[c][1], 2) + sum(m[c][1], 2) +
         sum(c ? m[c][1] : m[c][0], 2);
  }
  return s;
}

// An array that moves to the tape is no record of the loop that fills it.
#pragma retrograd gradient
#pragma retrograd jvp
double stored_on_the_tape(const double *__restrict x,
                          const double *__restrict y, int n) {
  double s = 0;
  for (int k = 0; k < 2; ++k) {
    double h[n + 1];
    for (int i = 0; i < n; ++i) {
      const double t = std::exp(0.25 * x[i]);
      h[i] = t;
      s += std::sin(t);
    }
    for (int i = 0; i < n; ++i)
      if (h[i] > 1)
        s += y[i] * y[i];
  }
  return s;
}

int main() {
  double x[] = {0.5, -1.5, 0.75, 1.25};
  double y[] = {2, 1, -0.5, 1.5};
  for (int n = 1; n <= 4; ++n) {
    CHECK_GRADIENT(reversed, x, n);
    CHECK_GRADIENT(growing, x, n);
    CHECK_GRADIENT(size_changes, 0.7, n);
    CHECK_GRADIENT(matrix, x, n, 5 - n);
    CHECK_GRADIENT(reference_to_row, x, n, 3);
    CHECK_GRADIENT(loop_over_rows, x, n, 3);
    CHECK_GRADIENT(chosen_rows, x, n, 3);
    CHECK_GRADIENT(rows_of_planes, x, n, 3);
    CHECK_GRADIENT(stored_on_the_tape, x, y, n);
  }
  return oracle::result();
}
