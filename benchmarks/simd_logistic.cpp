//===- simd_logistic.cpp - A batch in lanes against one sample at a time --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: simd_logistic [rounds]
//
// The gradient of a logistic loss with 16 parameters over 16,384 samples, one
// thread: sample by sample from rows, as generated without lanes, and in tiles
// of lanes for each instruction set that the machine has. The second loss
// branches on data: a piecewise penalty for each product and a robust tail.
//
// All contestants take turns in one run. A line gives the least of the medians
// of several rounds, in nanoseconds a sample, and how many times faster that is
// than the scalar gradient. `tiles` has the samples in tiles already; `rows`
// puts them there first, which is a transposition.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <retrograd/batch.h>
#include <retrograd/lanes.h>
#include <retrograd/retrograd.h>
#include <string>
#include <vector>

#pragma retrograd batch sample(x[16], label) shared(theta[16])
static float logistic(const float *x, int label, const float *theta) {
  float z = 0;
  for (int j = 0; j < 16; ++j)
    z += x[j] * theta[j];
  const float margin = label ? z : -z;
  return std::log1p(std::exp(-margin));
}

#pragma retrograd batch sample(x[16], label) shared(theta[16])
static float divergent(const float *x, int label, const float *theta) {
  float z = 0, penalty = 0;
  for (int j = 0; j < 16; ++j) {
    const float u = x[j] * theta[j];
    z += u;
    if (u > 0.25f)
      penalty += u * u;
    else if (u < -0.25f)
      penalty -= u * 0.5f;
  }
  const float margin = label ? z : -z;
  float loss;
  if (margin > 2)
    loss = std::exp(-margin);
  else if (margin < -2)
    loss = 2 - margin;
  else
    loss = std::log1p(std::exp(-margin));
  return loss + 0.01f * penalty;
}

namespace {

constexpr int samples = 16384, parameters = 16;

struct data {
  std::vector<float> x = std::vector<float>(samples * parameters);
  std::vector<int> label = std::vector<int>(samples);
  std::vector<float> theta = std::vector<float>(parameters);

