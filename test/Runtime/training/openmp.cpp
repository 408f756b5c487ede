//===- openmp.cpp - OpenMP as an executor ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With g++, which brings its own OpenMP: results are those of one thread, and
// exceptions do not leave the parallel region.
//
//===----------------------------------------------------------------------===//
//
// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -O1 -fopenmp %s -o %t %runtime
// RUN: env OMP_WAIT_POLICY=PASSIVE %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <atomic>
#include <retrograd/execution/evaluator.h>
#include <retrograd/execution/openmp.h>
#include <stdexcept>

using namespace retrograd;

template <class T> static std::vector<T> gradient(any_executor executor) {
  const classes<T> c(300, 6);
  parameters<T> p;
  p.add("w", 6, T(0.1));
  evaluator run(logistic_batch<T>{}, p, std::move(executor));
  std::vector<T> g(6);
  const auto rows = all_rows(300);
  run.gradient(c.view(rows), p.values(), g);
  return g;
}

int main() {
  for (int n : {1, 2, 3, 4, 7}) {
    CHECK_THAT(gradient<float>(openmp(n)) == gradient<float>(serial()));
    CHECK_THAT(gradient<double>(openmp(n)) == gradient<double>(serial()));
  }
  openmp executor(3);
  std::atomic<int> calls = 0;
  try {
    auto task = [&](std::size_t i) {
      ++calls;
      if (i == 5)
        throw std::runtime_error("task");
    };
    executor.run(50, task);
    CHECK_THAT(false);
  } catch (const std::runtime_error &) {
  }
  calls = 0;
  auto task = [&](std::size_t) { ++calls; };
  executor.run(50, task);
  CHECK_THAT(calls == 50);
  CHECK_THAT(executor.name() == "openmp{3}" && openmp().width() >= 1);
}
