//===- exits.cpp - break, continue and return anywhere --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In nested loops, in several places of a loop, and in loops that are left in
// the middle of their work.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double breaking(const double *x, int n, double limit) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s = s * x[i] + 1;
    if (s > limit)
      break;
    s *= 1.25;
  }
  return s * s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double continuing(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0)
      continue;
    double t = s * x[i];
    if (t > 1.5) {
      s = t / 2;
      continue;
    }
    s += t;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double returning(const double *x, int n, double limit) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= 1 + x[i] * x[i];
    if (s > limit)
      return s * x[i];
    s += x[i];
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double returning_from_nested(const double *x, int n, double limit) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    double row = x[i];
    for (int j = i; j < n; ++j) {
      row = row * x[j] + 0.5;
      if (row > limit)
        return row * s;
      if (row < -limit)
        break;
      if (j % 2)
        continue;
      s += row * row;
    }
    s = s * 0.75 + row;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double several(const double *x, int n) {
  double s = 0;
  int i = 0;
  while (true) {
    if (i == n)
      break;
    double v = x[i++];
    if (v < -1) {
      s -= v * v;
      continue;
    }
    s = s * v + v;
    if (s > 4)
      return s * v;
    if (s < -4)
      break;
    s += 0.25;
  }
  return s * s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_do(double x, int n) {
  double s = x;
  int i = 0;
  do {
    ++i;
    if (i == 2)
      continue;
    s = s * x + i;
    if (s > 50)
      break;
    s -= x;
  } while (i < n);
  return s;
}

// What stands behind an exit is never reached.
#pragma retrograd gradient
#pragma retrograd jvp
double first_trip(double x, int n) {
  for (int i = 0; i < n; ++i) {
    x *= x;
    return x + i;
  }
  do {
    x += 1;
    break;
  } while (true);
  return x * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double search(const double *x, int n, double y) {
  int found = -1;
  for (int i = 0; i < n && found < 0; ++i)
    for (int j = i + 1; j < n; ++j)
      if (x[i] * x[j] > y) {
        found = i * n + j;
        break;
      }
  return found < 0 ? y * y : x[found / n] * x[found % n] * y;
}

#pragma retrograd vjp
#pragma retrograd jvp
void void_return(double *x, int n, double limit) {
  if (n == 0)
    return;
  for (int i = 1; i < n; ++i) {
    x[i] *= x[i - 1];
    if (x[i] > limit)
      return;
  }
  x[0] = x[n - 1];
}

// Statements that control never reaches.
#pragma retrograd gradient
#pragma retrograd jvp
double after_exits(double x, int n) {
  for (int i = 0; i < n; ++i) {
    if (i == 2) { x *= 2; continue; } else { if (x > 4) break; else { x *= x; continue; } }
    x = 0;
  }
  if (x > 1) return x * x; else return x;
  x = 3;
  return x;
}

int main() {
  for (int n : {0, 1, 2, 3})
    for (double x : {0.3, 1.3})
      CHECK_GRADIENT(after_exits, x, n);
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.25, 1.125, 1.75};
  for (int n = 0; n <= 7; ++n) {
    for (double limit : {0.76, 1.31, 2.6, 100.0}) {
      CHECK_GRADIENT(breaking, x, n, limit);
      CHECK_GRADIENT(returning, x, n, limit);
      CHECK_GRADIENT(returning_from_nested, x, n, limit);
      CHECK_GRADIENT(search, x, n, limit);
      CHECK_VJP(void_return, x, n, limit);
    }
    CHECK_GRADIENT(continuing, x, n);
    CHECK_GRADIENT(several, x, n);
    CHECK_GRADIENT(in_do, 1.7, n);
    CHECK_GRADIENT(first_trip, 1.7, n);
  }
  return oracle::result();
}
