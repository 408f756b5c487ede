//===- values.cpp - Numbers that were once wrong --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function is the smallest program that once gave a wrong number without a
// word; the comment says what was lost.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "Inputs/expect.h"
#include <cmath>
#include <retrograd/retrograd.h>

// The seed 1 and the literal 4 made an integer quotient.
#pragma retrograd gradient
double quarter(double x) { return x / 4; }

// The reverse sweep restored the result variable before it was returned.
#pragma retrograd gradient value
double restored_result(double a, double &b) {
  if ((b = std::tanh(b)) > 0.2) {
    if (a < -0.2)
      return std::tanh(b);
  }
  for (int i = 0; i < 2; i++)
    b /= 1.6 + std::sin(a);
  return b * a;
}

// What is written through x is read through y when they are the same memory.
#pragma retrograd gradient wrt(x[1], y[1])
double by_pointer(double *x, double *y) {
  x[0] = 2 * x[0];
  return y[0];
}

#pragma retrograd gradient
double by_reference(double &x, const double &y) {
  x = 2 * x;
  return y;
}

#pragma retrograd gradient
double to_reference(double &x, const double &y) {
  x = 2 * y;
  return x;
}

// Two buffers of different size were given back in the wrong order.
#pragma retrograd gradient wrt(m[n * n], b[n])
double two_extents(double *m, double *b, int n) {
  for (int i = 0; i < n; ++i)
    b[i] = m[i * n + i] *= b[i];
  return b[0] * b[n - 1];
}

// The writes to a were removed as dead, since only a row of it escapes.
#pragma retrograd gradient
double row_pointer(double x, double y) {
  double a[2][3];
  double *p = a[1];
  a[1][0] = x;
  a[1][1] = y;
  return p[0] * p[1];
}

// w was taken back from its copy in r, which is declared later and not there yet.
#pragma retrograd gradient
double younger_copy(double x) {
  double r = 0;
  if (x > 0) {
    double w = 0.5 * x;
    for (int i = 0; i < 1; ++i)
      x = std::sin(w);
    double copies[2] = {};
    copies[1] = w;
    double *last = copies + 1;
    last[0] = w;
    r = x;
  }
  return r;
}

// What an assignment denotes was looked up again after it had changed its index.
#pragma retrograd gradient wrt(x, p[3]) value
double moved_place(double x, double *p) {
  double first = p[static_cast<int>(p[1])] = x * x;
  double second = p[static_cast<int>(p[1])] += x;
  double third = ++p[static_cast<int>(p[0])];
  return first + 10 * second + 100 * third;
}

// What the reverse sweep reads was freed in the forward sweep, for want of a tape.
#pragma retrograd gradient
double freed_factor(double x) {
  double *factors = new double[2];
  factors[0] = 3;
  double y = std::sin(x * factors[0]);
  delete[] factors;
  return y;
}
#pragma retrograd jvp(freed_factor_grad)

// The result of the call is on the tape, so the call was reversed, although its
// forward half had not run.
static double steered(double x) {
  for (int i = 0; i < 2; ++i)
    x = std::sin(x) + i;
  return x;
}
#pragma retrograd gradient
double steers(double x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s = s * x;
    if (steered(s) > 0.5)
      ++i;
    else
      s += x;
  }
  return s;
}

// u was to be taken back from where it is stored, a place that depends on u.
#pragma retrograd gradient wrt(x[3])
double copy_at_itself(double *x) {
  for (int i = 0; i < 2; ++i) {
    const double u = x[i] * x[i];
    x[static_cast<int>(u)] = u;
  }
  return x[0] * x[1] * x[2];
}

