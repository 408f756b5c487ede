//===- problem.h - What the four problems have in common ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A problem has three functions of an input: `value`, the primal; `derivative`,
// the value and what Retrograd makes of the primal; and `by_hand`, the value
// and the derivative that an expert would write, and so the limit. They
// overwrite what they are given. Nothing here knows how time is taken, so that
// tests can include problems, too.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_PROBLEM_H
#define RETROGRAD_BENCHMARKS_ADBENCH_PROBLEM_H

#include "../inputs.h"
#include <algorithm>
#include <cmath>
#include <memory>
#include <retrograd/retrograd.h>

namespace problems {

using real = double;
using adbench::most_components;
using adbench::most_dimensions;
using std::cos;
using std::exp;
using std::log;
using std::sin;
using std::sqrt;
using std::tanh;

/// Memory for the intermediate results of a derivative written by hand.
using scratch = std::unique_ptr<double[]>;
inline scratch scratch_of(std::size_t size) {
  return scratch(new double[size]);
}

} // namespace problems

#endif // RETROGRAD_BENCHMARKS_ADBENCH_PROBLEM_H
