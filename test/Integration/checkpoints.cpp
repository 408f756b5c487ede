//===- checkpoints.cpp - Loops and calls that are run again ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each derivative is that of the same function without the pragma, leaves in
// memory what that one leaves there, and is checked against differences, the
// tangent and the dot product for several numbers of steps.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t.d && mkdir %t.d
// RUN: cd %t.d && %{numeric}

#include "oracle.h"
#include <cstring>
#include <retrograd/retrograd.h>
#include <retrograd/snapshot_file.h>
#include <utility>
#include <vector>

#pragma clang diagnostic ignored "-Wvla-cxx-extension"

#define CHECKPOINT(clauses)
namespace plain {
#include "Inputs/checkpointed.h"
}
#undef CHECKPOINT

#define TEXT(words) _Pragma(#words)
#define CHECKPOINT(clauses) TEXT(retrograd checkpoint clauses)
namespace again {
#include "Inputs/checkpointed.h"
}

static int failures = 0;

static std::vector<double> start(int n, double first) {
  std::vector<double> x;
  for (int i = 0; i < n; ++i)
    x.push_back(first + 0.125 * i);
  return x;
}

/// The text of a step may add up in another order than that of the loop.
static bool same(const std::vector<double> &a, const std::vector<double> &b) {
  double most = 0;
  for (double x : a)
    most = std::isfinite(x) ? std::fmax(most, std::fabs(x)) : most;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(std::fabs(a[i] - b[i]) <= 1e-14 * most) &&
        std::memcmp(&a[i], &b[i], sizeof(double)) != 0)
      return false;
  return a.size() == b.size();
}

/// Both functions are called with arrays of their own.
template <class F, class G>
static void compare(const char *name, int steps, F expected, G got) {
  std::vector<double> a, b;
  expected(a);
  got(b);
  if (same(a, b) && retrograd::tape::local().empty())
    return;
  std::printf("%s, %d steps: not the same\n", name, steps);
  ++failures;
}

#define SAME(steps, function, ...)                                             \
  compare(                                                                     \
      #function, steps,                                                        \
      [&](std::vector<double> &all) {                                          \
        using namespace plain;                                                 \
        all = __VA_ARGS__;                                                     \
      },                                                                       \
      [&](std::vector<double> &all) {                                          \
        using namespace again;                                                 \
        all = __VA_ARGS__;                                                     \
      })

/// The numbers that a call leaves in d, which has room for them.
template <class Call> static std::vector<double> filled(int size, Call call) {
  std::vector<double> d = start(size, 0.5);
  call(d.data());
  return d;
}

static void scalars(int n) {
  SAME(n, pendulum, filled(3, [&](double *d) {
         pendulum_grad(1, 0.5, 0.1, n, d, d + 1, d + 2);
       }));
  SAME(n, pendulum_jvp, filled(6, [&](double *d) {
         pendulum_grad_jvp(1, 0.5, 0.1, n, d, d + 1, d + 2, 1, 2, 3, d + 3,
                           d + 4, d + 5);
       }));
  SAME(n, places, filled(2, [&](double *d) {
         places_grad(1.25, 0.5, n, d, d + 1);
       }));
  SAME(n, places_jvp, filled(4, [&](double *d) {
         places_grad_jvp(1.25, 0.5, n, d, d + 1, 1, 2, d + 2, d + 3);
       }));
  for (double x : {0.7, 7.0, 1e9}) {
    SAME(n, newton, filled(2, [&](double *d) {
           newton_grad(x, 2.5, n, d, d + 1);
         }));
    SAME(n, newton_jvp, filled(4, [&](double *d) {
           newton_grad_jvp(x, 2.5, n, d, d + 1, 1, 2, d + 2, d + 3);
         }));
  }
  for (int m : {0, 2, 3, 7}) {
    SAME(n, nested,
         filled(1, [&](double *d) { nested_grad(0.7, n, m, d); }));
    SAME(n, nested_jvp, filled(2, [&](double *d) {
           nested_grad_jvp(0.7, n, m, d, 1, d + 1);
         }));
  }
}

static void arrays(int n) {
  const int size = 6;
  SAME(n, heat, filled(2 * size + 1, [&](double *d) {
         heat_grad(d, 0.1, size, n, d + size, d + 2 * size);
       }));
  SAME(n, heat_jvp, filled(4 * size + 2, [&](double *d) {
         heat_grad_jvp(d, 0.1, size, n, d + size, d + 2 * size, d + 2 * size + 1,
                       1.5, d + 3 * size + 1, d + 4 * size + 1);
       }));
  int length = n + 2;
  SAME(n, sweeps, filled(2 * length, [&](double *d) {
         sweeps_vjp(d, length, d + length);
       }));
  SAME(n, sweeps_jvp, filled(4 * length, [&](double *d) {
         sweeps_vjp_jvp(d, length, d + length, d + 2 * length, d + 3 * length);
       }));
  SAME(n, aliased, filled(4 * length, [&](double *d) {
         aliased_vjp(d, d + length, length, d + 2 * length, d + 3 * length);
         aliased_vjp(d, d, length, d + 2 * length, d + 2 * length);
         aliased_vjp(d, d + 1, length, d + 2 * length, d + 2 * length + 1);
       }));
  SAME(n, stored, filled(1, [&](double *d) {
         stored_grad(0.3, size, n, ".", d);
       }));
  SAME(n, stored_jvp, filled(2, [&](double *d) {
         stored_grad_jvp(0.3, size, n, ".", d, 1, d + 1);
       }));
  SAME(n, outputs, filled(2 * n + 5, [&](double *d) {
         std::vector<float> out(n + 1, 0.25f), d_out(n + 1, 0.5f);
         float d_a = 1;
         outputs_grad(0.7f, out.data(), n, &d_a, d_out.data());
         for (int i = 0; i <= n; ++i) {
           d[i] = out[i];
           d[n + 1 + i] = d_out[i];
         }
         d[2 * n + 2] = d_a;
       }));
}

static void calls() {
  SAME(0, halving, filled(2, [](double *d) {
         halving_grad(3, 1.2, d, d + 1);
       }));
  SAME(0, calling, filled(2, [](double *d) {
         calling_grad(0.3, 1.2, d, d + 1);
       }));
  SAME(0, calling_jvp, filled(4, [](double *d) {
         calling_grad_jvp(0.3, 1.2, d, d + 1, 1, 2, d + 2, d + 3);
       }));
}

int main() {
  for (int n : {0, 1, 2, 3, 4, 5, 17, 60})
    scalars(n);
  for (int n : {0, 1, 2, 3, 4, 5, 17})
    arrays(n);
  calls();
  double u[5] = {1, 2, 3, 1, 2};
  for (int n : {0, 1, 2, 9}) {
    oracle::test("pendulum", again::pendulum, 1.0, 0.5, 0.25, n)
        .gradient(again::pendulum_grad)
        .jvp(again::pendulum_jvp)
        .hessian(again::pendulum_grad, again::pendulum_grad_jvp);
    oracle::test("heat", again::heat, u, 0.25, 5, n).gradient(again::heat_grad);
    oracle::test("nested", again::nested, 0.5, n, 4)
        .gradient(again::nested_grad)
        .hessian(again::nested_grad, again::nested_grad_jvp);
    oracle::test("sweeps", again::sweeps, u, 5).vjp(again::sweeps_vjp);
  }
  oracle::test("calling", again::calling, 0.25, 1.25)
      .gradient(again::calling_grad)
      .hessian(again::calling_grad, again::calling_grad_jvp);
  return oracle::result() + failures;
}
