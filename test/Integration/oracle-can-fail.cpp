//===- oracle-can-fail.cpp - The oracle refuses what is wrong -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Derivatives written by hand, right and wrong in one way each.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s -o %t
// RUN: %t right
// RUN: not %t value | FileCheck --check-prefix=VALUE %s
// RUN: not %t tangent | FileCheck --check-prefix=TANGENT %s
// RUN: not %t overwritten | FileCheck --check-prefix=OVERWRITTEN %s
// RUN: not %t pullback | FileCheck --check-prefix=PULLBACK %s
// RUN: not %t memory | FileCheck --check-prefix=MEMORY %s
// RUN: not %t tape | FileCheck --check-prefix=TAPE %s
// RUN: not %t hessian | FileCheck --check-prefix=HESSIAN %s
// RUN: not %t jump | FileCheck --check-prefix=JUMP %s
// RUN: not %t nothing | FileCheck --check-prefix=NOTHING %s
// RUN: not %t forgotten 2>&1 | FileCheck --check-prefix=FORGOTTEN %s

#include "oracle.h"
#include <cstring>

static double f(double x, const double *y) { return x * y[0] + std::sin(y[1]); }
static void f_grad(double x, const double *y, double *d_x, double *d_y) {
  *d_x += y[0];
  d_y[0] += x;
  d_y[1] += std::cos(y[1]);
}
static double f_jvp(double, const double *y, double t_x, const double *t_y) {
  return t_x * y[0] + 1.25 * t_y[0] + std::cos(y[1]) * t_y[1];
}
static void f_grad_jvp(double, const double *y, double *d_x, double *d_y,
                       double t_x, const double *t_y, double *t_d_x,
                       double *t_d_y) {
  f_grad(1.25, y, d_x, d_y);
  *t_d_x += t_y[0];
  t_d_y[0] += t_x;
  t_d_y[1] -= std::sin(y[1]) * t_y[1];
}

static double g(double *x, double y) {
  x[0] *= y;
  return x[0] * x[1];
}
static void g_vjp(double *x, double y, double seed, double *d_x, double *d_y) {
  double before = x[0];
  x[0] *= y;
  d_x[0] += seed * x[1];
  d_x[1] += seed * x[0];
  *d_y += d_x[0] * before;
  d_x[0] *= y;
}

static double jump(double x) { return std::floor(x); }

// VALUE: f: gradient, parameter 1[1]: expected {{.*}}, got
static void value(double x, const double *y, double *d_x, double *d_y) {
  f_grad(x, y, d_x, d_y);
  d_y[1] += 1e-6;
}

// OVERWRITTEN: f: gradient, parameter 0[0]: expected {{.*}}, got
static void overwritten(double x, const double *y, double *d_x, double *d_y) {
  *d_x = 0;
  f_grad(x, y, d_x, d_y);
}

// TANGENT: f: jvp, result: expected {{.*}}, got
// TANGENT: f: <1, J t> = <gradient, t>
static double tangent(double, const double *y, double t_x, const double *t_y) {
  return t_x * y[0] + 1.25 * t_y[0];
}

// PULLBACK: g: vjp, parameter 0[0]: expected {{.*}}, got
static void pullback(double *x, double y, double seed, double *d_x,
                     double *d_y) {
  double before = d_x[0];
  g_vjp(x, y, seed, d_x, d_y);
  d_x[0] += before;
}

// MEMORY: memory after vjp
// MEMORY: g: memory, parameter 0[0]: expected {{.*}}, got
static void memory(double *x, double y, double seed, double *d_x, double *d_y) {
  double before = x[0];
  g_vjp(x, y, seed, d_x, d_y);
  x[0] = before;
}

// TAPE: f: failed: gradient
static void tape(double x, const double *y, double *d_x, double *d_y) {
  f_grad(x, y, d_x, d_y);
  retrograd::tape::local().push(x);
}

// HESSIAN: f: jvp, parameter {{.*}}: expected {{.*}}, got
// HESSIAN: f: symmetry of the Hessian
static void hessian(double x, const double *y, double *d_x, double *d_y,
                    double t_x, const double *t_y, double *t_d_x,
                    double *t_d_y) {
  f_grad_jvp(x, y, d_x, d_y, t_x, t_y, t_d_x, t_d_y);
  t_d_y[0] += t_y[1];
}

// JUMP: jump: failed: differences converge
// NOTHING: no check was run
// FORGOTTEN: the program did not return oracle::result()

int main(int, char **argv) {
  double x[] = {1.5, 0.5};
  auto is = [&](const char *word) { return !std::strcmp(argv[1], word); };
  auto of_f = [&] { return oracle::test("f", f, 1.25, x); };
  auto of_g = [&] { return oracle::test("g", g, x, 0.75); };
  if (is("right")) {
    of_f().gradient(f_grad).jvp(f_jvp).hessian(f_grad, f_grad_jvp);
    of_g().vjp(g_vjp);
  }
  if (is("value"))
    of_f().gradient(value);
  if (is("overwritten"))
    of_f().gradient(overwritten);
  if (is("tangent"))
    of_f().gradient(f_grad).jvp(tangent);
  if (is("hessian"))
    of_f().hessian(f_grad, hessian);
  if (is("tape"))
    of_f().gradient(tape);
  if (is("pullback"))
    of_g().vjp(pullback);
  if (is("memory"))
    of_g().vjp(memory);
  if (is("jump"))
    oracle::test("jump", jump, 1.0);
  if (is("forgotten")) {
    of_f().gradient(f_grad);
    return 0;
  }
  return oracle::result();
}
