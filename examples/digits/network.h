//===- network.h - A network of two layers --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the rest of the program sees of the network: its weights, how they are
// trained, and what it takes an image for.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_NETWORK_H
#define DIGITS_NETWORK_H

#include "options.h"
#include <retrograd/data/dataset.h>
#include <retrograd/parameters.h>
#include <retrograd/training/summary.h>

inline constexpr int pixel_count = 64;
inline constexpr int digit_count = 10;

/// Columns `pixels`, each from 0 (white) to 1 (black), and `digit`.
using image_set = retrograd::dataset<float, int>;

/// Two blocks. `input` has a row for each hidden unit: a weight for each pixel,
/// then the bias. `output` has a row for each hidden unit: a weight for each
/// digit; the last row is the bias of each digit.
using weights = retrograd::parameters<float>;

/// Weights that are random, small and different from one another.
weights random_weights(int hidden, std::uint64_t seed);

/// Trains by mini-batch gradient descent. What the network makes of the other
/// images after each epoch is only recorded, for the learning curves.
retrograd::summary train(weights &network, const image_set &training,
                         const image_set &held_back, const options &chosen);

/// The share of images that the network takes for their digit.
double accuracy(const weights &network, const image_set &images, int hidden);

#endif // DIGITS_NETWORK_H
