//===- shuffle.h - The order of samples in an epoch -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// std::shuffle gives another order with each standard library, and a generator
// that goes on from epoch to epoch has a state that a checkpoint must keep.
// Here the order is a pure function of the seed, the epoch and the number of
// samples: a run that is resumed, or runs on another machine, sees the same
// batches.
//
// Fisher and Yates's shuffle (D. Knuth: The Art of Computer Programming 2,
// algorithm 3.4.2P), with the generator SplitMix64 (G. Steele, D. Lea, C.
// Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), and D.
// Lemire's multiplication for numbers below n (Fast random integer generation
// in an interval, ACM TOMACS 29, 2019), which is exactly uniform.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_SHUFFLE_H
#define RETROGRAD_TRAINING_SHUFFLE_H

#include <cstdint>
#include <span>

namespace retrograd {

/// SplitMix64.
class random_bits {
public:
  explicit random_bits(std::uint64_t state) : state_(state) {}

  std::uint64_t operator()();
  /// Uniform in [0, n), for n > 0.
  std::uint64_t below(std::uint64_t n);

private:
  std::uint64_t state_;
};

/// Writes the numbers 0, 1, ..., order.size() - 1 in the order of this epoch.
void shuffle_epoch(std::span<std::uint64_t> order, std::uint64_t seed,
                   std::uint64_t epoch);

} // namespace retrograd

#endif // RETROGRAD_TRAINING_SHUFFLE_H
