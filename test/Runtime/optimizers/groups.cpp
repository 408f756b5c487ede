//===- groups.cpp - Blocks with options of their own, and a step in parts -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Frozen blocks keep their parameters and their memory; rates and decay are those
// of the block; blocks that stand beside one another are as one.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/archive.h"
#include "Inputs/variants.h"
#include <cmath>
#include <thread>
#include <vector>

using namespace retrograd;

template <class T> static std::vector<T> ramp(std::size_t n, T scale) {
  std::vector<T> x(n);
  for (std::size_t i = 0; i < n; ++i)
    x[i] = scale * T(static_cast<int>(i % 13) - 6);
  return x;
}

template <class T> static void parameters_are_an_arena() {
  parameters<T> p;
  p.add("a", ramp<T>(5, 1)).add("b", 3, T(2)).add("none", 0);
  CHECK_THAT(p.size() == 8 && p.groups().size() == 3);
  CHECK_THAT(reinterpret_cast<std::uintptr_t>(p.values().data()) % 64 == 0);
  CHECK_THAT(p["b"].data() == p.values().data() + 5 && p["b"].size() == 3);
  CHECK_THAT(p["none"].empty() && std::as_const(p)["a"][0] == -6);
  // A block can be a copy of another one, which lies in memory that moves.
  p.add("again", p["a"]);
  CHECK_THAT(p.size() == 13 && p["again"][4] == -2 && p["a"][4] == -2);

  std::vector<T> mine = ramp<T>(4, 1);
  parameters<T> borrowed = parameters<T>::borrow("mine", mine);
  borrowed["mine"][1] = 9;
  CHECK_THAT(mine[1] == 9 && borrowed.size() == 4);
  parameters<T> copy = borrowed, moved = std::move(borrowed);
  CHECK_THAT(copy.values().data() != mine.data() && copy["mine"][1] == 9);
  CHECK_THAT(moved.values().data() == mine.data() && borrowed.size() == 0);
  copy = p;
  CHECK_THAT(copy.size() == 13 && copy.groups().size() == 4);
  copy.values()[0] = 5;
  CHECK_THAT(p.values()[0] == -6);
}

template <class T> static void frozen() {
  for_each_variant([](const char *, const auto &optimizer) {
    parameters<T> p, alone;
    p.add("moves", 20, T(1)).add("stays", 20, T(1), {.frozen = true});
    alone.add("moves", 20, T(1));
    optimizer_state state(optimizer, p);
    optimizer_state expected(optimizer, alone);
    std::vector<T> g = ramp<T>(40, T(0.25));
    const std::span<const T> own = std::span<const T>(g).first(20);
    for (int t = 0; t < 4; ++t) {
      state.step(p, g);
      expected.step(alone, own);
    }
    for (int i = 0; i < 20; ++i) {
      CHECK_THAT(p["moves"][i] == alone["moves"][i]);
      CHECK_THAT(p["stays"][i] == 1);
      // Memory starts with 0, or with what Adagrad is told to.
      for (int k = 0; k < state.slots(); ++k)
        CHECK_THAT(state.slot(k)[20 + i] == 0 ||
                   state.slot(k)[20 + i] == T(0.5));
    }
    // What thaws starts like a new optimizer.
    p.options("stays").frozen = false;
    p.options("moves").frozen = true;
    for (std::size_t i = 0; i < 20; ++i)
      g[20 + i] = g[i];
    parameters<T> fresh;
    fresh.add("fresh", 20, T(1));
    optimizer_state beginning(optimizer, fresh);
    state.step(p, g);
    beginning.step(fresh, own);
    for (int i = 0; i < 20; ++i)
      CHECK_THAT(p["stays"][i] == fresh.values()[i]);
  });
}

