//===- batch-tape.cpp - Bytes of tape, said and used -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a description says that a sample needs is enough, and little more than what
// the gradient has on the tape when its forward sweep ends.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "descriptions.h"
#include <retrograd/retrograd.h>

static std::size_t used;
#pragma retrograd inactive
static void look() { used = retrograd::tape::local().bytes(); }

#pragma retrograd batch sample(x) shared(w)
double steps(double x, double w, int n) {
  for (int i = 0; i < n; ++i)
    x = std::sin(w * x);
  look();
  return x;
}

#pragma retrograd batch sample(x) shared(w)
float nested(float x, float w, int n, unsigned short m) {
  float sum = 0;
  for (int i = 2; i <= n; ++i) {
    float y = x;
    for (unsigned short j = 0; j < m; j += 3)
      y = std::sin(w * y);
    sum += y;
  }
  look();
  return sum;
}

static double scaled(double *y, double w, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = std::sin(w * y[i]);
  return y[0] * y[0];
}
#pragma retrograd batch sample(x) shared(w)
double called(double x, double w, int n) {
  double y[9];
  for (int i = 0; i < n; ++i)
    y[i] = x + i;
  double sum = 0;
  for (int k = 0; k < 3; ++k)
    sum += scaled(y, w, n);
  look();
  return sum;
}

#pragma retrograd batch sample(x) shared(w)
double allocated(double x, double w, int n) {
  double *y = new double[n];
  for (int i = 0; i < n; ++i)
    y[i] = std::exp(x * w) * i;
  const double result = y[0] + y[n - 1];
  delete[] y;
  look();
  return result;
}

// The bound counts both branches.
#pragma retrograd batch sample(x) shared(w)
double branched(double x, double w, int n) {
  if (x > 0)
    for (int i = 0; i < n; ++i)
      x = std::sin(w * x);
  else
    for (int i = 0; i < n; ++i)
      x = std::exp(w * x);
  look();
  return x;
}

#pragma retrograd batch sample(x) shared(w)
double unbounded(double x, double w) {
  while (x > 1)
    x = x * w;
  look();
  return x;
}

/// Padding is counted at its most.
template <class B>
static void check(B batch, std::size_t slack) {
  using T = typename B::value_type;
  const T x = 2, w = T(.5);
  T d = 0;
  used = 0;
  batch.gradient(&x, &w, &d);
  oracle::require(B::name, "the tape is used", used > 0);
  oracle::require(B::name, "the bound is one", used <= batch.tape_bytes());
  oracle::require(B::name, "the bound is close",
                  used + slack >= batch.tape_bytes());
}

int main() {
  check(steps_batch{.n = 10}, 7);
  check(steps_batch{.n = 0}, 7);
  oracle::require("steps", "a step more, a value more",
                  steps_batch{.n = 11}.tape_bytes() ==
                      steps_batch{.n = 10}.tape_bytes() + sizeof(double));
  check(nested_batch{.n = 5, .m = 8}, 4 * 3);
  oracle::require("nested", "no loop, no tape",
                  nested_batch{.n = 1, .m = 8}.tape_bytes() == 0);
  check(called_batch{.n = 4}, 3 * 7 + 64);
  check(allocated_batch{.n = 4}, 2 * 7);
  check(branched_batch{.n = 4}, 2 * (4 * 8 + 16));
  oracle::require("unbounded", "nobody knows",
                  unbounded_batch{}.tape_bytes() == retrograd::unknown_size);
  return oracle::result();
}
