//===- events.h - What callbacks see and say ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A callback gets all that the training knows at that moment, parameters and
// gradient included, as views that are valid during the call. It may stop the
// training; it cannot change what it sees.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_EVENTS_H
#define RETROGRAD_TRAINING_EVENTS_H

#include <concepts>
#include <cstdint>
#include <functional>
#include <retrograd/training/summary.h>
#include <span>
#include <type_traits>

namespace retrograd {

/// What a callback returns; one that returns nothing says go_on.
enum class control { go_on, stop };

/// After an update. Inherits what metrics get: epoch, step, loss, lr, norms,
/// seconds.
template <class T> struct step_event : step_record {
  std::uint64_t samples = 0;     ///< In the batch, or batches, of the step.
  std::span<const T> parameters; ///< After the update.
  std::span<const T> gradient;   ///< Mean over the samples, before clipping.
};

/// After an epoch, its validation included.
template <class T> struct epoch_event : epoch_record {
  std::span<const T> parameters;
  bool is_best = false; ///< The monitored loss is the lowest so far.
  const phase_timings *timings = nullptr; ///< So far in this run.
};

/// Holds void(const Event &) or control(const Event &), or nothing.
template <class Event> class callback {
public:
  callback() = default;
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, callback> &&
             std::invocable<F &, const Event &>)
  callback(F f) {
    if constexpr (std::convertible_to<std::invoke_result_t<F &, const Event &>,
                                      control>)
      call_ = std::move(f);
    else {
      static_assert(std::is_void_v<std::invoke_result_t<F &, const Event &>>,
                    "a callback returns retrograd::control or nothing");
      call_ = [f = std::move(f)](const Event &event) mutable {
        f(event);
        return control::go_on;
      };
    }
  }

  explicit operator bool() const { return static_cast<bool>(call_); }
  control operator()(const Event &event) const {
    return call_ ? call_(event) : control::go_on;
  }

private:
  std::function<control(const Event &)> call_;
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_EVENTS_H
