//===- kept-values.cpp - Values that the reverse sweep needs again --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Indices, steps, sizes, bounds, conditions and copies that change after they
// were used: each must be what it was when its statement is reversed.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double doubled_index(const double *x) {
  int i = 1;
  double y = x[i] * x[i];
  i += i;
  return y * x[i] * x[0];
}

// A bool that is true stays true.
#pragma retrograd gradient
#pragma retrograd jvp
double stepped_flag(double x, bool flag) {
  double y = x;
  if (flag)
    y = y * y;
  flag += 1;
  if (flag)
    y = y * x;
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double changed_step(const double *x, int step) {
  int i = 0;
  double y = x[i] * x[i];
  i += step;
  step = 2;
  return y * x[i] * x[step];
}

#pragma retrograd gradient
#pragma retrograd jvp
double changed_place_of_step(const double *x) {
  int k[2] = {0, 1}, j = 1;
  double y = x[k[1]] * x[k[0]];
  k[j] += 1;
  j = 0;
  return y * x[k[1]] * x[k[j]];
}

//===----------------------------------------------------------------------===//
// Bounds, conditions, sizes, arguments
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double changed_bounds(double x, int n) {
  int low = 1, high = n;
  double y = x;
  for (int i = low; i < high; ++i)
    y = y * x + y;
  low = 3;
  high = 2;
  return y * low * high;
}

#pragma retrograd gradient
#pragma retrograd jvp
double changed_by_else(double x, int k) {
  double y = x;
  if (k > 0) {
    y = y * x;
  } else {
    k = 5;
    y = y * y * y;
  }
  return y * k;
}

#pragma retrograd gradient
#pragma retrograd jvp
double turned_flag(double x, int n) {
  bool odd = false;
  double y = x;
  for (int i = 0; i < n; ++i) {
    if (odd)
      y = y * y;
    else
      y = y * x;
    odd = !odd;
  }
  return y;
}

static int limit = 4;
#pragma retrograd inactive
static void toggle() { limit = 7 - limit; }
static double scaled(double x, int n) { return x * x * n; }

// Code that is not differentiated changes the bound, the condition and the
// argument, and changes them back for the next call.
#pragma retrograd gradient
#pragma retrograd jvp
double unseen(double x) {
  double y = x;
  for (int i = 0; i < limit; ++i)
    y = y * x;
  toggle();
  if (limit > 3)
    y = y * x;
  else
    y = y * y;
  toggle();
  y = scaled(y, limit);
  toggle();
  toggle();
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double unseen_argument(double x) {
  double y = scaled(x, limit);
  toggle();
  y = scaled(y, limit);
  toggle();
  return y;
}

static double weight = 2;
#pragma retrograd inactive
static void change_weight() { weight = 5 - weight; }
static double weighted(double x, double w) { return x * x * w; }

#pragma retrograd gradient
#pragma retrograd jvp
double unseen_factor(double x) {
  double y = x * weight * x;
  change_weight();
  y = weighted(y, weight) * weight;
  change_weight();
  return y * weight;
}

// So do a step and a size.
#pragma retrograd gradient
#pragma retrograd jvp
double unseen_step(const double *x) {
  int i = 0;
  double y = x[i] * x[i];
  toggle();
  i += limit - 2;
  toggle();
  return y * x[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double unseen_size(double x) {
  toggle();
  double *a = new double[limit];
  toggle();
  double y = x;
  for (int i = 0; i < 3; ++i) {
    a[i] = x * y;
    y = a[i] * a[i];
  }
  delete[] a;
  return y;
}

static double limited(double x) { return x * x * limit; }
static double twice_limited(double x) { return limited(limited(x)); }

// The callee reads what its caller's callee changes.
#pragma retrograd gradient
#pragma retrograd jvp
double unseen_by_callee(double x) {
  toggle();
  double y = twice_limited(x);
  toggle();
  return y * limited(x);
}

struct counter {
  int n = 0;
  void step() { ++n; }
};

#pragma retrograd gradient
#pragma retrograd jvp
double changed_member(const double *x) {
  counter c;
  double y = x[c.n] * x[c.n];
  c.step();
  return y * x[c.n];
}

// An index that may be the element which it selects.
#pragma retrograd gradient wrt(x)
double index_of_itself(const double *x, int *k, int &i) {
  double y = x[k[0]] * x[k[0]];
  k[i] = 2;
  return y * x[k[0]] * x[i];
}

static void check_index() {
  double x[] = {3, 5, 7}, d[] = {0, 0, 0};
  int k[] = {0, 1};
  index_of_itself_grad(x, k, k[0], d);
  oracle::equal("index_of_itself, x[0]", 2 * 3 * 7 * 7, d[0]);
  oracle::equal("index_of_itself, x[1]", 0, d[1]);
  oracle::equal("index_of_itself, x[2]", 3 * 3 * 2 * 7, d[2]);
}

#pragma retrograd gradient
#pragma retrograd jvp
double changed_argument(double x) {
  int k = 2;
  double y = scaled(x, k);
  k = 5;
  return scaled(y, k);
}

#pragma retrograd gradient
#pragma retrograd jvp
double changed_size(double x, int n) {
  int size = n;
  double *a = new double[size];
  for (int i = 0; i < n; ++i)
    a[i] = x * i;
  size = 1;
  double y = size;
  for (int i = 0; i < n; ++i)
    y += a[i] * a[i];
  delete[] a;
  return y;
}

//===----------------------------------------------------------------------===//
// Locals of loops
//===----------------------------------------------------------------------===//

static void increase(int *k) { ++*k; }

#pragma retrograd gradient
#pragma retrograd jvp
double changed_by_address(const double *x, int n) {
  double y = 1;
  for (int i = 0; i < n; ++i) {
    int k = i;
    increase(&k);
    y = y * x[k];
  }
  return y;
}

// h holds v for a while only.
#pragma retrograd gradient
#pragma retrograd jvp
double overwritten_copy(double x, int n) {
  double h[1] = {0}, y = 1;
  for (int i = 0; i < n; ++i) {
    double v = std::sin(x + i);
    h[0] = v;
    y += v * v * h[0];
    h[0] = 2;
  }
  return y * h[0];
}

// h holds more than v.
#pragma retrograd gradient
#pragma retrograd jvp
double added_copy(double x, int n) {
  double h[1] = {x}, y = 1;
  for (int i = 0; i < n; ++i) {
    double v = std::sin(x + i);
    h[0] += v;
    y += v * v;
  }
  return y * h[0];
}

// Only the address of a number that is read or overwritten.
#pragma retrograd gradient
#pragma retrograd jvp
double changed_address(const double *x, int n) {
  double y[4] = {x[0], x[1], x[2], x[3]}, s = 0;
  int i = 0;
  while (i < n) {
    s += y[i];
    y[i] = 2;
    i += 1 + i % 2;
  }
  return s + y[0] + y[1] + y[2];
}

// Only the condition of what is chosen.
#pragma retrograd gradient
#pragma retrograd jvp
double changed_condition(double x) {
  double y = x > 1 ? 2 * x : 3 * x;
  x = 0.25 * x;
  return y + x;
}

// A step that truncates cannot be undone by a step back.
#pragma retrograd gradient
#pragma retrograd jvp
double truncated_step(const double *x, double step) {
  int i = 1;
  double y = x[i] * x[i];
  i += step;
  return y * x[i] * x[0];
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5};
  CHECK_GRADIENT(doubled_index, x);
  CHECK_GRADIENT(stepped_flag, 0.7, true);
  CHECK_GRADIENT(stepped_flag, 0.7, false);
  CHECK_GRADIENT(changed_step, x, 1);
  CHECK_GRADIENT(changed_place_of_step, x);
  CHECK_GRADIENT(changed_bounds, 0.7, 5);
  CHECK_GRADIENT(changed_by_else, 0.7, 1);
  CHECK_GRADIENT(changed_by_else, 0.7, 0);
  CHECK_GRADIENT(turned_flag, 0.7, 4);
  CHECK_GRADIENT(unseen, 0.7);
  CHECK_GRADIENT(unseen_argument, 0.7);
  CHECK_GRADIENT(unseen_factor, 0.7);
  CHECK_GRADIENT(unseen_step, x);
  CHECK_GRADIENT(unseen_size, 0.7);
  CHECK_GRADIENT(unseen_by_callee, 0.7);
  CHECK_GRADIENT(changed_member, x);
  check_index();
  CHECK_GRADIENT(changed_argument, 0.7);
  CHECK_GRADIENT(changed_size, 0.7, 3);
  CHECK_GRADIENT(changed_by_address, x, 3);
  CHECK_GRADIENT(overwritten_copy, 0.7, 3);
  CHECK_GRADIENT(added_copy, 0.7, 3);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(changed_address, x, n);
  CHECK_GRADIENT(changed_condition, 2.0);
  CHECK_GRADIENT(truncated_step, x, 1.5);
  return oracle::result();
}
