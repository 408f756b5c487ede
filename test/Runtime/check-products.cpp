//===- check-products.cpp - check.h on pullbacks and pushforwards ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// vjp and jvp written by hand, the dot product of the two, and a Hessian-vector
// product, right and wrong in one way each.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -pedantic \
// RUN:   %s -o %t.17 && %t.17 | FileCheck %s
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t \
// RUN:   && %t | FileCheck %s

#include "Inputs/check.h"
#include <cmath>
#include <retrograd/check.h>
#include <retrograd/value_and_tangent.h>

using retrograd::check;
using retrograd::check_jvp;
using retrograd::check_options;
using retrograd::check_result;
using retrograd::check_vjp;

static void show(const check_result &r) {
  CHECK_THAT(!r);
  std::printf("%s", r.explain().c_str());
}

/// Reads and writes x, only writes y.
static double f(double *x, double *y, double a) {
  y[0] = x[0] * a;
  y[1] = std::sin(x[1]);
  x[0] *= x[0];
  return x[0] + a * a;
}
static void f_vjp(double *x, double *y, double a, double seed, double *d_x,
                  double *d_y, double *d_a) {
  const double x0 = x[0];
  f(x, y, a);
  *d_a += seed * 2 * a + d_y[0] * x0;
  d_x[0] = 2 * x0 * (d_x[0] + seed) + d_y[0] * a;
  d_x[1] += d_y[1] * std::cos(x[1]);
  d_y[0] = d_y[1] = 0;
}
static double f_jvp(double *x, double *y, double a, double *t_x, double *t_y,
                    double t_a) {
  t_y[0] = t_x[0] * a + x[0] * t_a;
  t_y[1] = std::cos(x[1]) * t_x[1];
  t_x[0] *= 2 * x[0];
  f(x, y, a);
  return t_x[0] + 2 * a * t_a;
}

static double square(double &x) { return x * x; }
static retrograd::value_and_tangent<double> square_jvp(double &x,
                                                       const double *t_x) {
  return {x * x, 2 * x * *t_x};
}

static void twice(const float *x, float *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = 2 * x[i];
}
static void twice_vjp(const float *x, float *y, int n, float *d_x,
                      float *d_y) {
  twice(x, y, n);
  for (int i = 0; i < n; ++i) {
    d_x[i] += 2 * d_y[i];
    d_y[i] = 0;
  }
}
static void twice_jvp(const float *x, float *y, int n, const float *t_x,
                      float *t_y) {
  twice(x, y, n);
  twice(t_x, t_y, n);
}

static void right() {
  // What y holds before is of no importance.
  double x[2] = {3, 0.5}, y[2] = {std::nan(""), 0};
  CHECK_THAT(check_vjp(f, f_vjp, x, y, 2.0));
  CHECK_THAT(check_jvp(f, f_jvp, x, y, 2.0));
  CHECK_THAT(check(f, x, y, 2.0).vjp(f_vjp).jvp(f_jvp).result());
  CHECK_THAT(check_jvp(square, square_jvp, 3.0));
  CHECK_THAT(x[0] == 3 && std::isnan(y[0]));
  std::vector<float> u(3, 1.5F), v(3), many(1000, 0.75F), out(1000);
  CHECK_THAT(check(twice, u, v, 3).vjp(twice_vjp).jvp(twice_jvp).result());
  CHECK_THAT(
      check(twice, many, out, 1000).vjp(twice_vjp).jvp(twice_jvp).result());
}

static void wrong() {
  double x[2] = {3, 0.5}, y[2] = {};
  check_options o;
  o.name = "f";
  o.parameters = "x, y, a";
  // CHECK: f: 1 wrong
  // CHECK-NEXT: d_y[1] is 0.25, differences say 0 +-
  show(check_vjp(
      o, f,
      [](double *a, double *b, double c, double seed, double *d_a, double *d_b,
         double *d_c) {
        f_vjp(a, b, c, seed, d_a, d_b, d_c);
        d_b[1] = 0.25;
      },
      x, y, 2.0));
  auto by_one = [](double *a, double *b, double c, double *t_a, double *t_b,
                   double t_c) {
    double t = f_jvp(a, b, c, t_a, t_b, t_c);
    t_b[0] += t_c;
    return t;
  };
  // CHECK: f: 1 wrong
  // CHECK-NEXT: t_y[0] along a is 4, differences say 3 +-
  show(check_jvp(o, f, by_one, x, y, 2.0));
  // CHECK: f: 2 wrong
  // CHECK-DAG: t_y[0] along a is 4, differences say 3 +-
  // CHECK-DAG: <u, J t> is {{.*}}, <J^T u, t> is {{.*}} +-
  show(check(o, f, x, y, 2.0).vjp(f_vjp).jvp(by_one).result());
  // CHECK: t_result along x[0] is 0, differences say 6 +-
  show(check_jvp(
      o, f,
      [](double *a, double *b, double c, double *t_a, double *t_b, double t_c) {
        f_jvp(a, b, c, t_a, t_b, t_c);
        return 2 * c * t_c;
      },
      x, y, 2.0));
  // CHECK: the value is 10, the function returns 9
  show(check_jvp(
      square,
      [](double &a, const double *t) {
        return retrograd::value_and_tangent<double>{a * a + 1, 2 * a * *t};
      },
      3.0));
  std::vector<float> many(1000, 0.75F), out(1000);
  // CHECK: a sum of tangents along random direction 1 is
  show(check_jvp(
      twice,
      [](const float *a, float *b, int n, const float *t_a, float *t_b) {
        twice_jvp(a, b, n, t_a, t_b);
        t_b[123] = 0;
      },
      many, out, 1000));
}

//===- Second order: the gradient is a function, too ----------------------===//

static void g_grad(const double *x, double *d_x) {
  d_x[0] += 2 * x[0] * x[1];
  d_x[1] += x[0] * x[0];
}
static void g_grad_jvp(const double *x, double *d_x, const double *t_x,
                       double *t_d_x) {
  g_grad(x, d_x);
  t_d_x[0] += 2 * x[1] * t_x[0] + 2 * x[0] * t_x[1];
  t_d_x[1] += 2 * x[0] * t_x[0];
}

static void hessian() {
  const double x[2] = {3, 5}, d_x[2] = {0.5, -0.5};
  CHECK_THAT(check_jvp(g_grad, g_grad_jvp, x, d_x));
  check_options o;
  o.parameters = "x, d_x";
  // CHECK: t_d_x[1] along x[0] is 7, differences say 6 +-
  show(check_jvp(
      o, g_grad,
      [](const double *a, double *d, const double *t, double *t_d) {
        g_grad_jvp(a, d, t, t_d);
        t_d[1] += t[0];
      },
      x, d_x));
}

int main() {
  right();
  wrong();
  hessian();
}