  data() {
    std::uint64_t state = 1;
    auto next = [&] {
      state = state * 6364136223846793005u + 1442695040888963407u;
      return float(state >> 40) * 0x1p-23f - 1;
    };
    for (float &v : x)
      v = 2 * next();
    for (int &l : label)
      l = next() > 0;
    for (float &t : theta)
      t = next();
  }
};

/// A column for W samples at a time: element j of tile t is x[t][j].
template <int W> struct tiles {
  std::vector<retrograd::lanes<float, W>> x;
  std::vector<retrograd::lanes<int, W>> label;

  explicit tiles(const data &d) : x(d.x.size() / W), label(samples / W) {
    for (int t = 0; t < samples / W; ++t)
      fill(d, t, &x[static_cast<std::size_t>(t) * parameters],
           label[static_cast<std::size_t>(t)]);
  }

  RETROGRAD_LANES_INLINE static void fill(const data &d, int t,
                                          retrograd::lanes<float, W> *x,
                                          retrograd::lanes<int, W> &label) {
    const float *rows = &d.x[static_cast<std::size_t>(t) * W * parameters];
    for (int j = 0; j < parameters; ++j)
      for (int lane = 0; lane < W; ++lane)
        x[j].values[lane] = rows[lane * parameters + j];
    for (int lane = 0; lane < W; ++lane)
      label.values[lane] = d.label[static_cast<std::size_t>(t * W + lane)];
  }
};

struct result {
  float loss;
  float gradient[parameters];
};

template <class Batch> result scalar(const data &d) {
  result r{};
  for (int i = 0; i < samples; ++i)
    r.loss += Batch{}.gradient(&d.x[static_cast<std::size_t>(i) * parameters],
                               &d.label[static_cast<std::size_t>(i)],
                               d.theta.data(), r.gradient);
  return r;
}

/// From Tile(t), which gives the columns of a tile, for all tiles.
template <int W, class Batch, class Tile>
RETROGRAD_LANES_INLINE result in_lanes(const data &d, Tile tile) {
  retrograd::lanes<float, W> loss = 0, gradient[parameters] = {};
  for (int t = 0; t < samples / W; ++t) {
    const auto [x, label] = tile(t);
    loss += Batch{}.template gradient_lanes<W>(true, x, label, d.theta.data(),
                                               gradient);
  }
  result r{};
  r.loss = retrograd::sum(loss);
  for (int j = 0; j < parameters; ++j)
    r.gradient[j] = retrograd::sum(gradient[j]);
  return r;
}

struct contestant {
  std::string name;
  std::function<result()> run;
  double nanoseconds = 1e300;
};

template <class Batch>
void add_lanes(std::vector<contestant> &all, const data &d, int bytes) {
  retrograd::with_width<float>(bytes, [&]<int W>() {
    auto ready = std::make_shared<tiles<W>>(d);
    const std::string width = " W=" + std::to_string(W);
    all.push_back(
        {"tiles" + width, [&d, ready, bytes] {
           result r;
           retrograd::with_width<float>(
               bytes, [&]<int V>() __attribute__((always_inline)) {
                 if constexpr (V == W)
                   r = in_lanes<V, Batch>(d, [&](int t) __attribute__((
                                                 always_inline)) {
                     return std::pair(
                         &ready->x[static_cast<std::size_t>(t) * parameters],
                         &ready->label[static_cast<std::size_t>(t)]);
                   });
               });
           return r;
         }});
    all.push_back({"rows" + width, [&d, bytes] {
                     result r;
                     retrograd::with_width<float>(
                         bytes, [&]<int V>() __attribute__((always_inline)) {
                           if constexpr (V == W) {
                             retrograd::lanes<float, V> x[parameters];
                             retrograd::lanes<int, V> label;
                             r = in_lanes<V, Batch>(
                                 d, [&](int t) __attribute__((always_inline)) {
                                   tiles<V>::fill(d, t, x, label);
                                   return std::pair(&x[0], &label);
                                 });
                           }
                         });
                     return r;
                   }});
  });
}

/// The median time of a few repetitions, a sample.
double median(const std::function<result()> &run, result &last) {
  constexpr int repetitions = 15;
  double times[repetitions];
  for (double &t : times) {
    const auto begin = std::chrono::steady_clock::now();
    last = run();
    asm volatile("" : : "r"(&last) : "memory");
    t = std::chrono::duration<double, std::nano>(
            std::chrono::steady_clock::now() - begin)
            .count() /
        samples;
  }
  std::nth_element(times, times + repetitions / 2, times + repetitions);
  return times[repetitions / 2];
}

template <class Batch> void measure(const data &d, int rounds) {
  std::vector<contestant> all;
  all.push_back({"scalar", [&d] { return scalar<Batch>(d); }});
  for (int bytes = retrograd::native_bytes; bytes <= retrograd::machine_bytes();
       bytes *= 2)
    add_lanes<Batch>(all, d, bytes);
  const result reference = all[0].run();
  for (int round = 0; round < rounds; ++round)
    for (contestant &c : all) {
      result r;
      c.nanoseconds = std::min(c.nanoseconds, median(c.run, r));
      for (int j = 0; j < parameters; ++j)
        if (!(std::fabs(r.gradient[j] - reference.gradient[j]) <=
              1e-3f * std::fabs(reference.gradient[j]) + 0.05f)) {
          std::printf("%s: %s: gradient differs: %g, not %g\n", Batch::name,
                      c.name.c_str(), r.gradient[j], reference.gradient[j]);
          std::exit(1);
        }
    }
  for (const contestant &c : all)
    std::printf("%-10s %-12s %8.2f ns/sample %7.1f x\n", Batch::name,
                c.name.c_str(), c.nanoseconds,
                all[0].nanoseconds / c.nanoseconds);
}

} // namespace

int main(int count, char **arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 9;
  const data d;
  measure<logistic_batch>(d, rounds);
  measure<divergent_batch>(d, rounds);
}
