//===- workload.h - What the workloads have in common ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A workload is a function of one array of active numbers, whose length follows
// from a size n, with two gradients of one contract: they return the value and
// add to the adjoints. `gradient` is what Retrograd makes of the primal;
// `by_hand` is what an expert would write, and so the limit. Nothing here knows
// how time is taken, so that tests can include workloads, too.
//
// Primals are text over a type `real`, to be included in a namespace that says
// what that is: `double` here, and a type that records in the files of peers.
// So all contestants differentiate one text.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOAD_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOAD_H

#include "../numbers.h"
#include "tables.h"
#include <cmath>
#include <cstddef>
#include <memory>
#include <retrograd/retrograd.h>
#include <vector>

namespace workloads {

using real = double;
using std::erfc;
using std::exp;
using std::log;
using std::pow;
using std::sqrt;
using std::tanh;

/// So many numbers around a middle, the same in each run.
inline std::vector<double> around(double middle, double spread,
                                  std::size_t size) {
  benchmark::numbers random;
  std::vector<double> numbers(size);
  for (double &each : numbers)
    each = middle + spread * random();
  return numbers;
}

/// Memory for the intermediate results of a gradient written by hand.
using scratch = std::unique_ptr<double[]>;
inline scratch scratch_of(std::size_t size) {
  return scratch(new double[size]);
}

} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOAD_H
