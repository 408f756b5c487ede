//===- least-programs.cpp - The least that a rule of the compiler is for --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function has the wrong derivative if one single rule of the sweeps, the
// plan or the clean-up is switched off (test/Mutants), which larger programs
// hide: there a value is often kept for another reason, too.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "../Regression/Inputs/expect.h"
#include <cmath>
#include <limits>
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// Exits
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
double inclusive(double x, int n) {
  double s = x;
  for (int i = 0; i <= n; ++i) {
    s = s * x + i;
    if (s > 100)
      break;
  }
  return s;
}

#pragma retrograd gradient
double descending(double x, int n) {
  double s = x;
  for (int i = n; i-- > 0;) {
    s = s * x + i;
    if (s > 100)
      break;
  }
  return s;
}

#pragma retrograd gradient
double left_by_else(double x, int n) {
  double s = x;
  while (n > 0) {
    --n;
    if (s < 3) {
      s = s * x;
    } else {
      if (s > 5)
        break;
      s += x;
    }
    s = s * 1.5;
  }
  return s;
}

#pragma retrograd gradient
double continued(double x, int n) {
  double s = x;
  for (int i = 0; i++ < 4; s += x) {
    if (i == n + 1)
      continue;
    s = s * x;
  }
  return s;
}

// The counter goes below zero, to 255, and on.
#pragma retrograd gradient
double wrapped(double x, int n) {
  double s = n;
  for (unsigned char i = 5; i > 0; i -= 3)
    s = s * 0.5 + x * x;
  return s;
}

//===----------------------------------------------------------------------===//
// Updates and conditions
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
double chosen(double x, int n) {
  double y = 2 * (n ? std::exp(x) : std::sin(x));
  return y * y;
}

#pragma retrograd gradient
double updated(double x, int n) {
  double a[3] = {x, x * x, x + n};
  a[0] = a[1] + a[2];
  a[1] = a[1] - a[2] * a[0];
  a[2] = a[0] * x - a[2];
  return a[0] * a[1] * a[2];
}

#pragma retrograd gradient
double condition_only(double x, int n) {
  double y = x > 1 ? 2 * x : 3 * x;
  x = 0.25 * x;
  return y + n * x;
}

//===----------------------------------------------------------------------===//
// What the reverse sweep needs
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
double read_address(double x, int n) {
  double a[4] = {x, x * x, 3 * x, 4 * x}, s = 0;
  int i = 0;
  while (i < 4) {
    s += a[i];
    i += n;
  }
  return s;
}

#pragma retrograd gradient
double written_address(double x, int n) {
  double a[2] = {x, 5 * x};
  int i = 0;
  a[i] = 2;
  i = n;
  return a[0] + 3 * a[1];
}

#pragma retrograd gradient
double restored_address(double x, int n) {
  double a[2] = {x, 5 * x};
  int k[2] = {0, 1}, i = 1;
  double y = a[k[0]] * a[k[1]] * a[k[1]];
  k[i] = 0;
  i = n;
  return y * a[k[1]];
}

#pragma retrograd gradient
double then_only(double x, int n) {
  double t = x * x, s = x;
  if (n)
    s = t * t;
  t = 3 * x;
  return s + t;
}

#pragma retrograd gradient
double else_only(double x, int n) {
  double t = x * x, s = x;
  if (n)
    s = 2 * x;
  else
    s = t * t;
  t = 3 * x;
  return s + t;
}

#pragma retrograd gradient
double trips(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    double t = s + i;
    while (t > 1)
      t = t / 2 * x / 1.5;
    s = s * t + x;
  }
  return s;
}

#pragma retrograd gradient
double records(double x, int n) {
  double s = x;
  while (s < 50)
    for (int i = 0; i <= n; ++i)
      s = s * x + s * s / 100;
  return s;
}

#pragma retrograd gradient
double size(double x, int n) {
  int m = n + 2;
  double *b = new double[2]();
  b[0] = x;
  double *a = new double[m]();
  a[1] += b[0];
  m = 1;
  double y = a[1] * a[1] * m;
  delete[] a;
  delete[] b;
  return y;
}

