//===- inactive-calls.cpp - Inactive functions, printf and assert ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Their side effects happen once; no derivative flows through them.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cassert>
#include <cstdio>
#include <cstring>
#include <retrograd/retrograd.h>

static int calls = 0;
static char trace[64] = "";

#pragma retrograd inactive
void count() { ++calls; }

#pragma retrograd inactive
void note(char c) {
  std::size_t n = std::strlen(trace);
  trace[n] = c;
  trace[n + 1] = 0;
}

// Its body is elsewhere, and it needs none.
#pragma retrograd inactive
double measured(double x);

#pragma retrograd inactive
int bucket(const double *x, int n) {
  int best = 0;
  for (int i = 1; i < n; ++i)
    if (x[i] > x[best])
      best = i;
  return best;
}

#pragma retrograd gradient value
#pragma retrograd vjp
#pragma retrograd jvp
double counted(double x, int n) {
  count();
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * x + 1;
    count();
  }
  return s;
}

#pragma retrograd gradient value
#pragma retrograd jvp
double traced(double x) {
  note('a');
  double s = x * x;
  if (s > 1) {
    note('b');
    s *= x;
  } else {
    note('c');
  }
  note('d');
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double measured_factor(double x) { return x * measured(x) + x; }

#pragma retrograd gradient
#pragma retrograd jvp
double chosen(const double *x, int n) {
  int k = bucket(x, n);
  return x[k] * x[k] + x[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double checked(double x, int n) {
  assert(n > 0 && x > 0);
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= x;
    assert(s > 0);
  }
  std::printf("");
  if (s < 0)
    std::fprintf(stderr, "%d: %g\n", n, s);
  return s;
}

// The callee is called by an active function.
static double helper(double x) {
  count();
  return x * x;
}

#pragma retrograd gradient value
#pragma retrograd jvp
double through_helper(double x, double y) {
  double s = helper(x);
  s += helper(y) * s;
  return s;
}

double measured(double) { return 3; }

static int taken() {
  int n = calls;
  calls = 0;
  return n;
}

#pragma retrograd inactive(k)
static double scaled(double x, double k) { return x * x * k; }
#pragma retrograd inactive(from)
static void multiply(double *to, const double *from, int n) {
  for (int i = 0; i < n; ++i)
    to[i] = from[i] * to[i];
}

// What is passed to an inactive parameter is a constant, active or not.
#pragma retrograd gradient
#pragma retrograd jvp
double inactive_arguments(double x) {
  double a[2] = {x, 2}, b[2] = {x, x};
  multiply(b, a, 2);
  return scaled(x, x) + scaled(x * x, b[0]) + b[0] * b[1];
}

#pragma retrograd inactive(w)
static double through_workspace(double x, double *w) {
  w[0] = x * x;
  w[1] = 3;
  return x * w[0] * w[1];
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double inactive_memory(double x, double *w) {
  return through_workspace(x, w) * x;
}

// A pragma holds for the derivatives that are asked for behind it.
static double redeclared(double x, double k) { return x * x * k; }
#pragma retrograd gradient name(all_active_grad)
double of_redeclared(double x, double y) { return redeclared(x, y) * x; }
#pragma retrograd inactive(k)
static double redeclared(double x, double k);
#pragma retrograd gradient(of_redeclared) name(constant_k_grad)
#pragma retrograd inactive
static double redeclared(double x, double k);
#pragma retrograd gradient(of_redeclared) name(constant_call_grad)

static void check_redeclared() {
  double x = 0.5, y = 0.75, d_x = 0, d_y = 0;
  all_active_grad(x, y, &d_x, &d_y);
  oracle::equal("all active, x", 3 * x * x * y, d_x);
  oracle::equal("all active, y", x * x * x, d_y);
  d_x = d_y = 0;
  constant_k_grad(x, y, &d_x, &d_y);
  oracle::equal("k constant, x", 3 * x * x * y, d_x);
  oracle::equal("k constant, y", 0, d_y);
  d_x = 0;
  constant_call_grad(x, y, &d_x, &d_y);
  oracle::equal("call constant, x", x * x * y, d_x);
  oracle::equal("call constant, y", 0, d_y);
}

static void check_inactive_parameters() {
  double x = 0.5, d = 0, w[2];
  double expected = 2 * x * x + 4 * x * x * x * x * x + 2 * x * x * 2;
  inactive_arguments_grad(x, &d);
  oracle::equal("inactive_arguments", expected, d);
  oracle::equal("inactive_arguments, forward", expected,
                inactive_arguments_jvp(x, 1));
  d = 0;
  inactive_memory_grad(x, w, &d);
  oracle::equal("inactive_memory", 2 * x * x * x * 3, d);
  oracle::equal("inactive_memory, forward", 2 * x * x * x * 3,
                inactive_memory_jvp(x, w, 1));
}

int main() {
  check_inactive_parameters();
  check_redeclared();
  double d = 0, e = 0;
  counted_grad(1.5, 3, &d);
  oracle::equal("calls by a gradient", 4, taken());
  counted_vjp(1.5, 3, 1, &d);
  counted_jvp(1.5, 3, 1);
  taken();
  traced_grad(1.5, &d);
  oracle::require("traced", "in order, and once", !std::strcmp(trace, "abd"));
  trace[0] = 0;
  traced_jvp(0.5, 1);
  oracle::require("traced", "in order, and once", !std::strcmp(trace, "acd"));
  through_helper_grad(1.5, 2, &d, &e);
  oracle::equal("calls by a gradient of a call", 2, taken());
  through_helper_jvp(1.5, 2, 1, 0);
  oracle::equal("calls by a tangent of a call", 2, taken());

  d = 0;
  measured_factor_grad(2, &d);
  oracle::equal("measured_factor", 4, d);
  oracle::equal("measured_factor", 4, measured_factor_jvp(2, 1));
  double x[] = {0.5, 2.5, 1.5};
  CHECK_GRADIENT(chosen, x, 3);
  CHECK_GRADIENT(checked, 1.5, 3);
  return oracle::result();
}
