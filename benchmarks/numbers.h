//===- numbers.h - Data without pattern -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What contestants compute with. It is made here, and is the same in each run
// and for each contestant.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_NUMBERS_H
#define RETROGRAD_BENCHMARKS_NUMBERS_H

#include <cstdint>

namespace benchmark {

/// Numbers of about 1 without pattern, the same in each run.
class numbers {
public:
  float operator()() {
    // SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014).
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return float((z ^ (z >> 31)) >> 40) * 0x1p-23F - 1;
  }

private:
  std::uint64_t state_ = 1;
};

} // namespace benchmark

#endif // RETROGRAD_BENCHMARKS_NUMBERS_H
