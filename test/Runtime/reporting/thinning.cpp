//===- thinning.cpp - The points of a curve that can be told apart --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thinned curve has the extremes of each column of pixels and of the whole,
// gaps where there are gaps, and few points.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -I%source/runtime -std=c++20 -Wall -Wextra -Werror \
// RUN:   %s %runtime -o %t && %t

#include "../Inputs/check.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <reporting/thinning.h>

using namespace retrograd::reporting;

static const double gap = std::nan("");

struct column {
  double low = 1e300, high = -1e300, first = gap, last = gap;
  void add(double y) {
    if (std::isnan(first))
      first = y;
    last = y;
    low = std::min(low, y);
    high = std::max(high, y);
  }
  bool operator==(const column &) const = default;
};

static void columns_are_kept() {
  std::mt19937 random(1);
  std::normal_distribution<double> noise;
  std::vector<point> curve;
  std::map<double, column> expected, actual;
  for (int i = 0; i < 20000; ++i) {
    curve.push_back({i * 300 / 20000.0, noise(random)});
    expected[std::floor(curve.back().x)].add(curve.back().y);
  }
  const auto pieces = thinned(curve);
  CHECK_THAT(pieces.size() == 1);
  CHECK_THAT(pieces[0].size() <= 4 * 300);
  for (std::size_t i = 0; i < pieces[0].size(); ++i) {
    CHECK_THAT(i == 0 || pieces[0][i - 1].x < pieces[0][i].x);
    actual[std::floor(pieces[0][i].x)].add(pieces[0][i].y);
  }
  CHECK_THAT(actual == expected);
}

static void few_points_stay() {
  const std::vector<point> curve = {{0, 1}, {10, 2}, {10.5, 3}, {20, 1}};
  const auto pieces = thinned(curve);
  CHECK_THAT(pieces.size() == 1 && pieces[0].size() == 4);
}

static void gaps() {
  CHECK_THAT(thinned({}).empty());
  CHECK_THAT(thinned(std::vector<point>{{0, gap}, {1, gap}}).empty());
  const std::vector<point> curve = {{0, gap}, {1, 1}, {2, 2},   {3, gap},
                                    {4, 4},   {5, gap}, {6, 6}, {7, 7}};
  const auto pieces = thinned(curve);
  CHECK_THAT(pieces.size() == 3);
  CHECK_THAT(pieces[0].size() == 2 && pieces[1].size() == 1 &&
             pieces[2].size() == 2);
  CHECK_THAT(pieces[1][0].y == 4);
  // A gap within a column of pixels cannot be seen.
  const std::vector<point> close = {{1, 1}, {1.2, gap}, {1.4, 2}, {2, 3}};
  CHECK_THAT(thinned(close).size() == 1);
}

static void running_median() {
  std::vector<point> curve;
  for (int i = 0; i < 100; ++i)
    curve.push_back({i * 0.4, i % 10 == 0 ? 1000.0 : 5.0});
  curve[99].y = gap;
  const auto pieces = medians(curve, 8);
  CHECK_THAT(pieces.size() == 1 && pieces[0].size() == 5);
  for (const point &p : pieces[0])
    CHECK_THAT(p.y == 5);
  CHECK_THAT(std::fabs(pieces[0][1].x - 11.8) < 1e-9);
}

int main() {
  columns_are_kept();
  few_points_stay();
  gaps();
  running_median();
}
