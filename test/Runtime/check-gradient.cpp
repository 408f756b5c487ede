//===- check-gradient.cpp - check.h on right and wrong gradients ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gradients written by hand, for every kind of argument. Each right one passes;
// each wrong one is wrong in one way, and the text says in which.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -pedantic \
// RUN:   -fno-exceptions -fno-rtti %s -o %t.17 && %t.17 | FileCheck %s
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t \
// RUN:   && %t | FileCheck %s

#include "Inputs/check.h"
#include <cmath>
#include <retrograd/check.h>
#if __cplusplus >= 202002L
#include <span>
#endif

using retrograd::array;
using retrograd::check_gradient;
using retrograd::check_options;
using retrograd::check_result;
using retrograd::inactive;

static void show(const check_result &r) {
  CHECK_THAT(!r);
  std::printf("%s", r.explain().c_str());
}

//===- Numbers ------------------------------------------------------------===//

template <class T> static T f(T x, T y) { return x * y + std::sin(x); }
template <class T> static void f_grad(T x, T y, T *d_x, T *d_y) {
  *d_x += y + std::cos(x);
  *d_y += x;
}

static void numbers() {
  CHECK_THAT(check_gradient(f<float>, f_grad<float>, 2.0F, 3.0F));
  CHECK_THAT(check_gradient(f<double>, f_grad<double>, 2.0, -3.0));
  CHECK_THAT(check_gradient(f<long double>, f_grad<long double>, 0.0L, 0.0L));
  // Scales that no step for numbers of about 1 fits.
  CHECK_THAT(check_gradient([](double x) { return std::sin(1e9 * x); },
                            [](double x, double *d) {
                              *d += 1e9 * std::cos(1e9 * x);
                            },
                            1e-9));
  CHECK_THAT(check_gradient([](double x) { return std::sin(x); },
                            [](double x, double *d) { *d += std::cos(x); },
                            1e6));
  CHECK_THAT(check_gradient([](double x) { return 1e-20 * x * x; },
                            [](double x, double *d) { *d += 2e-20 * x; }, 0.0));
  CHECK_THAT(check_gradient([](double x) { return std::log(x); },
                            [](double x, double *d) { *d += 1 / x; }, 1e-3));

  check_options named;
  named.name = "f";
  named.parameters = "x, y";
  // CHECK: f: 1 wrong and 0 inconclusive, of 2
  // CHECK-NEXT:   d_y is 2.5, differences say 2 +- {{[0-9]}}e-08
  show(check_gradient(
      named, f<double>,
      [](double x, double y, double *d_x, double *d_y) {
        f_grad(x, y, d_x, d_y);
        *d_y += 0.5;
      },
      2.0, 3.0));
  // An error of 1e-6 is told from one of rounding.
  // CHECK: d_x is 2.583854{{[0-9]*}}, differences say 2.583853
  show(check_gradient(
      named, f<double>,
      [](double x, double y, double *d_x, double *d_y) {
        f_grad(x, y, d_x, d_y);
        *d_x += 1e-6;
      },
      2.0, 3.0));
  // CHECK: d_x is {{.*}}; what was in it is lost, the derivative is to be added
  show(check_gradient(
      named, f<double>,
      [](double x, double y, double *d_x, double *d_y) {
        *d_x = 0;
        f_grad(x, y, d_x, d_y);
      },
      2.0, 3.0));
  // CHECK: d_p2 is -2, differences say 2 +- {{.*}}; the sign is wrong
  show(check_gradient(
      f<double>,
      [](double x, double y, double *d_x, double *d_y) {
        f_grad(x, y, d_x, d_y);
        *d_y -= 2 * x;
      },
      2.0, 3.0));
  // CHECK: d_p1 is nan, differences say 2.58385
  show(check_gradient(
      f<double>,
      [](double x, double y, double *d_x, double *d_y) {
        f_grad(x, y, d_x, d_y);
        *d_x = std::nan("");
      },
      2.0, 3.0));
}

//===- Arrays, references, constants --------------------------------------===//

