//===- rules-in-place.cpp - Rules of functions that overwrite memory ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pullback is written as a vjp is: it finds what the function overwrites as
// it was before the call, and may leave what it likes. So the vjp that
// Retrograd makes is a rule, too.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

// By hand: the old value is what the derivative needs.
static void square(double &x) { x = x * x; }
#pragma retrograd rule(square) vjp
static void square_pullback(double &x, double *d_x) { *d_x *= 2 * x; }

#pragma retrograd gradient
double repeated(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    square(x);
    s += x * s;
  }
  return s;
}

#pragma retrograd vjp
void of_caller(double &x, double &y) {
  square(x);
  y *= x;
  square(x);
  square(y);
}

// Called by a function that is called.
static double twice(double &x, double y) {
  square(x);
  double r = x * y;
  square(x);
  return r;
}
#pragma retrograd gradient
double nested(double x, double y) {
  double r = twice(x, y);
  return r * x + twice(y, x);
}

// With a pointer and a number of elements, a result, a scalar by value, and a
// counter that is no real.
static double scale(double *x, int n, double a, int &calls) {
  ++calls;
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    x[i] *= a * x[(i + 1) % n] * calls;
  }
  return s;
}
#pragma retrograd vjp(scale) name(scale_rule)
#pragma retrograd rule(scale) vjp writes(x[n])
static void scale_pullback(double *x, int n, double a, int &calls, double seed,
                           double *d_x, double *d_a) {
  scale_rule(x, n, a, calls, seed, d_x, d_a);
}

#pragma retrograd gradient
double of_array(const double *x, double a) {
  double y[3] = {x[0], x[1], x[2]};
  int calls = 0;
  double s = scale(y, 3, a, calls) + scale(y, 2, 2, calls);
  for (int i = 0; i < 3; ++i)
    s += scale(y + 1, 2, a * y[0], calls) * calls;
  return s * y[0] + y[1];
}

#pragma retrograd vjp
double of_callers_array(double *x, int n, double a) {
  int calls = 1;
  double s = scale(x, n, a, calls);
  for (int i = 0; i < n; ++i)
    x[i] += s * x[0];
  return s * scale(x, n - 1, x[n - 1], calls);
}

// Both arguments may be the same memory.
static void add_product(double *x, double *y) {
  *x = *x * *y;
  *y += *x;
}
#pragma retrograd vjp(add_product)
#pragma retrograd rule(add_product) vjp writes(x[1], y[1])
static void add_product_pullback(double *x, double *y, double *d_x,
                                 double *d_y) {
  add_product_vjp(x, y, d_x, d_y);
}
#pragma retrograd gradient
double aliased(double x, double y) {
  add_product(&x, &y);
  add_product(&x, &x);
  add_product(&y, &x);
  return x * y;
}

// An output that the function does not read: the pullback finds the result.
static void exponential(const double *x, int n, double *y) {
  for (int i = 0; i < n; ++i)
    y[i] = std::exp(x[i]);
}
#pragma retrograd rule(exponential) writes(y)
static void exponential_pullback(const double *, int n, double *y, double *d_x,
                                 double *d_y) {
  for (int i = 0; i < n; ++i) {
    d_x[i] += y[i] * d_y[i];
    d_y[i] = 0;
  }
}
#pragma retrograd gradient
double output(const double *x, int n) {
  double y[3], s = 0;
  exponential(x, n, y);
  for (int i = 0; i < n; ++i)
    s += y[i] * y[i] * (i + 1);
  return s;
}

// What the pullback finds as the call has left it must come back, too.
static void square_all(const double *x, double *y, int n) { for (int i = 0; i < n; ++i) y[i] = x[i] * x[i]; }
// This one reads what the call has left in y, for x > 0: the root of y is x.
#pragma retrograd rule(square_all) writes(y)
static void square_all_pullback(const double *, double *y, int n, double *d_x, double *d_y) {
  for (int i = 0; i < n; ++i) { d_x[i] += 2 * std::sqrt(y[i]) * d_y[i]; d_y[i] = 0; }
}
#pragma retrograd rule(square_all)
static void square_all_pushforward(const double *x, double *y, int n, const double *t_x, double *t_y) {
  for (int i = 0; i < n; ++i) { t_y[i] = 2 * x[i] * t_x[i]; y[i] = x[i] * x[i]; }
}
#pragma retrograd gradient
#pragma retrograd jvp
double overwritten_output(double a, double b) {
  double x[2] = {a, b}, y[2];
  square_all(x, y, 2);
  double s = y[0] * y[1];
  y[0] = b * s;
  s += y[0] * y[1];
  y[1] *= x[0];
  return s * x[1] + y[0] + y[1];
}
// y is found as the call has left it, z as it was.
static void both(const double *x, double *y, double *z, int n) { for (int i = 0; i < n; ++i) { y[i] = x[i] * x[i]; z[i] = z[i] * y[i]; } }
#pragma retrograd rule(both) vjp writes(y, z[n])
static void both_pullback(const double *x, double *y, double *z, int n, double *d_x, double *d_y, double *d_z) {
  for (int i = 0; i < n; ++i) { d_y[i] += z[i] * d_z[i]; d_z[i] *= y[i]; d_x[i] += 2 * x[i] * d_y[i]; d_y[i] = 0; }
}
#pragma retrograd gradient
double mixed(double a, double b) {
  double x[2] = {a, b}, y[2], z[2] = {b, a * b};
  both(x, y, z, 2);
  double s = y[0] * z[1];
  double v[2];
  both(x, v, z, 2);
  y[1] *= z[0] + v[1];
  return s * z[1] * y[1];
}
static void both_callee(double *x, double *z) { double v[2]; both(x, v, z, 2); x[0] *= v[1] * z[1]; }
#pragma retrograd gradient
double mixed_callee(double a, double b) {
  double x[2] = {a, b}, z[2] = {b, a * b};
  for (int i = 0; i < 2; ++i) both_callee(x, z);
  return x[0] * z[0] * z[1];
}
#pragma retrograd gradient
#pragma retrograd jvp
double output_in_loop(double a, double b, int n) {
  double x[2] = {a, b}, s = 0;
  for (int i = 0; i < n; ++i) {
    double y[2];
    square_all(x, y, 2);
    x[0] = y[1] * 0.5 + 0.2; x[1] = y[0] + b * 0.1;
    s += y[0] * x[1];
  }
  return s;
}

int main() {
  CHECK_GRADIENT(overwritten_output, 0.5, 0.75);
  CHECK_GRADIENT(output_in_loop, 0.5, 0.75, 3);
  oracle::test("mixed", mixed, 0.5, 0.75).gradient(mixed_grad);
  oracle::test("mixed_callee", mixed_callee, 0.5, 0.75)
      .gradient(mixed_callee_grad);
  double x[] = {0.75, -1.25, 0.5};
  for (int n = 0; n < 4; ++n)
    oracle::test("repeated", repeated, 0.8, n).gradient(repeated_grad);
  oracle::test("of_caller", of_caller, oracle::reference(0.75),
               oracle::reference(1.5))
      .vjp(of_caller_vjp);
  oracle::test("nested", nested, 0.75, 1.5).gradient(nested_grad);
  oracle::test("of_array", of_array, x, 0.75).gradient(of_array_grad);
  oracle::test("of_callers_array", of_callers_array, x, 3, 0.75)
      .vjp(of_callers_array_vjp);
  oracle::test("aliased", aliased, 0.75, 1.5).gradient(aliased_grad);
  oracle::test("output", output, x, 3).gradient(output_grad);
  return oracle::result();
}
