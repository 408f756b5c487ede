//===- thinning.cpp - The points of a curve that can be told apart --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pass, column by column.
//
//===----------------------------------------------------------------------===//

#include "thinning.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace retrograd::reporting {

namespace {

/// Appends what is needed of the points of one column, which is not empty and
/// has no gaps.
void append_column(std::span<const point> column, std::vector<point> &piece) {
  const auto [low, high] = std::minmax_element(
      column.begin(), column.end(),
      [](const point &a, const point &b) { return a.y < b.y; });
  std::array<std::size_t, 4> chosen = {0, std::size_t(low - column.begin()),
                                       std::size_t(high - column.begin()),
                                       column.size() - 1};
  std::sort(chosen.begin(), chosen.end());
  const auto end = std::unique(chosen.begin(), chosen.end());
  for (auto i = chosen.begin(); i != end; ++i)
    piece.push_back(column[*i]);
}

void append_median(std::vector<point> &stretch, std::vector<point> &piece) {
  double x = 0;
  for (const point &p : stretch)
    x += p.x;
  const auto middle = stretch.begin() + std::ptrdiff_t(stretch.size() / 2);
  std::nth_element(stretch.begin(), middle, stretch.end(),
                   [](const point &a, const point &b) { return a.y < b.y; });
  piece.push_back({x / double(stretch.size()), middle->y});
}

/// Cuts a curve where x / width passes a whole number, leaves gaps out, and
/// lets `append` make points of what is in a stretch.
template <class Append>
std::vector<std::vector<point>> by_stretches(std::span<const point> curve,
                                             double width, Append append) {
  std::vector<std::vector<point>> pieces;
  std::vector<point> stretch;
  bool open = false;
  for (std::size_t i = 0; i < curve.size();) {
    const double where = std::floor(curve[i].x / width);
    stretch.clear();
    for (; i < curve.size() && std::floor(curve[i].x / width) == where; ++i)
      if (!std::isnan(curve[i].y))
        stretch.push_back(curve[i]);
    if (stretch.empty()) {
      open = false;
      continue;
    }
    if (!open)
      pieces.emplace_back();
    open = true;
    append(stretch, pieces.back());
  }
  return pieces;
}

} // namespace

std::vector<std::vector<point>> thinned(std::span<const point> curve) {
  return by_stretches(curve, 1, append_column);
}

std::vector<std::vector<point>> medians(std::span<const point> curve,
                                        double width) {
  return by_stretches(curve, width, append_median);
}

} // namespace retrograd::reporting
