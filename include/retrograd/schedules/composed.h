//===- composed.h - Schedules made of schedules ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Warm-up and what follows it:
//
//   schedule s = sequence{{linear_warmup{100}, cosine{900}}, {100}};
//   schedule t = chain{{linear_warmup{100}, exponential{0.999}}};
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_COMPOSED_H
#define RETROGRAD_SCHEDULES_COMPOSED_H

#include <retrograd/schedules/schedule.h>

#include <cstdint>
#include <vector>

namespace retrograd {

/// The product of all factors.
struct chain {
  std::vector<schedule> parts = {}; ///< At least one.

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// One schedule after the other. Part i > 0 begins at milestones[i - 1], and
/// counts its own steps from 0 there.
struct sequence {
  std::vector<schedule> parts = {}; ///< At least one.
  std::vector<std::int64_t> milestones =
      {}; ///< One less, ascending, at least 0.

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

} // namespace retrograd

#endif // RETROGRAD_SCHEDULES_COMPOSED_H
