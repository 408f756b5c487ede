//===- exceptions.cpp - Exceptions ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An exception that passes a derivative leaves no record on the tape, and the
// next call is right.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

static int failing_at = -1;

#pragma retrograd inactive
void maybe_throw(int i) {
  if (i == failing_at)
    throw i;
}

#pragma retrograd gradient
#pragma retrograd jvp
double fragile(const double *x, int n) {
  double s = 1;
  int i = 0;
  while (i < n) {
    s = std::sin(s * x[i]) + x[i];
    maybe_throw(i);
    ++i;
  }
  return s;
}

static double deep(double x, int n) {
  maybe_throw(n);
  return n == 0 ? x : std::sin(deep(x, n - 1)) * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double fragile_calls(double x, int n) { return deep(x, n) * x; }

#pragma retrograd gradient
#pragma retrograd jvp
double throwing(double x) {
  if (x < 0)
    throw 1.5;
  return std::sqrt(x);
}

template <class F> static bool throws(F call) {
  try {
    call();
  } catch (...) {
    return true;
  }
  return false;
}

// Where nothing is thrown, throw expressions are no obstacle.
#pragma retrograd gradient
#pragma retrograd jvp
double not_thrown(double x, int n) {
  double y = x > 0 ? x * x : throw 1;
  y *= n > 0 ? n : throw "n";
  switch (n) { case 1: y *= x; break; case 2: throw 2; default: { int j = n; y *= x * j; } }
  n > 3 ? throw 3 : (void)(y *= x);
  return y;
}

int main() {
  CHECK_GRADIENT(not_thrown, 0.5, 1);
  CHECK_GRADIENT(not_thrown, 0.5, 3);
  double x[] = {0.5, -1.25, 0.75, 1.5}, d[4] = {};
  for (failing_at = 0; failing_at < 4; ++failing_at) {
    oracle::require("fragile", "the exception passes",
                    throws([&] { fragile_grad(x, 4, d); }));
    oracle::require("fragile", "the tape is empty",
                    retrograd::tape::local().empty());
    oracle::require("fragile_calls", "the exception passes",
                    throws([&] { fragile_calls_grad(0.5, 4, d); }));
    oracle::require("fragile_calls", "the tape is empty",
                    retrograd::tape::local().empty());
  }
  failing_at = -1;
  CHECK_GRADIENT(fragile, x, 4);
  CHECK_GRADIENT(fragile_calls, 0.5, 4);
  oracle::require("throwing", "throws", throws([&] { throwing_grad(-1, d); }));
  oracle::require("throwing", "throws", throws([] { throwing_jvp(-1, 1); }));
  CHECK_GRADIENT(throwing, 1.5);
  return oracle::result();
}
