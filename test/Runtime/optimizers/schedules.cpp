//===- schedules.cpp - Schedules beside PyTorch's, and as formulas --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs/make-golden.py stores what PyTorch's schedulers do to a rate of 1, by
// recursion from step to step; ours are formulas in the step, so that the two
// agree up to PyTorch's rounding: 1e-13.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t %S/Inputs/schedules.txt

#include "../Inputs/check.h"
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <retrograd/schedules.h>
#include <set>
#include <sstream>
#include <string>

using namespace retrograd;

/// Factors by schedule, from the step on at which they change.
static std::map<std::string, std::map<std::int64_t, double>> golden;
static std::set<std::string> tested;

static void read(const char *path) {
  std::ifstream file(path);
  CHECK_THAT(file);
  for (std::string line; std::getline(file, line);) {
    if (line[0] == '#')
      continue;
    std::istringstream words(line);
    std::string name, factor;
    std::int64_t step = 0;
    words >> name >> step >> factor;
    golden[name][step] = std::strtod(factor.c_str(), nullptr);
  }
  CHECK_THAT(!golden.empty());
}

static double expected(const std::string &name, std::int64_t step) {
  CHECK_THAT(golden.count(name) == 1);
  tested.insert(name);
  return std::prev(golden[name].upper_bound(step))->second;
}

static void compare(const std::string &name, const schedule &s) {
  for (std::int64_t step = 0; step <= 120; ++step)
    if (!(std::fabs(s(step) - expected(name, step)) <= 1e-13)) {
      std::printf("%s at %d: %.17g, PyTorch: %.17g\n", name.c_str(),
                  static_cast<int>(step), s(step), expected(name, step));
      std::exit(1);
    }
}

static double metric(std::int64_t step) {
  const double fallen = static_cast<double>(
      std::min<std::int64_t>(step, 20) +
      std::max<std::int64_t>(0, std::min<std::int64_t>(step - 60, 10)));
  return (64 - fallen) / 64 + static_cast<double>(step % 3) / 4096;
}

static void compare(const std::string &name, const plateau_options &options) {
  reduce_on_plateau plateau(options);
  double last = 1;
  for (std::int64_t step = 0; step <= 120; ++step) {
    const bool falls = plateau.observe(metric(step));
    const double e = expected(name, step);
    CHECK_THAT(std::fabs(plateau.factor() - e) <= 1e-13 * e);
    CHECK_THAT(falls == (plateau.factor() < last));
    last = plateau.factor();
  }
}

static void like_pytorch() {
  compare("step_decay", step_decay{30});
  compare("multi_step", multi_step{{10, 50, 51}, 0.5});
  compare("exponential", exponential{0.97});
  compare("linear_warmup", linear_warmup{20});
  compare("polynomial", polynomial{.total_steps = 100, .power = 2});
  compare("cosine", cosine{120, 0.1});
  compare("cosine_restarts", cosine_restarts{25});
  compare("cosine_restarts_doubling", cosine_restarts{10, 2, 0.05});
  compare("one_cycle", one_cycle{121});
  compare("one_cycle_linear", one_cycle{.total_steps = 121,
                                        .pct_start = 0.25,
                                        .anneal = one_cycle::shape::linear});
  compare("sequence", sequence{{linear_warmup{10}, cosine{111}}, {10}});
  compare("chain", chain{{linear_warmup{10}, exponential{0.99}}});
  using target = plateau_options::target;
  compare("plateau", plateau_options{.patience = 4});
  compare("plateau_cooldown", plateau_options{.factor = 0.5,
                                              .patience = 2,
                                              .cooldown = 6,
                                              .min_factor = 0.05});
  compare("plateau_absolute", plateau_options{.factor = 0.5,
                                              .patience = 3,
                                              .threshold = 0.02,
                                              .absolute_threshold = true});
  compare("plateau_largest",
          plateau_options{.patience = 7, .best = target::largest});
  CHECK_THAT(tested.size() == golden.size());
}