static double dot(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i];
  return s;
}
static void dot_grad(const double *x, const double *y, int n, double *d_x,
                     double *d_y) {
  for (int i = 0; i < n; ++i) {
    d_x[i] += y[i];
    d_y[i] += x[i];
  }
}
static void dot_by_x(const double *, const double *y, int n, double *d_x) {
  for (int i = 0; i < n; ++i)
    d_x[i] += y[i];
}
static void dot_by_y_x(const double *x, const double *y, int n, double *d_y,
                       double *d_x) {
  dot_grad(x, y, n, d_x, d_y);
}

/// Overwrites what it is given, an array that carries no derivative included.
static double square(double &scale, double (&x)[2], int *calls, int &last) {
  for (double &e : x)
    e *= e * scale;
  scale = x[0];
  calls[1] += 1;
  last = calls[1];
  return x[0] + x[1];
}
static void square_grad(double &scale, double (&x)[2], int *calls, int &last,
                        double *d_scale, double *d_x) {
  for (int i = 0; i < 2; ++i) {
    d_x[i] += 2 * scale * x[i];
    *d_scale += x[i] * x[i];
  }
  square(scale, x, calls, last);
}

static double sum(const double (*m)[3], int rows) {
  return dot(&m[0][0], &m[0][0], 3 * rows);
}
static void sum_grad(const double (*m)[3], int rows, double (*d_m)[3]) {
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < 3; ++j)
      d_m[i][j] += 2 * m[i][j];
}

static double moved(double &&x) { return x * x; }
static void moved_grad(double &&x, double *d_x) { *d_x += 2 * x; }

static void arrays() {
  double x[] = {1, 2, 3}, m[2][3] = {{1, 2, 3}, {4, 5, 6}};
  const double y[] = {4, 5, 6};
  const std::vector<double> v = {7, 8, 9};
  CHECK_THAT(check_gradient(dot, dot_grad, x, y, 3));
  CHECK_THAT(check_gradient(dot, dot_grad, array(&x[1], 2), v, 2));
  CHECK_THAT(check_gradient(dot, dot_by_x, x, inactive(y), 3));
  CHECK_THAT(check_gradient(dot, dot_by_x, x, inactive(v.data()), 3));
  CHECK_THAT(check_gradient<0>(dot, dot_by_x, x, y, 3));
  CHECK_THAT((check_gradient<1, 0>(dot, dot_by_y_x, x, v, 3)));
  CHECK_THAT(check_gradient(sum, sum_grad, m, 2));
  CHECK_THAT(check_gradient(sum, sum_grad, array(m, 2), 2));
  CHECK_THAT(check_gradient(moved, moved_grad, 3.0));
#if __cplusplus >= 202002L
  CHECK_THAT(check_gradient(dot, dot_grad, x, std::span(v), 3));
#endif
  double scale = 2, two[2] = {1, 3};
  int calls[2] = {0, 5}, last = 0;
  CHECK_THAT(check_gradient(square, square_grad, scale, two, calls, last));
  // The user's memory is not touched.
  CHECK_THAT(scale == 2 && two[1] == 3 && calls[1] == 5 && last == 0);

  // CHECK: d_p1[2] is 6.25, differences say 6 +-
  show(check_gradient(
      dot,
      [](const double *a, const double *b, int n, double *d_a, double *d_b) {
        dot_grad(a, b, n, d_a, d_b);
        d_a[2] += 0.25;
      },
      x, y, 3));
  // CHECK: p2[1] after the gradient is 3, the function leaves 18
  // CHECK-NEXT: p3[1] after the gradient is 7, the function leaves 6
  show(check_gradient(
      square,
      [](double &s, double (&a)[2], int *c, int &l, double *d_s, double *d_a) {
        square_grad(s, a, c, l, d_s, d_a);
        a[1] = 3;
        ++c[1];
      },
      scale, two, calls, last));
  // CHECK: the value is 33, the function returns 32
  show(check_gradient(
      dot,
      [](const double *a, const double *b, int n, double *d_a, double *d_b) {
        dot_grad(a, b, n, d_a, d_b);
        return dot(a, b, n) + 1;
      },
      x, y, 3));
}

//===- More numbers than are looked at one by one -------------------------===//

static void many() {
  std::vector<double> x(5000, 0.5), y(5000, 2);
  CHECK_THAT(check_gradient(dot, dot_grad, x, y, 5000));
  check_options options;
  options.parameters = "x, y, n";
  // CHECK: 2 wrong and 0 inconclusive, of 2
  // CHECK-DAG: d_y[1234] is 0.75, differences say 0.5 +-
  // CHECK-DAG: the adjoint along random direction 1 is
  show(check_gradient(
      options, dot,
      [](const double *a, const double *b, int n, double *d_a, double *d_b) {
        dot_grad(a, b, n, d_a, d_b);
        d_b[1234] += 0.25;
      },
      x, y, 5000));
}

