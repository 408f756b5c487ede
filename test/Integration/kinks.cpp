//===- kinks.cpp - Where there is no derivative ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/rules.md says what one gets there; a zero seed always gives zero, even
// where the derivative is infinite.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <algorithm>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double magnitude(double x) { return std::fabs(x); }

#pragma retrograd gradient
double larger(double x, double y) { return std::fmax(x, y); }

#pragma retrograd gradient
double smaller(double x, double y) { return std::min(x, y); }

#pragma retrograd gradient
double root(double x) { return std::sqrt(x); }

#pragma retrograd gradient
#pragma retrograd jvp
double root_times(double x, double y) { return std::sqrt(x) * y; }

#pragma retrograd gradient
#pragma retrograd jvp
double power(double x, double y) { return std::pow(x, y); }

#pragma retrograd gradient
double length(double x, double y) { return std::hypot(x, y); }

#pragma retrograd gradient
double rectifier(double x) { return x > 0 ? x : 0; }

// The smoothed form that is used to hide the pole of the square root at 0.
#pragma retrograd gradient
#pragma retrograd jvp
double hidden(double x) { return x == 0 ? 0 : std::sqrt(x); }

// Unused, so its seed is zero.
#pragma retrograd gradient
#pragma retrograd jvp
double unused(double x, double y) {
  double r = std::sqrt(x) + std::cbrt(x) + std::pow(x, 0.5);
  return r * 0 + y;
}

int main() {
  double d = 0, e = 0;
  magnitude_grad(0, &d);
  oracle::equal("|0|'", 0, d);
  oracle::equal("|0|'", 0, magnitude_jvp(0, 1));

  d = e = 0;
  larger_grad(2, 2, &d, &e);
  oracle::equal("fmax, first of a tie", 0.5, d);
  oracle::equal("fmax, second of a tie", 0.5, e);
  d = e = 0;
  smaller_grad(2, 2, &d, &e);
  oracle::equal("min, first of a tie", 0.5, d);
  oracle::equal("min, second of a tie", 0.5, e);

  d = 0;
  root_grad(0, &d);
  oracle::equal("sqrt at 0", HUGE_VAL, d);
  d = e = 0;
  root_times_grad(0, 0, &d, &e);
  oracle::equal("sqrt at 0 with a zero seed", 0, d);
  oracle::equal("factor of sqrt(0)", 0, e);
  oracle::equal("tangent of sqrt at 0", 0, root_times_jvp(0, 3, 0, 1));

  d = e = 0;
  power_grad(0, 2, &d, &e);
  oracle::equal("pow(0, 2) by x", 0, d);
  oracle::equal("pow(0, 2) by y", 0, e);
  d = e = 0;
  power_grad(0, 0, &d, &e);
  oracle::equal("pow(0, 0) by x", 0, d);
  oracle::equal("pow(0, 0) by y", 0, e);
  d = e = 0;
  power_grad(0, 1, &d, &e);
  oracle::equal("pow(0, 1) by x", 1, d);
  oracle::equal("pow(0, 1) by y", 0, e);
  // The tangent does not ask for the derivative that has a NaN.
  oracle::equal("pow(-2, 2) by x", -4, power_jvp(-2, 2, 1, 0));

  d = e = 0;
  length_grad(0, 0, &d, &e);
  oracle::equal("hypot(0, 0)", 0, d);
  d = 0;
  rectifier_grad(0, &d);
  oracle::equal("max(x, 0) as ?:", 0, d);
  d = 0;
  hidden_grad(0, &d);
  oracle::equal("hidden pole", 0, d);
  oracle::equal("hidden pole", 0, hidden_jvp(0, 1));
  d = e = 0;
  unused_grad(0, 1, &d, &e);
  oracle::equal("zero seeds", 0, d);
  oracle::equal("zero seeds", 1, e);
  return oracle::result();
}
