//===- lbfgs.cpp - L-BFGS finds minima, by steps that keep their promises -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each accepted step is checked against the strong Wolfe conditions from outside:
// the test evaluates the function itself.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include <cmath>
#include <limits>
#include <retrograd/optimizers/lbfgs.h>
#include <stdexcept>
#include <vector>

using namespace retrograd;

/// The sum of Rosenbrock's function over pairs; minimum 0 at (1, 1, ...).
template <class T> static double rosenbrock(std::span<const T> x, std::span<T> g) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); i += 2) {
    const double a = x[i], b = x[i + 1], d = b - a * a;
    sum += 100 * d * d + (1 - a) * (1 - a);
    g[i] = static_cast<T>(-400 * a * d - 2 * (1 - a));
    g[i + 1] = static_cast<T>(200 * d);
  }
  return sum;
}

/// sum a_i (x_i - 1/i)^2 / 2 with a_i from 1 to 10^4.
template <class T> static double quadratic(std::span<const T> x, std::span<T> g) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double a = std::pow(10, 4.0 * i / (x.size() - 1)),
                 d = x[i] - 1 / (1.0 + i);
    sum += a * d * d / 2;
    g[i] = static_cast<T>(a * d);
  }
  return sum;
}

static double dot(const std::vector<double> &x, const std::vector<double> &y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += x[i] * y[i];
  return sum;
}

/// Runs iteration by iteration, and checks f(x') <= f(x) + c1 g s and
/// |g' s| <= c2 |g s| for s = x' - x, which is a multiple of the direction.
static lbfgs_summary checked(const LBFGS &options, std::vector<double> x,
                             const objective<double> &f) {
  auto p = parameters<double>::borrow("x", x);
  lbfgs_state<double> state(options, p);
  std::vector<double> g(x.size()), next_g(x.size()), s(x.size());
  double value = f(x, g);
  bool more = true;
  while (more) {
    const std::vector<double> old = x;
    more = state.iterate(p, f);
    for (std::size_t i = 0; i < x.size(); ++i)
      s[i] = x[i] - old[i];
    const double next = f(x, next_g);
    CHECK_THAT(next == state.summary().final_loss);
    const double slope = dot(g, s);
    CHECK_THAT(slope < 0);
    // By 4 eps |f| where the decrease drowns in rounding.
    CHECK_THAT(next <= value + options.sufficient_decrease * slope +
                           1e-15 * std::fabs(value));
    CHECK_THAT(std::fabs(dot(next_g, s)) <=
               options.curvature * std::fabs(slope) * (1 + 1e-9));
    value = next;
    g = next_g;
  }
  return state.summary();
}

static void wolfe() {
  for (const double curvature : {0.9, 0.5, 0.1})
    for (const std::int64_t history : {3, 100}) {
      const LBFGS options = {.max_iter = 2000, .tolerance_grad = 1e-6,
                             .tolerance_change = 0,
                             .history_size = history,
                             .curvature = curvature};
      for (const double start : {-1.2, 3.0, -10.0, 50.0}) {
        const auto s = checked(options, {start, 1, -1.2, start},
                               rosenbrock<double>);
CHECK_THAT(s.why == lbfgs_end::gradient && s.final_loss < 1e-10);
      }
      const auto s = checked(options, std::vector<double>(20, 2.0),
                             quadratic<double>);
      CHECK_THAT(s.converged() && s.final_loss < 1e-10);
    }
}

/// Far better than the number of evaluations that steepest descent needs.
template <class T> static void minima() {
  std::vector<T> x = {T(-1.2), 1, T(-1.2), 1};
  std::int64_t calls = 0;
  const LBFGS options = {
      .tolerance_grad = sizeof(T) == sizeof(float) ? 1e-3 : 1e-9,
      .tolerance_change = 0};
  const auto s = minimize(options, x, [&](auto x, auto g) {
    ++calls;
    return rosenbrock<T>(x, g);
  });
  CHECK_THAT(s.why == lbfgs_end::gradient && s.converged());
  CHECK_THAT(s.evaluations == calls && calls < 80);
  CHECK_THAT(s.first_loss > 48 && s.first_loss < 49 && s.final_loss < 1e-6);
  CHECK_THAT(s.gradient_max <= options.tolerance_grad);
  for (const T v : x)
    CHECK_THAT(std::fabs(v - 1) < (sizeof(T) == sizeof(float) ? 1e-3 : 1e-9));
}

