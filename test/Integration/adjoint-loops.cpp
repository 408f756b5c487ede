//===- adjoint-loops.cpp - Loops whose reverse is rearranged --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Updates that are merged, carried to the next iteration, or made in another
// order, for arguments that overlap and for loops that do not run.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

// x[n] exists only if the loop runs.
#pragma retrograd gradient
#pragma retrograd jvp
double neighbours(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i + 1] * x[i];
  return s;
}
#pragma retrograd jvp(neighbours_grad)

#pragma retrograd gradient
#pragma retrograd jvp
double stencil(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 1; i < n - 1; ++i)
    s += y[i] * (x[i - 1] * x[i] - 2 * x[i] + x[i + 1] * x[i + 1]);
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double two_apart(const double *x, int first, int n) {
  double s = 0;
  for (int i = first; i < n; ++i)
    s += x[i + 2] * x[i];
  return s;
}

// The bounds of the carry are those of the inner loop.
#pragma retrograd gradient
#pragma retrograd jvp
double grid(const double *x, int rows, int columns) {
  double s = 0;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns - 1; ++j)
      s += x[i * columns + j + 1] * std::sin(x[i * columns + j]);
  return s;
}

// A factor that the loop changes after its use.
#pragma retrograd gradient
#pragma retrograd jvp
double changing(const double *x, int n) {
  double s = 0, w = 1;
  for (int i = 0; i < n; ++i) {
    s += w * x[i];
    w = w * 0.5 + 1;
    s += w * x[i + 1];
  }
  return s;
}

// Elements that are read, set and added to.
#pragma retrograd vjp
#pragma retrograd jvp
void in_place(double *x, const double *y, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = 2 * y[i + 1] * x[i] + y[i];
}

#pragma retrograd vjp
#pragma retrograd jvp
void apart(double *__restrict x, const double *y, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = y[i + 1] * y[i] - 3 * x[i];
}

#pragma retrograd vjp
#pragma retrograd jvp
void diagonals(double *x, const double *y, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      x[i + j] = y[i] * y[j];
}

// A column of an array, and rows that are set in another order.
#pragma retrograd gradient
#pragma retrograd jvp
double columns(const double *x, int n) {
  double a[3][3] = {};
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < n; ++i)
      a[i][j] = x[i] * x[j];
  for (int i = 1; i < n; ++i)
    for (int j = 0; j < 3; ++j)
      a[i][j] = a[i - 1][j] * a[i][j];
  return a[0][1] + a[1][2] * a[2][0];
}

// Every other element belongs to an iteration.
#pragma retrograd vjp
#pragma retrograd jvp
void mirrored(double *x, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = x[n - i] * x[i];
}

// Neighbours in one array or the other.
#pragma retrograd gradient
#pragma retrograd jvp
double either_row(const double *x, const double *y, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double *row = k[i] > 2 ? x : y;
    s += row[i] * row[i + 1];
  }
  return s;
}

// Between two updates of d_x[0] a loop scales it.
#pragma retrograd vjp
#pragma retrograd jvp
double around_a_loop(double *x, double y, int n) {
  double s = y * x[0];
  for (int i = 0; i < n; ++i)
    x[0] = 0.5 * x[0];
  s += 3 * x[0];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double updates_of_itself(double x, double y, double z) {
  double t = x * y;
  t += t * y;
  t += t * z;
  t -= t * 0.25;
  return t;
}

// Terms that share one factor of two, the square coming last.
#pragma retrograd gradient
#pragma retrograd jvp
double almost_equal_terms(double x, double y, double z) {
  double s = z * x * x;
  s += z * x * y;
  s += z * y * y;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double quotients(double x, double y) {
  double q = -x * x / (y * y);
  q = q / (q + y);
  return q * x / y - x / q;
}

#pragma retrograd gradient
#pragma retrograd jvp
float mixed(float x, double y) {
  return static_cast<float>(0.1f * x * x - 0.75 * y * x * y + 3 * -y * y);
}

// An element is cleared after others have been added to it.
#pragma retrograd gradient
#pragma retrograd jvp
double cleared(const double *x, int k, int n) {
  double s[8];
  for (int i = 0; i < 8; ++i)
    s[i] = x[i];
  double y = 0;
  for (int i = 0; i < n; ++i) {
    y += s[k] * (i + 1);
    s[i] = 0;
  }
  return y;
}

// Downwards, so that the reverse goes up, as carries do. What is added to the
// first neighbour is made of d_y as it was before the second one's turn.
#pragma retrograd gradient
#pragma retrograd jvp
double decays_down(const double *x, int n) {
  double y = 1;
  for (int i = n - 2; i >= 0; --i) {
    y = 0.5 * y + x[i + 1];
    y = y * x[i];
  }
  return y;
}

// The adjoint of an element that the iteration before has added to is read.
#pragma retrograd vjp wrt(x[n])
#pragma retrograd jvp
void products_down(double *x, int n) {
  for (int i = n - 2; i >= 0; --i)
    x[i] = x[i] * x[i + 1] + x[i + 1];
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 2, 0.25, -0.5, 1.125};
  double y[] = {2, 1, 3, 0.5, 4, -1, 0.75, 1.5, 0.25};
  oracle::constant_array<int> k{{1, 3, 0, 4}};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(neighbours, x, n);
    CHECK_GRADIENT(stencil, x, y, n + 2);
    CHECK_GRADIENT(stencil, x, oracle::alias<0>(), n + 2);
    CHECK_GRADIENT(stencil, x, oracle::alias<0>{1}, n + 2);
    CHECK_GRADIENT(two_apart, x, 2, n + 1);
    CHECK_GRADIENT(grid, x, 3, n % 4);
    CHECK_GRADIENT(changing, x, n);
    CHECK_VJP(in_place, x, y, n);
    CHECK_VJP(in_place, x, oracle::alias<0>(), n);
    CHECK_VJP(in_place, x, oracle::alias<0>{1}, n);
    CHECK_VJP(in_place, oracle::alias<1>{1}, x, n);
    CHECK_VJP(apart, x, y, n);
    CHECK_GRADIENT(cleared, x, 1, n);
    CHECK_VJP(diagonals, x, y, n);
    CHECK_VJP(diagonals, x, oracle::alias<0>{2}, n);
    CHECK_VJP(mirrored, x, n);
    CHECK_GRADIENT(either_row, x, y, k, n);
    CHECK_VJP(around_a_loop, x, 1.5, n);
    CHECK_GRADIENT(decays_down, x, n);
    CHECK_VJP(products_down, x, n);
  }
  CHECK_HESSIAN(neighbours, x, 4);
  CHECK_GRADIENT(columns, x, 3);
  CHECK_GRADIENT(updates_of_itself, 0.75, 1.25, -0.5);
  CHECK_GRADIENT(almost_equal_terms, 0.75, 1.25, -0.5);
  CHECK_GRADIENT(quotients, 0.75, 1.25);
  CHECK_GRADIENT(mixed, 0.75f, 1.25);
  return oracle::result();
}
