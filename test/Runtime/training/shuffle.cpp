//===- shuffle.cpp - The order of samples in an epoch ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The order is a permutation, the same on every machine (stored numbers), and
// uniform: each sample is as often in each place.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include <algorithm>
#include <cmath>
#include <retrograd/training/shuffle.h>
#include <vector>

using order = std::vector<std::uint64_t>;

static order shuffled(std::size_t n, std::uint64_t seed, std::uint64_t epoch) {
  order o(n);
  retrograd::shuffle_epoch(o, seed, epoch);
  return o;
}

int main() {
  // SplitMix64 from state 0, as its authors' program prints it.
  retrograd::random_bits bits(0);
  CHECK_THAT(bits() == 0xe220a8397b1dcdafU);
  CHECK_THAT(bits() == 0x6e789e6aa1b965f4U);

  CHECK_THAT(shuffled(0, 1, 1).empty() && shuffled(1, 1, 1) == order{0});
  CHECK_THAT((shuffled(8, 1, 1) == order{2, 1, 7, 4, 6, 3, 0, 5}));
  CHECK_THAT((shuffled(8, 1, 2) == order{4, 1, 6, 7, 0, 5, 3, 2}));
  CHECK_THAT((shuffled(8, 2, 1) == order{6, 1, 2, 5, 4, 7, 0, 3}));

  order o = shuffled(1000, 3, 4);
  std::sort(o.begin(), o.end());
  for (std::size_t i = 0; i < o.size(); ++i)
    CHECK_THAT(o[i] == i);

  // Each of 5 x 5 pairs of sample and place comes 2000 times of 10000, with a
  // standard deviation of 40.
  int counts[5][5] = {};
  for (std::uint64_t epoch = 0; epoch < 10000; ++epoch) {
    const order p = shuffled(5, 9, epoch);
    for (std::size_t i = 0; i < 5; ++i)
      ++counts[i][p[i]];
  }
  for (const auto &row : counts)
    for (int n : row)
      CHECK_THAT(std::abs(n - 2000) < 200);

  retrograd::random_bits random(5);
  for (std::uint64_t n : {1UL, 2UL, 3UL, 1UL << 63, ~0UL})
    for (int i = 0; i < 100; ++i)
      CHECK_THAT(random.below(n) < n);
}
