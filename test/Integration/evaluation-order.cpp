//===- evaluation-order.cpp - The order of evaluation ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything whose order C++17 fixes: assignments from the right, subscripts,
// shifts, calls and initialiser lists from the left.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

static double bump(double &x) { return x += 1; }
static double scale(double &x, double by) { return x *= by; }

// The right operand of an assignment comes first.
#pragma retrograd gradient
#pragma retrograd jvp
double assignments(double x, int n) {
  double a[4] = {x, 2 * x, 3 * x, x * x};
  int i = n;
  a[i] = i++ * x;
  a[i] *= ++i + x;
  a[i--] += a[i] * x;
  double b = x;
  a[0] = bump(b) * b;
  (b *= 2) += bump(b);
  return a[0] + a[1] * a[2] + a[3] * b;
}

#pragma retrograd gradient
#pragma retrograd jvp
double initialiser_list(double x, double y) {
  double b = x;
  double a[] = {bump(b), scale(b, y), b, bump(b) * y};
  double c[2]{b *= x, b += y};
  return a[0] * a[1] + a[2] * a[3] + c[0] * c[1];
}

#pragma retrograd gradient
#pragma retrograd jvp
double sequenced(double x, double y) {
  double a = x;
  double r = (a *= y, a + 1) * 2;
  r += bump(a) > 1 && scale(a, y) > 0 ? a : -a;
  r *= a > 0 ? scale(a, 3) : bump(a);
  int i = 0;
  double v[3] = {x, y, a};
  r *= v[(i++, i)];
  r += v[(++i, i)] * y;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double pointers(double x) {
  double a[4] = {x, 2, 3, 4};
  double *p = a;
  *p++ = *p * x;
  *p++ *= x;
  *p = *(p - 1) * *p;
  ++*p;
  (*p)++;
  double r = *p--;
  r *= *p;
  return r * a[0] + *++p;
}

// The increment of a loop sees what the body leaves.
#pragma retrograd gradient
#pragma retrograd jvp
double in_loop_heads(double x, int n) {
  double s = 0, w = 1;
  for (int i = 0; i < n; w *= x, s += w, ++i)
    s *= 1 + w / 4;
  for (double t = bump(s); t > 1 && n > 0; t -= scale(w, 1.25), --n)
    s += t * w;
  return s;
}

int main() {
  for (int n = 0; n < 2; ++n)
    CHECK_GRADIENT(assignments, 0.7, n);
  CHECK_GRADIENT(initialiser_list, 0.7, 1.3);
  CHECK_GRADIENT(sequenced, 0.7, 1.3);
  CHECK_GRADIENT(sequenced, 0.7, -1.3);
  CHECK_GRADIENT(pointers, 0.7);
  for (int n = 0; n < 4; ++n)
    CHECK_GRADIENT(in_loop_heads, 0.7, n);
  return oracle::result();
}
