//===- network.cpp - A network of two layers, and how it is trained -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The network of one image, in plain C++: a hidden layer of tanh units, a score
// for each digit, and the cross entropy of their softmax. One pragma makes
// Retrograd write the gradient, and loss_batch, which tells `fit` what belongs
// to an image and what is trained.
//
//===----------------------------------------------------------------------===//

#include "network.h"
#include <algorithm>
#include <cmath>
#include <random>
#include <retrograd/fit.h>
#include <retrograd/reporting/progress.h>
#include <retrograd/retrograd.h>

static void scores(const float *pixels, const float *input, const float *output,
                   int hidden, float *score) {
  for (int digit = 0; digit < digit_count; ++digit)
    score[digit] = output[hidden * digit_count + digit];
  for (int unit = 0; unit < hidden; ++unit) {
    const float *row = input + unit * (pixel_count + 1);
    float sum = row[pixel_count];
    for (int pixel = 0; pixel < pixel_count; ++pixel)
      sum += row[pixel] * pixels[pixel];
    const float activation = std::tanh(sum);
    for (int digit = 0; digit < digit_count; ++digit)
      score[digit] += activation * output[unit * digit_count + digit];
  }
}

/// How far the network is from taking the image for this digit: the negative
/// logarithm of the probability that it gives to it.
#pragma retrograd batch sample(pixels[pixel_count], digit) shared(             \
    input[hidden * (pixel_count + 1)], output[(hidden + 1) * digit_count])
static float loss(const float *pixels, int digit, const float *input,
                  const float *output, int hidden) {
  float score[digit_count];
  scores(pixels, input, output, hidden, score);

  // The largest score is taken out of the exponentials: they cannot overflow.
  float largest = score[0];
  for (float s : score)
    largest = std::max(largest, s);
  float sum = 0;
  for (float s : score)
    sum += std::exp(s - largest);
  return largest + std::log(sum) - score[digit];
}

weights random_weights(int hidden, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  const auto randomize = [&](std::span<float> block, int inputs) {
    // The variance of a sum does not depend on how many inputs it has.
    const float bound = std::sqrt(3.0f / static_cast<float>(inputs));
    std::uniform_real_distribution<float> distribution(-bound, bound);
    for (float &weight : block)
      weight = distribution(generator);
  };
  weights network;
  network.add("input", hidden * (pixel_count + 1));
  network.add("output", (hidden + 1) * digit_count);
  randomize(network["input"], pixel_count + 1);
  randomize(network["output"], hidden + 1);
  return network;
}

static retrograd::any_executor executor(const options &chosen) {
  const retrograd::threads pool(chosen.threads);
  if (chosen.simd)
    return retrograd::simd(pool);
  return pool;
}

retrograd::summary train(weights &network, const image_set &training,
                         const image_set &held_back, const options &chosen) {
  retrograd::progress display({.name = "digits"});
  return retrograd::fit(loss_batch{.hidden = chosen.hidden}, network, training,
                        held_back, retrograd::SGD{.lr = chosen.rate},
                        {.batch_size = chosen.batch,
                         .epochs = chosen.epochs,
                         .seed = chosen.seed,
                         .executor = executor(chosen),
                         .progress = display});
}

double accuracy(const weights &network, const image_set &images, int hidden) {
  const float *pixels = images.column_at<0>().values().data();
  const int *digits = images.column_at<1>().values().data();
  const float *input = network["input"].data();
  const float *output = network["output"].data();
  std::uint64_t right = 0;
  for (std::uint64_t i = 0; i < images.size(); ++i) {
    const std::uint64_t row = images.row(i);
    float score[digit_count];
    scores(pixels + row * pixel_count, input, output, hidden, score);
    right +=
        std::max_element(score, score + digit_count) - score == digits[row];
  }
  return static_cast<double>(right) / static_cast<double>(images.size());
}
