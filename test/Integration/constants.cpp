//===- constants.cpp - Constants, globals and static constants ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No derivative flows through a global unless wrt names it.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cstddef>
#include <retrograd/retrograd.h>

const double gravity = 9.81;
constexpr double table[] = {1, -2, 3, -4};
static const int count = 4;
double rate = 0.5;
double weights[3] = {1, 2, 3};
int order = 2;
#define FACTOR 1.25
#define SQUARE(x) ((x) * (x))
namespace physics {
inline constexpr double c = 3;
namespace {
double hidden = 0.25;
}
} // namespace physics
enum { few = 3 };

#pragma retrograd gradient
#pragma retrograd jvp
double constants(double x) {
  const double local = 2 * gravity;
  static const double fixed = 1.5;
  constexpr int n = 3;
  static constexpr double coefficients[n] = {1, 2, 3};
  double s = 0;
  for (int i = 0; i < n; ++i)
    s = s * x + coefficients[i] * table[i];
  return s * local + fixed * x * FACTOR + SQUARE(x) * physics::c * int(few);
}

// A constant of the function may depend on the parameters.
#pragma retrograd gradient
#pragma retrograd jvp
double constant_local(double x, double y) {
  const double a = x * y;
  const double &b = a;
  const double c[] = {a, x, b * b};
  return a * b + c[0] * c[1] + c[2];
}

#pragma retrograd gradient
#pragma retrograd jvp
double globals(double x) {
  double s = physics::hidden;
  for (int i = 0; i < 3; ++i)
    s += weights[i] * x * rate;
  for (int i = 0; i < count; ++i)
    s *= x;
  return order == 2 ? s * x * ::rate : s;
}

#pragma retrograd gradient wrt(rate)
#pragma retrograd gradient wrt(x, rate) name(by_both)
#pragma retrograd jvp wrt(x, rate)
double by_rate(double x) { return std::sin(x * rate) * rate; }

#pragma retrograd gradient wrt(weights, x)
double by_weights(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s = s * x + weights[i] * weights[i];
  return s;
}

// Derivatives of globals are passed by address, those of pointers as they are.
static double data[] = {2, 3};
static const double *selected = data;
#pragma retrograd gradient wrt(x, rate, weights, selected)
#pragma retrograd jvp wrt(x, rate, weights, selected)
double by_globals(double x) {
  return x * rate * weights[1] * weights[1] * selected[1];
}
static_assert(std::is_same_v<decltype(by_globals_grad),
                             void(double, double *, double *, double *,
                                  double *)>);
static_assert(std::is_same_v<decltype(by_globals_jvp),
                             double(double, double, double *, double *,
                                    const double *)>);

#pragma retrograd gradient
#pragma retrograd jvp
double null_and_tables(const double *x) {
  std::nullptr_t none = nullptr;
  const double *p = x;
  if (p == none) return 0;
  static constexpr double w[2] = {2, 3};
  constexpr int one = 1;
  const double (&t)[2] = w;
  return x[0] * x[1] * w[one] * t[0];
}

static int factors[2] = {2, 3};
static int &second_factor = factors[1];
static const int (&factor_table)[2] = factors;

#pragma retrograd gradient
#pragma retrograd jvp
double global_references(double x) { return x * second_factor * factor_table[0] * (factor_table[1] + 1); }

int main() {
  double pair[2] = {0.5, 0.75};
  CHECK_GRADIENT(null_and_tables, pair);
  CHECK_GRADIENT(global_references, 0.5);
  CHECK_GRADIENT(constants, 1.5);
  CHECK_GRADIENT(constant_local, 1.5, -0.5);
  CHECK_GRADIENT(globals, 1.5);

  double x = 1.25, d_x = 1, d_rate = 2;
  double by_x = std::cos(x * rate) * rate * rate;
  double by_r = std::sin(x * rate) + std::cos(x * rate) * rate * x;
  by_rate_grad(x, &d_rate);
  oracle::equal("by_rate_grad", 2 + by_r, d_rate, 1e-14L);
  by_both(x, &d_x, &d_rate);
  oracle::equal("by_both, x", 1 + by_x, d_x, 1e-14L);
  oracle::equal("by_both, rate", 2 + 2 * by_r, d_rate, 1e-14L);
  double t_rate = 3;
  oracle::equal("by_rate_jvp", 2 * by_x + 3 * by_r,
                by_rate_jvp(x, 2, &t_rate), 1e-13L);

  double d_weights[3] = {0, 0, 1};
  d_x = 0;
  by_weights_grad(2, 3, d_weights, &d_x);
  oracle::equal("by_weights, weights[0]", 8, d_weights[0]);
  oracle::equal("by_weights, weights[1]", 8, d_weights[1]);
  oracle::equal("by_weights, weights[2]", 7, d_weights[2]);
  oracle::equal("by_weights, x", 8, d_x);

  double value = by_globals(2);
  double d_data[2] = {1, 1};
  d_x = d_rate = d_weights[1] = 0;
  by_globals_grad(2, &d_x, &d_rate, d_weights, d_data);
  oracle::equal("by_globals, x", value / 2, d_x);
  oracle::equal("by_globals, rate", value / rate, d_rate, 1e-14L);
  oracle::equal("by_globals, weights", 2 * value / weights[1], d_weights[1]);
  oracle::equal("by_globals, selected", 1 + value / 3, d_data[1], 1e-14L);
  double t_weights[] = {0, 5, 0}, t_data[] = {0, 7};
  oracle::equal("by_globals_jvp",
                11 * value / 2 + 3 * value / rate + 10 * value / weights[1] +
                    7 * value / 3,
                by_globals_jvp(2, 11, &t_rate, t_weights, t_data), 1e-12L);
  return oracle::result();
}
