//===- gcc.cpp - Training in programs that another compiler makes ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// g++ compiles the headers without warnings, and what it makes trains, one by one
// and in lanes.
//
//===----------------------------------------------------------------------===//
//
// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/lane-models.h"
#include "Inputs/models.h"
#include <retrograd/data.h>
#include <retrograd/fit.h>

using namespace retrograd;

int main() {
  numbers random(3);
  std::vector<float> x(3 * 200), y(200);
  const std::vector<int> weight(200, 1);
  for (float &v : x)
    v = static_cast<float>(random());
  for (std::size_t i = 0; i < 200; ++i)
    y[i] = x[3 * i] - 2 * x[3 * i + 2] + 0.5f;
  dataset data(column("x", x, 3), column("y", y), column("weight", weight));
  const auto train = [&](any_executor executor) {
    parameters<float> p;
    p.add("w", 3).add("b", 1);
    const summary s = fit(
        huber_batch<float>{}, p, data, Adam{.lr = 0.05},
        {.batch_size = 20, .epochs = 40, .executor = std::move(executor)});
    CHECK_THAT(s.final_loss < 1e-3);
    return std::vector<float>(p.values().begin(), p.values().end());
  };
  const auto one = train(threads(2));
  const auto lanes = train(simd(threads(2)));
  for (std::size_t j = 0; j < 4; ++j)
    CHECK_THAT(std::fabs(one[j] - lanes[j]) < 1e-3f);
}
