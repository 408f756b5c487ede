//===- tables.h - Constants and tables that primals read ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing of it is active, so it is of double for every `real`.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_TABLES_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_TABLES_H

#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

constexpr double pi = 3.14159265358979323846;
constexpr double sqrt_half = 0.70710678118654752440;

/// For a transform of n complex numbers.
struct tables {
  /// exp(-2 pi i k / n) for k < n / 2, as pairs of reals.
  std::vector<double> roots;
  /// Where each number goes: its index with the bits in reverse.
  std::vector<int> order;

  explicit tables(int n)
      : roots(static_cast<std::size_t>(n)), order(roots.size()) {
    for (std::size_t k = 0; k < roots.size() / 2; ++k) {
      const double angle = -2 * pi * static_cast<double>(k) / n;
      roots[2 * k] = std::cos(angle);
      roots[2 * k + 1] = std::sin(angle);
    }
    for (int i = 0; i < n; ++i)
      for (int bit = 1, mirrored = n / 2; bit < n; bit *= 2, mirrored /= 2)
        if (i & bit)
          order[static_cast<std::size_t>(i)] |= mirrored;
  }
};

inline const tables &tables_of(int n) {
  static std::map<int, tables> known;
  return known.try_emplace(n, n).first->second;
}

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_TABLES_H
