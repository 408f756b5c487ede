//===- simd_logistic.cpp - A batch in lanes against one sample at a time --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: simd_logistic smooth|divergent scalar
//        simd_logistic smooth|divergent tiles|rows <bytes of a register>
//
// A unit is the gradient of a logistic loss with 16 parameters over 16,384
// samples, one thread. `scalar` goes sample by sample over rows, as generated
// without lanes; `tiles` computes in lanes that fill a register of so many
// bytes (16, 32 with AVX2, 64 with AVX-512) from samples that lie in tiles, and
// `rows` puts them there first, which is a transposition. The second loss
// branches on data: a piecewise penalty for each product and a robust tail.
//
//===----------------------------------------------------------------------===//

#include "contestant.h"
#include <cstdlib>
#include <retrograd/batch.h>
#include <retrograd/lanes.h>
#include <retrograd/retrograd.h>
#include <string_view>
#include <utility>
#include <vector>

#pragma retrograd batch sample(x[16], label) shared(theta[16])
static float smooth(const float *x, int label, const float *theta) {
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

constexpr std::size_t samples = 16384, parameters = 16;

struct rows {
  std::vector<float> x = std::vector<float>(samples * parameters);
  std::vector<int> label = std::vector<int>(samples);
  std::vector<float> theta = std::vector<float>(parameters);

  rows() {
    benchmark::numbers random;
    for (float &v : x)
      v = 2 * random();
    for (int &l : label)
      l = random() > 0;
    for (float &t : theta)
      t = random();
  }
};

/// W samples: element j of them is x[j].
template <int W>
RETROGRAD_LANES_INLINE void fill_tile(const rows &from, std::size_t tile,
                                      retrograd::lanes<float, W> *x,
                                      retrograd::lanes<int, W> &label) {
  const float *first = &from.x[tile * W * parameters];
  for (std::size_t j = 0; j < parameters; ++j)
    for (std::size_t lane = 0; lane < W; ++lane)
      x[j].values[lane] = first[lane * parameters + j];
  for (std::size_t lane = 0; lane < W; ++lane)
    label.values[lane] = from.label[tile * W + lane];
}

template <int W> struct tiles {
  std::vector<retrograd::lanes<float, W>> x;
  std::vector<retrograd::lanes<int, W>> label;

  explicit tiles(const rows &from)
      : x(samples / W * parameters), label(samples / W) {
    for (std::size_t tile = 0; tile < label.size(); ++tile)
      fill_tile<W>(from, tile, &x[tile * parameters], label[tile]);
  }
};

struct result {
  float loss = 0;
  float gradient[parameters] = {};

  /// One number that all of them have a part in.
  double total() const {
    double sum = loss;
    for (const float g : gradient)
      sum += std::fabs(g);
    return sum;
  }
};

template <class Batch> result scalar(const rows &data) {
  result r;
  for (std::size_t i = 0; i < samples; ++i)
    r.loss += Batch{}.gradient(&data.x[i * parameters], &data.label[i],
                               data.theta.data(), r.gradient);
  return r;
}

/// Over all tiles, of which tile(t) gives the columns.
template <class Batch, int W, class Tile>
RETROGRAD_LANES_INLINE result in_lanes(const rows &data, Tile tile) {
  retrograd::lanes<float, W> loss = 0, gradient[parameters] = {};
  for (std::size_t t = 0; t < samples / W; ++t) {
    const auto [x, label] = tile(t);
    loss += Batch{}.template gradient_lanes<W>(true, x, label,
                                               data.theta.data(), gradient);
  }
  result r;
  r.loss = retrograd::sum(loss);
  for (std::size_t j = 0; j < parameters; ++j)
    r.gradient[j] = retrograd::sum(gradient[j]);
  return r;
}

template <class Batch, int W>
RETROGRAD_LANES_INLINE result from_tiles(const rows &data,
                                         const tiles<W> &ready) {
  return in_lanes<Batch, W>(
      data, [&](std::size_t t) __attribute__((always_inline)) {
        return std::pair(&ready.x[t * parameters], &ready.label[t]);
      });
}

template <class Batch, int W>
RETROGRAD_LANES_INLINE result from_rows(const rows &data) {
  retrograd::lanes<float, W> x[parameters];
  retrograd::lanes<int, W> label;
  return in_lanes<Batch, W>(data,
                            [&](std::size_t t) __attribute__((always_inline)) {
                              fill_tile<W>(data, t, x, label);
                              return std::pair(&x[0], &label);
                            });
}

template <class Run> int measure(Run run) {
  return benchmark::take_turns(
      [&] {
        const result r = run();
        benchmark::keep(&r);
      },
      run().total());
}

template <class Batch, int W>
int measure_lanes(const rows &data, std::string_view what, int bytes) {
  if (what == "tiles")
    return measure([&, ready = tiles<W>(data)] {
      result r;
      retrograd::with_width<float>(bytes,
                                   [&]<int V>() __attribute__((always_inline)) {
                                     if constexpr (V == W)
                                       r = from_tiles<Batch, V>(data, ready);
                                   });
      return r;
    });
  return measure([&] {
    result r;
    retrograd::with_width<float>(bytes,
                                 [&]<int V>() __attribute__((always_inline)) {
                                   if constexpr (V == W)
                                     r = from_rows<Batch, V>(data);
                                 });
    return r;
  });
}

template <class Batch> int measure_batch(std::string_view what, int bytes) {
  const rows data;
  if (what == "scalar")
    return measure([&] { return scalar<Batch>(data); });
  switch (bytes) {
  case 16:
    return measure_lanes<Batch, 4>(data, what, bytes);
  case 32:
    return measure_lanes<Batch, 8>(data, what, bytes);
  default:
    return measure_lanes<Batch, 16>(data, what, bytes);
  }
}

int usage() {
  std::fprintf(stderr, "usage: simd_logistic smooth|divergent scalar\n"
                       "       simd_logistic smooth|divergent tiles|rows "
                       "16|32|64\n");
  return 2;
}

} // namespace

int main(int count, char **arguments) {
  const std::string_view loss = count > 2 ? arguments[1] : "";
  const std::string_view what = count > 2 ? arguments[2] : "";
  const bool in_lanes = what == "tiles" || what == "rows";
  const int bytes = count == 4 ? std::atoi(arguments[3]) : 0;
  if ((loss != "smooth" && loss != "divergent") ||
      (!in_lanes && what != "scalar") || count != (in_lanes ? 4 : 3) ||
      (in_lanes && bytes != 16 && bytes != 32 && bytes != 64))
    return usage();
  if (bytes > retrograd::machine_bytes()) {
    std::fprintf(stderr,
                 "simd_logistic: the registers of this machine have "
                 "%d bytes\n",
                 retrograd::machine_bytes());
    return 1;
  }
  return loss == "smooth" ? measure_batch<smooth_batch>(what, bytes)
                          : measure_batch<divergent_batch>(what, bytes);
}
