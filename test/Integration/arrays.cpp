//===- arrays.cpp - Local arrays of rank 1 to 3 ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Initialised in each way, indexed by numbers, counters and data, and written
// more than once.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double initialised(double x, double y) {
  double a[3] = {x, y * y, x * y};
  double b[] = {x, 2};
  double c[4] = {y};
  double d[2] = {};
  double e[2]{x, y};
  d[0] = a[0] * b[0];
  d[1] += d[0] * c[0] + c[1];
  return a[1] * a[2] + b[1] * d[1] + c[3] + e[0] * e[1] * d[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double rank_two(double x, double y) {
  double m[2][3] = {{x, y, 1}, {x * y, 2}};
  double s = 0;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) {
      m[i][j] = m[i][j] * m[i][j] + m[1 - i][2 - j];
      s += m[i][j] * (i + 2 * j);
    }
  return s + m[1][2] * m[0][0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double rank_three(double x) {
  double t[2][3][4];
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k)
        t[i][j][k] = std::sin(x * (i + j * k));
  double s = 0;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k)
        s += t[i][j][k] * t[1 - i][2 - j][3 - k];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double parameter_matrix(const double m[2][3], const double (*v)[2], int n) {
  double s = 0;
  for (int k = 0; k < n; ++k)
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 3; ++j)
        s += m[i][j] * v[k][i] * (j + 1);
  return s * s;
}

#pragma retrograd vjp
#pragma retrograd jvp
void transpose(double m[3][3]) {
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < i; ++j) {
      double t = m[i][j];
      m[i][j] = m[j][i] * t;
      m[j][i] = t;
    }
}

// Read and written in the same statement, at the same and other places.
#pragma retrograd gradient
#pragma retrograd jvp
double read_and_written(double x, int n) {
  double a[5] = {x, 2 * x, 3, x * x, 1};
  for (int i = 1; i < n; ++i)
    a[i] = a[i] * a[i - 1] + a[n - i];
  a[a[0] > 0 ? 1 : 2] *= a[3];
  a[2] = a[2] * a[2] * a[2];
  return a[0] + a[1] * a[2] - a[3] + a[4];
}

#pragma retrograd gradient
#pragma retrograd jvp
double indexed_by_data(const double *x, const int *index, int n) {
  double a[4] = {1, 1, 1, 1};
  for (int i = 0; i < n; ++i) {
    a[index[i]] *= x[i];
    a[index[i] ^ 1] += x[index[i]];
  }
  return a[0] * a[1] + a[2] * a[3];
}

// The index changes between the write and the end of the iteration.
#pragma retrograd gradient
#pragma retrograd jvp
double index_changes(double x, int n) {
  double a[8] = {x};
  int k = 0;
  for (int i = 0; i < n; ++i) {
    a[k + 1] = a[k] * x;
    k = (k + 2) % 7;
    a[k] += a[(k + 5) % 7] + x;
    k = (k * 3) % 7;
  }
  double s = 0;
  while (k < 8)
    s += a[k++];
  return s + a[1] * a[3];
}

// i++ and ++i inside an index.
#pragma retrograd gradient
#pragma retrograd jvp
double counting_index(const double *x, int n) {
  double a[6] = {};
  int i = 0, j = 6;
  while (i < n) {
    double v = x[i++];
    a[--j] = v * v;
    a[j] *= v + i;
  }
  int k = 0;
  double s = a[k++];
  s *= 1 + a[k++];
  s += a[k++] + a[5] * a[4];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(const double *x, int n) {
  double s = 1;
  for (int i = 0; i + 1 < n; ++i) {
    double window[2] = {x[i], x[i + 1] * s};
    double copy[2];
    for (int j = 0; j < 2; ++j)
      copy[1 - j] = window[j] * window[1 - j] + j;
    window[0] = copy[0] * copy[1];
    s += window[0] / (1 + s * s);
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double mixed(float x, double y) {
  float a[2] = {x, x * x};
  long double b[2] = {y, x};
  int c[2] = {1, 3};
  bool d[2] = {true, false};
  return a[0] * b[1] * c[1] + a[1] * b[0] * d[0] + d[1] * x;
}

int main() {
  CHECK_GRADIENT(initialised, 0.7, 1.3);
  CHECK_GRADIENT(rank_two, 0.7, 1.3);
  CHECK_GRADIENT(rank_three, 0.7);
  double m[2][3] = {{1, 2, 0.5}, {-1, 0.25, 3}};
  double v[3][2] = {{1, -1}, {0.5, 0.25}, {2, 1}};
  CHECK_GRADIENT(parameter_matrix, m, v, 3);
  double square[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
  CHECK_VJP(transpose, square);
  for (int n : {0, 1, 5})
    CHECK_GRADIENT(read_and_written, 0.7, n);
  double x[] = {0.5, 1.5, -0.75, 1.25};
  int index[] = {2, 0, 2, 3};
  CHECK_GRADIENT(indexed_by_data, x, index, 4);
  for (int n : {0, 1, 5})
    CHECK_GRADIENT(index_changes, 0.7, n);
  CHECK_GRADIENT(counting_index, x, 4);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(in_loop, x, n);
  CHECK_GRADIENT(mixed, 0.75f, 1.5);
  return oracle::result();
}
