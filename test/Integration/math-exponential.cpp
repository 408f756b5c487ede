//===- math-exponential.cpp - Exponentials, logarithms, powers and roots --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The std:: spelling in each precision, the C spelling with its suffixes, and
// the builtin.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#define SPELLINGS(name)                                                        \
  double name##_double(double x, double y) {                                   \
    return std::name(x) * y + 2 * ::name(x) + 3 * __builtin_##name(x * y);     \
  }                                                                            \
  float name##_float(float x) {                                                \
    return std::name(x) + 2 * ::name##f(x) + 3 * __builtin_##name##f(x);       \
  }                                                                            \
  long double name##_long(long double x) {                                     \
    return std::name(x) + 2 * ::name##l(x) + 3 * __builtin_##name##l(x);       \
  }

#define CHECK_SPELLINGS(name, x)                                               \
  CHECK_GRADIENT(name##_double, double(x), 0.875);                             \
  CHECK_GRADIENT(name##_float, float(x));                                      \
  CHECK_GRADIENT(name##_long, static_cast<long double>(x))

SPELLINGS(exp)
#pragma retrograd gradient(exp_double)
#pragma retrograd jvp(exp_double)
#pragma retrograd gradient(exp_float)
#pragma retrograd jvp(exp_float)
#pragma retrograd gradient(exp_long)
#pragma retrograd jvp(exp_long)

SPELLINGS(exp2)
#pragma retrograd gradient(exp2_double)
#pragma retrograd jvp(exp2_double)
#pragma retrograd gradient(exp2_float)
#pragma retrograd jvp(exp2_float)
#pragma retrograd gradient(exp2_long)
#pragma retrograd jvp(exp2_long)

SPELLINGS(expm1)
#pragma retrograd gradient(expm1_double)
#pragma retrograd jvp(expm1_double)
#pragma retrograd gradient(expm1_float)
#pragma retrograd jvp(expm1_float)
#pragma retrograd gradient(expm1_long)
#pragma retrograd jvp(expm1_long)

SPELLINGS(log)
#pragma retrograd gradient(log_double)
#pragma retrograd jvp(log_double)
#pragma retrograd gradient(log_float)
#pragma retrograd jvp(log_float)
#pragma retrograd gradient(log_long)
#pragma retrograd jvp(log_long)

SPELLINGS(log2)
#pragma retrograd gradient(log2_double)
#pragma retrograd jvp(log2_double)
#pragma retrograd gradient(log2_float)
#pragma retrograd jvp(log2_float)
#pragma retrograd gradient(log2_long)
#pragma retrograd jvp(log2_long)

SPELLINGS(log10)
#pragma retrograd gradient(log10_double)
#pragma retrograd jvp(log10_double)
#pragma retrograd gradient(log10_float)
#pragma retrograd jvp(log10_float)
#pragma retrograd gradient(log10_long)
#pragma retrograd jvp(log10_long)

SPELLINGS(log1p)
#pragma retrograd gradient(log1p_double)
#pragma retrograd jvp(log1p_double)
#pragma retrograd gradient(log1p_float)
#pragma retrograd jvp(log1p_float)
#pragma retrograd gradient(log1p_long)
#pragma retrograd jvp(log1p_long)

SPELLINGS(sqrt)
#pragma retrograd gradient(sqrt_double)
#pragma retrograd jvp(sqrt_double)
#pragma retrograd gradient(sqrt_float)
#pragma retrograd jvp(sqrt_float)
#pragma retrograd gradient(sqrt_long)
#pragma retrograd jvp(sqrt_long)

SPELLINGS(cbrt)
#pragma retrograd gradient(cbrt_double)
#pragma retrograd jvp(cbrt_double)
#pragma retrograd gradient(cbrt_float)
#pragma retrograd jvp(cbrt_float)
#pragma retrograd gradient(cbrt_long)
#pragma retrograd jvp(cbrt_long)

#pragma retrograd gradient
#pragma retrograd jvp
double power(double x, double y) { return std::pow(x, y); }

#pragma retrograd gradient
#pragma retrograd jvp
double powers(double x, double y) {
  return std::pow(x, 3) + pow(2, x) * y + std::pow(y, 0.5) +
         __builtin_pow(x, y) - std::pow(x * y, -2.5) + std::pow(x, 2.f);
}

#pragma retrograd gradient
#pragma retrograd jvp
float power_float(float x, float y) { return powf(x, y) + std::pow(x, y * 2); }

#pragma retrograd gradient
#pragma retrograd jvp
long double power_long(long double x, double y) {
  return powl(x, y) + std::pow(x, y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double distance(double x, double y, double z) {
  return std::hypot(x, y) + 2 * ::hypot(y, z) + 3 * std::hypot(x, y, z) +
         4 * __builtin_hypot(x, 3) + std::hypot(x * y, 2, 5);
}

#pragma retrograd gradient
#pragma retrograd jvp
float distance_float(float x, float y) { return hypotf(x, y) * x; }

// std::exp of an integer is a double.
#pragma retrograd gradient
#pragma retrograd jvp
double of_integer(double x, int n) {
  return std::exp(n) * x + std::sqrt(n) * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double composed(double x, double y) {
  return std::exp(-x * x / 2) / std::sqrt(2 * 3.14159 * y) +
         std::log(std::exp(x) + std::exp(y)) + std::log(std::cosh(x * y));
}

int main() {
  CHECK_SPELLINGS(exp, 0.7);
  CHECK_SPELLINGS(exp2, -1.3);
  CHECK_SPELLINGS(expm1, 0.3);
  CHECK_SPELLINGS(log, 1.9);
  CHECK_SPELLINGS(log2, 0.8);
  CHECK_SPELLINGS(log10, 3.3);
  CHECK_SPELLINGS(log1p, 0.2);
  CHECK_SPELLINGS(sqrt, 2.2);
  CHECK_SPELLINGS(cbrt, -1.4);
  CHECK_GRADIENT(power, 1.7, 2.3);
  CHECK_GRADIENT(power, 0.6, -1.2);
  CHECK_GRADIENT(powers, 1.3, 0.8);
  CHECK_GRADIENT(power_float, 1.3f, 0.8f);
  CHECK_GRADIENT(power_long, 1.3L, 0.8);
  CHECK_GRADIENT(distance, 1.0, -2.0, 0.5);
  CHECK_GRADIENT(distance_float, 1.0f, -2.0f);
  CHECK_GRADIENT(of_integer, 1.0, 2);
  CHECK_GRADIENT(composed, 0.4, 1.1);
  return oracle::result();
}
