//===- state.h - State as a training run has it -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One object for the tests, whose values all follow from one number, so that a
// mixture of two is noticed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_CHECKPOINT_STATE_H
#define RETROGRAD_TEST_RUNTIME_CHECKPOINT_STATE_H

#include <cstdint>
#include <retrograd/checkpoint.h>
#include <string>
#include <vector>

enum class phase : std::uint8_t { warm_up, training };

template <class T> struct optimizer_memory {
  std::int64_t step = 0;
  std::vector<T> m;
  template <class Archive> void fields(Archive &archive) {
    archive("step", step);
    archive("m", std::span<T>(m));
  }
};

template <class T> struct training_state {
  std::vector<T> weights;
  optimizer_memory<T> optimizer;
  std::uint64_t random[2] = {};
  std::vector<std::uint64_t> order;
  std::string schedule;
  phase now = phase::warm_up;
  bool improved = false;
  double best = 0;

  explicit training_state(std::int64_t number = 0, std::size_t size = 5)
      : weights(size, T(number)) {
    optimizer.step = number;
    optimizer.m.assign(size, T(number) + T(0.25));
    random[0] = random[1] = static_cast<std::uint64_t>(number) * 77;
    order.assign(static_cast<std::size_t>(number % 7), 9);
    schedule = "cosine " + std::to_string(number);
    now = number % 2 ? phase::training : phase::warm_up;
    improved = number % 3 == 0;
    best = 1.0 / (1.0 + static_cast<double>(number));
  }

  template <class Archive> void fields(Archive &archive) {
    archive("weights", std::span<T>(weights));
    archive("optimizer", optimizer);
    archive("random", random);
    archive("order", order);
    archive("schedule", schedule);
    archive("now", now);
    archive("improved", improved);
    archive("best", best);
  }

  /// Whether this is the whole state of the number, and no other.
  bool is(std::int64_t number) {
    training_state expected(number, weights.size());
    retrograd::snapshot s;
    s.save(expected);
    return s.differences(*this).empty();
  }
};

#endif // RETROGRAD_TEST_RUNTIME_CHECKPOINT_STATE_H