/// What PyTorch has not, or not at these places.
static void formulas() {
  const auto close = [](double a, double b) { return std::fabs(a - b) < 1e-15; };
  CHECK_THAT(schedule()(7) == 1);
  CHECK_THAT(schedule(constant{0.25})(7) == 0.25);
  const inverse_time inverse = {.rate = 0.5, .every = 10};
  CHECK_THAT(inverse(0) == 1 && close(inverse(5), 1 / 1.25));
  CHECK_THAT(close(inverse(1000), 1.0 / 51));
  const exponential slow = {.gamma = 0.25, .every = 10};
  CHECK_THAT(slow(0) == 1 && close(slow(5), 0.5) && close(slow(10), 0.25));
  const piecewise pieces = {{3, 5}, {1, 0.5, 0}};
  CHECK_THAT(pieces(0) == 1 && pieces(2) == 1 && pieces(3) == 0.5);
  CHECK_THAT(pieces(4) == 0.5 && pieces(5) == 0 && pieces(99) == 0);
  const linear_warmup from_zero = {.steps = 4, .start_factor = 0};
  CHECK_THAT(from_zero(0) == 0 && from_zero(3) == 0.75 && from_zero(4) == 1);
  const polynomial line = {.total_steps = 4, .end_factor = 0.5};
  CHECK_THAT(line(0) == 1 && line(1) == 0.875 && line(4) == 0.5);
  const schedule own = [](std::int64_t k) { return 1 / std::sqrt(1.0 + k); };
  CHECK_THAT(own(3) == 0.5);
  // Compositions of compositions.
  const schedule nested = chain{
      {sequence{{constant{0.5}, linear_warmup{4, 0}}, {2}}, constant{2}}};
  CHECK_THAT(nested(1) == 1 && nested(2) == 0 && nested(4) == 1);
}

/// Behind its end, a schedule stays where it is: PyTorch's cosine would rise.
static void ends() {
  constexpr auto late = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t step : {std::int64_t{121}, late}) {
    CHECK_THAT((cosine{120, 0.25}(step) == 0.25));
    CHECK_THAT((polynomial{.total_steps = 120, .end_factor = 0.5}(step) == 0.5));
    CHECK_THAT(linear_warmup{120}(step) == 1);
    CHECK_THAT(std::fabs(one_cycle{120}(step) - 1 / 25e4) < 1e-18);
    for (const std::int64_t multiply : {1, 2, 1000}) {
      const double factor = cosine_restarts{7, multiply}(step);
      CHECK_THAT(factor >= 0 && factor <= 1);
    }
  }
  CHECK_THAT(schedule(exponential{0.5})(late) == 0);
  CHECK_THAT(schedule(step_decay{1, 0.5})(late) == 0);
  // A single step, and a peak at either end.
  CHECK_THAT(std::fabs(one_cycle{1}(0) - 1 / 25e4) < 1e-18);
  const one_cycle rising = {10, 1};
  CHECK_THAT(rising(9) == 1 && rising(10) < 1e-5);
  CHECK_THAT(std::fabs(one_cycle{10, 0}(9) - 1 / 25e4) < 1e-18);
}

/// Not a number is no progress, also as the first value; a loss below zero
/// makes progress downwards.
static void plateaus() {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  reduce_on_plateau all_nan({.patience = 1});
  CHECK_THAT(!all_nan.observe(nan) && all_nan.observe(nan));
  reduce_on_plateau negative({.factor = 0.5, .patience = 0});
  CHECK_THAT(!negative.observe(-1) && negative.observe(-0.5));
  CHECK_THAT(!negative.observe(-2) && negative.observe(-2.0001));
  CHECK_THAT(negative.factor() == 0.25);
  reduce_on_plateau floor({.factor = 0.5, .patience = 0, .min_factor = 0.5});
  floor.observe(1);
  CHECK_THAT(floor.observe(1) && !floor.observe(1) && floor.factor() == 0.5);
}

int main(int, char **arguments) {
  read(arguments[1]);
  like_pytorch();
  formulas();
  ends();
  plateaus();
}
