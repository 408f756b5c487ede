//===- decay.h - Schedules that go on falling -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Without an end: the factor at step k needs no length of the training. Options
// without a useful default start with a value that validate() refuses.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_DECAY_H
#define RETROGRAD_SCHEDULES_DECAY_H

#include <cstdint>
#include <vector>

namespace retrograd {

/// The same at each step.
struct constant {
  double factor = 1; ///< In [0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// gamma^floor(k / every)
struct step_decay {
  std::int64_t every = 0; ///< Steps, at least 1.
  double gamma = 0.1;     ///< In (0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// gamma^m, where m milestones are at most k.
struct multi_step {
  std::vector<std::int64_t> milestones = {}; ///< Steps, ascending, at least 0.
  double gamma = 0.1;                        ///< In (0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// gamma^(k / every)
struct exponential {
  double gamma = 0;       ///< In (0, inf).
  std::int64_t every = 1; ///< Steps to a factor of gamma, at least 1.

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// 1 / (1 + rate k / every)
struct inverse_time {
  double rate = 1;        ///< In [0, inf).
  std::int64_t every = 0; ///< Steps, at least 1.

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// factors[m], where m boundaries are at most k.
struct piecewise {
  std::vector<std::int64_t> boundaries = {}; ///< Steps, ascending, at least 0.
  std::vector<double> factors = {}; ///< One more than boundaries, in [0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

} // namespace retrograd

#endif // RETROGRAD_SCHEDULES_DECAY_H
