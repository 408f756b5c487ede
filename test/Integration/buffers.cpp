//===- buffers.cpp - Parts of one buffer, and buffers that are swapped ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Subscripts that are apart for all values of the counters, that meet at the
// last of them, and pointers that change roles in each step.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>
#include <utility>

static void load(double (&s)[40], const double *x) {
  for (int i = 0; i < 40; ++i)
    s[i] = x[i % 8] + (i % 5) * 0.25 * x[i % 3];
}

static double weigh(const double (&s)[40]) {
  double sum = 0;
  for (int i = 0; i < 40; ++i)
    sum += s[i] * std::cos(0.7 * i);
  return sum;
}

// The second half begins where the first one ends.
#pragma retrograd gradient
#pragma retrograd jvp
double halves(const double *x, int n) {
  double s[40];
  load(s, x);
  double *u = s, *v = s + n * n;
  for (int i = 1; i < n - 1; ++i)
    for (int c = i * n + 1; c < i * n + n - 1; ++c) {
      const double uv = u[c] * v[c];
      u[c] = uv - 0.3 * u[c];
      v[c] = u[c] * v[c] + uv;
    }
  return weigh(s);
}

// It begins in the last row of the first one.
#pragma retrograd gradient
#pragma retrograd jvp
double overlapping(const double *x, int n) {
  double s[40];
  load(s, x);
  double *u = s, *v = s + n * n - n - 2;
  for (int i = 1; i < n - 1; ++i)
    for (int c = i * n + 1; c < i * n + n - 1; ++c)
      v[c] = 0.5 * u[c] + 0.25 * v[c];
  return weigh(s);
}

#pragma retrograd gradient
#pragma retrograd jvp
double next_to_it(const double *x, int n) {
  double s[40];
  load(s, x);
  for (int i = 0; i < n; ++i)
    s[n + i] = s[i] * s[n + i];
  return weigh(s);
}

// The last element of one part is the first one of the other.
#pragma retrograd gradient
#pragma retrograd jvp
double one_short(const double *x, int n) {
  double s[40];
  load(s, x);
  for (int i = 0; i < n; ++i)
    s[n - 1 + i] = 0.5 * s[i] + 0.25 * s[n - 1 + i];
  return weigh(s);
}

#pragma retrograd gradient
#pragma retrograd jvp
double up_to_the_bound(const double *x, int n) {
  double s[40];
  load(s, x);
  for (int i = 0; i <= n; ++i)
    s[n + i] = 0.5 * s[i] - 0.25 * s[n + i];
  return weigh(s);
}

// The last element that is read is the first one that is overwritten.
#pragma retrograd gradient
#pragma retrograd jvp
double read_to_the_bound(const double *x, int n) {
  double s[40];
  load(s, x);
  double y = 0;
  for (int i = 0; i <= n; ++i)
    y += s[i] * s[i];
  for (int i = 0; i <= n; ++i)
    s[n + i] = 0.5 * x[0];
  return y + weigh(s);
}

#pragma retrograd gradient
#pragma retrograd jvp
double behind(const double *x, int n, int m) {
  double s[40];
  load(s, x);
  for (int i = 0; i < n; ++i)
    s[2 + m + i] = s[2 + i] * s[2 + i];
  return weigh(s);
}

// For n = 1, what was read is overwritten.
#pragma retrograd gradient
#pragma retrograd jvp
double one_iteration(const double *x, int n) {
  double s[40];
  load(s, x);
  double y = 0;
  for (int i = 0; i < n; ++i)
    y += s[i] * s[i];
  for (int i = 0; i < n; ++i)
    s[2 * n - 2 + i] = 0.5 * x[0];
  return y + weigh(s);
}

// The bound differs from row to row.
#pragma retrograd gradient
#pragma retrograd jvp
double growing(const double *x, int n) {
  double s[40];
  load(s, x);
  for (int i = 1; i < n; ++i) {
    double t = 0;
    for (int j = 0; j < i; ++j)
      t += s[j];
    s[i] = 0.5 * t + 0.25 * s[i];
  }
  return weigh(s);
}

// What is overwritten has been read by the rows behind it.
#pragma retrograd gradient
#pragma retrograd jvp
double shrinking(const double *x, int n) {
  double s[40];
  load(s, x);
  for (int i = n; i-- > 1;) {
    double t = 0;
    for (int j = 0; j < i; ++j)
      t += s[j] * s[j];
    s[i] = 0.125 * t;
  }
  return weigh(s);
}

// The second pointer began where the first one was.
#pragma retrograd gradient
#pragma retrograd jvp
double moved(const double *x, int n) {
  double s[40];
  load(s, x);
  double *p = s;
  double *const u = p;
  p = p + 1;
  for (int i = 0; i < n; ++i)
    p[i] = 0.5 * u[i] + 0.25 * p[i];
  return weigh(s);
}

