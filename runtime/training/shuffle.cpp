//===- shuffle.cpp - The order of samples in an epoch ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/training/shuffle.h>
#include <utility>

namespace retrograd {

std::uint64_t random_bits::operator()() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

std::uint64_t random_bits::below(std::uint64_t n) {
  __extension__ using wide = unsigned __int128;
  wide product = static_cast<wide>((*this)()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    // Products whose lower half is below 2^64 mod n would make some numbers
    // more probable than others.
    const std::uint64_t excess = -n % n;
    while (static_cast<std::uint64_t>(product) < excess)
      product = static_cast<wide>((*this)()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

void shuffle_epoch(std::span<std::uint64_t> order, std::uint64_t seed,
                   std::uint64_t epoch) {
  // Seeds and epochs are small numbers, and their states would be close.
  const std::uint64_t key = random_bits(seed)() ^ (epoch * 0xd1342543de82ef95U);
  random_bits random{random_bits(key)()};
  for (std::uint64_t i = 0; i < order.size(); ++i)
    order[i] = i;
  for (std::uint64_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[random.below(i)]);
}

} // namespace retrograd
