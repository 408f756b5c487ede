//===- any-order.cpp - Sums of derivatives that may be reordered ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The terms of a derivative may be added up in any order, with their signs. The
// primal's are added up as they are written: in another order, or in a vector,
// their sum would be another number.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

// The derivative by a is a sum of terms that are subtracted.
#pragma retrograd gradient
#pragma retrograd jvp
double residuals(const double *x, double a, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += (x[i] - a) * (x[i] - a);
  return s;
}

// Two sums, one of them of both signs, and elements.
#pragma retrograd gradient
#pragma retrograd jvp
double regression(const double *x, double a, double b, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double r = a * x[i] - b * x[i] * x[i];
    s += r * r - a * b;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
float in_float(const float *x, float a, int n) {
  float s = 0;
  for (int i = 0; i < n; ++i)
    s -= x[i] * a;
  return s;
}

// A float that is a sum of doubles.
#pragma retrograd gradient
#pragma retrograd jvp
double mixed(const double *x, float a, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * a - x[i] / 3;
  return s;
}

// The sum of the primal and one of the derivative in one loop.
#pragma retrograd gradient wrt(x, a) value
double in_order(const double *x, double a, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double q = x[i] / y[i];
    s += q;
    s += a * q;
  }
  return s;
}

int main() {
  const double x[] = {0.5, -1.25, 0.75, 1.5,  -0.25, 2,
                      1.1, 0.3,   -0.6, 0.45, 1.75,  -2};
  const float f[] = {0.5f, -1.25f, 0.75f, 1.5f, -0.25f, 2, 1.125f, 0.25f, -0.5f};
  for (int n = 0; n <= 12; ++n) {
    CHECK_GRADIENT(residuals, x, 0.7, n);
    CHECK_GRADIENT(regression, x, 0.7, -0.4, n);
    CHECK_GRADIENT(mixed, x, 0.75f, n);
    if (n <= 9)
      CHECK_GRADIENT(in_float, f, 0.75f, n);
  }

  const double big[] = {1e16, 1, -1e16, 1, 3e15, 1, -3e15, 1, 1, 1};
  const double one[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  double d_big[10] = {}, d_a = 0;
  oracle::equal("in_order", in_order(big, 0.5, one, 10),
                in_order_grad(big, 0.5, one, 10, d_big, &d_a));
  return oracle::result();
}
