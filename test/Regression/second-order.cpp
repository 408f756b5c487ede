//===- second-order.cpp - Tangents of adjoints ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tangent of an adjoint lost what passes through the tape, and the second
// derivative that a condition in a partial hides.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "Inputs/expect.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double cube(double x) { return std::pow(x, 3.0); }
#pragma retrograd jvp(cube_grad)

// The record of the callee is reached through an address on the tape.
static void square(double *a, int n) {
  for (int i = 0; i < n; ++i)
    a[i] = a[i] * a[i];
}
#pragma retrograd gradient
double fourth_power(double x) {
  double u[1] = {x};
  square(u, 1);
  return u[0] * u[0];
}
#pragma retrograd jvp(fourth_power_grad)

// One half pushes values that only the other half pops: sin(x) x^n.
static double recursive(double x, int n) {
  return n == 0 ? std::sin(x) : recursive(x, n - 1) * x;
}
#pragma retrograd gradient
double through_recursion(double x) { return recursive(x, 2); }
#pragma retrograd jvp(through_recursion_grad)

// The adjoint of asin is zero here, but not its derivative.
#pragma retrograd gradient
#pragma retrograd jvp
double zero_adjoint(double x) { return x * std::asin(x); }
#pragma retrograd jvp(zero_adjoint_grad)
#pragma retrograd gradient(zero_adjoint_jvp)

// Zero times infinity is still zero.
#pragma retrograd gradient
double zero_times_infinity(double x, double y) { return y * std::sqrt(x); }
#pragma retrograd jvp(zero_times_infinity_grad) wrt(x, y, d_x, d_y)

// The adjoints of one half are no memory of the other one's. A pointer that is
// passed by reference could lead to all of them.
#pragma retrograd gradient wrt(a[1])
double through_checkpoint(double *a) {
  double power = 1;
#pragma retrograd checkpoint snapshots(1)
  for (int i = 0; i < 3; ++i)
    power *= a[0];
  double **p = &a;
  return power * **p;
}
#pragma retrograd jvp(through_checkpoint_grad) wrt(a, d_a)

// A call that stores no address leaves pointers where they were: that to a does
// not lead to the array, which has no adjoint.
#pragma retrograd gradient wrt(a[1])
double beside_unread(double *a) {
  double power = 1, unread[2] = {};
#pragma retrograd checkpoint snapshots(1)
  for (int i = 0; i < 3; ++i) {
    unread[i % 2] = a[0];
    power *= a[0];
  }
  double **p = &a;
  return power * **p;
}
#pragma retrograd jvp(beside_unread_grad) wrt(a, d_a)

int main() {
  double d = 0, t = 0;
  cube_grad_jvp(2, &d, 1, &t);
  expect("cube'", d, 12);
  expect("cube''", t, 12);
  d = t = 0;
  fourth_power_grad_jvp(2, &d, 1, &t);
  expect("fourth_power'", d, 32);
  expect("fourth_power''", t, 48);
  double a = 2, t_a = 1;
  d = t = 0;
  through_checkpoint_grad_jvp(&a, &d, &t_a, &t);
  expect("through_checkpoint'", d, 32);
  expect("through_checkpoint''", t, 48);
  d = t = 0;
  beside_unread_grad_jvp(&a, &d, &t_a, &t);
  expect("beside_unread'", d, 32);
  expect("beside_unread''", t, 48);
  d = t = 0;
  const double x = 0.7, s = std::sin(x), c = std::cos(x);
  through_recursion_grad_jvp(x, &d, 1, &t);
  expect("through_recursion'", d, 2 * x * s + x * x * c);
  expect("through_recursion''", t, 2 * s + 4 * x * c - x * x * s);

  d = t = 0;
  zero_adjoint_grad_jvp(0, &d, 1, &t);
  expect("zero_adjoint''", t, 2);
  double by_x = 0, by_t = 0;
  zero_adjoint_jvp_grad(0, 1, &by_x, &by_t);
  expect("zero_adjoint'' by reverse mode", by_x, 2);
  by_x = by_t = 0;
  zero_adjoint_jvp_grad(0.5, 0, &by_x, &by_t);
  expect("zero_adjoint' by reverse mode", by_t,
         std::asin(0.5) + 0.5 / std::sqrt(0.75));

  double d_y = 0, t_y = 0;
  d = t = 0;
  zero_times_infinity_grad_jvp(0, 0, &d, &d_y, 0, 0, &t, &t_y);
  expect("zero_times_infinity by x", d, 0);
  expect("zero_times_infinity'' by x", t, 0);
  expect("zero_times_infinity'' by y", t_y, 0);
  return failures != 0;
}
