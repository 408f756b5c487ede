//===- network.cpp - A network of two layers, and its gradient ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The network of one image, in plain C++: a hidden layer of tanh units, a score
// for each digit, and the cross entropy of their softmax. One pragma makes
// Retrograd write the gradient; nothing else here knows of it.
//
//===----------------------------------------------------------------------===//

#include "network.h"
#include <algorithm>
#include <cmath>
#include <random>
#include <retrograd/retrograd.h>

static void scores(const float *input, const float *output, int hidden,
                   const float *pixels, float *score) {
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

#pragma retrograd gradient wrt(input, output) value
float loss(const float *input, const float *output, int hidden,
           const float *pixels, int digit) {
  float score[digit_count];
  scores(input, output, hidden, pixels, score);

  // The largest score is taken out of the exponentials: they cannot overflow.
  float largest = score[0];
  for (float s : score)
    largest = std::max(largest, s);
  float sum = 0;
  for (float s : score)
    sum += std::exp(s - largest);
  return largest + std::log(sum) - score[digit];
}

int classify(const float *input, const float *output, int hidden,
             const float *pixels) {
  float score[digit_count];
  scores(input, output, hidden, pixels, score);
  return static_cast<int>(std::max_element(score, score + digit_count) - score);
}

weights random_weights(int hidden, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  const auto randomize = [&](std::vector<float> &row, int inputs) {
    // The variance of a sum does not depend on how many inputs it has.
    const float bound = std::sqrt(3.0f / static_cast<float>(inputs));
    std::uniform_real_distribution<float> distribution(-bound, bound);
    for (float &weight : row)
      weight = distribution(generator);
  };
  weights result(hidden);
  randomize(result.input, pixel_count + 1);
  randomize(result.output, hidden + 1);
  return result;
}
