//===- if.cpp - if and else -----------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With initialisers, chains, declarations as conditions, and branches that
// return.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double chain(double x, double y) {
  double r;
  if (x > 2)
    r = x * y;
  else if (x > 1) {
    r = x / y;
    r *= r;
  } else if (y > 0)
    r = std::sin(x);
  else
    r = 1;
  return r * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double without_else(double x) {
  double r = x;
  if (x > 0)
    r *= r;
  if (r > 1)
    r += x;
  if (x < -1) {
  }
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double with_initialiser(double x, double y) {
  double r = 1;
  if (double p = x * y; p > 1)
    r *= p;
  else
    r += p * p;
  if (double q = r - x; q > 0 && x > 0)
    r -= q * q;
  if (int n = static_cast<int>(x))
    r *= n * x;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double early_return(double x, double y) {
  if (x < 0)
    return y * y;
  double r = x * y;
  if (y < 0) {
    r *= x;
    return r;
  } else {
    r += 1;
    if (r > 3)
      return r * r;
  }
  return std::exp(-r);
}

// The condition's operands change in the branches.
#pragma retrograd gradient
#pragma retrograd jvp
double condition_overwritten(double x, double y) {
  if (x > y)
    x = y * y - x;
  else
    y = x * x + y;
  if (x > y) {
    y = x * x * y;
    x = 3;
  }
  return x * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double compile_time(double x) {
  constexpr bool fast = sizeof(double) == 8;
  if constexpr (fast)
    x *= x;
  else
    x += 1;
  if (false)
    x = 0;
  if (true)
    x *= 2;
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, double y, double z) {
  double r = 0;
  if (x > 0) {
    if (y > 0) {
      if (z > 0)
        r = x * y * z;
      else
        r = x * y - z;
    } else {
      if (z > 0) {
        r = x / z;
      }
    }
    r *= x;
  } else {
    r = y * z;
    if (y > z)
      r *= y - z;
  }
  return r + x;
}

// Only one branch defines the variable, the other leaves an inactive value.
#pragma retrograd gradient
#pragma retrograd jvp
double sometimes_active(double x, bool b) {
  double r = 2;
  if (b)
    r = x;
  r *= r;
  if (!b)
    r = r + 1;
  return r * r;
}

// Conditions that are known in part, or wholly.
#pragma retrograd gradient
#pragma retrograd jvp
double constant_conditions(double x, int n) {
  double y = x;
  if (n > 0 && true) y *= x;
  if (true && n > 1) y *= x;
  if (n > 0 || false) y *= x;
  if (false || n > 1) y *= x;
  if (true || n > 1) y *= x;
  if (n > 1 || true) y *= x;
  if (false && n > 1) y *= x;
  if (n > 1 && false) y *= x;
  for (int i = 0; i < n && true; ++i) { y *= x; if (y > 1 && true) break; }
  while (true && n > 1) { y *= x; --n; if (y > 100 || false) continue; y += x; }
  if (!true) y = 0;
  return n > 0 && true ? y : x;
}

int main() {
  for (int n : {0, 1, 2, 3})
    CHECK_GRADIENT(constant_conditions, 1.1, n);
  for (double x : {-1.5, 0.5, 1.5, 2.5})
    for (double y : {-0.75, 0.75, 1.75}) {
      CHECK_GRADIENT(chain, x, y);
      CHECK_GRADIENT(with_initialiser, x, y);
      CHECK_GRADIENT(early_return, x, y);
      CHECK_GRADIENT(condition_overwritten, x, y);
      CHECK_GRADIENT(nested, x, y, 0.5);
      CHECK_GRADIENT(nested, x, y, -1.0);
      CHECK_GRADIENT(without_else, x);
    }
  CHECK_GRADIENT(compile_time, 1.5);
  CHECK_GRADIENT(sometimes_active, 1.5, true);
  CHECK_GRADIENT(sometimes_active, 1.5, false);
  return oracle::result();
}
