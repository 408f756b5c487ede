//===- native.cpp - A program with derivatives by hand, and wrong ones ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   f(x, a): a[0] = a[0] x + sin x, and returns a[0] a[1]
//
// WRONG chooses a mistake that the judge has to find.
//
//===----------------------------------------------------------------------===//

#include "program.h"
#include <retrograd/tape.h>

using number = long double;

namespace p0 {
#include "p0.h"

static void after(const number *x, number *y, long long *k) {
  call(x, y, k);
  if (WRONG == 1)
    y[2] += 1e-6L;
  if (WRONG == 2)
    ++k[0];
  if (WRONG == 3)
    retrograd::tape::local().push(1.0);
}

static const number small = 1e-6L;

static void gradient(const number *x, number *d, number *y, long long *k) {
  after(x, y, k);
  if (WRONG == 4)
    d[0] = 0;
  d[0] += (x[1] + cos(x[0])) * x[2] * (1 + (WRONG == 5) * small);
  d[1] += x[0] * x[2];
  d[2] += x[1] * x[0] + sin(x[0]);
  y[0] = WRONG == 6 ? y[0] + small : y[0];
  static int calls = 0;
  if (WRONG == 7)
    d[2] += 1e-19L * ++calls;
}

static void vjp(const number *x, number seed, number *d, number *y,
                long long *k) {
  after(x, y, k);
  y[0] = NAN;
  number through = seed * x[2] + d[1];
  d[0] += through * (x[1] + cos(x[0]));
  d[2] += seed * (x[1] * x[0] + sin(x[0])) * (1 + (WRONG == 8) * small);
  d[1] = through * x[0];
}

static void jvp(const number *x, number *t, number *s, number *y,
                long long *k) {
  after(x, y, k);
  y[0] = NAN;
  number a = t[0] * (x[1] + cos(x[0])) + t[1] * x[0];
  *s = a * x[2] + (x[1] * x[0] + sin(x[0])) * t[2];
  t[1] = a * (1 + (WRONG == 9) * small);
}

static void gradient_jvp(const number *x, const number *t, number *d, number *s,
                         number *y, long long *k) {
  number ignored[4];
  gradient(x, d, ignored, k);
  call(x, y, k);
  y[0] = NAN;
  if (WRONG == 3)
    return;
  s[0] += (t[1] - sin(x[0]) * t[0]) * x[2] + (x[1] + cos(x[0])) * t[2];
  s[1] += t[0] * x[2] + x[0] * t[2];
  s[2] += (x[1] + cos(x[0])) * t[0] + t[1] * x[0] * (1 + (WRONG == 10) * small);
}

static const number x[] = {0.5L, 1.25L, -2, 1.5L, 0.25L, 3};
static const long long k[] = {3, 4};
} // namespace p0

const oracle::program oracle::programs[] = {
    {"p0", 3, 1, true, 0x1p-52L, 2, p0::x, p0::k, p0::call, p0::gradient,
     p0::vjp, p0::jvp, p0::gradient_jvp}};
const std::size_t oracle::program_count = 1;
