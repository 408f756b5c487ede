//===- assignment.cpp - Compound, chained and nested assignments ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An assignment is a statement, an operand or an argument, and its target may
// stand on its right side too.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double compound(double x, double y) {
  double a = x;
  a += y;
  a *= x;
  a -= y * y;
  a /= x + y;
  return a;
}

// The target is on the right side, too.
#pragma retrograd gradient
#pragma retrograd jvp
double with_itself(double x) {
  double a = x;
  a += a;
  a *= a;
  a -= 3 * a;
  a /= a + 1;
  a = a * a - a;
  return a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double overwritten(double x, double y) {
  double a = x * y;
  double b = a * x;
  a = y;
  b += a * a;
  a = 3;
  b *= a;
  a = x;
  return b * a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double chained(double x, double y) {
  double a, b, c;
  a = b = c = x * y;
  a *= b += c *= x;
  return a + b * c;
}

#pragma retrograd gradient
#pragma retrograd jvp
double as_value(double x, double y) {
  double a = 1, b = 2;
  double c = (a = x * y) * (b = x + y);
  c += a;
  double d = std::sin(a = c * x) + (b *= 2);
  if ((c = d * y) > 0)
    c *= 2;
  return a + b + c * d;
}

// An assignment is an lvalue: what is assigned to it comes last.
#pragma retrograd gradient
#pragma retrograd jvp
double as_place(double x, double y) {
  double a = 1;
  (a = x) *= y;
  (a += y) = a * a;
  (++a) *= x;
  return a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double increments(double x) {
  double a = x;
  double b = a++ * 2;
  double c = ++a * b;
  double d = a-- - b;
  double e = --a * d;
  return a * b + c * d - e * x;
}

// The parameter itself is written.
#pragma retrograd gradient
#pragma retrograd jvp
double parameter(double x, double y) {
  x *= y;
  y = x + y;
  x = std::sin(x * y);
  ++x;
  return x * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double powers(double x) {
  double y = x;
  y = y * y * y;
  y = y * y * y;
  y = std::cos(y);
  y = y / (1 + y * y);
  return y;
}

// An integer's compound assignment truncates; no derivative flows through it.
#pragma retrograd gradient
#pragma retrograd jvp
double integers(double x) {
  int n = 7;
  n *= 1.5;
  n -= 2;
  n /= 3;
  n <<= 2;
  n |= 1;
  n ^= 6;
  n %= 9;
  return n * x * x;
}

// Exchange by a third variable and by sums.
#pragma retrograd gradient
#pragma retrograd jvp
double exchanged(double x, double y) {
  double a = x * 2, b = y * 3;
  double t = a;
  a = b;
  b = t;
  a = a + b;
  b = a - b;
  a = a - b;
  return a * a * b;
}

// Updates in place, and what only looks like one.
#pragma retrograd gradient
#pragma retrograd jvp
double neighbours(double x, double y) {
  double a[4] = {x, y, x * y, 1};
  int i = 1;
  a[i + 1] = a[i - 1] + x;
  a[1] = a[0] + a[1];
  a[i] = a[i + 1] + a[i];
  a[i] = a[i] - a[i];
  a[3] = a[3] + a[3] * a[3];
  a[0] = y + a[0];
  a[0] = y - a[0];
  float f = x; f = f + 1; f = f + y; f = y + f;
  double **pp, *p = a, *q = a + 1; pp = &p; **pp = **pp + *q; *pp = q; **pp = x + **pp; *p = *q * *p;
  pp = &q;
  return a[0] * a[1] * a[2] * a[3] * f * **pp;
}

// What w gets is read two iterations later.
#pragma retrograd gradient
#pragma retrograd jvp
double delayed(const double *x, int n) {
  double v = 1, w = 2, s = 0;
  for (int i = 0; i < n; ++i) {
    s += v * v * x[i];
    v = w;
    w = x[i] * x[i];
  }
  return s;
}

int main() {
  const double series[] = {0.5, -1.25, 0.75, 1.5, 0.25};
  for (int n = 0; n <= 5; ++n)
    CHECK_GRADIENT(delayed, series, n);
  CHECK_GRADIENT(neighbours, 0.5, 0.75);
  CHECK_GRADIENT(compound, 1.5, 0.5);
  CHECK_GRADIENT(with_itself, 0.7);
  CHECK_GRADIENT(overwritten, 1.5, 0.5);
  CHECK_GRADIENT(chained, 1.2, -0.8);
  CHECK_GRADIENT(as_value, 1.2, 0.8);
  CHECK_GRADIENT(as_value, 1.2, -0.8);
  CHECK_GRADIENT(as_place, 1.3, 0.4);
  CHECK_GRADIENT(increments, 0.9);
  CHECK_GRADIENT(parameter, 0.6, 1.4);
  CHECK_GRADIENT(powers, 1.1);
  CHECK_GRADIENT(integers, 1.7);
  CHECK_GRADIENT(exchanged, 0.3, 0.7);
  return oracle::result();
}
