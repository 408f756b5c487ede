//===- named-calls.cpp - Partials that the primal has computed ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The value of a partial has a name, or looks as if it had one: its argument
// changes, its variable does, or the name is that of another place.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double polar(double r, double t) {
  const double c = std::cos(t), s = std::sin(t);
  return r * c * c + s * s * s;
}

// The temporaries of both have names, too.
#pragma retrograd vjp
#pragma retrograd jvp
void cartesian(const double *p, double *__restrict out) {
  out[0] = p[0] * std::sin(p[1]);
  out[1] = p[0] * std::cos(p[1]);
  out[2] = std::sinh(p[0]) * p[1];
  out[3] = std::cosh(p[0]) * p[1];
}

// The argument is another one when the name is given.
#pragma retrograd gradient
#pragma retrograd jvp
double argument_changes(double x) {
  double y = x;
  const double s = std::sin(y);
  y *= 2 + y;
  const double c = std::cos(y);
  return s * c + s * s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double argument_is_overwritten(double x) {
  double y = x;
  const double c = std::cos(y);
  y = std::sin(y);
  const double d = std::cos(y);
  return y * c * d * d;
}

#pragma retrograd gradient wrt(x[3])
#pragma retrograd jvp wrt(x)
double element_changes(double *x, int i) {
  const double s = std::sin(x[0]);
  x[i] = s * x[1];
  const double c = std::cos(x[0]);
  return c * s * x[2] * x[i];
}

// The variable does not keep the value.
#pragma retrograd gradient
#pragma retrograd jvp
double name_is_reused(double x, double y) {
  double c = std::cos(x);
  const double s = std::sin(x);
  double t = c * s;
  c = y * y;
  t += c * s;
  double d = std::sin(y);
  double *p = &d;
  *p += x;
  const double e = std::cos(y);
  return t + d * e * e;
}

// A loop has new values each time.
#pragma retrograd gradient
#pragma retrograd jvp
double in_a_loop(double x, int n) {
  double y = x, z = 0;
  for (int i = 0; i < n; ++i) {
    const double s = std::sin(y), c = std::cos(y);
    z += s * c * c;
    y = s + x * c;
  }
  return y * z;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_a_general_loop(double x) {
  double y = x, z = 0;
  while (z < 2) {
    const double c = std::cos(y);
    z += 0.25 + c * c;
    y = std::sin(y) + 0.5 * c;
    const double s = std::sin(y);
    z += s * s * y;
  }
  return y * z;
}

// The names of one branch say nothing in the other, nor behind both.
#pragma retrograd gradient
#pragma retrograd jvp
double branches(double x, double y) {
  double t;
  if (x > 1) {
    const double c = std::cos(x);
    t = c * std::sin(x);
  } else {
    t = std::sin(x) * y;
  }
  if (y > 1) {
    const double s = std::sin(y);
    t += std::cos(y) * s;
  }
  return t * std::cos(x) * std::sin(y);
}

// The type tells two functions of one name apart.
#pragma retrograd gradient
#pragma retrograd jvp
double precisions(float x, double y) {
  const float c = std::cos(x);
  const double s = std::sin(static_cast<double>(x));
  const double e = std::sin(y);
  const float f = static_cast<float>(std::cos(y));
  return c * s * s + e * f * e;
}

// A partial of more than one value.
#pragma retrograd gradient
#pragma retrograd jvp
double powers(double x, double y) {
  const double l = std::log(x);
  const double p = std::pow(x, y);
  const double q = std::pow(x, y - 1);
  return p * q * l;
}

static double turned(double x, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return x * c - x * x * s;
}

static double spun(double x, int n) {
  const double s = std::sin(x);
  const double c = std::cos(x);
  return n > 0 ? s * c * spun(x * c, n - 1) : s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double called(double x, double y) {
  return turned(x, y) * turned(y, x * y) * spun(x, 3);
}

// The tangent of a root is written twice.
#pragma retrograd gradient
#pragma retrograd jvp
double roots(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double length = std::sqrt(x[i] * x[i] + x[i + 1] * x[i + 1]);
    s += length * length * length;
    s += i + 2 < n ? std::sqrt(x[i + 2] * x[i + 2] + 1) : x[i];
  }
  return s;
}

#pragma retrograd gradient
double second(double r, double t) {
  const double s = std::sin(t), c = std::cos(t);
  return r * r * c + std::sqrt(r) * s * s;
}
#pragma retrograd jvp(second_grad)

// The cosine has a name only when its argument has been overwritten.
#pragma retrograd gradient
#pragma retrograd jvp
double named_afterwards(double x) {
  double y = x;
  y = std::sin(y);
  const double d = std::cos(y);
  return y * d * d;
}

// Only the partial of the sine needs what the cosine's name keeps.
#pragma retrograd gradient
#pragma retrograd jvp
double kept_for_partial(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double c = std::cos(x[i]);
    s += std::sin(x[i]);
    if (c > 0.9)
      s *= 0.5;
  }
  return s;
}

int main() {
  const double angles[] = {0.5, -1.25, 0.1, 2, 0.75};
  CHECK_GRADIENT(named_afterwards, 0.7);
  for (int n = 0; n <= 5; ++n)
    CHECK_GRADIENT(kept_for_partial, angles, n);
  CHECK_GRADIENT(polar, 0.7, 1.3);
  double p[2] = {0.7, 1.3}, out[4] = {1, 2, 3, 4};
  CHECK_VJP(cartesian, p, out);
  CHECK_GRADIENT(argument_changes, 0.7);
  CHECK_GRADIENT(argument_is_overwritten, 0.7);
  double x[] = {0.75, -0.5, 1.25, 0.4, -0.9, 0.3};
  for (int i : {0, 1, 2})
    CHECK_GRADIENT(element_changes, x, i);
  CHECK_GRADIENT(name_is_reused, 0.7, 1.3);
  for (int n : {0, 1, 5})
    CHECK_GRADIENT(in_a_loop, 0.7, n);
  CHECK_GRADIENT(in_a_general_loop, 0.7);
  for (double a : {0.7, 1.3})
    for (double b : {0.6, 1.4})
      CHECK_GRADIENT(branches, a, b);
  CHECK_GRADIENT(precisions, 0.75f, 1.5);
  CHECK_GRADIENT(powers, 1.7, 1.3);
  CHECK_GRADIENT(called, 0.7, 1.3);
  CHECK_GRADIENT(roots, x, 5);
  oracle::test("second", second, 0.7, 1.3)
      .hessian(second_grad, second_grad_jvp);
  return oracle::result();
}
