//===- schedule.h - A learning rate that depends on the step --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A schedule is a function of the number of the step, which counts from 0 and
// is the step about to be taken. It returns a factor of each block's learning
// rate. It has no state: a run that resumes at step k continues with the rate
// of step k, and there is nothing to be called in the right order.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_SCHEDULE_H
#define RETROGRAD_SCHEDULES_SCHEDULE_H

#include <concepts>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

namespace retrograd {

/// Any schedule: one of this library, or a callable of yours that takes the
/// step. Without one, the factor is 1.
class schedule {
public:
  schedule() = default;

  /// Validates the options of a schedule that has some: std::invalid_argument.
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, schedule> &&
             std::is_invocable_r_v<double, const std::remove_cvref_t<F> &,
                                   std::int64_t>)
  schedule(F &&f) {
    if constexpr (requires { f.validate(); })
      f.validate();
    factor_ = std::forward<F>(f);
  }

  /// The factor at a step. std::invalid_argument if the step is negative, or
  /// if the callable returns what is not in [0, inf).
  double operator()(std::int64_t step) const;

private:
  std::function<double(std::int64_t)> factor_;
};

} // namespace retrograd

#endif // RETROGRAD_SCHEDULES_SCHEDULE_H
