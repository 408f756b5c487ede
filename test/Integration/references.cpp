//===- references.cpp - References ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters and locals that name other variables.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double of_local(double x, double y) {
  double a = x;
  double &b = a;
  b *= y;
  a += b * b;
  double &c = b;
  c = c * x + a;
  return a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double of_element(const double *x, int n) {
  double a[3] = {1, 1, 1};
  for (int i = 0; i < n; ++i) {
    double &e = a[i % 3];
    const double &v = x[i];
    e *= v;
    e += v * v;
  }
  return a[0] * a[1] + a[2];
}

// A reference keeps its element although the index changes.
#pragma retrograd gradient
#pragma retrograd jvp
double bound_once(double x) {
  double a[2] = {x, x * x};
  int i = 0;
  double &r = a[i];
  i = 1;
  r *= a[i];
  a[i] = r * x;
  return r + a[1] * a[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double constant_parameter(const double &x, const float &y) { return x * y * x; }

#pragma retrograd vjp
#pragma retrograd jvp
void both_ways(double &x, double &y, double factor) {
  x = x * y * factor;
  y += x * x;
}

#pragma retrograd vjp
#pragma retrograd jvp
double with_result(double &x, const double &y) {
  double before = x;
  x = std::sin(x * y);
  return before * x;
}

#pragma retrograd vjp
#pragma retrograd jvp
void only_out(double &out, double x) { out = x * x; }

#pragma retrograd gradient
#pragma retrograd jvp
double right_value(double &&x, double y) {
  x *= y;
  return x * x;
}

#pragma retrograd vjp
#pragma retrograd jvp
void array_reference(double (&a)[3], const double (&b)[3]) {
  for (int i = 0; i < 3; ++i)
    a[i] = a[i] * b[2 - i] + a[(i + 1) % 3];
}

// A temporary that lives as long as its reference.
#pragma retrograd gradient
#pragma retrograd jvp
double temporary(double x, double y) {
  const double &product = x * y;
  double &&sum = x + y;
  sum *= product;
  return sum + product;
}

#pragma retrograd gradient
#pragma retrograd jvp
double chosen(double x, double y) {
  double a = x, b = y;
  double &larger = a > b ? a : b;
  larger *= a * b;
  return a - b * b;
}

// The result of a call lives on under a reference.
static void multiply(double x, double *p) { *p = x * *p; }
static double returned(double x) { return x * x; }
#pragma retrograd gradient
#pragma retrograd jvp
double escaping_results(double x, int n) {
  const double &r = returned(x);
  const double *p = &r;
  double s = *p;
  for (int i = 0; i < n; ++i) {
    const double &q = returned(s);
    p = &q;
    s += *p * x + returned(*p);
  }
  double &&t = returned(s);
  t *= x;
  double *u = &t;
  multiply(x, u);
  return s * t;
}
#pragma retrograd jvp(escaping_results_grad)

static double product(const double *const &p, const int &n) {
  return p[0] * p[1] * n;
}

// An array, or a value, becomes a pointer that a reference is bound to.
#pragma retrograd gradient
#pragma retrograd jvp
double pointer_by_reference(double x, double y) {
  double a[3] = {x, y, x * y};
  const double *p = a;
  return product(a, 3) + product(p, 2) + product(a + 1, 1) + product(&a[1], 4);
}

int main() {
  CHECK_GRADIENT(pointer_by_reference, 0.5, 0.75);
  for (int n : {0, 1, 3}) {
    CHECK_GRADIENT(escaping_results, 0.6, n);
    CHECK_HESSIAN(escaping_results, 0.6, n);
  }
  CHECK_GRADIENT(of_local, 1.5, 0.75);
  double x[] = {0.5, 1.5, -0.75, 1.25};
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(of_element, x, n);
  CHECK_GRADIENT(bound_once, 1.25);
  CHECK_GRADIENT(constant_parameter, oracle::reference(1.5),
                 oracle::reference(0.5f));
  CHECK_VJP(both_ways, oracle::reference(1.5), oracle::reference(0.5), 0.75);
  CHECK_VJP(with_result, oracle::reference(0.5), oracle::reference(1.5));
  CHECK_VJP(only_out, oracle::reference(0.5), 1.5);
  auto move = [](auto derivative) {
    return [derivative](double x, double y, auto... rest) {
      return derivative(static_cast<double &&>(x), y, rest...);
    };
  };
  oracle::test("right_value", move(right_value), 1.5, 0.5)
      .gradient(move(right_value_grad))
      .jvp([](double x, double y, double t_x, double t_y) {
        return right_value_jvp(static_cast<double &&>(x), y, &t_x, t_y);
      });
  double a[] = {1, 2, 3}, b[] = {0.5, -0.5, 2};
  oracle::test(
      "array_reference",
      [](double *a, const double *b) {
        array_reference(*reinterpret_cast<double (*)[3]>(a),
                        *reinterpret_cast<const double (*)[3]>(b));
      },
      a, b)
      .vjp([](double *a, const double *b, double *d_a, double *d_b) {
        array_reference_vjp(*reinterpret_cast<double (*)[3]>(a),
                            *reinterpret_cast<const double (*)[3]>(b), d_a,
                            d_b);
      });
  CHECK_GRADIENT(temporary, 1.5, 0.75);
  CHECK_GRADIENT(chosen, 1.5, 0.75);
  CHECK_GRADIENT(chosen, 0.5, 0.75);
  return oracle::result();
}