#pragma retrograd gradient
double recipe(double x, int n) {
  double w = 2 * x, s = x;
  for (int i = 0; i <= n; ++i) {
    double t = w + i;
    s = s * t * t;
  }
  w = 1;
  return s * w;
}

#pragma retrograd gradient
double not_a_recipe(double x, int n) {
  double s = x;
  for (int i = 0; i <= n; ++i) {
    double t = x * i;
    s = s + t * t;
    t = t + 3;
    s = s * t;
  }
  return s;
}

// The sum has forgotten t.
#pragma retrograd gradient
double absorbed(double x, int n) {
  double t = x, y = std::sin(t) * t;
  t += 1e17;
  return y + n * (t > 0);
}

// A step that truncates is not undone by a step back.
#pragma retrograd gradient
double truncated(double x, int n) {
  double a[3] = {x, x * x, 3 * x};
  int i = 1;
  double y = a[i] * a[i];
  i += n + 0.5;
  return y * a[i];
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static double power(double x, int n) {
  for (int i = 0; i < n; ++i)
    x *= x;
  return x;
}
#pragma retrograd gradient
double call_argument(double x, int n) {
  int m = n + 1;
  double y = power(x, m + 1);
  m = 0;
  return y + m;
}

static double change(double &t, int n) { return t = t * t + n; }
#pragma retrograd gradient
double before_call(double x, int n) {
  double t = x;
  return t * change(t, n);
}

static double pick(const double *a, int *k, int j) {
  *k = 0;
  return a[j] * a[j];
}
#pragma retrograd gradient
double own_argument(double x, int n) {
  double a[3] = {x, x * x, 3 * x};
  int k = n + 1;
  return pick(a, &k, k) + k;
}

#pragma retrograd gradient
double changed_start(double x, int n) {
  int k = 2;
  double s = x;
  for (int i = k; i < 5; ++i) {
    s *= x + i;
    k = n;
  }
  return s + k;
}

#pragma retrograd gradient
double rows(double x, int n) {
  double s = x;
  for (int i = 0; i <= n; ++i) {
    double m[2][2] = {{s, x}, {x * s, s * s}};
    s = m[0][0] * m[1][1] + m[1][0] * m[0][1];
  }
  return s;
}

static double walk(const double *a, int n) {
  double y = 1;
  while (n > 0) {
    --n;
    y *= a[n];
  }
  return y;
}
#pragma retrograd gradient
double written_parameter(double x, int n) {
  double a[3] = {x, x * x, 3 * x};
  return walk(a, n + 2);
}

static void scale(double *p, double x) { p[0] *= p[0] * x; }
#pragma retrograd gradient wrt(x, p[1])
double local_first(double x, double *p) {
  double a[1] = {x};
  scale(a, x);
  scale(p, x);
  return a[0] * p[0];
}

static double product(double x, double y) { return x * y; }
#pragma retrograd jvp
double two_sets(double x) {
  double y = x * x;
  return product(x, 3) + product(x, y);
}

static double square(const double *p) { return *p * *p; }
#pragma retrograd gradient
double call_memory(double x, int n) {
  double a[1] = {x};
  double y = square(a);
  a[0] = n;
  return y + a[0];
}

static void increase(int *k) { ++*k; }
#pragma retrograd gradient
double losing_call(double x, int n) {
  double a[3] = {x, x * x, 3 * x};
  int k = n;
  double y = a[k] * a[k];
  increase(&k);
  return y * a[k];
}

static int bound = 2;
#pragma retrograd inactive
static void move_bound() { ++bound; }
#pragma retrograd gradient
double unseen_bound(double x, int n) {
  double s = n;
  for (int i = 0; i < bound; ++i)
    s = s * x + x;
  move_bound();
  return s;
}

static void point(const double **p, const double *q) { *p = q; }
#pragma retrograd gradient
double stored_by_call(double x, int n) {
  double s = x;
  for (int i = 0; i <= n; ++i) {
    const double *p = &s;
    double t = x + i;
    point(&p, &t);
    s = s * *p * *p;
  }
  return s;
}

#pragma retrograd gradient
double stored_address(double x, int n) {
  double s = x;
  for (int i = 0; i <= n; ++i) {
    double t = s + i;
    const double *p = &t;
    s = s * *p * *p;
    t = 1;
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Signs and branches
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
double two_minus(double x, int n) { return n - -std::cos(x) * -std::sin(-x); }

#pragma retrograd gradient
double minus_minus(double x, int n) { return x * x - (n - x); }

#pragma retrograd gradient
double empty_then(double x, int n) {
  double s = x;
  if (n < 1)
    ;
  else
    s = 3 * x;
  return s;
}

#pragma retrograd gradient
double unordered(double x, double limit) {
  double s = x;
  if (limit < 1)
    ;
  else
    s = 3 * x;
  return s;
}

#pragma retrograd gradient
double used_by_else(double x, int n) {
  double t = 1 + x, s = x;
  if (n == 1)
    s = 2 * x;
  else
    s = t * t;
  return s;
}

#pragma retrograd vjp
double seeded(double x) { return x * x; }

template <class F, class G>
static void check(const char *what, F f, G gradient, double x, int n) {
  const double h = 1e-5;
  double d = 0;
  gradient(x, n, &d);
  double wanted = (f(x + h, n) - f(x - h, n)) / (2 * h);
  if (!(std::fabs(d - wanted) < 1e-6 * (1 + std::fabs(wanted))))
    expect(what, d, wanted);
}
#define CHECK(f) check(#f, f, f##_grad, x, n)

int main() {
  for (double x : {0.7, 1.3})
    for (int n : {0, 1}) {
      CHECK(inclusive);
      CHECK(descending);
      CHECK(continued);
      CHECK(wrapped);
      CHECK(before_call);
      CHECK(own_argument);
      CHECK(changed_start);
      CHECK(rows);
      CHECK(written_parameter);
      CHECK(chosen);
      CHECK(updated);
      CHECK(condition_only);
      CHECK(written_address);
      CHECK(restored_address);
      CHECK(then_only);
      CHECK(else_only);
      CHECK(trips);
      CHECK(size);
      CHECK(recipe);
      CHECK(not_a_recipe);
      CHECK(truncated);
      CHECK(call_argument);
      CHECK(call_memory);
      CHECK(losing_call);
      CHECK(stored_by_call);
      CHECK(stored_address);
      CHECK(two_minus);
      CHECK(minus_minus);
      CHECK(empty_then);
      CHECK(used_by_else);
    }
  for (int n = 1; n < 6; ++n) {
    double x = 1.3;
    CHECK(descending);
    CHECK(left_by_else);
    CHECK(read_address);
    CHECK(records);
    CHECK(trips);
  }
  double d = 0;
  absorbed_grad(0.7, 1, &d);
  expect("absorbed", d, std::sin(0.7) + 0.7 * std::cos(0.7));
  d = 0;
  unseen_bound_grad(0.7, 1, &d);
  expect("unseen_bound", d, 2 * 0.7 + 2 * 0.7 + 1);
  double limit = 0;
  d = 0;
  unordered_grad(0.7, std::numeric_limits<double>::quiet_NaN(), &d, &limit);
  expect("unordered", d, 3);
  d = 0;
  seeded_vjp(0.7, 5, &d);
  expect("seeded", d, 7);
  double p[] = {2}, after[] = {2};
  local_first(0.7, after);
  d = 0;
  double d_p[1] = {};
  local_first_grad(0.7, p, &d, d_p);
  expect("local_first leaves", p[0], after[0]);
  d = 0;
  d = two_sets_jvp(0.7, 1);
  expect("two_sets", d, 3 + 3 * 0.7 * 0.7);
  return failures != 0;
}
