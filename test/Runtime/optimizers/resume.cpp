//===- resume.cpp - Eight steps are four, saved, loaded, and four more ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bit for bit, for every optimizer, with a gradient that depends on where the
// parameters are.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/archive.h"
#include "Inputs/variants.h"
#include <cmath>
#include <retrograd/schedules.h>
#include <string>
#include <vector>

using namespace retrograd;

template <class T> static parameters<T> start() {
  parameters<T> p;
  p.add("weights", 20, T(0.75)).add("bias", 3, T(-0.25), {.lr = 0.02});
  return p;
}

template <class T>
static std::vector<T> gradient(std::span<const T> p, int step) {
  std::vector<T> g(p.size());
  for (std::size_t i = 0; i < g.size(); ++i)
    g[i] = p[i] * T(i % 5) - T((i * 7 + step) % 11) / 4;
  return g;
}

template <class T, class State>
static void steps(State &state, parameters<T> &p, int first, int last) {
  for (int step = first; step < last; ++step) {
    // A block that is frozen for some time has a count of its own.
    p.options("bias").frozen = step >= 2 && step < 6;
    state.step(p, gradient<T>(p.values(), step));
  }
}

template <class T> static void elementwise() {
  for_each_variant([](const char *, const auto &optimizer) {
    auto p = start<T>(), q = start<T>();
    optimizer_state once(optimizer, p);
    steps(once, p, 0, 8);

    optimizer_state before(optimizer, q);
    steps(before, q, 0, 4);
    parameters<T> loaded = start<T>();
    optimizer_state after(optimizer, loaded);
    transfer(q, loaded);
    transfer(before, after);
    CHECK_THAT(after.steps() == 4);
    steps(after, loaded, 4, 8);
    CHECK_THAT(fields_of(loaded) == fields_of(p));
    CHECK_THAT(fields_of(after) == fields_of(once));
  });
}

template <class T> static void lbfgs() {
  const objective<T> f = [](std::span<const T> x, std::span<T> g) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double a = 1 + double(i), d = x[i] - 1 / a;
      sum += a * d * d / 2 + d * d * d * d;
      g[i] = static_cast<T>(a * d + 4 * d * d * d);
    }
    return sum;
  };
  LBFGS options = {.max_iter = 8, .tolerance_grad = 0, .tolerance_change = 0};
  options.history_size = 3;
  auto p = start<T>(), q = start<T>();
  q.options("bias").lr.reset();
  p.options("bias").lr.reset();
  lbfgs_state<T> once(options, p);
  while (once.iterate(p, f))
    ;
  CHECK_THAT(once.steps() == 8);
  LBFGS half = options;
  half.max_iter = 4;
  lbfgs_state<T> before(half, q);
  while (before.iterate(q, f))
    ;
  CHECK_THAT(before.steps() == 4);
  auto loaded = start<T>();
  loaded.options("bias").lr.reset();
  lbfgs_state<T> after(options, loaded);
  transfer(q, loaded);
  transfer(before, after);
  while (after.iterate(loaded, f))
    ;
  CHECK_THAT(fields_of(loaded) == fields_of(p));
  CHECK_THAT(fields_of(after) == fields_of(once));
}

template <class T>
static void svrg_steps(svrg_state<T> &state, parameters<T> &p, int last) {
  while (state.steps() < last) {
    const int step = static_cast<int>(state.steps());
    if (state.needs_snapshot(step))
      state.set_snapshot(p, gradient<T>(p.values(), 0));
    std::vector<T> g = gradient<T>(p.values(), step);
    state.step(p, state.corrected(g, gradient<T>(state.snapshot(), step)));
  }
}

template <class T> static void svrg() {
  const SVRG options = {.snapshot_interval = 3};
  auto p = start<T>(), q = start<T>(), loaded = start<T>();
  svrg_state<T> once(options, p), before(options, q), after(options, loaded);
  svrg_steps(once, p, 8);
  svrg_steps(before, q, 4);
  transfer(q, loaded);
  transfer(before, after);
  svrg_steps(after, loaded, 8);
  CHECK_THAT(fields_of(loaded) == fields_of(p));
  CHECK_THAT(fields_of(after) == fields_of(once));
}

static void plateau() {
  const plateau_options options = {.factor = 0.5, .patience = 1, .cooldown = 1};
  const auto metric = [](int i) { return i < 4 ? -i : 7; };
  reduce_on_plateau once(options), before(options), after(options);
  for (int i = 0; i < 20; ++i)
    once.observe(metric(i));
  for (int i = 0; i < 9; ++i)
    before.observe(metric(i));
  transfer(before, after);
  for (int i = 9; i < 20; ++i)
    after.observe(metric(i));
  CHECK_THAT(fields_of(after) == fields_of(once));
  CHECK_THAT(once.factor() < 0.25);
}

/// The step counter has 64 bits, and a late step has no bias to correct.
template <class T> static void late_steps() {
  parameters<T> p;
  p.add("p", 1, T(1));
  optimizer_state early(Adam{.lr = 0.5}, p), late(Adam{.lr = 0.5}, p);
  early.step(p, std::vector<T>{T(1)});
  save_archive save;
  early.fields(save);
  const std::int64_t step = std::int64_t{1} << 40;
  for (const char *name : {"step", "group_steps"})
    save.stored[name].assign(reinterpret_cast<const char *>(&step), 8);
  load_archive load{save.stored};
  late.fields(load);
  p.values()[0] = 1;
  late.step(p, std::vector<T>{T(1)});
  CHECK_THAT(late.steps() == step + 1);
  const double m = 0.1 + 0.9 * 0.1, v = 0.001 + 0.999 * 0.001;
  CHECK_THAT(std::abs(p.values()[0] - (1 - 0.5 * m / std::sqrt(v))) < 1e-5);
}

/// The state of an optimizer does not fit another one's.
static void other_state() {
  const auto names = [](const auto &optimizer) {
    auto p = start<float>();
    optimizer_state state(optimizer, p);
    std::string all;
    for (const auto &[name, bytes] : fields_of(state))
      all += name + " ";
    return all;
  };
  CHECK_THAT(names(Adam{}) == "Adam.m Adam.v group_steps step ");
  CHECK_THAT(names(AdamW{}) == "AdamW.m AdamW.v group_steps step ");
  CHECK_THAT(names(NAdam{}) ==
             "NAdam.m NAdam.v group_steps momentum_products step ");
  CHECK_THAT(names(SGD{}) == "group_steps step ");
  CHECK_THAT(names(RMSProp{.momentum = 0.5, .centered = true}) ==
             "RMSProp.mean RMSProp.momentum RMSProp.v group_steps step ");
}

int main() {
  elementwise<float>();
  elementwise<double>();
  lbfgs<float>();
  lbfgs<double>();
  svrg<float>();
  svrg<double>();
  plateau();
  late_steps<float>();
  late_steps<double>();
  other_state();
}
