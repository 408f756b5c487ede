//===- digits.cpp - An epoch of a small network ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: digits simd|serial <digits.csv> <batch size>
//
// A unit is one call of fit() for one epoch over all 1,797 images in random
// order, from the same weights each time: 64 pixels, 32 tanh units, 10 scores,
// cross entropy of their softmax, float, stochastic gradient descent.
// peers/digits_network.py is what the peers have of this.
//
//===----------------------------------------------------------------------===//

#include "contestant.h"
#include <cstdlib>
#include <exception>
#include <retrograd/batch.h>
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/retrograd.h>
#include <string_view>

#pragma retrograd batch sample(pixels[64], digit)                              \
    shared(w1[2048], b1[32], w2[320], b2[10])
static float cross_entropy(const float *pixels, int digit, const float *w1,
                           const float *b1, const float *w2, const float *b2) {
  float score[10];
  for (int k = 0; k < 10; ++k)
    score[k] = b2[k];
  for (int unit = 0; unit < 32; ++unit) {
    float sum = b1[unit];
    for (int pixel = 0; pixel < 64; ++pixel)
      sum += w1[unit * 64 + pixel] * pixels[pixel];
    const float activation = std::tanh(sum);
    for (int k = 0; k < 10; ++k)
      score[k] += activation * w2[unit * 10 + k];
  }

  // The largest score is taken out of the exponentials: they cannot overflow.
  float largest = score[0];
  for (int k = 1; k < 10; ++k)
    largest = score[k] > largest ? score[k] : largest;
  float sum = 0;
  for (int k = 0; k < 10; ++k)
    sum += std::exp(score[k] - largest);
  return largest + std::log(sum) - score[digit];
}

namespace {

retrograd::parameters<float> first_weights() {
  benchmark::numbers random;
  retrograd::parameters<float> p;
  p.add("w1", 2048).add("b1", 32).add("w2", 320).add("b2", 10);
  for (float &each : p.values())
    each = 0.125F * random();
  return p;
}

int train(std::string_view executor, const char *path, std::uint64_t batch) {
  const auto file =
      retrograd::read_csv<float, int>(path, {{"pixels", 0, 64}, {"digit", 64}});
  std::vector<float> pixels(file.column_at<0>().values().begin(),
                            file.column_at<0>().values().end());
  for (float &each : pixels)
    each /= 16;
  retrograd::dataset data(retrograd::column("pixels", pixels, 64),
                          file.column_at<1>());

  retrograd::fit_options<float> options = {.batch_size = batch};
  if (executor == "simd")
    options.executor = retrograd::simd();
  const retrograd::parameters<float> first = first_weights();
  retrograd::parameters<float> p = first;
  const auto epoch = [&] {
    std::ranges::copy(first.values(), p.values().begin());
    ++options.seed;
    return retrograd::fit(cross_entropy_batch{}, p, data,
                          retrograd::SGD{.lr = 0.1}, options);
  };
  options.shuffle = false;
  const double loss = epoch().final_loss;
  options.shuffle = true;
  return benchmark::take_turns([&] { benchmark::keep(&p), epoch(); }, loss);
}

} // namespace

int main(int count, char **arguments) {
  const std::string_view executor = count == 4 ? arguments[1] : "";
  const std::uint64_t batch =
      count == 4 ? std::strtoull(arguments[3], nullptr, 10) : 0;
  if ((executor != "simd" && executor != "serial") || batch == 0) {
    std::fprintf(stderr,
                 "usage: digits simd|serial <digits.csv> <batch size>\n");
    return 2;
  }
  try {
    return train(executor, arguments[2], batch);
  } catch (const std::exception &error) {
    std::fprintf(stderr, "digits: error: %s\n", error.what());
    return 1;
  }
}
