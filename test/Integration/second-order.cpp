//===- second-order.cpp - Derivatives of derivatives ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tangent of a gradient is a product with the Hessian, which is symmetric.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double smooth(double x, double y) {
  return x * x * y + std::sin(x * y) / (1 + y * y) + std::exp(x - y);
}
#pragma retrograd jvp(smooth_grad)
#pragma retrograd vjp(smooth_grad)

#pragma retrograd gradient
double with_loop(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s = s * x[i] + x[n - 1 - i];
    s += std::cos(s);
  }
  return s;
}
#pragma retrograd jvp(with_loop_grad)

#pragma retrograd gradient
double with_while(double x, double y) {
  int n = 0;
  while (x < 3) {
    x = x * 1.5 + y * x;
    y = y * y;
    ++n;
  }
  return x * y * n;
}
#pragma retrograd jvp(with_while_grad)

#pragma retrograd gradient
double with_branches(double x, double y) {
  double r = 1;
  if (x > y)
    r = x * x * y;
  else
    r = y * y * x;
  if (r > 1)
    return r * std::log(r);
  return r * r;
}
#pragma retrograd jvp(with_branches_grad)

static double square(double x) { return x * x; }
static void mix(double &x, double y) {
  double t = x * y;
  x = t + square(x);
}

#pragma retrograd gradient
double with_calls(double x, double y) {
  double a = square(x) * y;
  mix(a, y);
  mix(y, a);
  return a * square(y);
}
#pragma retrograd jvp(with_calls_grad)

#pragma retrograd gradient
double recursive(double x, int n) {
  return n == 0 ? x * x : std::sin(recursive(x, n - 1)) * x;
}
#pragma retrograd jvp(recursive_grad)

#pragma retrograd gradient
double in_place(const double *x, int n) {
  double a[4];
  for (int i = 0; i < n; ++i)
    a[i] = x[i] * x[i];
  for (int k = 0; k < 2; ++k)
    for (int i = 1; i < n; ++i)
      a[i] *= a[i - 1] + k;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i];
  return s;
}
#pragma retrograd jvp(in_place_grad)

#pragma retrograd gradient
double rosenbrock(const double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i) {
    double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
    s += 100 * t * t + u * u;
  }
  return s;
}
#pragma retrograd jvp(rosenbrock_grad)

// Third order, and the other orders of the modes.
#pragma retrograd gradient
double quartic(double x) { return x * x * x * x; }
#pragma retrograd jvp(quartic_grad)
#pragma retrograd jvp(quartic_grad_jvp)

#pragma retrograd jvp
double by_tangents(double x, double y) { return x * x * x * y + std::sin(y); }
#pragma retrograd jvp(by_tangents_jvp)
#pragma retrograd gradient(by_tangents_jvp)

// The kinks of first order have none of second order.
#pragma retrograd gradient
double piecewise(double x, double y) {
  return std::fmax(x * x, y) * std::fabs(y) + std::fmin(x, y * y) * x;
}
#pragma retrograd jvp(piecewise_grad)

// Functions that call derivatives, with a tape and without.
static double spiral(double x, int n) { for (int i = 0; i < n; ++i) { if (x > 3) break; x = std::sin(x) * x; } return x; }
#pragma retrograd gradient(spiral)
#pragma retrograd jvp(spiral)
static double newton(double x, int n) {
  for (int i = 0; i < n; ++i) x -= 0.1 * spiral_jvp(x, 2, 1);
  return x;
}
#pragma retrograd jvp(newton)
static double slope(double x) { double d = 0; spiral_grad(x, 2, &d); return d * x; }
#pragma retrograd jvp(slope)

int main() {
  oracle::test("newton", newton, 0.6, 3).jvp(newton_jvp);
  oracle::test("slope", slope, 0.6).jvp(slope_jvp);
  CHECK_HESSIAN(smooth, 0.7, 1.3);
  CHECK_HESSIAN(with_while, 0.7, 0.6);
  CHECK_HESSIAN(with_branches, 1.7, 1.3);
  CHECK_HESSIAN(with_branches, 0.7, 1.3);
  CHECK_HESSIAN(with_branches, 0.3, 0.6);
  CHECK_HESSIAN(with_calls, 0.7, 1.3);
  double x[] = {0.5, -1.25, 0.75, 1.5};
  for (int n = 0; n <= 4; ++n) {
    CHECK_HESSIAN(with_loop, x, n);
    CHECK_HESSIAN(in_place, x, n);
    CHECK_HESSIAN(rosenbrock, x, n);
    CHECK_HESSIAN(recursive, 0.7, n);
  }
  CHECK_HESSIAN(piecewise, 1.5, -0.75);
  CHECK_HESSIAN(piecewise, 0.5, 1.75);

  double d_x[1] = {0.5}, d_y[1] = {-0.25};
  oracle::test("smooth_grad", smooth_grad, 0.7, 1.3, d_x, d_y)
      .vjp(smooth_grad_vjp)
      .jvp(smooth_grad_jvp);

  // x^4 has 12 x^2 and 24 x.
  double d = 0, t_d = 0;
  quartic_grad_jvp(3, &d, 1, &t_d);
  oracle::equal("second derivative", 108, t_d, 1e-12L);
  double u_d = 0, u_t_d = 0;
  d = t_d = 0;
  quartic_grad_jvp_jvp(3, &d, 1, &t_d, 1, &u_d, 0, &u_t_d);
  oracle::equal("first derivative", 108, d, 1e-12L);
  oracle::equal("third derivative", 72, u_t_d, 1e-12L);

  oracle::test("by_tangents_jvp", by_tangents_jvp, 0.7, 1.3, 0.5, -0.25)
      .gradient(by_tangents_jvp_grad)
      .jvp(by_tangents_jvp_jvp);
  return oracle::result();
}
