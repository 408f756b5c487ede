//===- counted-while.cpp - While loops that count -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A while loop whose counter goes on by a constant step is as good as a for
// statement, and leaves its counter where the user's loop does. Beside the
// forms that are counted stand those that are not, for a detail.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma clang diagnostic ignored "-Wsign-compare"

// Each loop's counter is read after it, so that its last value counts.
#pragma retrograd gradient
#pragma retrograd jvp
double forms(double x, int n) {
  double y = x;
  int i;
  for (i = 0; i < n; i++)
    y *= x + 0.1 * i;
  y += 0.1 * i * x;
  for (i = 1; i <= n; i += 2)
    y *= x + 0.1 * i;
  y += 0.01 * i * y;
  for (i = n; i > -2; --i)
    y *= x;
  y += 0.01 * i * y;
  for (i = n; i >= 0; i -= 3)
    y *= x;
  y += 0.01 * i * y;
  i = 0;
  while (n > i) {
    y = y * x + i;
    i = i + 1;
  }
  y += 0.01 * i * y;
  for (i = 0; i != n; ++i)
    y = std::sin(y) + x;
  for (; i != 0; i--)
    y = std::sin(y) + x;
  y += 0.01 * i * y;
  int k = n;
  while (k-- > 0)
    y *= x + 0.1 * k;
  y += 0.01 * k * y;
  k = n;
  while (k--)
    y *= x + 0.1 * k;
  y += 0.01 * k * y;
  k = n;
  while (k-- > 1)
    y *= x + 0.1 * k;
  return y + 0.01 * k * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double offsets(double x, int n) {
  double y = x;
  for (int i = 0; i + 1 < n; ++i)
    y = y * x + 0.1 * i;
  for (int i = n; 1 <= i - 1; i -= 2)
    y = y * x + 0.1 * i;
  for (int i = 0; i + 1 != n && i < 5; ++i)
    y = y * x + 0.1 * i;
  for (int i = 1; i - 1u < 2; ++i) // wraps around below 1
    y = y * x + 0.1 * i;
  int i = 0;
  while (i + 2 <= n) {
    y = y * x + 0.1 * i;
    i++;
  }
  unsigned u = 0;
  while (u + 1 < n + 1u) {
    y = y * x + 0.1 * u;
    u++;
  }
  return y + 0.01 * i * y;
}

// A counter that stands where the bound does, or beyond, makes no iteration.
#pragma retrograd gradient
#pragma retrograd jvp
double no_trips(double x, int n) {
  double y = x;
  int i = n + 3;
  while (i < n) {
    y *= x;
    ++i;
  }
  y += 0.01 * i * y;
  while (i <= n) {
    y *= x;
    ++i;
  }
  y += 0.01 * i * y;
  i = n - 3;
  while (i > n) {
    y *= x;
    --i;
  }
  y += 0.01 * i * y;
  i = -2;
  while (i-- > 0)
    y *= x;
  return y + 0.01 * i * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double types(double x, unsigned long n) {
  double y = x;
  unsigned long u = n;
  while (u-- > 0)
    y *= x + 0.1 * u;
  y += (u == ~0ul) * y;
  for (u = 0; u != n; ++u)
    y *= x + 0.1 * u;
  y += 0.01 * u * y;
  int i;
  for (i = 0; i < n; ++i)
    y *= x;
  y += 0.01 * i * y;
  i = -1;
  while (i < n) { // -1 is a large number here
    y *= x;
    ++i;
  }
  y += 0.01 * i * y;
  unsigned char small = 250;
  while (small != 3) { // wraps around
    y *= 0.9 + 0.1 * x;
    ++small;
  }
  short s = 0;
  while (s < 3) {
    y *= x;
    ++s;
  }
  long long l = 5;
  while (l > 2) {
    y *= x;
    --l;
  }
  return y + small * y + s * y + l * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double ways_through(const double *x, int n) {
  double y = 1;
  int i = 0;
  while (i < n) {
    if (x[i] < 0) {
      y *= 2;
      ++i;
      continue;
    }
    if (x[i] > 2) {
      ++i;
      continue;
    }
    y = y * x[i] + i;
    ++i;
  }
  i = 0;
  while (i < n) { // two steps
    if (x[i] < 0) {
      i += 2;
      continue;
    }
    y = y * x[i];
    ++i;
  }
  i = 0;
  while (i < n) { // none on one way, but for the second time
    if (x[i] < 0 && y < 1e4) {
      y = 1e4 * x[i] * x[i] + 2e4;
      continue;
    }
    y = y * x[i];
    ++i;
  }
  i = 0;
  while (i < n) { // left early
    y = y * 0.5 * x[i];
    if (i == 2)
      break;
    ++i;
  }
  return y + 0.01 * i * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(const double *x, int n) {
  double y = 1;
  int i = 0, k = 0;
  while (i < n) {
    k = 0;
    while (k <= i) {
      y = y * x[k] + 0.1 * i;
      k++;
    }
    int j = k;
    while (j != 0) {
      --j; // a step at the begin
      y += x[j] * y;
    }
    i++;
  }
  while (k < 2 * n) { // goes on where the last one ended
    y *= x[k / 2];
    k += 1;
  }
  i = 0;
  while (i < n) { // the inner loop is the step
    y *= x[i];
    int j = 0;
    while (j < 2) {
      ++i;
      ++j;
    }
  }
  return y + 0.01 * k * y;
}

// What the bound is made of changes.
#pragma retrograd gradient
#pragma retrograd jvp
double bounds(double x, int *m, int n) {
  double y = x;
  int i = 0;
  while (i < n) {
    y *= x;
    --n;
    ++i;
  }
  i = 0;
  while (i < *m) {
    y *= x;
    if (i == 1)
      *m = 2;
    ++i;
  }
  i = 0;
  int &r = i;
  while (i < 3) {
    y *= x;
    r = i + (i == 1);
    ++i;
  }
  int first = 1, k = first;
  while (k < 4) {
    y *= x * k;
    first = 7;
    ++k;
  }
  return y * first + i * y;
}

int main() {
  const double x[] = {0.75, -0.5, 1.25, 2.5, 0.5, -1.5};
  for (int n : {0, 1, 2, 3}) {
    CHECK_GRADIENT(forms, 0.5, n);
    CHECK_GRADIENT(offsets, 0.5, n);
    CHECK_GRADIENT(no_trips, 0.5, n);
    CHECK_GRADIENT(types, 0.5, static_cast<unsigned long>(n));
  }
  for (int n : {0, 1, 4, 6}) {
    CHECK_GRADIENT(ways_through, x, n);
    CHECK_GRADIENT(nested, x, n > 4 ? 4 : n);
  }
  auto restarted = [](auto f) {
    return [f](auto... arguments) {
      int m = 4;
      return f(&m, arguments...);
    };
  };
  oracle::test("bounds",
               restarted([](int *m, double x) { return bounds(x, m, 5); }), 0.9)
      .gradient(restarted([](int *m, double x, double *d_x) {
        bounds_grad(x, m, 5, d_x);
      }))
      .jvp(restarted([](int *m, double x, double t_x) {
        return bounds_jvp(x, m, 5, t_x);
      }));
  return oracle::result();
}
