//===- sparse.cpp - Rows alone, as if all others had a gradient of zero ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is not touched is neither written nor needed: its gradient may be
// anything.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/archive.h"
#include <limits>
#include <retrograd/optimizers.h>
#include <vector>

using namespace retrograd;

constexpr std::size_t rows = 50;

template <class T> static parameters<T> start(std::size_t width) {
  parameters<T> p;
  p.add("bias", 3, T(0.5)).add("table", rows * width, T(1));
  p.add("frozen", rows, T(2), {.frozen = true});
  return p;
}

/// Some steps, each of other rows, beside a dense optimizer.
template <class T, class Optimizer>
static void compare(const Optimizer &optimizer, std::size_t width) {
  auto p = start<T>(width), q = start<T>(width);
  optimizer_state sparse(optimizer, p), dense(optimizer, q);
  for (std::size_t step = 0; step < 6; ++step) {
    std::vector<std::uint64_t> touched;
    for (std::uint64_t r = step; r < rows; r += 1 + step % 3 * 7)
      touched.push_back(r);
    const T nan = std::numeric_limits<T>::quiet_NaN();
    std::vector<T> some(p.size(), nan), all(p.size(), T(0));
    for (std::size_t i = 0; i < 3; ++i)
      some[i] = all[i] = T(i) - T(0.5);
    for (const std::uint64_t r : touched)
      for (std::size_t k = 0; k < width; ++k)
        some[3 + r * width + k] = all[3 + r * width + k] =
            T(r % 7) - T(k) / 2 - T(1);
    const touched_rows sets[] = {{"table", touched, width},
                                 {"frozen", touched}};
    sparse.step_rows(p, some, sets, {.lr_factor = 0.5, .clip_value = 2});
    dense.step(q, all, {.lr_factor = 0.5, .clip_value = 2});
    CHECK_THAT(fields_of(p) == fields_of(q));
    CHECK_THAT(fields_of(sparse) == fields_of(dense));
  }
  CHECK_THAT(p["table"][3 * width] != 1 && p["frozen"][3] == 2);
}

template <class T> static void all_widths() {
  for (const std::size_t width : {1, 3, 16, 40}) {
    compare<T>(Adagrad{.lr = 0.1, .lr_decay = 0.1}, width);
    compare<T>(Adagrad{.lr = 0.1, .initial_accumulator_value = 0.25}, width);
    compare<T>(SGD{.lr = 0.1}, width);
  }
  // No row at all is a step too.
  auto p = start<T>(1);
  optimizer_state state(Adagrad{}, p);
  const touched_rows none[] = {{"table", {}, 1}};
  state.step_rows(p, std::vector<T>(p.size(), T(1)), none);
  CHECK_THAT(state.steps() == 1 && p["table"][0] == 1 && p["bias"][0] < 0.5);
}

int main() {
  all_widths<float>();
  all_widths<double>();
}
