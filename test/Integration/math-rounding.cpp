//===- math-rounding.cpp - Extrema, remainders and rounding ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Away from kinks; kinks.cpp has those.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <algorithm>
#include <numeric>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double absolute(double x, double y) {
  return std::fabs(x) + 2 * std::abs(x * y) + 3 * fabs(y) +
         4 * __builtin_fabs(x + y) + 5 * fabsf(2.f) * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double extrema(double x, double y) {
  return std::fmin(x, y) + 2 * std::fmax(x, y) + 3 * std::min(x * x, y) +
         4 * std::max(x, y * y) + 5 * fmin(x, 1) + 6 * __builtin_fmax(y, 1) +
         std::min({x, y, 0.1 * x}) + std::max({2 * x, y, x * y});
}

#pragma retrograd gradient
#pragma retrograd jvp
float extrema_float(float x, float y) {
  return fminf(x, y) + 2 * fmaxf(x, y) + std::min(x, y) * std::max(x, y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double clamped(double x, double low, double high) {
  return std::clamp(x, low, high) * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double positive_difference(double x, double y) {
  return std::fdim(x, y) + 2 * fdim(y, x) + 3 * __builtin_fdim(x, 1);
}

#pragma retrograd gradient
#pragma retrograd jvp
double fused(double x, double y, double z) {
  return std::fma(x, y, z) * fma(z, z, x) + __builtin_fma(x, 2, y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double interpolated(double a, double b, double t) { return std::lerp(a, b, t); }

#pragma retrograd gradient
#pragma retrograd jvp
double remainders(double x, double y) {
  return std::fmod(x, y) + 2 * std::remainder(x, y) + 3 * fmod(x, 2) +
         4 * remainder(7, y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double rounded(double x) {
  return std::floor(x) * x + 2 * std::ceil(x) * x + 3 * std::trunc(x) * x +
         5 * std::round(x) * x + 7 * std::rint(x) * x +
         11 * std::nearbyint(x) * x + 13 * floor(x) + 17 * __builtin_ceil(x) +
         std::lround(x) * x + std::lrint(x) * x * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double signs(double x, double y) {
  return std::copysign(x, y) + 2 * copysign(x, -1) + std::signbit(x) * x * x +
         __builtin_copysign(y, x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double scaled(double x, int n) {
  return std::ldexp(x, n) + std::scalbn(x, 2) * x + scalbln(x, 3L) +
         ldexp(x * x, -n);
}

#pragma retrograd gradient
#pragma retrograd jvp
double parts(double x) {
  int exponent;
  double mantissa = std::frexp(x, &exponent);
  double whole;
  double fraction = std::modf(x, &whole);
  return mantissa * exponent + fraction * fraction * whole + std::logb(x) * x +
         std::ilogb(x) * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double classified(double x) {
  return std::isfinite(x) && !std::isnan(x) && !std::isinf(x) ? x * x : 0;
}

int main() {
  CHECK_GRADIENT(absolute, 1.5, -0.5);
  CHECK_GRADIENT(absolute, -1.5, -0.5);
  CHECK_GRADIENT(extrema, 0.5, 2.0);
  CHECK_GRADIENT(extrema, 2.5, 0.6);
  CHECK_GRADIENT(extrema_float, 0.5f, 2.0f);
  CHECK_GRADIENT(clamped, 0.5, 1.0, 2.0);
  CHECK_GRADIENT(clamped, 1.5, 1.0, 2.0);
  CHECK_GRADIENT(clamped, 2.5, 1.0, 2.0);
  CHECK_GRADIENT(positive_difference, 2.5, 1.5);
  CHECK_GRADIENT(positive_difference, 0.5, 1.5);
  CHECK_GRADIENT(fused, 0.5, 1.5, 2.5);
  CHECK_GRADIENT(interpolated, 0.5, 1.5, 0.3);
  CHECK_GRADIENT(remainders, 7.3, 2.1);
  CHECK_GRADIENT(remainders, -7.3, 2.1);
  CHECK_GRADIENT(rounded, 2.3);
  CHECK_GRADIENT(rounded, -1.7);
  CHECK_GRADIENT(signs, 1.5, -2.0);
  CHECK_GRADIENT(signs, -1.5, -2.0);
  CHECK_GRADIENT(scaled, 1.5, 3);
  CHECK_GRADIENT(parts, 5.3);
  CHECK_GRADIENT(classified, 1.5);
  return oracle::result();
}
