//===- network.h - A network of two layers, and its gradient --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the rest of the program sees of the network. `loss_grad` is declared
// like any other function; where it comes from shows only in network.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_NETWORK_H
#define DIGITS_NETWORK_H

#include <cstdint>
#include <vector>

inline constexpr int pixel_count = 64;
inline constexpr int digit_count = 10;

/// The weights of a network, and equally a gradient with respect to them.
struct weights {
  explicit weights(int hidden)
      : input(hidden * (pixel_count + 1)), output((hidden + 1) * digit_count) {}

  /// A row for each hidden unit: a weight for each pixel, then the bias.
  std::vector<float> input;
  /// A row for each hidden unit: a weight for each digit. The last row is the
  /// bias of each digit.
  std::vector<float> output;
};

/// Weights that are random, small and different from one another.
weights random_weights(int hidden, std::uint64_t seed);

/// The digit that the network takes the image for.
int classify(const float *input, const float *output, int hidden,
             const float *pixels);

/// How far the network is from taking the image for this digit: the negative
/// logarithm of the probability that it gives to it.
float loss(const float *input, const float *output, int hidden,
           const float *pixels, int digit);

/// Returns the loss and adds its gradient to d_input and d_output. Retrograd
/// writes it.
float loss_grad(const float *input, const float *output, int hidden,
                const float *pixels, int digit, float *d_input,
                float *d_output);

#endif // DIGITS_NETWORK_H
