//===- checkpoint-state.cpp - What a step needs from those before it ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable that looks as if each step wrote it before it reads it, and does
// not in some steps; memory under two names; pointers that move.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>
#include <utility>

#pragma retrograd gradient
#pragma retrograd jvp
double written_in_branch(const double *x, const int *k, int n) {
  double s = 0.5, w = 1;
#pragma retrograd checkpoint snapshots(2)
  for (int i = 0; i < n; ++i) {
    if (k[i] > 2)
      w = x[i] * x[i];
    s += std::sin(w * s + x[i]);
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double written_in_loop(const double *x, const int *k, int n) {
  double s = 0.5, w = 1;
#pragma retrograd checkpoint snapshots(2)
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < k[i] - 1; ++j)
      w = x[i] * x[j];
    int m = k[i];
    while (m > 2) {
      s += std::sin(w * s + x[i]);
      w = s;
      --m;
    }
    s += std::sin(w * s + x[i]);
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double added_to(const double *x, int n) {
  double s = 0.5, w = 1;
#pragma retrograd checkpoint snapshots(2)
  for (int i = 0; i < n; ++i) {
    w += x[i] * x[i];
    s += std::sin(w * s + x[i]);
  }
  return s;
}

static double total(const double *a, int n) {
  return n == 0 ? 0 : a[n - 1] * a[n - 1] + total(a, n - 1);
}

#pragma retrograd gradient
#pragma retrograd jvp
double read_by_callee(const double *x, int n) {
  double s = 0.5, a[3] = {1, 2, 3};
#pragma retrograd checkpoint snapshots(2)
  for (int i = 0; i < n; ++i) {
    s = std::sin(s + total(a, 3));
    for (int j = 0; j < 3; ++j)
      a[j] = s * x[j];
  }
  return s;
}

#pragma retrograd vjp wrt(x[n], y[n])
#pragma retrograd jvp wrt(x, y)
double two_names(double *x, double *y, int n, int steps) {
  double s = 0.5;
#pragma retrograd checkpoint snapshots(2) state(x[n], y[n])
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      x[i] = std::sin(s + y[i]);
    s += y[0] * y[n - 1];
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double pointer_to_array(const double *x, int n) {
  double s = 0.5, a[3] = {1, 2, 3};
  double *p = a;
#pragma retrograd checkpoint snapshots(2) state(p[3])
  for (int i = 0; i < n; ++i) {
    a[0] = std::sin(0.25 * s * a[1] + x[i]);
    p[1] = 0.25 * p[0] * a[2];
    s += a[1] * p[0];
  }
  return s;
}

#pragma retrograd vjp wrt(x[n])
#pragma retrograd jvp wrt(x)
double moved_before(double *x, int n, int steps) {
  double *p = x;
  p = p + 1;
#pragma retrograd checkpoint snapshots(2) state(p[n - 1])
  for (int t = 0; t < steps; ++t)
    for (int i = 0; i + 2 < n; ++i)
      p[i] = std::sin(p[i] * p[i + 1]);
  p = p - 1;
  return p[0] * p[1];
}

#pragma retrograd vjp wrt(x[n], y[n])
#pragma retrograd jvp wrt(x, y)
double moved_in_steps(double *__restrict x, double *__restrict y, int n,
                      int steps) {
  double *now = x, *later = y;
#pragma retrograd checkpoint snapshots(2) state(now[n], later[n])
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      later[i] = std::sin(now[i] * now[0] + later[i]);
    std::swap(now, later);
  }
  return now[0] * later[n - 1];
}

// Only the clause says how much memory there is, by a pointer that moves and a
// number that a call changes.
#pragma retrograd vjp
#pragma retrograd jvp
double moved_along(double *x, int n, int steps) {
  double *p = x;
  double s = 0.5;
#pragma retrograd checkpoint snapshots(2) state(p[n])
  for (int t = 0; t + 1 < steps; ++t) {
    p[0] = std::sin(s * p[0] * p[1]);
    s += p[0] * p[0];
    ++p;
  }
  return s;
}

static void forget(int &count) { count = 0; }

#pragma retrograd vjp
#pragma retrograd jvp
double number_changes(double *x, int n, int steps) {
  int count = n;
  double s = 0.5;
#pragma retrograd checkpoint snapshots(2) state(x[count])
  for (int t = 0; t < steps; ++t) {
    x[0] = std::sin(s * x[0] * x[n - 1]);
    x[n - 1] += s * x[0];
    s += x[0] * x[1];
  }
  forget(count);
  return s + count;
}

#pragma retrograd gradient wrt(x[n])
#pragma retrograd jvp wrt(x)
double extent_of_caller(double *x, int n, int steps) {
  double s = 0.5;
#pragma retrograd checkpoint snapshots(2)
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i + 1 < n; ++i)
      x[i] = std::sin(s + x[i] * x[i + 1]);
    s += x[0];
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double loop_in_a_loop(const double *x, int n) {
  double s = 0.5;
  for (int k = 0; k < 2; ++k) {
    double w = x[k] * x[k];
#pragma retrograd checkpoint snapshots(2)
    for (int i = 0; i < n; ++i)
      w = std::sin(w * x[i] + s);
    s += w * w;
  }
  return s;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 2, 0.25};
  double y[] = {2, 1, 3, 0.5, 4, -1, 0.75};
  oracle::constant_array<int> k{{1, 3, 0, 1, 4, 2, 1}};
  for (int n : {0, 1, 2, 4, 7}) {
    CHECK_GRADIENT(written_in_branch, x, k, n);
    CHECK_GRADIENT(written_in_loop, x, k, n);
    CHECK_GRADIENT(added_to, x, n);
    CHECK_GRADIENT(read_by_callee, x, n);
    CHECK_VJP(two_names, x, y, 7, n);
    CHECK_VJP(two_names, x, oracle::alias<0>(), 7, n);
    CHECK_VJP(two_names, x, oracle::alias<0>{1}, 6, n);
    CHECK_GRADIENT(pointer_to_array, x, n);
    CHECK_VJP(moved_before, x, 7, n);
    CHECK_VJP(moved_along, x, 7, n);
    CHECK_VJP(number_changes, x, 7, n);
    CHECK_VJP(moved_in_steps, x, y, 7, n);
    CHECK_GRADIENT(extent_of_caller, x, 7, n);
    CHECK_GRADIENT(loop_in_a_loop, x, n);
  }
  return oracle::result();
}
