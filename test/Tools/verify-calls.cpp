//===- verify-calls.cpp - Which calls verify themselves -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first n calls of all threads together do. Derivatives that a primal calls
// while it is verified do not, so that recursion ends. Effects of the primal are
// repeated, but not those on its arguments.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fplugin-arg-retrograd-verify=5 -pthread -O1 -fsanitize=thread %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: %rgcxx -fplugin-arg-retrograd-verify=5 -fno-exceptions -fno-rtti -DNO_EXCEPTIONS %s -o %t.without
// RUN: %t.without 2>&1 | FileCheck --check-prefix=CALLS %s

#include <atomic>
#include <cmath>
#include <cstdio>
#include <retrograd/retrograd.h>
#include <thread>
#include <vector>

static double twice(double x) { return 2 * x; }
#pragma retrograd rule(twice)
static void twice_pullback(double, double seed, double *d_x) { *d_x += seed; }

static std::atomic<int> primal_calls{0};
#pragma retrograd inactive
static void count() { ++primal_calls; }

#pragma retrograd gradient
double f(double x) {
  count();
  return twice(x);
}

// Finds a minimum with a derivative of its own: a function of no derivative.
#pragma retrograd inactive
static double solve() {
  double d = 0;
  f_grad(1, &d);
  return d;
}
#pragma retrograd gradient
double outer(double x) { return twice(x) * solve(); }

// Calls its own derivative.
double nested(double x, int depth);
#pragma retrograd inactive
static double slope(double x, int depth);
#pragma retrograd gradient
double nested(double x, int depth) {
  double by = depth > 0 ? slope(x, depth - 1) : 1;
  return x * x * x + 0 * by;
}
static double slope(double x, int depth) {
  double d = 0;
  nested_grad(x, depth, &d);
  return d;
}

#ifndef NO_EXCEPTIONS
// Throws at the point itself, or beside it.
#pragma retrograd gradient
double positive(double x) {
  if (x < 0)
    throw 1;
  return std::sqrt(x) * x;
}
#endif

int main() {
  // The outer derivative is verified, the inner one then is not.
  double d_x = 0;
  outer_grad(3, &d_x);
  if (primal_calls < 20)
    std::fprintf(stderr, "not verified\n");
  nested_grad(2, 2, &d_x);

  // The outer one reports first: the calls of the inner one that are verified are
  // not those of its check.
  // CHECK: retrograd: verify: outer_grad: d_x is 1, differences say 2 +- {{.*}} (call 1)
  // CALLS: retrograd: verify: outer_grad
  // CALLS-COUNT-5: retrograd: verify: f_grad: d_x is 1, differences say 2 +-
  // CALLS-NOT: verify
  // CHECK-COUNT-5: retrograd: verify: f_grad: d_x is 1, differences say 2 +-
  // CHECK-NOT: f_grad
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      double d = 0;
      for (int k = 0; k < 50; ++k)
        f_grad(k, &d);
      if (d != 50)
        std::fprintf(stderr, "wrong\n");
    });
  for (std::thread &t : threads)
    t.join();
#ifndef NO_EXCEPTIONS
  bool caught = false;
  try {
    positive_grad(-1, &d_x);
  } catch (int) {
    caught = true;
  }
  if (!caught)
    std::fprintf(stderr, "verify has caught an exception\n");
#endif
  // CHECK: positive_grad: not verified: the function throws an exception (call 1)
  // CHECK: end
  std::fprintf(stderr, "end\n");
}
