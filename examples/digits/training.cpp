//===- training.cpp - Stochastic gradient descent -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Robbins, Monro: A Stochastic Approximation Method (1951), with mini-batches.
//
//===----------------------------------------------------------------------===//

#include "training.h"
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

trainer::trainer(std::vector<image> images, int hidden, int batch, float rate,
                 std::uint64_t seed)
    : images(std::move(images)), hidden(hidden), batch(batch), rate(rate),
      generator(seed), network(random_weights(hidden, seed)), gradient(hidden) {
}

float trainer::epoch() {
  std::shuffle(images.begin(), images.end(), generator);
  const image *const end = images.data() + images.size();
  float total = 0;
  for (const image *first = images.data(); first != end;) {
    const image *const last =
        first + std::min<std::ptrdiff_t>(batch, end - first);
    total += step(first, last);
    first = last;
  }
  const float mean = total / static_cast<float>(images.size());
  if (!std::isfinite(mean))
    throw std::runtime_error("the loss is not finite any more; a smaller "
                             "--rate may help");
  return mean;
}

static void descend(std::vector<float> &weights,
                    const std::vector<float> &gradient, float rate) {
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] -= rate * gradient[i];
}

/// Returns the sum of the losses of the batch.
float trainer::step(const image *first, const image *last) {
  std::fill(gradient.input.begin(), gradient.input.end(), 0.0f);
  std::fill(gradient.output.begin(), gradient.output.end(), 0.0f);
  float total = 0;
  for (const image *image = first; image != last; ++image)
    total += loss_grad(network.input.data(), network.output.data(), hidden,
                       image->pixels.data(), image->digit,
                       gradient.input.data(), gradient.output.data());

  // The last batch of an epoch may be smaller than the others.
  const float step_size = rate / static_cast<float>(last - first);
  descend(network.input, gradient.input, step_size);
  descend(network.output, gradient.output, step_size);
  return total;
}

float trainer::accuracy(const std::vector<image> &images) const {
  const auto right =
      std::count_if(images.begin(), images.end(), [this](const image &image) {
        return classify(network.input.data(), network.output.data(), hidden,
                        image.pixels.data()) == image.digit;
      });
  return static_cast<float>(right) / static_cast<float>(images.size());
}