/// A block's own rate and decay are those of an optimizer that has them.
template <class T> static void own_options() {
  for_each_variant([](const char *, auto optimizer) {
    parameters<T> p, alone;
    p.add("default", 20, T(1)).add("own", 20, T(1));
    p.options("own") = {.lr = 0.03, .weight_decay = 0.25};
    alone.add("own", 20, T(1));
    auto changed = optimizer;
    changed.lr = 0.03;
    changed.weight_decay = 0.25;
    optimizer_state state(optimizer, p), expected(changed, alone);
    const std::vector<T> g = ramp<T>(40, T(0.25));
    for (int t = 0; t < 3; ++t) {
      state.step(p, g, {.lr_factor = 0.5});
      expected.step(alone, std::span<const T>(g).subspan(20),
                    {.lr_factor = 0.5});
    }
    for (int i = 0; i < 20; ++i)
      CHECK_THAT(p["own"][i] == alone.values()[i]);
    CHECK_THAT(p["default"][3] != p["own"][3]);
  });
}

/// How the arena is cut into blocks, and the step into ranges, changes nothing.
template <class T> static void cuts() {
  for_each_variant([](const char *, const auto &optimizer) {
    parameters<T> whole, blocks, ranges;
    whole.add("p", ramp<T>(1000, T(0.5)));
    ranges = whole;
    for (std::size_t first = 0; first < 1000; first += 100)
      blocks.add("p" + std::to_string(first),
                 whole.values().subspan(first, 100));
    optimizer_state a(optimizer, whole), b(optimizer, blocks),
        c(optimizer, ranges);
    const std::vector<T> g = ramp<T>(1000, T(0.25));
    for (int t = 0; t < 3; ++t) {
      a.step(whole, g);
      b.step(blocks, g);
      c.begin_step(ranges, g);
      std::thread other([&] { c.step_range(ranges, g, 333, 1000); });
      c.step_range(ranges, g, 0, 333);
      other.join();
    }
    for (int i = 0; i < 1000; ++i) {
      CHECK_THAT(whole.values()[i] == blocks.values()[i]);
      CHECK_THAT(whole.values()[i] == ranges.values()[i]);
    }
    CHECK_THAT(fields_of(a) == fields_of(c));
  });
}

/// The scale and the limit of a step are those of the gradient.
template <class T> static void clipping() {
  for_each_variant([](const char *, const auto &optimizer) {
    parameters<T> p, q;
    p.add("p", 40, T(1));
    q = p;
    optimizer_state a(optimizer, p), b(optimizer, q);
    const std::vector<T> g = ramp<T>(40, T(0.5));
    std::vector<T> clipped = g;
    for (T &v : clipped)
      v = std::min(std::max(v * T(0.5), T(-1)), T(1));
    a.step(p, g, {.clip_value = 1, .gradient_scale = 0.5});
    b.step(q, clipped);
    for (int i = 0; i < 40; ++i)
      CHECK_THAT(p.values()[i] == q.values()[i]);
  });
  // By the norm, over what moves.
  parameters<T> p;
  p.add("p", 2, T(0)).add("frozen", 1, T(0), {.frozen = true});
  const std::vector<T> g = {3, 4, 100};
  const double norm = gradient_norm(p, std::span<const T>(g));
  CHECK_THAT(std::fabs(norm - 5) < 1e-15);
  optimizer_state state(SGD{.lr = 1}, p);
  state.step(p, g, {.gradient_scale = clip_factor(norm, 2.5)});
  CHECK_THAT(std::fabs(p.values()[0] + 1.5) < 1e-6);
  CHECK_THAT(std::fabs(p.values()[1] + 2) < 1e-6 && p.values()[2] == 0);
}

/// Gradients that are sums over a batch: the scale makes them means, and the
/// first step of Adam is lr sign(g), whatever the batch.
template <class T> static void batches() {
  for (const int batch : {1, 32, 256}) {
    parameters<T> p;
    p.add("p", 2, T(1));
    optimizer_state state(Adam{.lr = 0.125}, p);
    state.step(p, std::vector<T>{T(2 * batch), T(-3 * batch)},
               {.gradient_scale = 1.0 / batch});
    CHECK_THAT(std::fabs(p.values()[0] - T(0.875)) < 1e-6);
    CHECK_THAT(std::fabs(p.values()[1] - T(1.125)) < 1e-6);
  }
}

int main() {
  parameters_are_an_arena<float>();
  parameters_are_an_arena<double>();
  frozen<float>();
  frozen<double>();
  own_options<float>();
  own_options<double>();
  cuts<float>();
  cuts<double>();
  clipping<float>();
  clipping<double>();
  batches<float>();
  batches<double>();
}
