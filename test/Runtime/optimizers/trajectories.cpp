//===- trajectories.cpp - 200 steps beside those of PyTorch ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each optimizer takes the steps of Inputs/make-golden.py, whose stored results
// name the version of PyTorch. The bounds are relative to |p|, or to 1/2 where a
// parameter is smaller, as it passes through zero between steps of ordinary size.
//
// double: 1e-12. float: 8 units in the last place in 200 steps. Many steps have
// the very bits of PyTorch; some do not, since we multiply by 1 / sqrt(bc2) where
// PyTorch divides, and since its NAdam keeps the product of momenta in float.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror \
// RUN:   -ffp-contract=off %s %runtime -o %t
// RUN: %t %S/Inputs/trajectories.txt

#include "../Inputs/check.h"
#include "Inputs/variants.h"
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace retrograd;

constexpr int count = 5;
template <class T> using five = std::vector<T>;

/// Parameters by optimizer, type and step.
static std::map<std::string, std::map<int, std::vector<double>>> golden;
static std::set<std::string> tested;

static void read(const char *path) {
  std::ifstream file(path);
  CHECK_THAT(file);
  for (std::string line; std::getline(file, line);) {
    if (line[0] == '#')
      continue;
    std::istringstream words(line);
    std::string name, type, word;
    int step = 0;
    words >> name >> type >> step;
    std::vector<double> p;
    while (words >> word)
      p.push_back(std::strtod(word.c_str(), nullptr));
    CHECK_THAT(p.size() == count);
    golden[name + " " + type][step] = p;
  }
  CHECK_THAT(!golden.empty());
}

template <class T> static std::string type_name() {
  return sizeof(T) == sizeof(float) ? "float" : "double";
}

/// Compares what `step(t)` leaves in x with the stored results.
template <class T, class Step>
static void compare(const std::string &name, std::span<const T> x, double bound,
                    Step &&step) {
  const std::string key = name + " " + type_name<T>();
  tested.insert(key);
  CHECK_THAT(golden.count(key) == 1);
  double worst = 0;
  const auto &steps = golden[key];
  for (int t = 1; t <= steps.rbegin()->first; ++t) {
    step(t);
    const auto expected = steps.find(t);
    if (expected == steps.end())
      continue;
    for (int i = 0; i < count; ++i) {
      const double e = expected->second[i];
      const double scale = std::max(std::fabs(e), 0.5);
      worst = std::max(worst, std::fabs(x[i] - e) / scale);
    }
  }
  std::printf("%s: %.2g of %.2g\n", key.c_str(), worst, bound);
  CHECK_THAT(worst <= bound);
}

template <class T> static five<T> gradient(std::span<const T> p, int t) {
  const double a[] = {1, 0.25, 2, 0.0625, 0}, b[] = {0.5, -1.5, 0.125, 3, 0},
               c[] = {0.5, 1, 0.25, 0.125, 0};
  const T s = static_cast<T>((t * 37 % 64 - 31.5) / 32);
  five<T> g(count);
  for (int i = 0; i < count; ++i)
    g[i] = T(a[i]) * (p[i] - T(b[i])) + T(c[i]) * s;
  return g;
}

template <class T> constexpr double bound() {
  return sizeof(T) == sizeof(float) ? 8 * 0x1p-23 : 1e-12;
}

template <class T> static const five<T> start = {1.5, -0.75, 2, -1, 0.625};

template <class T, class Optimizer, class Options>
static void run(const std::string &name, const Optimizer &optimizer,
                parameters<T> p, Options &&options) {
  optimizer_state state(optimizer, p);
  compare<T>(name, std::as_const(p).values(), bound<T>(), [&](int t) {
    const five<T> g = gradient<T>(p.values(), t);
    state.step(p, g, options(p, std::span<const T>(g)));
    CHECK_THAT(state.steps() == t);
  });
}

template <class T> static void elementwise() {
  const auto none = [](const auto &, auto) { return step_options{}; };
  parameters<T> p;
  p.add("p", start<T>);
  for_each_variant([&](const char *name, const auto &optimizer) {
    run<T>(name, optimizer, p, none);
  });
  run<T>("adam_clip_norm", Adam{.lr = 0.01}, p, [](const auto &p, auto g) {
    return step_options{.gradient_scale =
                            clip_factor(gradient_norm(p, g), 0.75)};
  });
  run<T>("sgd_clip_value", SGD{.lr = 0.05}, p,
         [](const auto &, auto) { return step_options{.clip_value = 0.5}; });
  const std::span<const T> all = start<T>;
  parameters<T> groups;
  groups.add("first", all.first(2), {.lr = 0.02});
  groups.add("second", all.subspan(2), {.weight_decay = 0.5});
  run<T>("adamw_groups", AdamW{.lr = 0.01}, groups, none);
}

template <class T> static void lbfgs() {
  const double a[] = {1, 0.25, 2, 0.5, 4}, b[] = {0.5, -1.5, 0.125, 3, 0};
  parameters<T> p;
  p.add("p", start<T>);
  lbfgs_state<T> state({.lr = 0.5,
                        .tolerance_grad = 0,
                        .tolerance_change = 0,
                        .history_size = 4,
                        .line_search_fn = line_search::none},
                       p);
  const objective<T> f = [&](std::span<const T> x, std::span<T> g) {
    T sum = 0;
    for (int i = 0; i < count; ++i) {
      const T d = x[i] - T(b[i]);
      g[i] = T(a[i]) * d + d * d * d;
      sum += T(a[i]) * d * d / 2 + d * d * d * d / 4;
    }
    return static_cast<double>(sum);
  };
  compare<T>("lbfgs", std::as_const(p).values(), bound<T>(),
             [&](int) { CHECK_THAT(state.iterate(p, f)); });
}

int main(int, char **arguments) {
  read(arguments[1]);
  elementwise<float>();
  elementwise<double>();
  lbfgs<float>();
  lbfgs<double>();
  CHECK_THAT(tested.size() == golden.size());
}
