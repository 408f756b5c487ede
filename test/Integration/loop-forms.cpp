//===- loop-forms.cpp - Counted loops and their doubles -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop is reversed without a record of its iterations. Here is what
// looks like one but for a detail, beside the forms that are: each loop must be
// reversed as it ran, whichever of the two it is taken for.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>
#include <string>

#pragma clang diagnostic ignored "-Wsign-compare"

#pragma retrograd gradient
#pragma retrograd jvp
double kinds_of_counters(double x, int n) {
  enum phase { first, second, end };
  double y = 1;
  for (bool b = true; b; b = false)
    y += x * y;
  for (bool b = false; b < true; b = true)
    y += x * y;
  for (phase i = first; i < end; i = phase(i + 1))
    y *= x + int(i);
  for (int i; (i = n) > 100;)
    y = 0;
  for (long i = 0; i < (long)n; ++i)
    y += x * y * i * 0.001;
  for (static const int one = 1; n < one; ++n)
    y *= x;
  for (double t = 0; t < 1; t += 0.25)
    y += x * t;
  for (double t = x; t < 3; t += 1)
    y += x * t;
  for (const char *s = "abc"; *s; ++s)
    y += x * *s * 0.01;
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double conditions(double x, int n) {
  unsigned u = n;
  double y = 1;
  for (int i = 0; i < u; ++i)
    y += x * y * .1;
  for (int i = n - 1; i < u; ++i)
    y += x * y * .1;
  for (int i = 0; n > i; i++)
    y += x * i * y * 0.1;
  for (int i = n; 0 <= i; i--)
    y += x * i * y * 0.1;
  for (int i = n; i--;)
    y += x * i * y * 0.1;
  for (int i = n; i-- != 0;)
    y += x * i * y * 0.1;
  for (int i = n; i-- != 1;)
    y += x * i * y * 0.01;
  for (int i = n; i-- >= 1;)
    y += x * i * y * 0.01;
  for (int i = n; --i;)
    y += x * i * y * 0.01;
  for (int i = n; (i -= 1) > 0;)
    y += x * i * y * 0.01;
  for (int i = 0; int left = n - i; ++i)
    y += left * x * 0.01 * y;
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double steps(double x, int n) {
  const int k = 3;
  double y = 1;
  for (int i = n; i > 0; i -= 2)
    y += x * i;
  for (unsigned i = n; i > 0; i -= 1)
    y += x * i * y;
  for (unsigned i = n; i >= 1; i--)
    y += x * i * y * 0.01;
  for (unsigned i = 8; i > 1; i -= 2)
    y += x * i * y * 0.01;
  for (int i = 0; i < n; i += k)
    y += x * i * y * 0.1;
  for (int i = 0; i < n; i += i + 1)
    y += x * y * i * 0.1;
  for (int i = 0; i < n; i *= 2, i++)
    y += x * y * i * 0.1;
  for (int i = 8; i > 1; i /= 2)
    y += x * y * i * 0.01;
  for (int i = 0; i < n; i = i + 1)
    y += x * y * i * 0.1;
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double changing(double x, int n) {
  double y = 1;
  for (int i = 0, m = n; i < m; ++i) {
    y += x * y * 0.1;
    --m;
  }
  for (int i = 0, *p = &i; i < n; ++i)
    y += x * *p * y * 0.1;
  for (int i = 0, j = 0; i < 2; ++j) {
    i = j;
    y += x * y * i * 0.1;
  }
  for (int i = 0; i < n; n--, ++i)
    y += x * y * i * 0.1;
  return y * n;
}

#pragma retrograd gradient wrt(x, limit[1])
#pragma retrograd jvp
double bounds_in_memory(double x, int *m, double *limit) {
  double y = x;
  for (int i = 0; i < *m; ++i)
    y *= x;
  for (int i = 0; i < *m; ++i) {
    y *= x;
    if (i == 1)
      *m = 3;
  }
  for (int i = 0; i < *limit; ++i) {
    y *= x;
    if (i == 1)
      *limit -= 1;
  }
  for (int i = *m; i < 5; ++i) {
    y *= x;
    if (i == 4)
      *m = 9;
  }
  return y;
}

static int factor = 3;
#pragma retrograd inactive
static int three() { return 3; }

#pragma retrograd gradient
#pragma retrograd jvp
double other_bounds(double x) {
  double y = x;
  std::string s = "abc";
  for (int i = 0; i < (int)s.size(); ++i) {
    y *= x;
    if (i == 2 && s.size() == 3)
      s += "d";
  }
  for (int i = 0; i < factor; ++i) {
    y *= x;
    three();
  }
  int k = 3, &r = k, *p = &k;
  for (int i = 0; i < k; ++i) {
    y *= x;
    if (i == 1)
      r = 4;
  }
  for (int i = r; i < 6; ++i) {
    y *= x;
    r = 0;
  }
  for (int i = 0; i < (*p = 3, 2); ++i)
    y *= x;
  for (int i = 0; i < three(); ++i)
    y *= x;
  for (int i = k; i < 6; ++i) {
    y *= x;
    *p = 1;
  }
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double ranges(double (*rows)[2], int n) {
  double y = 1;
  for (double v : rows[n])
    y += v * y;
  for (auto &v : rows[n - 1])
    y += v * v;
  int i = 0;
  for (const auto &v : rows[i]) {
    y += v * y;
    i = 1;
  }
  for (double v; auto &w : rows[0]) {
    v = w;
    y += v * v;
  }
  double(*p)[2] = rows;
  for (double v : *p) {
    y += v * y;
    p = rows + 1;
  }
  return y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double aliased_counter(double x, int n) {
  double y = x;
  for (int i = 0; i < n; ++i) { int &r = i; y *= x; if (r == 1) ++r; }
  for (int i = 0, &r = i; i < n; ++i) { y *= x * r; if (i == 1) ++r; y += x; }
  return y;
}

int main() {
  for (int n : {0, 1, 2, 3})
    CHECK_GRADIENT(aliased_counter, 0.5, n);
  for (int n : {1, 4}) {
    CHECK_GRADIENT(kinds_of_counters, 0.5, n);
    CHECK_GRADIENT(conditions, 0.5, n);
    CHECK_GRADIENT(steps, 0.5, n);
    CHECK_GRADIENT(changing, 0.5, n);
  }
  auto restarted = [](auto f) {
    return [f](auto... arguments) {
      int m = 2;
      double limit = 4.5, d_limit = 0;
      return f(&m, &limit, &d_limit, arguments...);
    };
  };
  oracle::test("bounds_in_memory",
               restarted([](int *m, double *limit, double *, double x) {
                 return bounds_in_memory(x, m, limit);
               }),
               0.9)
      .gradient(restarted(
          [](int *m, double *limit, double *d_limit, double x, double *d) {
            bounds_in_memory_grad(x, m, limit, d, d_limit);
          }))
      .jvp(restarted(
          [](int *m, double *limit, double *t_limit, double x, double t) {
            return bounds_in_memory_jvp(x, m, limit, t, t_limit);
          }));
  CHECK_GRADIENT(other_bounds, 0.9);
  double rows[2][2] = {{0.5, 0.75}, {1.5, -0.5}};
  CHECK_GRADIENT(ranges, rows, 1);
  return oracle::result();
}
