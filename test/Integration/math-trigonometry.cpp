//===- math-trigonometry.cpp - Trigonometric and hyperbolic functions -----===//
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

// Each function in each spelling: f(x), times another number each time so that
// no two of the partials are interchangeable.
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

SPELLINGS(sin)
#pragma retrograd gradient(sin_double)
#pragma retrograd jvp(sin_double)
#pragma retrograd gradient(sin_float)
#pragma retrograd jvp(sin_float)
#pragma retrograd gradient(sin_long)
#pragma retrograd jvp(sin_long)

SPELLINGS(cos)
#pragma retrograd gradient(cos_double)
#pragma retrograd jvp(cos_double)
#pragma retrograd gradient(cos_float)
#pragma retrograd jvp(cos_float)
#pragma retrograd gradient(cos_long)
#pragma retrograd jvp(cos_long)

SPELLINGS(tan)
#pragma retrograd gradient(tan_double)
#pragma retrograd jvp(tan_double)
#pragma retrograd gradient(tan_float)
#pragma retrograd jvp(tan_float)
#pragma retrograd gradient(tan_long)
#pragma retrograd jvp(tan_long)

SPELLINGS(asin)
#pragma retrograd gradient(asin_double)
#pragma retrograd jvp(asin_double)
#pragma retrograd gradient(asin_float)
#pragma retrograd jvp(asin_float)
#pragma retrograd gradient(asin_long)
#pragma retrograd jvp(asin_long)

SPELLINGS(acos)
#pragma retrograd gradient(acos_double)
#pragma retrograd jvp(acos_double)
#pragma retrograd gradient(acos_float)
#pragma retrograd jvp(acos_float)
#pragma retrograd gradient(acos_long)
#pragma retrograd jvp(acos_long)

SPELLINGS(atan)
#pragma retrograd gradient(atan_double)
#pragma retrograd jvp(atan_double)
#pragma retrograd gradient(atan_float)
#pragma retrograd jvp(atan_float)
#pragma retrograd gradient(atan_long)
#pragma retrograd jvp(atan_long)

SPELLINGS(sinh)
#pragma retrograd gradient(sinh_double)
#pragma retrograd jvp(sinh_double)
#pragma retrograd gradient(sinh_float)
#pragma retrograd jvp(sinh_float)
#pragma retrograd gradient(sinh_long)
#pragma retrograd jvp(sinh_long)

SPELLINGS(cosh)
#pragma retrograd gradient(cosh_double)
#pragma retrograd jvp(cosh_double)
#pragma retrograd gradient(cosh_float)
#pragma retrograd jvp(cosh_float)
#pragma retrograd gradient(cosh_long)
#pragma retrograd jvp(cosh_long)

SPELLINGS(tanh)
#pragma retrograd gradient(tanh_double)
#pragma retrograd jvp(tanh_double)
#pragma retrograd gradient(tanh_float)
#pragma retrograd jvp(tanh_float)
#pragma retrograd gradient(tanh_long)
#pragma retrograd jvp(tanh_long)

SPELLINGS(asinh)
#pragma retrograd gradient(asinh_double)
#pragma retrograd jvp(asinh_double)
#pragma retrograd gradient(asinh_float)
#pragma retrograd jvp(asinh_float)
#pragma retrograd gradient(asinh_long)
#pragma retrograd jvp(asinh_long)

SPELLINGS(acosh)
#pragma retrograd gradient(acosh_double)
#pragma retrograd jvp(acosh_double)
#pragma retrograd gradient(acosh_float)
#pragma retrograd jvp(acosh_float)
#pragma retrograd gradient(acosh_long)
#pragma retrograd jvp(acosh_long)

SPELLINGS(atanh)
#pragma retrograd gradient(atanh_double)
#pragma retrograd jvp(atanh_double)
#pragma retrograd gradient(atanh_float)
#pragma retrograd jvp(atanh_float)
#pragma retrograd gradient(atanh_long)
#pragma retrograd jvp(atanh_long)

#pragma retrograd gradient
#pragma retrograd jvp
double quadrant(double y, double x) { return std::atan2(y, x); }

#pragma retrograd gradient
#pragma retrograd jvp
double quadrants(double y, double x) {
  return ::atan2(y, x) * 2 + atan2l(x, y) + __builtin_atan2(y * x, 2) +
         atan2f(1, 2) * x;
}

int main() {
  CHECK_SPELLINGS(sin, 0.7);
  CHECK_SPELLINGS(cos, 2.1);
  CHECK_SPELLINGS(tan, -0.6);
  CHECK_SPELLINGS(asin, 0.4);
  CHECK_SPELLINGS(acos, -0.3);
  CHECK_SPELLINGS(atan, 1.7);
  CHECK_SPELLINGS(sinh, 0.9);
  CHECK_SPELLINGS(cosh, -1.1);
  CHECK_SPELLINGS(tanh, 0.5);
  CHECK_SPELLINGS(asinh, 1.6);
  CHECK_SPELLINGS(acosh, 2.2);
  CHECK_SPELLINGS(atanh, -0.4);
  for (double y : {1.5, -1.5})
    for (double x : {0.5, -0.5}) {
      CHECK_GRADIENT(quadrant, y, x);
      CHECK_GRADIENT(quadrants, y, x);
    }
  return oracle::result();
}
