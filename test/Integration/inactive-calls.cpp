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

int main() {
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
