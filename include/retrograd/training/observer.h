//===- observer.h - Who may watch a training ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the training loop gives to those that show or store its course. An
// observer reads; what may influence the training is a callback (options.h). It
// needs no base class: an object with the right members will do. All calls come
// from the thread that called fit(), in the order begin, rows, end. When fit()
// throws, end is not called.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_OBSERVER_H
#define RETROGRAD_TRAINING_OBSERVER_H

#include <cstddef>
#include <cstdint>
#include <limits>
#include <retrograd/training/summary.h>
#include <string>

namespace retrograd {

/// What is going to be done.
struct training_plan {
  std::string model;     ///< Name of the loss function.
  std::string optimizer; ///< "Adam".
  std::string executor;  ///< "threads{4}".
  std::size_t parameters = 0;
  std::uint64_t samples = 0;            ///< In the training set.
  std::uint64_t validation_samples = 0; ///< 0: no validation set.
  std::uint64_t batch_size = 0;
  std::int64_t steps_per_epoch = 0;
  std::int64_t epochs = 0;      ///< The last epoch that may come.
  std::int64_t first_epoch = 1; ///< More than 1 if a checkpoint was resumed.
};

/// How far the training is, after each step and after each epoch.
struct progress_state {
  std::int64_t epoch = 0;         ///< The one that runs, from 1.
  std::int64_t step = 0;          ///< Updates so far, over all epochs.
  std::int64_t step_of_epoch = 0; ///< Updates so far in this epoch.
  std::uint64_t samples = 0;      ///< Processed so far in this run of fit().
  double seconds = 0;             ///< Since this run of fit() began.
  /// Mean over the samples of this epoch so far.
  double loss = std::numeric_limits<double>::quiet_NaN();
  /// Of the last epoch that has one; NaN before.
  double validation_loss = std::numeric_limits<double>::quiet_NaN();
  double lr = 0;
  bool epoch_done = false; ///< The call after the last step of an epoch.
};

/// Shows people how far the training is: any object with begin(training_plan),
/// update(progress_state) and end(summary), all optional but update, which is
/// called for each step and must be cheap most of the time. Refers to it.
class progress_ref {
public:
  progress_ref() = default;
  template <class P>
    requires requires(P &p, const progress_state &s) { p.update(s); }
  progress_ref(P &display)
      : object_(&display), call_([](void *object, const event &e) {
          P &p = *static_cast<P *>(object);
          if constexpr (requires { p.begin(*e.plan); })
            if (e.plan)
              p.begin(*e.plan);
          if (e.state)
            p.update(*e.state);
          if constexpr (requires { p.end(*e.end); })
            if (e.end)
              p.end(*e.end);
        }) {}

  explicit operator bool() const { return object_; }
  void begin(const training_plan &plan) const { call({.plan = &plan}); }
  void update(const progress_state &state) const { call({.state = &state}); }
  void end(const summary &s) const { call({.end = &s}); }

private:
  struct event {
    const training_plan *plan = nullptr;
    const progress_state *state = nullptr;
    const summary *end = nullptr;
  };
  void call(const event &e) const {
    if (object_)
      call_(object_, e);
  }

  void *object_ = nullptr;
  void (*call_)(void *, const event &) = nullptr;
};

/// Takes rows of numbers, to a file say: any object with write(epoch_record),
/// write(step_record), or both. If none takes steps, the norm of the updates is
/// not computed. Refers to it.
class metrics_ref {
  template <class M>
  static constexpr bool takes_epochs =
      requires(M &m, const epoch_record &row) { m.write(row); };
  template <class M>
  static constexpr bool takes_steps =
      requires(M &m, const step_record &row) { m.write(row); };

public:
  template <class M>
    requires(takes_epochs<M> || takes_steps<M>)
  metrics_ref(M &sink) : object_(&sink), wants_steps_(takes_steps<M>) {
    epoch_ = [](void *object, const epoch_record &row) {
      if constexpr (takes_epochs<M>)
        static_cast<M *>(object)->write(row);
    };
    step_ = [](void *object, const step_record &row) {
      if constexpr (takes_steps<M>)
        static_cast<M *>(object)->write(row);
    };
  }

  bool wants_steps() const { return wants_steps_; }
  void write(const epoch_record &row) const { epoch_(object_, row); }
  void write(const step_record &row) const { step_(object_, row); }

private:
  void *object_;
  bool wants_steps_;
  void (*epoch_)(void *, const epoch_record &);
  void (*step_)(void *, const step_record &);
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_OBSERVER_H
