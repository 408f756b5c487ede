//===- for.cpp - Counted loops --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Up, down, by steps, with unsigned counters, zero trips and one trip,
// triangular, and with counters and bounds that the body changes.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cstddef>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double up(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; i++)
    s = s * x[i] + x[i] * i;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double down(const double *x, int n) {
  double s = 1;
  for (int i = n - 1; i >= 0; --i)
    s = s * x[i] + 1;
  for (int i = n; i > 0; i--)
    s = s + s * x[i - 1];
  for (int i = n; i--;)
    s = s * x[i] + s;
  for (int i = n; i-- > 0;)
    s = s * x[i] - s / 4;
  for (int i = n - 1; i > -1; i -= 2)
    s += x[i] * s;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double steps(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; i += 2)
    s = s * x[i] + 1;
  for (int i = 1; i <= n - 1; i += 3)
    s = s * x[i] + 2;
  for (int i = 1; i < n; i *= 2)
    s = s * x[i] + 3;
  for (int i = n - 1; i > 0; i /= 2)
    s = s * x[i] + 4;
  for (int i = 0; i != n; ++i)
    s += x[i] * s / 8;
  for (int i = 0; i < n; i = i + 1)
    s -= x[i] * s / 8;
  for (int i = 0; n > i; i++)
    s += s * x[i] * x[i] / 8;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double unsigned_counter(const double *x, std::size_t n) {
  double s = 1;
  for (std::size_t i = 0; i < n; ++i)
    s = s * x[i] + x[n - 1 - i];
  for (unsigned i = n; i-- > 0;)
    s = s * x[i] + 1;
  for (unsigned char i = 0; i < n; ++i)
    s += s * x[i];
  for (unsigned i = n; i > 0; --i)
    s = s * x[i - 1] / 2 + 1;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double long_counter(const double *x, long n) {
  double s = 0;
  for (long i = -n; i < n; ++i)
    s = s * x[i < 0 ? -i - 1 : i] + 1;
  for (long long i = 0, m = n; i < m; ++i)
    s += x[i] * s;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double triangular(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      for (int k = i; k > j; --k)
        s += x[i] * x[j] * x[k] * s / 8;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double counter_changed(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s = s * x[i] + 1;
    if (s > 1)
      ++i;
    else
      s += x[i];
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double bound_changed(const double *x, int n) {
  double s = 1;
  int m = n;
  for (int i = 0; i < m; ++i) {
    s = s * x[i] + 1;
    if (s > 2)
      --m;
  }
  m = 2 * m;
  for (int i = 0; i < m / 2; ++i) {
    m -= 1;
    s += x[i] * s;
  }
  return s;
}

// The counter lives on after the loop, in a variable of the function.
#pragma retrograd gradient
#pragma retrograd jvp
double counter_outside(const double *x, int n) {
  double s = 1;
  int i;
  for (i = 0; i < n; ++i)
    s = s * x[i] + i;
  s *= i;
  for (; i > 0; --i)
    s += x[i - 1] * i;
  return s * (i + 1);
}

#pragma retrograd gradient
#pragma retrograd jvp
double two_counters(const double *x, int n) {
  double s = 1;
  for (int i = 0, j = n - 1; i < j; ++i, --j)
    s = s * x[i] - x[j];
  for (int i = 0, j = 0; i < n; i++, j += i)
    s += x[i] * j;
  return s;
}

// A real variable counts.
#pragma retrograd gradient
#pragma retrograd jvp
double real_counter(double x, double step) {
  double s = 0;
  for (double t = x; t < 3; t += step)
    s += t * t * step;
  for (float f = 0; f < 2; f += 0.5f)
    s += f * x;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double empty_bodies(const double *x, int n) {
  double s = x[0];
  for (int i = 0; i < n; ++i)
    ;
  for (int i = 0; i < n; ++i) {
  }
  int i = 0;
  for (; x[i] > 0 && i < n - 1; ++i)
    ;
  for (int j = 0; j < n; s *= x[j++])
    ;
  return s * x[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double without_parts(const double *x, int n) {
  double s = 1;
  int i = 0;
  for (;;) {
    if (i >= n)
      break;
    s = s * x[i++] + 1;
  }
  for (; i > 0;)
    s += x[--i] * s;
  for (int j = 0;; ++j) {
    if (j == n)
      return s;
    s *= 1 + x[j] / 8;
  }
}

#pragma retrograd gradient
#pragma retrograd jvp
double bound_is_expression(const double *x, int n) {
  double s = 0;
  for (int i = n / 2; i <= n * 2 / 3; ++i)
    s += x[i] * x[i];
  for (int i = 0; i < n && s < 3; ++i)
    s += x[i] * s + 1;
  for (int i = 0; i < (int)s; ++i)
    s += x[0] / 8;
  return s;
}

// Independent iterations, as in most loops over data.
#pragma retrograd vjp
#pragma retrograd jvp
void map(const double *x, double *y, int n, double factor) {
  for (int i = 0; i < n; ++i) {
    double t = x[i] * factor;
    double u = std::sin(t);
    y[i] = u * u + t;
  }
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.25, 1.125, 0.625};
  for (int n : {0, 1, 2, 3, 6, 7}) {
    CHECK_GRADIENT(up, x, n);
    CHECK_GRADIENT(down, x, n);
    CHECK_GRADIENT(steps, x, n);
    CHECK_GRADIENT(unsigned_counter, x, std::size_t(n));
    CHECK_GRADIENT(long_counter, x, long(n));
    CHECK_GRADIENT(triangular, x, n);
    CHECK_GRADIENT(counter_changed, x, n < 7 ? n : 6);
    CHECK_GRADIENT(bound_changed, x, n);
    CHECK_GRADIENT(counter_outside, x, n);
    CHECK_GRADIENT(two_counters, x, n);
    CHECK_GRADIENT(empty_bodies, x, n);
    CHECK_GRADIENT(without_parts, x, n);
    CHECK_GRADIENT(bound_is_expression, x, n);
    double y[7] = {1, 2, 3, 4, 5, 6, 7};
    CHECK_VJP(map, x, y, n, 0.5);
  }
  CHECK_GRADIENT(up, x, -3);
  CHECK_GRADIENT(real_counter, 0.3, 0.4);
  return oracle::result();
}