// Each iteration writes the same element.
#pragma retrograd gradient
#pragma retrograd jvp
double the_same(const double *x, int n, int k) {
  double s[40];
  load(s, x);
  for (int i = 0; i < n; ++i)
    s[k] = 0.5 * (i + 1) * s[k + 1] + 0.25 * s[k];
  return weigh(s);
}

#pragma retrograd gradient
#pragma retrograd jvp
double steps_of_heat(const double *x, int n, int steps) {
  double *now = new double[n], *next = new double[n];
  for (int i = 0; i < n; ++i)
    now[i] = next[i] = x[i];
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = now[i] * now[i] + 0.2 * (now[i - 1] - 2 * now[i] + now[i + 1]);
    double *const before = now;
    now = next;
    next = before;
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += now[i] * now[i] + next[i];
  delete[] now;
  delete[] next;
  return sum;
}

// Three buffers rotate.
#pragma retrograd gradient
#pragma retrograd jvp
double waves(const double *x, int n, int steps) {
  double a[8], b[8], c[8];
  double *old = a, *now = b, *next = c;
  for (int i = 0; i < n; ++i) {
    old[i] = x[i];
    now[i] = 0.5 * x[i];
    next[i] = 0;
  }
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = now[i] * old[i] + now[i - 1] * now[i + 1];
    std::swap(old, now);
    std::swap(now, next);
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += now[i] * old[i];
  return sum;
}

// One buffer behind both pointers.
#pragma retrograd gradient
#pragma retrograd jvp
double one_buffer(const double *x, int n, int steps) {
  double a[8];
  double *now = a, *next = a;
  for (int i = 0; i < n; ++i)
    a[i] = x[i];
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = now[i] * now[i - 1] + 0.5 * now[i + 1];
    double *const before = now;
    now = next;
    next = before;
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += now[i] * now[i];
  return sum;
}

// After the exchange, one of them is set to the other.
#pragma retrograd gradient
#pragma retrograd jvp
double joined(const double *x, int n, int steps) {
  double a[8], b[8];
  double *now = a, *next = b;
  for (int i = 0; i < n; ++i)
    now[i] = next[i] = x[i];
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = now[i] * now[i - 1] + 0.5 * now[i + 1];
    double *const before = now;
    now = next;
    next = before;
    if (step == 1)
      next = now;
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += now[i] * next[i];
  return sum;
}

// The inner pointer begins with the same buffer each time; the outer one may
// have it by then.
#pragma retrograd gradient
#pragma retrograd jvp
double begun_again(const double *x, int n, int steps) {
  double a[8], b[8];
  double *now = a;
  for (int i = 0; i < n; ++i)
    now[i] = b[i] = x[i];
  for (int step = 0; step < steps; ++step) {
    double *next = b;
    for (int i = 1; i < n - 1; ++i)
      next[i] = now[i] * now[i - 1] + 0.5 * now[i + 1];
    double *const before = now;
    now = next;
    next = before;
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += now[i] * now[i];
  return sum;
}

// Buffers of the caller, which may be one.
#pragma retrograd vjp
#pragma retrograd jvp
void of_the_caller(double *p, double *q, int n, int steps) {
  double *now = p, *next = q;
  for (int step = 0; step < steps; ++step) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = 0.25 * now[i] + 0.75 * now[i - 1] + 0.5 * now[i + 1];
    double *const before = now;
    now = next;
    next = before;
  }
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 1.25, 0.25, -0.5};
  double y[] = {1, 0.5, -0.75, 0.25, 1.125, -0.25, 0.625, 0.375};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(halves, x, n);
    CHECK_GRADIENT(overlapping, x, n + (n < 2 ? 3 : 0));
    CHECK_GRADIENT(next_to_it, x, n);
    CHECK_GRADIENT(one_short, x, n + 1);
    CHECK_GRADIENT(up_to_the_bound, x, n);
    CHECK_GRADIENT(read_to_the_bound, x, n);
    for (int m = -2; m <= 2; ++m)
      CHECK_GRADIENT(behind, x, n, m);
    CHECK_GRADIENT(one_iteration, x, n);
    CHECK_GRADIENT(moved, x, n);
    CHECK_GRADIENT(growing, x, n + 1);
    CHECK_GRADIENT(shrinking, x, n + 1);
    CHECK_GRADIENT(the_same, x, n, 5);
    for (int steps = 0; steps <= 3; ++steps) {
      CHECK_GRADIENT(steps_of_heat, x, n + 4, steps);
      CHECK_GRADIENT(waves, x, n + 4, steps);
      CHECK_GRADIENT(one_buffer, x, n + 4, steps);
      CHECK_GRADIENT(joined, x, n + 4, steps);
      CHECK_GRADIENT(begun_again, x, n + 4, steps);
      CHECK_VJP(of_the_caller, x, y, n + 4, steps);
      CHECK_VJP(of_the_caller, x, oracle::alias<0>(), n + 4, steps);
    }
  }
  return oracle::result();
}
