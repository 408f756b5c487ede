//===- simd.cpp - Batches in lanes ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums in lanes are those of single samples but for rounding, for every size of
// batch, with tails of every length, and the same bits for any number of threads.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t
// RUN: %clangxx -I%include -std=c++20 -O0 %s \
// RUN:   -o %t.san -fsanitize=address,undefined \
// RUN:   -fno-sanitize-recover=all %runtime
// RUN: %t.san

#include "../Inputs/check.h"
#include "Inputs/lane-models.h"
#include "Inputs/models.h"
#include <algorithm>
#include <retrograd/execution/evaluator.h>
#include <retrograd/execution/simd.h>
#include <retrograd/execution/threads.h>

using namespace retrograd;

template <class T> struct lines {
  lines(std::size_t samples, int n)
      : x(samples * static_cast<std::size_t>(n)), y(samples), weight(samples) {
    numbers random(3);
    for (T &v : x)
      v = static_cast<T>(random());
    for (std::size_t i = 0; i < samples; ++i) {
      y[i] = static_cast<T>(3 * random());
      weight[i] = static_cast<int>(2 + 2 * random());
    }
  }
  std::vector<T> x, y;
  std::vector<int> weight;
};

template <class T> static T bound() { return sizeof(T) == 4 ? T(2e-4) : T(1e-11); }

/// Extents on both sides of the number of lanes.
template <class T> static void sums(int n) {
  const lines<T> data(300, n);
  parameters<T> p;
  p.add("w", static_cast<std::size_t>(n), T(0.3)).add("b", 1, T(-0.2));
  const std::size_t size = p.size();
  std::vector<std::uint64_t> order = all_rows(300);
  std::reverse(order.begin(), order.end());
  std::swap(order[1], order[77]);
  for (std::size_t b : {0, 1, 3, 4, 5, 15, 16, 17, 63, 64, 65, 130, 300}) {
    const batch_view<T, T, int> samples = {
        {data.x.data(), data.y.data(), data.weight.data()},
        {static_cast<std::size_t>(n), 1, 1},
        std::span<const std::uint64_t>(order).first(b)};
    evaluator one(huber_batch<T>{}, p);
    std::vector<T> expected(size), residuals(b), first;
    const batch_sum sum = one.gradient(samples, p.values(), expected);
    one.outputs(samples, p.values(), {residuals});
    for (std::size_t threads_of : {1, 2, 3, 4, 7}) {
      evaluator run(huber_batch<T>{}, p, simd(threads(threads_of)));
      std::vector<T> g(size, T(9)), r(b);
      const batch_sum s = run.gradient(samples, p.values(), g);
      CHECK_THAT(s.samples == b && s.non_finite == 0);
      CHECK_THAT(std::fabs(s.loss - sum.loss) < 1e-4);
      for (std::size_t j = 0; j < size; ++j)
        CHECK_THAT(std::fabs(g[j] - expected[j]) < bound<T>());
      if (threads_of == 1)
        first = g;
      CHECK_THAT(g == first);
      const batch_sum v = run.value(samples, p.values());
      CHECK_THAT(std::fabs(v.loss - s.loss) < 1e-4);
      CHECK_THAT(run.outputs(samples, p.values(), {r}).samples == b);
      for (std::size_t i = 0; i < b; ++i)
        CHECK_THAT(std::fabs(r[i] - residuals[i]) < bound<T>());
    }
  }
}

/// Samples that are not finite are counted, and others not.
template <class T> static void not_finite() {
  lines<T> data(40, 3);
  data.y[2] = T(INFINITY);
  data.y[37] = T(NAN);
  data.weight[2] = 1;
  const auto rows = all_rows(40);
  parameters<T> p;
  p.add("w", 3).add("b", 1);
  evaluator run(huber_batch<T>{}, p, simd());
  std::vector<T> g(4);
  const batch_view<T, T, int> samples = {
      {data.x.data(), data.y.data(), data.weight.data()}, {3, 1, 1}, rows};
  const batch_sum s = run.gradient(samples, p.values(), g);
  CHECK_THAT(s.non_finite == 2 && std::isnan(s.loss));
  // The last sample, which fills the last tile, counts once.
  data.y[39] = T(NAN);
  CHECK_THAT(run.gradient(samples, p.values(), g).non_finite == 3);
}

int main() {
  for (int n : {1, 2, 5, 16, 37}) {
    sums<float>(n);
    sums<double>(n);
  }
  not_finite<float>();
  not_finite<double>();
}