// Literals were read by half: 1'000.5 as 1, 0b10 as 0, 1e-4000L as 0.
#pragma retrograd gradient
double separated(double x) { return 1'000.5 * x; }
#pragma retrograd gradient
double binary(double x) { return 0b10 * x + 0'1 * x; }
#pragma retrograd gradient
long double tiny(long double x) { return 1e4000L * (1e-4000L * x); }
#pragma retrograd gradient
double character(double x) { return '0' * x + u8'1' * x; }

// In the namespace, these names mean what is declared behind the function.
static double weight = 2;
[[maybe_unused]] static bool is_large(double x) { return x > 1; }
namespace inner {
double hides(double x) { return is_large(x) ? weight * x : x; }
static double weight = 5;
static bool is_large(double) { return false; }
#pragma retrograd gradient(hides)
} // namespace inner

// The declaration of the tangent of a moved below where its address is taken.
#pragma retrograd jvp
double chosen_place(double a, double b, double c) {
  const double &place = c > 0 ? a : b;
  a -= c;
  a *= 0.5;
  return place * a;
}

int main() {
  double d = 0, e = 0;
  quarter_grad(1, &d);
  expect("quarter", d, 0.25);

  double b = 1, c = 1;
  double value = restored_result(2, c);
  expect("restored_result", restored_result_grad(2, b, &d, &e), value);
  expect("restored_result leaves", b, c);

  double a[] = {1}, da[] = {0};
  by_pointer_grad(a, a, da, da);
  expect("by_pointer", da[0], 2);
  a[0] = 1;
  d = 0.5;
  by_reference_grad(a[0], a[0], &d, &d);
  expect("by_reference", d, 2.5);
  a[0] = 1;
  d = 0.5;
  to_reference_grad(a[0], a[0], &d, &d);
  expect("to_reference", d, 2.5);

  double m[] = {2, 1, 1, 3}, v[] = {5, 7}, dm[] = {1, 2, 3, 4}, dv[] = {5, 6};
  two_extents_grad(m, v, 2, dm, dv);
  expect("two_extents, m", dm[0], 1 + 5 * 3 * 7);
  expect("two_extents, b", dv[1], 6 + 2 * 5 * 3);

  d = e = 0;
  row_pointer_grad(2, 3, &d, &e);
  expect("row_pointer by x", d, 3);
  expect("row_pointer by y", e, 2);

  d = 0;
  younger_copy_grad(1.5, &d);
  expect("younger_copy", d, 0.5 * std::cos(0.75));

  d = 0;
  double p[] = {1, 1, 7}, q[] = {1, 1, 7}, dp[3] = {};
  value = moved_place(1.5, p);
  expect("moved_place", value, 2.25 + 10 * (7 + 1.5) + 100 * (2.25 + 1));
  expect("moved_place_grad", moved_place_grad(1.5, q, &d, dp), value);
  expect("moved_place leaves", q[2], p[2]);
  expect("moved_place by x", d, 2 * 1.5 + 10 + 100 * 2 * 1.5);
  expect("moved_place by p[2]", dp[2], 10);

  d = e = 0;
  freed_factor_grad_jvp(0.5, &d, 1, &e);
  expect("freed_factor", d, 3 * std::cos(1.5));
  expect("freed_factor'", e, -9 * std::sin(1.5));

  const double h = 1e-6;
  d = 0;
  steers_grad(0.7, 5, &d);
  double above = steers(0.7 + h, 5), below = steers(0.7 - h, 5);
  expect("steers", std::fabs(d - (above - below) / (2 * h)) < 1e-6, true);

  // x[1] = 1.5 * 1.5 is stored in x[2].
  double z[] = {0.5, 1.5, 7}, dz[3] = {};
  copy_at_itself_grad(z, dz);
  expect("copy_at_itself by x[0]", dz[0], 2 * 0.5 * 1.5 * 2.25);
  expect("copy_at_itself by x[1]", dz[1], 0.25 * 3 * 2.25);
  expect("copy_at_itself by x[2]", dz[2], 0);

  d = e = 0;
  separated_grad(0.5, &d);
  expect("separated", d, 1'000.5);
  binary_grad(0.5, &e);
  expect("binary", e, 3);
  long double l = 0;
  tiny_grad(0.5L, &l);
  expect("tiny", static_cast<double>(l), 1);
  d = 0;
  character_grad(0.5, &d);
  expect("character", d, '0' + '1');

  d = 0;
  inner::hides_grad(3, &d);
  expect("hides", d, inner::is_large(inner::weight) ? 0 : 2);

  // (a - c)^2 / 4, and b (a - c) / 2.
  expect("chosen_place, a", chosen_place_jvp(3, 5, 1, 1, 10, 0), 1);
  expect("chosen_place, b", chosen_place_jvp(3, 5, -1, 1, 10, 0), 2.5 + 20);
  return failures != 0;
}
