//===- trial.h - One call of a contestant, in a process of its own --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Before anything is timed, each contestant computes each gradient once: the
// result must agree with that by hand, and the call says how much memory it
// takes. A process of its own is a clean start for that, and a contestant that
// crashes or runs out of memory takes nobody with it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_TRIAL_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_TRIAL_H

#include "contestants.h"

namespace contestants {

struct trial {
  /// What is wrong, or nothing.
  std::string fault;
  /// Of the processor, for the call.
  double seconds = 0;
  /// By which the resident memory has grown at its peak, in bytes.
  double memory = 0;
  /// The most memory that Retrograd's tape has held, in whole chunks.
  double tape = 0;
  /// The largest error, as a part of that number and the mean of all.
  double error = 0;
};

/// `expected` is the value, followed by the gradient. Errors are allowed up to
/// `tolerance`, and so many bytes of memory.
trial try_once(gradient_function gradient, int n, const std::vector<double> &x,
               const std::vector<double> &expected, double tolerance,
               std::size_t memory);

} // namespace contestants

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_TRIAL_H