//===- Inconclusive -------------------------------------------------------===//

static void doubtful() {
  auto slope = [](double by) {
    return [by](double, double *d) { *d += by; };
  };
  auto magnitude = [](double x) { return std::fabs(x); };
  // CHECK: d_p1: inconclusive: the slope is -1 on one side and 1 on the other
  show(check_gradient(magnitude, slope(1), 0.0));
  // CHECK: d_p1 is 2, differences say 1 +- {{.*}}; the slope is -1 on one side
  show(check_gradient(magnitude, slope(2), 0.0));
  CHECK_THAT(check_gradient(magnitude, slope(1), 1e-3));
  // CHECK: d_p1: inconclusive: differences do not converge
  show(check_gradient([](double x) { return std::floor(x); }, slope(0), 1.0));
  // CHECK: d_p1: inconclusive: the function is not finite beside this point
  show(check_gradient([](double x) { return std::sqrt(x); }, slope(0), 0.0));
  // CHECK: d_p1: inconclusive: the function gives inf
  show(check_gradient([](double x) { return 1 / x; }, slope(0), 0.0));
  // CHECK: d_p1: inconclusive: p1 is {{-?}}nan
  // CHECK-NEXT: d_p2: inconclusive: the function gives {{-?}}nan
  show(check_gradient(f<double>, f_grad<double>, std::nan(""), 1.0));

  check_options lenient;
  lenient.accept_inconclusive = true;
  auto both = [](double x, double y) { return std::fabs(x) + y; };
  auto both_grad = [](double, double, double *, double *d_y) { *d_y += 1; };
  CHECK_THAT(!check_gradient(both, both_grad, 0.0, 1.0));
  CHECK_THAT(check_gradient(lenient, both, both_grad, 0.0, 1.0));
  CHECK_THAT(!check_gradient(lenient, magnitude, slope(0), 0.0));
}

//===- What cannot be checked at all --------------------------------------===//

static void refused() {
  double x[4] = {1, 2, 3, 4};
  // CHECK: not checked: p2 is null, but has elements
  show(check_gradient(dot, dot_grad, x, array<double>(nullptr, 3), 3));
  // CHECK: not checked: p2 and p1 overlap or delimit the same array
  show(check_gradient(dot, dot_grad, array(x, 3), array(x + 1, 3), 3));
  // CHECK: not checked: p1 and p2 overlap or delimit the same array
  show(check_gradient(dot, dot_by_x, array(x, 2), inactive(x + 2), 2));
  // CHECK: the function: nothing to compare
  show(check_gradient(dot, dot_grad, array(x, 0), array(x + 1, -1), 0));
  int calls = 0;
  // CHECK: not checked: called twice with the same arguments, it gave 2 and then 3
  show(check_gradient([&](double v) { return v + ++calls; },
                      [](double, double *) {}, 0.0));
  check_options bad;
  bad.relative_tolerance = -1;
  // CHECK: not checked: a tolerance must be finite and not negative
  show(check_gradient(bad, f<double>, f_grad<double>, 1.0, 1.0));
  bad = check_options();
  bad.directions = 0;
  // CHECK: not checked: the number of directions must not be 0
  show(check_gradient(bad, f<double>, f_grad<double>, 1.0, 1.0));
#ifdef __cpp_exceptions
  CHECK_THAT(check_gradient([](double) -> double { throw 1; },
                            [](double, double *) {}, 0.0)
                 .problem == "the function throws an exception");
#endif
}

int main() {
  numbers();
  arrays();
  many();
  doubtful();
  refused();
  const check_result r = check_gradient(
      f<double>, [](double, double, double *, double *d) { *d += 1; }, 1.0, 2.0);
  CHECK_THAT(r.components.size() == 2 && r.count(retrograd::verdict::differs));
  CHECK_THAT(r.worst()->parameter == 0 && r.worst()->actual == 0);
  CHECK_THAT(std::fabs(r.worst()->expected - (2 + std::cos(1.0))) < 1e-12);
}
