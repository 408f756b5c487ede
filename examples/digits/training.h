//===- training.h - Stochastic gradient descent ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Mini-batches by hand, to show that a gradient is a function to be called like
// any other.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_TRAINING_H
#define DIGITS_TRAINING_H

#include "data.h"
#include "network.h"
#include <random>

class trainer {
public:
  trainer(std::vector<image> images, int hidden, int batch, float rate,
          std::uint64_t seed);

  /// Sees each image once, in a new order, and steps against the mean gradient
  /// of each batch. Returns the mean loss. Throws std::runtime_error when it is
  /// not finite any more.
  float epoch();

  /// The share of images that the network classifies as their digit.
  float accuracy(const std::vector<image> &images) const;
  float training_accuracy() const { return accuracy(images); }

private:
  float step(const image *first, const image *last);

  std::vector<image> images;
  const int hidden;
  const int batch;
  const float rate;
  std::mt19937_64 generator;
  weights network;
  weights gradient;
};

#endif // DIGITS_TRAINING_H