/// A frozen block is a constant.
template <class T> static void frozen() {
  parameters<T> p;
  p.add("x", 1, T(3)).add("y", 1, T(4), {.frozen = true});
  const auto s = minimize(LBFGS{.tolerance_grad = 1e-4}, p,
                          [](std::span<const T> x, std::span<T> g) {
                            return rosenbrock<T>(x, g);
                          });
  CHECK_THAT(s.converged() && p["y"][0] == 4);
  // The best x for y = 4 solves 400 x (x^2 - 4) = 2 (1 - x).
  const double x = p["x"][0];
  CHECK_THAT(std::fabs(400 * x * (x * x - 4) - 2 * (1 - x)) < 2e-3);
}

/// Beyond x = 1 the function is not there: the search goes back.
template <class T> static void walls() {
  for (const double outside : {std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()}) {
    std::vector<T> x = {T(-5)};
    const auto s = minimize(
        LBFGS{.tolerance_grad = 1e-3}, x,
        [&](std::span<const T> x, std::span<T> g) {
          const double v = x[0];
          g[0] = static_cast<T>(v < 1 ? 1 / (1 - v) - 2 : outside);
          return v < 1 ? -std::log(1 - v) - 2 * v : outside;
        });
    CHECK_THAT(s.why == lbfgs_end::gradient);
    CHECK_THAT(std::fabs(x[0] - T(0.5)) < 1e-3);
  }
}

static void ends() {
  const auto end_of = [](const LBFGS &options, const objective<double> &f,
                         double start = 1) {
    std::vector<double> x = {start};
    return minimize(options, x, f);
  };
  const objective<double> square = [](auto x, auto g) {
    g[0] = 2 * x[0];
    return x[0] * x[0];
  };
  const objective<double> line = [](auto x, auto g) {
    g[0] = 1;
    return x[0];
  };
  CHECK_THAT(end_of({}, square, 0).message ==
             "the gradient at the start is at most tolerance_grad");
  auto s = end_of({.max_iter = 3, .max_line_search = 2}, line);
  CHECK_THAT(s.why == lbfgs_end::iterations && s.iterations == 3);
  CHECK_THAT(s.message == "max_iter iterations are done" && !s.converged());
  s = end_of({.max_eval = 4, .max_line_search = 2}, line);
  CHECK_THAT(s.why == lbfgs_end::evaluations && s.evaluations >= 4);
  s = end_of({.tolerance_change = 100, .max_line_search = 2}, line);
  CHECK_THAT(s.why == lbfgs_end::change && s.iterations == 1);
  // A gradient of the wrong sign, which promises what does not come.
  s = end_of({}, [](auto x, auto g) {
    g[0] = -2 * x[0];
    return x[0] * x[0];
  });
  CHECK_THAT(s.why == lbfgs_end::line_search_failed && s.final_loss == 1);
  CHECK_THAT(s.message ==
             "the loss does not decrease along the gradient: either it is as "
             "small as its rounding allows, or the gradient is not its "
             "gradient");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  s = end_of({}, [&](auto, auto) { return nan; });
  CHECK_THAT(s.message == "the loss at the start is nan");
  s = end_of({}, [&](auto, auto g) {
    g[0] = nan;
    return 1.0;
  });
  CHECK_THAT(s.message == "the gradient at the start is not finite");
  s = end_of({.lr = 3, .line_search_fn = line_search::none},
             [&](auto x, auto g) {
               g[0] = 2 * x[0];
               return x[0] < 0 ? nan : x[0];
             });
  CHECK_THAT(s.message ==
             "the loss became nan after a step without a line search");
}

int main() {
  wolfe();
  minima<float>();
  minima<double>();
  frozen<float>();
  frozen<double>();
  walls<float>();
  walls<double>();
  ends();
}
