//===- calls.cpp - Calls of functions of the file -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nested, overloaded, with default arguments, by value, pointer and reference,
// in conditions and in loops.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

static double square(double x) { return x * x; }
inline double twice(double x) { return 2 * x; }
namespace tools {
double mean(double x, double y) { return (x + y) / 2; }
namespace {
double hidden(double x) { return std::sin(x) * x; }
} // namespace
namespace inner {
static double deep(double x, double y = 3) { return tools::mean(x, y) * x; }
} // namespace inner
} // namespace tools
extern "C" {
double c_function(double x) { return std::exp(-x); }
}
constexpr double evaluated(double x) { return x * x + 1; }
double noexcept_function(double x) noexcept { return x / (1 + x * x); }

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, double y) {
  return square(twice(x) + square(y)) * twice(square(x) - y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double linkages(double x, double y) {
  using namespace tools;
  using tools::inner::deep;
  return mean(x, y) + hidden(x) * deep(y) + deep(x, x) + ::c_function(y) +
         evaluated(x) * noexcept_function(y);
}

// A call of a constant expression takes part as a number.
#pragma retrograd gradient
#pragma retrograd jvp
double constant_argument(double x) { return evaluated(2) * x + square(3); }

static double power(double x, int n = 2) {
  double r = 1;
  for (int i = 0; i < n; ++i)
    r *= x;
  return r;
}
static float power(float x) { return x * x * x; }
static double power(double x, double scale) { return x * scale * x; }
static double power(const double *x) { return *x * *x; }

#pragma retrograd gradient
#pragma retrograd jvp
double overloaded(double x, float y) {
  return power(x) * power(y) + power(x, 4) * power(x, 0.5) + power(&x) +
         power(x, y);
}

static void increase(double &x, double y) { x += y * x; }
static void store(double *out, double x) { *out = x * x; }
static void both(const double &x, double *out, double &sum) {
  out[0] = x * sum;
  out[1] = x - sum;
  sum = out[0] * out[1];
}
static double consume(double *x) {
  double r = *x;
  *x = 0;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double results_through_parameters(double x, double y) {
  double a = x, out[2] = {1, 2};
  increase(a, y);
  store(&out[1], a);
  both(a, out, y);
  increase(out[0], out[1]);
  double c = consume(&out[1]);
  return a * out[0] + y * c + out[1];
}

// The parameter that a callee changes is its own.
static double changes_parameter(double x, int n) {
  x *= x;
  while (n > 0)
    x += n--;
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loops(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = square(s) / (1 + changes_parameter(s, i));
    increase(s, x);
    for (int j = 0; j < i; ++j)
      s += tools::hidden(s * j);
  }
  return s;
}

static bool is_large(double x) { return x > 1; }
static double sign_of(double x) { return x < 0 ? -1 : 1; }

#pragma retrograd gradient
#pragma retrograd jvp
double in_conditions(double x, double y) {
  double s = 0;
  if (square(x) > y)
    s = x * y;
  while (!is_large(s))
    s += square(x) + 0.1;
  for (int i = 0; i < power(2, 1); ++i)
    s *= twice(x);
  switch (static_cast<int>(square(x))) {
  case 1:
    s += 1;
    break;
  default:
    s *= x;
  }
  s *= is_large(twice(y)) ? square(y) : twice(y);
  return square(s) > 3 && twice(s) > x ? s * sign_of(x) : twice(s);
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_arguments_and_indices(const double *x, int n) {
  double a[3] = {square(x[0]), twice(x[1]), x[2]};
  a[static_cast<int>(twice(1))] += square(a[n % 3]);
  return square(a[0]) * std::sin(square(a[2])) + std::fmax(twice(a[1]), x[0]);
}

// A result that nobody uses.
#pragma retrograd gradient
#pragma retrograd jvp
double ignored_result(double x) {
  double a = x;
  square(a);
  (void)twice(a);
  consume(&a);
  return a + x;
}

static double early(double x, int n) {
  for (int i = 0; i < n; ++i) {
    if (x > 2)
      return x * i;
    x *= x;
  }
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double callee_with_exits(double x, int n) {
  double s = early(x, n);
  s += early(s * 0.5, n + 1);
  return s * early(x + 1, 2);
}

static void normalise(double v[3]) {
  double length = std::hypot(v[0], v[1], v[2]);
  for (int i = 0; i < 3; ++i)
    v[i] /= length;
}
static void cross(const double a[3], const double b[3], double out[3]) {
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}

#pragma retrograd vjp
#pragma retrograd jvp
void frame(double m[3][3]) {
  normalise(m[0]);
  cross(m[0], m[1], m[2]);
  normalise(m[2]);
  cross(m[2], m[0], m[1]);
}

// A result is the argument of another call, and the callee has memory of its
// own that it reaches by a pointer.
static double by_pointer(double x, double y) {
  double a[2] = {std::sin(x) * (x - y), y};
  double *p = a;
  *p++ *= a[1];
  return *p * a[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double call_of_call(double x, double y) {
  return by_pointer(by_pointer(x, y), -0.75) + by_pointer(x, by_pointer(2, y));
}

// A function that reads a caller's array keeps nothing of its own.
static double sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i];
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
double sums(double *x, int n) {
  double *p = x + n / 2;
  *p *= sum(x, n);
  return sum(p, 1) * sum(x, n);
}

// Results that nobody uses, and calls that only change an integer.
static double scale(double &x, double y) {
  x *= y;
  return x * 2;
}
static int scale_and_count(double &x, double y) {
  x *= y;
  return 3;
}
static double only_counts(double, int *i) {
  ++*i;
  return 4;
}
static void only_steps(double, int &i) { i += 2; }

#pragma retrograd gradient
#pragma retrograd jvp
double unused_results(double x, double y) {
  int i = 0;
  scale(x, y);
  (void)scale(x, y);
  int k = scale_and_count(x, y);
  scale_and_count(x, y);
  double z = only_counts(x, &i);
  only_steps(x, i);
  return x * k * i + z * y;
}
#pragma retrograd jvp(unused_results_grad)

static void rows(double (&a)[2][2], const double (*b)[2], double c[2]) {
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j) {
      a[i][j] = b[j][i] * c[i];
      c[j] += a[i][j];
    }
}
static double product(const double (&a)[2]) { return a[0] * a[1]; }

#pragma retrograd gradient
#pragma retrograd jvp
double array_arguments(double x, double y) {
  double a[2][2], b[2][2] = {{x, y}, {y * y, x}}, c[2] = {x, y};
  rows(a, b, c);
  rows(b, a, c);
  rows(a, b, a[0]);
  return product(a[1]) + product(c) + product(b[0]);
}
#pragma retrograd jvp(array_arguments_grad)

int main() {
  CHECK_GRADIENT(unused_results, 0.5, 0.75);
  CHECK_HESSIAN(unused_results, 0.5, 0.75);
  CHECK_GRADIENT(array_arguments, 0.5, 0.75);
  CHECK_HESSIAN(array_arguments, 0.5, 0.75);
  CHECK_GRADIENT(nested, 0.7, 1.3);
  CHECK_GRADIENT(linkages, 0.7, 1.3);
  CHECK_GRADIENT(constant_argument, 0.7);
  CHECK_GRADIENT(overloaded, 0.7, 1.25f);
  CHECK_GRADIENT(results_through_parameters, 0.7, 1.3);
  for (int n = 0; n < 4; ++n) {
    CHECK_GRADIENT(in_loops, 0.7, n);
    CHECK_GRADIENT(callee_with_exits, 0.9, n);
    CHECK_GRADIENT(callee_with_exits, 1.4, n);
  }
  CHECK_GRADIENT(in_conditions, 0.7, 1.3);
  CHECK_GRADIENT(in_conditions, -1.2, 0.3);
  double x[] = {0.5, -1.25, 0.75};
  CHECK_GRADIENT(in_arguments_and_indices, x, 1);
  CHECK_GRADIENT(ignored_result, 0.7);
  CHECK_GRADIENT(call_of_call, 0.7, 1.3);
  double m[3][3] = {{1, 2, 3}, {-1, 0.5, 2}, {0, 0, 0}};
  CHECK_VJP(frame, m);
  CHECK_VJP(sums, x, 3);
  return oracle::result();
}
