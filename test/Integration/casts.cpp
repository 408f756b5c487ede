//===- casts.cpp - Conversions --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Conversions between floating types carry derivatives, those to integers cut
// them.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double from_float(float x, double y) { return x * y + x; }

#pragma retrograd gradient
#pragma retrograd jvp
float to_float(double x, float y) { return static_cast<float>(x * x) * y; }

#pragma retrograd gradient
#pragma retrograd jvp
long double wide(float x, double y, long double z) {
  long double a = x;
  a *= y;
  return a * z + x * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double spellings(double x) {
  float a = (float)x;
  float b = float(x * 2);
  double c = static_cast<double>(a) * double(b);
  auto d = static_cast<long double>(c) + x;
  return c + static_cast<double>(d) * (double)1.5f;
}

// A float variable keeps a double's sum only to its own precision, but all of
// its derivative.
#pragma retrograd gradient
#pragma retrograd jvp
float float_accumulator(double x, double y) {
  float a = 0;
  a += x * y;
  a *= y;
  a -= x;
  a /= 2;
  return a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double truncated(double x) {
  int n = static_cast<int>(x);
  int m = x * 2;
  unsigned k = (unsigned)(x + 1);
  bool b = x;
  char c = static_cast<char>(x);
  return n * x + m * x * x + k * x + b * x + c + static_cast<int>(x) * x;
}

// The integer part is known not to depend on x, the rest does.
#pragma retrograd gradient
#pragma retrograd jvp
double fraction(double x) { return x - static_cast<long>(x); }

#pragma retrograd gradient
#pragma retrograd jvp
double table(double x, const double *values) {
  int i = static_cast<int>(x);
  double w = x - i;
  return (1 - w) * values[i] + w * values[i + 1];
}

enum color { red, green = 4 };
enum class shape : unsigned char { round, square = 3 };

#pragma retrograd gradient
#pragma retrograd jvp
double enumerations(double x, color c, shape s) {
  double y = c == green ? x * x : x;
  if (s == shape::square)
    y *= static_cast<int>(s) * x;
  return y * static_cast<int>(c);
}

#pragma retrograd gradient
#pragma retrograd jvp
double brace_initialised(float x, double y) {
  double a{x}, b = {y}, c{};
  const auto d = double{a};
  return a * b + c + d;
}

int main() {
  CHECK_GRADIENT(from_float, 1.5f, 2.5);
  CHECK_GRADIENT(to_float, 1.5, 2.5f);
  CHECK_GRADIENT(wide, 1.5f, 2.5, 0.5L);
  CHECK_GRADIENT(float_accumulator, 1.5, 0.75);
  CHECK_GRADIENT(truncated, 2.3);
  CHECK_GRADIENT(truncated, 0.4);
  CHECK_GRADIENT(fraction, 1.25);
  double values[] = {1, 4, 2, 8};
  CHECK_GRADIENT(table, 1.4, values);
  CHECK_GRADIENT(enumerations, 1.3, green, shape::square);
  CHECK_GRADIENT(enumerations, 1.3, green, shape::round);
  CHECK_GRADIENT(enumerations, 1.3, red, shape::square);
  CHECK_GRADIENT(brace_initialised, 1.5f, 0.5);

  // Differences do not see through the rounding to float: c = 2 x^2.
  double d = 1;
  spellings_grad(1.5, &d);
  oracle::equal("spellings", 1 + 4 * 1.5 + 1.5 * (4 * 1.5 + 1), d);
  oracle::equal("spellings", 4 * 1.5 + 1.5 * (4 * 1.5 + 1),
                spellings_jvp(1.5, 1.0));
  return oracle::result();
}
