//===- while.cpp - while and do -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loops whose number of iterations the data decide.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double halve(double x) {
  int n = 0;
  while (x > 1) {
    x = x / 2 + x * x / 100;
    ++n;
  }
  return x * n;
}

// Newton's method for the square root; the answer's derivative is known.
#pragma retrograd gradient
#pragma retrograd jvp
double newton_root(double a) {
  double x = a, previous;
  do {
    previous = x;
    x = (x + a / x) / 2;
  } while (std::fabs(x - previous) > 1e-12);
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double fixed_point(double a) {
  double x = 0, r = 1;
  while (r * r > 1e-24) {
    double next = a * std::cos(x);
    r = next - x;
    x = next;
  }
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double once_or_more(double x, int n) {
  double s = 1;
  int i = 0;
  do {
    s = s * x + i;
    i++;
  } while (i < n);
  do
    s *= x;
  while (false);
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double count_down(double x, int n) {
  double s = x;
  while (n--)
    s = s * x + n;
  while (++n < 2)
    s += x * n;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double condition_with_effects(const double *x, int n) {
  double s = 0, t = 1;
  int i = 0;
  while (i < n && (t *= x[i]) != 0 && (s += t) < 3)
    ++i;
  return s * t + i;
}

#pragma retrograd gradient
#pragma retrograd jvp
double declared_in_condition(double x, int n) {
  double s = x;
  while (int k = n % 4) {
    s *= k * x;
    --n;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double collatz(double x, int n) {
  double s = x;
  while (n != 1) {
    if (n % 2)
      n = 3 * n + 1, s = s * x + 1;
    else
      n /= 2, s = std::sin(s) + x;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, int n) {
  double s = 0;
  int i = 0;
  while (i < n) {
    double t = x + i;
    while (t > 1) {
      t = t / 2;
      do {
        t -= 0.125 * x;
        s += t * t;
      } while (t > 3);
    }
    s *= x;
    ++i;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double overwritten_bound(double x, double y) {
  while (x < y) {
    double t = x;
    x = x * 1.5 + y / 10;
    y = y + t / 20;
  }
  return x * y;
}

int main() {
  for (double x : {0.5, 1.5, 7.0, 30.0})
    CHECK_GRADIENT(halve, x);
  CHECK_GRADIENT(newton_root, 2.0);
  double d = 0;
  newton_root_grad(9, &d);
  oracle::equal("newton_root", 1 / 6.0L, d, 1e-12L);
  CHECK_GRADIENT(fixed_point, 0.6);
  for (int n = 0; n < 5; ++n) {
    CHECK_GRADIENT(once_or_more, 1.25, n);
    CHECK_GRADIENT(count_down, 1.25, n);
    CHECK_GRADIENT(declared_in_condition, 1.25, n);
    CHECK_GRADIENT(nested, 1.3, n);
  }
  double x[] = {0.75, 1.5, 1.25, 0.5};
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(condition_with_effects, x, n);
  for (int n : {1, 2, 6, 7})
    CHECK_GRADIENT(collatz, 0.7, n);
  CHECK_GRADIENT(overwritten_bound, 0.5, 3.0);
  CHECK_GRADIENT(overwritten_bound, 3.5, 3.0);
  return oracle::result();
}
