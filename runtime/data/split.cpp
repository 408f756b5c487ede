//===- split.cpp - Training and validation rows -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The choice must be the same on every machine and with every standard library:
// std::shuffle is not, std::mt19937_64 is.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <retrograd/data/convert.h>
#include <retrograd/data/validate.h>
#include <stdexcept>

namespace retrograd::detail {

/// A number below n, each with the same probability. What is left over at the
/// end of the generator's range is thrown away.
static std::uint64_t below(std::uint64_t n, std::mt19937_64 &random) {
  const std::uint64_t first = (0 - n) % n; // 2^64 mod n
  for (;;)
    if (const std::uint64_t x = random(); x >= first)
      return x % n;
}

row_lists split_rows(std::uint64_t size, double share, std::uint64_t seed) {
  if (!(share > 0 && share < 1))
    throw std::invalid_argument("split: the share of the validation is " +
                                shortest(share) + "; it must be in (0, 1)");
  const auto held_back = static_cast<std::uint64_t>(
      std::llround(static_cast<double>(size) * share));
  if (held_back == 0 || held_back >= size)
    throw std::invalid_argument("split: a share of " + shortest(share) +
                                " of " + std::to_string(size) +
                                " rows leaves one part without rows");
  std::vector<std::uint64_t> rows(size);
  std::iota(rows.begin(), rows.end(), std::uint64_t(0));
  std::mt19937_64 random(seed);
  for (std::uint64_t i = 0; i < held_back; ++i)
    std::swap(rows[i], rows[i + below(size - i, random)]);
  const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(held_back);
  row_lists result{{middle, rows.end()}, {rows.begin(), middle}};
  std::sort(result.training.begin(), result.training.end());
  std::sort(result.validation.begin(), result.validation.end());
  return result;
}

} // namespace retrograd::detail
