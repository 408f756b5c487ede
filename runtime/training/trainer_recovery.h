//===- trainer_recovery.h - When a training goes wrong --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Members of trainer. Two copies of parameters and optimizer are kept, an
// interval apart. What rises has begun to rise before the tests could notice:
// the guard goes back to the older copy, from before its window. A number that
// is not finite is noticed at once, and the newer copy is tried first.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TRAINER_RECOVERY_H
#define RETROGRAD_RUNTIME_TRAINING_TRAINER_RECOVERY_H

#include "text.h"
#include "trainer.h"
#include <cmath>
#include <retrograd/training/divergence.h>

namespace retrograd {

template <class T> bool trainer<T>::wants_copies() const {
  return options_.guard || options_.on_non_finite == nan_policy::roll_back;
}

/// Half of the guard's window, so that the older copy is from its begin.
template <class T> std::int64_t trainer<T>::copy_interval() const {
  return options_.guard ? options_.guard->window / 2
                        : options_.recovery.interval;
}

template <class T> void trainer<T>::visit_copied(archive &to) {
  to("parameters", params_);
  to("optimizer", [this](archive &inner) { rule_.fields(inner); });
}

template <class T> void trainer<T>::copy() {
  newer_.save([this](archive &to) { visit_copied(to); });
}

/// A batch whose loss or gradient is not finite.
template <class T> void trainer<T>::reject(const batch_sum &sum, double norm) {
  const double loss = sum.loss / static_cast<double>(sum.samples);
  const bool bad_loss = !std::isfinite(loss) || sum.non_finite != 0;
  const std::string where = "step " + std::to_string(state_.step + 1) +
                            " (epoch " + std::to_string(state_.epoch + 1) + ")";
  const std::string what =
      bad_loss ? "the loss of " + where + " is " + short_number(loss) + " (" +
                     std::to_string(sum.non_finite) + " of " +
                     counted(static_cast<std::int64_t>(sum.samples), "sample") +
                     " not finite)"
               : "the norm of the gradient of " + where + " is " +
                     short_number(norm);
  switch (options_.on_non_finite) {
  case nan_policy::stop:
    stop(termination::non_finite, what);
    return;
  case nan_policy::skip:
    ++summary_.counts.skipped_steps;
    if (summary_.counts.skipped_steps == 1)
      summary_.warnings.push_back(what + "; steps like this are left out");
    if (++state_.skips_in_row >= options_.recovery.max_skips)
      stop(termination::non_finite, what + "; " +
                                        counted(state_.skips_in_row, "step") +
                                        " in a row were left out");
    return;
  case nan_policy::roll_back:
    roll_back(newer_, termination::non_finite, what);
    return;
  }
}

/// After a good step: makes copies, and looks whether the losses rise.
template <class T> void trainer<T>::watch(double loss) {
  if (stopped())
    return;
  if (options_.guard) {
    const auto window = static_cast<std::size_t>(options_.guard->window);
    if (losses_.size() == window)
      losses_.erase(losses_.begin());
    losses_.push_back(loss);
  }
  if (++state_.since_copy < copy_interval())
    return;
  state_.since_copy = 0;
  if (options_.guard &&
      losses_.size() == static_cast<std::size_t>(options_.guard->window) &&
      is_rising(losses_, options_.guard->confidence)) {
    roll_back(older_, termination::diverged,
              "the loss rises from step " +
                  std::to_string(state_.step - options_.guard->window + 1) +
                  " to step " + std::to_string(state_.step) + ", from " +
                  short_number(losses_.front()) + " to " +
                  short_number(losses_.back()));
    return;
  }
  older_ = std::move(newer_);
  copy();
}

/// Goes back and makes the rate smaller, or ends the training; the parameters
/// are those of the copy in both cases.
template <class T>
void trainer<T>::roll_back(state_copy &to, termination why,
                           const std::string &what) {
  to.restore([this](archive &from) { visit_copied(from); });
  if (summary_.counts.rollbacks >= options_.recovery.max_rollbacks) {
    stop(why,
         what + ", after " + counted(summary_.counts.rollbacks, "rollback"));
    return;
  }
  ++summary_.counts.rollbacks;
  state_.rate_factor *= options_.recovery.rate_cut;
  losses_.clear();
  state_.since_copy = 0;
  newer_ = older_;
  summary_.warnings.push_back(what + "; went back, with the rate times " +
                              short_number(state_.rate_factor));
}

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TRAINER_RECOVERY_H
