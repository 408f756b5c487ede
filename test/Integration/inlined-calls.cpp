//===- inlined-calls.cpp - Functions in the place of their calls ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a parameter means all through the body: the value that the argument had
// at the call, or the place that it was then.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

static double value_and_place(double v, double *p) {
  *p = 2 * v + 1;
  return v * *p;
}

#pragma retrograd gradient
#pragma retrograd jvp
double argument_changes(double x) {
  double a = x * x;
  double s = value_and_place(a, &a);
  return s * a;
}

static double value_and_reference(double v, double &r) {
  r = r * r;
  return v * r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double argument_is_reference(double x) {
  double a = std::sin(x);
  double s = value_and_reference(a, a);
  return s + a;
}

static double place_and_index(double &r, int &k) {
  r = r * r;
  k = k + 1;
  r += 1;
  return r * k;
}

#pragma retrograd vjp
#pragma retrograd jvp
double index_changes(double *x, int n) {
  int k = 0;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += place_and_index(x[k], k);
  return s;
}

static double place_and_pointer(const double &r, const double *&p) {
  double v = r;
  p = p + 1;
  return v * r * *p;
}

#pragma retrograd gradient
#pragma retrograd jvp
double pointer_changes(const double *x, int n) {
  const double *p = x;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += place_and_pointer(*p, p);
  return s;
}

static double place_and_rows(const double &r, const double **rows,
                             const double *other) {
  double v = r;
  rows[0] = other;
  return v * r * rows[0][0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double row_changes(const double *x, const double *y) {
  const double *rows[2] = {x, y};
  double s = place_and_rows(rows[0][1], rows, y);
  return s * rows[0][1];
}

static double local_with_address(double v) {
  double t = v * v;
  double *p = &t;
  *p = *p * t + v;
  return t * t;
}

#pragma retrograd gradient
#pragma retrograd jvp
double locals(double x, double y) {
  return local_with_address(x) * local_with_address(y);
}

static double square(double x) { return x * x; }

static void grow(double &r, int n) {
  if (n > 0) {
    r = 1.5 * r * r;
    grow(r, n - 1);
  }
}

// A call that is inlined beside one that is not.
#pragma retrograd gradient
#pragma retrograd jvp
double some_are_left(double x, int n) {
  double a = std::sin(x);
  double s = square(a);
  grow(a, n);
  s += square(a) * a;
  grow(a, 1);
  return s * a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double some_are_left_in_loops(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double a = std::sin(x[i]);
    s += square(a);
    grow(a, 2);
    s += square(a) * a;
  }
  return s;
}

static int calls = 0;

#pragma retrograd inactive
static int next() { return calls++ % 2; }

static double twice_there(double &r, double v) {
  r = r * v;
  r = r * r;
  return r;
}

#pragma retrograd vjp
#pragma retrograd jvp
double computed_place(double *x, double v) {
  double s = twice_there(x[next()], v);
  s += twice_there(x[next()], s);
  return s;
}

static double early(double x, int n) {
  if (n == 0)
    return x;
  double r = x * x;
  for (int i = 0; i < n; ++i) {
    if (r > 2)
      return r * x;
    r = r * 1.5;
  }
  return r + x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double several_results(double x, int n) {
  return early(x, n) * early(x + 0.25, n);
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625};
  double y[] = {2, 1, 3, 0.5, 4};
  CHECK_GRADIENT(argument_changes, 0.75);
  CHECK_GRADIENT(argument_is_reference, 0.75);
  CHECK_GRADIENT(row_changes, x, y);
  CHECK_GRADIENT(locals, 0.75, -0.5);
  CHECK_VJP(computed_place, x, 0.75);
  for (int n : {0, 1, 3}) {
    CHECK_VJP(index_changes, x, n);
    CHECK_GRADIENT(pointer_changes, x, n);
    CHECK_GRADIENT(some_are_left, 0.75, n);
    CHECK_GRADIENT(some_are_left_in_loops, x, n);
    CHECK_GRADIENT(several_results, 0.75, n);
  }
  return oracle::result();
}
