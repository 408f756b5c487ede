//===- parameters.cpp - Results through parameters, extents and wrt -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is added, what is in-out, and what the order of wrt, names and values
// do to the signature.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient value
#pragma retrograd jvp value
double with_value(double x, const double *y, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s = s * y[i] + 1;
  return s;
}

#pragma retrograd gradient wrt(y, x)
#pragma retrograd gradient wrt(x) name(by_x)
#pragma retrograd vjp wrt(z, x) name(pull_zx)
#pragma retrograd jvp wrt(y) name(push_y)
double ordered(double x, double y, double z) { return x * y * y * z * z * z; }

// Memory that the function writes needs an extent in a gradient: the input's
// adjoint is added although the memory's own adjoint starts at zero.
#pragma retrograd gradient wrt(x[n], factor)
#pragma retrograd vjp
#pragma retrograd jvp
double writes(double *x, int n, double factor) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    x[i] = x[i] * factor + s;
    s += x[i] * x[i];
  }
  return s;
}

#pragma retrograd gradient wrt(x[n + 1], y)
double extent_sum(double *x, int n, double &y) {
  for (int i = 0; i <= n; ++i) {
    x[i] *= y;
    y += x[i];
  }
  return x[n] * y;
}

#pragma retrograd vjp
#pragma retrograd jvp
void only_parameters(const double *x, double *y, double &z, int n) {
  z = 1;
  for (int i = 0; i < n; ++i) {
    y[i] = x[i] * z;
    z += y[i] * y[i];
  }
}

#pragma retrograd vjp
#pragma retrograd jvp
double both(double *x, double y) {
  double r = x[0] * y;
  x[0] = r * r;
  x[1] += r;
  return r * x[1];
}

// Written in one branch only.
#pragma retrograd vjp
#pragma retrograd jvp
void sometimes(double *x, double y, bool b) {
  if (b)
    *x = y * y;
}

// The result is no real number: there is no seed.
#pragma retrograd vjp
int counts(double *x, int n) {
  int negative = 0;
  for (int i = 0; i < n; ++i) {
    negative += x[i] < 0;
    x[i] *= x[i];
  }
  return negative;
}

#pragma retrograd gradient
#pragma retrograd inactive(scale)
#pragma retrograd jvp
double partly_inactive(double x, double scale) { return x * x * scale; }

int main() {
  double x[] = {0.5, -1.25, 0.75}, y[] = {2, 3, 0.25};
  CHECK_GRADIENT(with_value, 0.75, x, 3);

  double dx = 1, dy = 2, dz = 3;
  ordered_grad(2, 3, 5, &dy, &dx);
  oracle::equal("ordered_grad, x", 1 + 9 * 125, dx);
  oracle::equal("ordered_grad, y", 2 + 12 * 125, dy);
  dx = 1;
  by_x(2, 3, 5, &dx);
  oracle::equal("by_x", 1 + 9 * 125, dx);
  dx = 1;
  pull_zx(2, 3, 5, 2.0, &dz, &dx);
  oracle::equal("pull_zx, z", 3 + 2 * 18 * 75, dz);
  oracle::equal("pull_zx, x", 1 + 2 * 9 * 125, dx);
  oracle::equal("push_y", 12 * 125 * 4, push_y(2, 3, 5, 4));

  for (int n = 0; n <= 3; ++n) {
    oracle::test("writes", writes, x, n, 1.5)
        .gradient(writes_grad)
        .vjp(writes_vjp)
        .jvp(writes_jvp);
    CHECK_VJP(only_parameters, x, y, oracle::reference(0.5), n);
    if (n < 3)
      oracle::test("extent_sum", extent_sum, x, n, oracle::reference(0.5))
          .gradient(extent_sum_grad);
  }
  CHECK_VJP(both, x, 1.5);
  CHECK_VJP(sometimes, x, 1.5, true);
  CHECK_VJP(sometimes, x, 1.5, false);
  oracle::test("counts", counts, x, 3).vjp(counts_vjp);
  CHECK_GRADIENT(partly_inactive, 1.5, oracle::inactive(0.5));
  return oracle::result();
}
