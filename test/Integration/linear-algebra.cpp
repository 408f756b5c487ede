//===- linear-algebra.cpp - Matrices --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products, LU and Cholesky factorisations in place, and the Thomas algorithm.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>
#include <utility>

#pragma retrograd vjp
#pragma retrograd jvp
void multiply(const double *a, const double *b, double *c, int n, int m,
              int p) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j) {
      double sum = 0;
      for (int k = 0; k < m; ++k)
        sum += a[i * m + k] * b[k * p + j];
      c[i * p + j] = sum;
    }
}

#pragma retrograd vjp
#pragma retrograd jvp
void multiply_add(const double (*a)[3], const double (*b)[3], double (*c)[3]) {
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < 3; ++j)
        c[i][j] += a[i][k] * b[k][j];
}

// With partial pivoting; the permutation is data.
static double factorise(double a[5][5], int pivot[5]) {
  double sign = 1;
  for (int k = 0; k < 5; ++k) {
    pivot[k] = k;
    for (int i = k + 1; i < 5; ++i)
      if (std::fabs(a[i][k]) > std::fabs(a[pivot[k]][k]))
        pivot[k] = i;
    if (pivot[k] != k) {
      sign = -sign;
      for (int j = 0; j < 5; ++j)
        std::swap(a[k][j], a[pivot[k]][j]);
    }
    for (int i = k + 1; i < 5; ++i) {
      a[i][k] /= a[k][k];
      for (int j = k + 1; j < 5; ++j)
        a[i][j] -= a[i][k] * a[k][j];
    }
  }
  return sign;
}

#pragma retrograd vjp
#pragma retrograd jvp
double solve(double a[5][5], double b[5]) {
  int pivot[5];
  double determinant = factorise(a, pivot);
  for (int k = 0; k < 5; ++k) {
    determinant *= a[k][k];
    if (pivot[k] != k) {
      double t = b[k];
      b[k] = b[pivot[k]];
      b[pivot[k]] = t;
    }
  }
  for (int i = 1; i < 5; ++i)
    for (int j = 0; j < i; ++j)
      b[i] -= a[i][j] * b[j];
  for (int i = 4; i >= 0; --i) {
    for (int j = i + 1; j < 5; ++j)
      b[i] -= a[i][j] * b[j];
    b[i] /= a[i][i];
  }
  return determinant;
}

#pragma retrograd vjp
#pragma retrograd jvp
double cholesky(double *a, int n) {
  double log_determinant = 0;
  for (int j = 0; j < n; ++j) {
    for (int k = 0; k < j; ++k)
      a[j * n + j] -= a[j * n + k] * a[j * n + k];
    a[j * n + j] = std::sqrt(a[j * n + j]);
    log_determinant += 2 * std::log(a[j * n + j]);
    for (int i = j + 1; i < n; ++i) {
      for (int k = 0; k < j; ++k)
        a[i * n + j] -= a[i * n + k] * a[j * n + k];
      a[i * n + j] /= a[j * n + j];
    }
  }
  return log_determinant;
}

#pragma retrograd vjp
#pragma retrograd jvp
void tridiagonal(const double *lower, double *diagonal, const double *upper,
                 double *x, int n) {
  for (int i = 1; i < n; ++i) {
    double w = lower[i - 1] / diagonal[i - 1];
    diagonal[i] -= w * upper[i - 1];
    x[i] -= w * x[i - 1];
  }
  x[n - 1] /= diagonal[n - 1];
  for (int i = n - 2; i >= 0; --i)
    x[i] = (x[i] - upper[i] * x[i + 1]) / diagonal[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double power_iteration(const double a[3][3], int steps) {
  double v[3] = {1, 0.5, 0.25}, w[3];
  double eigenvalue = 0;
  for (int t = 0; t < steps; ++t) {
    double norm = 0;
    for (int i = 0; i < 3; ++i) {
      w[i] = 0;
      for (int j = 0; j < 3; ++j)
        w[i] += a[i][j] * v[j];
      norm += w[i] * w[i];
    }
    norm = std::sqrt(norm);
    for (int i = 0; i < 3; ++i)
      v[i] = w[i] / norm;
    eigenvalue = norm;
  }
  return eigenvalue;
}

int main() {
  double a[] = {0.5, -1.25, 0.75, 1.5, -0.625, 1.125};
  double b[] = {1, 2, -1, 0.5, 0.25, 3}, c[] = {1, 2, 3, 4};
  CHECK_VJP(multiply, a, b, c, 2, 3, 2);
  CHECK_VJP(multiply, a, b, c, 1, 0, 2);
  double m[3][3] = {{2, 0.5, 0.25}, {0.5, 1.5, -0.5}, {0.25, -0.5, 1}};
  double n[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
  CHECK_VJP(multiply_add, m, n, n);
  CHECK_GRADIENT(power_iteration, m, 0);
  CHECK_GRADIENT(power_iteration, m, 6);
  double system[5][5] = {{0.5, 1, 2, 0, 1},
                         {3, -1, 0.25, 1, 0},
                         {1, 2, 0.5, -1, 2},
                         {0, 1, -2, 4, 0.5},
                         {2, 0, 1, 1, -3}};
  double x[] = {1, -2, 0.5, 3, 1.5};
  CHECK_VJP(solve, system, x);
  double positive[] = {4, 1, 0.5, 1, 3, -0.25, 0.5, -0.25, 2};
  for (int k = 0; k <= 3; ++k)
    CHECK_VJP(cholesky, positive, k);
  double lower[] = {1, -0.5, 0.25, 0.5}, diagonal[] = {4, 3, 5, 4, 3},
         upper[] = {0.5, 1, -1, 0.75};
  CHECK_VJP(tridiagonal, lower, diagonal, upper, x, 5);
  CHECK_VJP(tridiagonal, lower, diagonal, upper, x, 1);
  return oracle::result();
}
