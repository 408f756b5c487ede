//===- transform.cpp - Keys of samples ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// SplitMix64 as a hash: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
// Pseudorandom Number Generators", OOPSLA 2014.
//
//===----------------------------------------------------------------------===//

#include <retrograd/data/transform.h>
#include <stdexcept>

namespace retrograd::detail {

static std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

std::uint64_t sample_key(std::uint64_t seed, std::uint64_t epoch,
                         std::uint64_t row) {
  return mix(mix(mix(seed) ^ epoch) ^ row);
}

void check_output(const std::string &name, std::size_t extent) {
  if (name.empty())
    throw std::invalid_argument("transformed: an output has no name");
  if (extent == 0)
    throw std::invalid_argument("transformed: the extent of output '" + name +
                                "' is 0; it must be at least 1");
}

} // namespace retrograd::detail
