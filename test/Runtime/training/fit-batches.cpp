//===- fit-batches.cpp - What a step of mini-batches is -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The gradient is the mean over the samples that are in the batch; the step is
// not scaled. So the first step of Adam is lr sign(g) for every batch size, a
// last partial batch is the mean of what it has, and batches that are
// accumulated make the step of one large batch.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <retrograd/data.h>
#include <retrograd/fit.h>

using namespace retrograd;

template <class T> dataset<T, int> data_of(const classes<T> &c) {
  return dataset<T, int>(column<T>("x", c.x, c.n),
                         column<int>("label", c.label));
}

/// Parameters after so many steps.
template <class T, class Optimizer>
std::vector<T> trained(const classes<T> &c, const Optimizer &optimizer,
                       const fit_options<T> &options) {
  std::vector<T> w(c.n, T(0.1));
  fit(logistic_batch<T>{}, w, data_of(c), optimizer, options);
  return w;
}

template <class T> void first_step_of_adam() {
  const classes<T> c(96, 5);
  for (std::uint64_t b : {1, 7, 32, 96, 1000}) {
    const auto w =
        trained<T>(c, Adam{.lr = 1e-3}, {.batch_size = b, .max_steps = 1});
    for (T x : w)
      CHECK_THAT(std::fabs(std::fabs(x - T(0.1)) - T(1e-3)) <
                 (sizeof(T) == 4 ? 1e-7 : 1e-9));
  }
}

/// 10 samples in batches of 4: 4, 4, 2. SGD's steps are computed by hand.
template <class T> void partial_batch() {
  const classes<T> c(10, 3);
  const auto w = trained<T>(c, SGD{.lr = 0.5},
                            {.batch_size = 4, .shuffle = false});
  const auto d = trained<T>(
      c, SGD{.lr = 0.5},
      {.batch_size = 4, .shuffle = false, .drop_last = true});
  logistic_batch<T> loss{3};
  std::vector<T> x(3, T(0.1)), x_dropped;
  for (std::size_t begin = 0; begin < 10; begin += 4) {
    const std::size_t end = std::min<std::size_t>(begin + 4, 10);
    std::vector<T> g(3);
    for (std::size_t i = begin; i < end; ++i)
      loss.gradient(&c.x[3 * i], &c.label[i], x.data(), g.data());
    for (std::size_t j = 0; j < 3; ++j)
      x[j] -= T(0.5) * g[j] / static_cast<T>(end - begin);
    if (begin == 4)
      x_dropped = x;
  }
  const T bound = sizeof(T) == 4 ? T(2e-7) : T(1e-15);
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK_THAT(std::fabs(w[j] - x[j]) <= bound);
    CHECK_THAT(std::fabs(d[j] - x_dropped[j]) <= bound);
  }
}

template <class T> void accumulation() {
  const classes<T> c(50, 4);
  const auto large = trained<T>(c, Adam{.lr = 0.05},
                                {.batch_size = 12, .epochs = 3, .seed = 3});
  const auto small = trained<T>(
      c, Adam{.lr = 0.05},
      {.batch_size = 4, .epochs = 3, .seed = 3, .accumulate = 3});
  for (std::size_t j = 0; j < 4; ++j)
    CHECK_THAT(std::fabs(large[j] - small[j]) <
               (sizeof(T) == 4 ? 2e-5 : 1e-13));
}

/// Steps, losses and samples as they are told.
template <class T> void told() {
  const classes<T> c(10, 3);
  std::vector<T> w(3, T(0.1)), seen;
  std::vector<std::uint64_t> samples;
  double sum = 0;
  fit_options<T> options = {.batch_size = 4, .epochs = 2, .seed = 5};
  options.on_step = [&](const step_event<T> &e) {
    samples.push_back(e.samples);
    if (e.epoch == 1)
      sum += e.loss * static_cast<double>(e.samples);
    CHECK_THAT(e.step == static_cast<std::int64_t>(samples.size()));
  };
  const summary s =
      fit(logistic_batch<T>{}, w, data_of(c), SGD{.lr = 0.1}, options);
  CHECK_THAT((samples == std::vector<std::uint64_t>{4, 4, 2, 4, 4, 2}));
  CHECK_THAT(s.steps == 6 && s.epochs == 2 && s.history.size() == 2);
  CHECK_THAT(std::fabs(s.history[0].train_loss - sum / 10) < 1e-12);
  CHECK_THAT(s.history[1].step == 6 && s.history[1].lr == 0.1);
  CHECK_THAT(s.why == termination::completed);
  CHECK_THAT(s.message == "all 2 epochs done");
  CHECK_THAT(s.counts.gradient_evaluations == 6 && s.counts.samples == 20);
}

/// The same bits for any executor with the same shards, and another order with
/// another seed.
template <class T> void determinism() {
  const classes<T> c(500, 6);
  const auto run = [&](any_executor executor, std::uint64_t seed) {
    return trained<T>(c, Adam{.lr = 0.01},
                      {.batch_size = 64,
                       .epochs = 3,
                       .seed = seed,
                       .executor = std::move(executor)});
  };
  const auto expected = run(serial(), 1);
  for (std::size_t n : {1, 2, 3, 4, 7})
    CHECK_THAT(run(threads(n), 1) == expected);
  CHECK_THAT(run(serial(), 1) == expected);
  CHECK_THAT(run(serial(), 2) != expected);
}

/// Clipping the norm and the value of the mean gradient.
template <class T> void clipping() {
  const classes<T> c(32, 4);
  const auto move = [&](const fit_options<T> &options) {
    auto w = trained<T>(c, SGD{.lr = 1}, options);
    for (T &x : w)
      x -= T(0.1);
    return w;
  };
  const auto whole = move({.max_steps = 1});
  const auto clipped = move({.max_steps = 1, .clip_norm = 0.01});
  const auto limited = move({.max_steps = 1, .clip_value = 0.02});
  double norm = 0, old = 0;
  for (std::size_t j = 0; j < 4; ++j) {
    norm += static_cast<double>(clipped[j] * clipped[j]);
    old += static_cast<double>(whole[j] * whole[j]);
    CHECK_THAT(std::fabs(limited[j]) <= T(0.0200001));
  }
  CHECK_THAT(std::sqrt(old) > 0.02);
  CHECK_THAT(std::fabs(std::sqrt(norm) - 0.01) < 1e-6);
}

template <class T> void all() {
  first_step_of_adam<T>();
  partial_batch<T>();
  accumulation<T>();
  told<T>();
  determinism<T>();
  clipping<T>();
}

int main() {
  all<float>();
  all<double>();
}
