//===- observer.h - Who may watch a training ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Interfaces between the training loop and what shows or stores its course. An
// observer reads; what may influence the training is a callback (options.h).
// All calls come from the thread that called fit(), in the order begin, rows,
// end; end is called also when the training ends by an exception.
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

/// Shows people how far the training is. update() is called for each step: it
/// must be cheap most of the time.
class progress_display {
public:
  virtual ~progress_display() = default;
  virtual void begin(const training_plan &) {}
  virtual void update(const progress_state &) = 0;
  virtual void end(const summary &) {}
};

/// Takes rows of numbers, to a file say.
class metrics_sink {
public:
  virtual ~metrics_sink() = default;
  virtual void begin(const training_plan &) {}
  virtual void step(const step_record &) {}
  virtual void epoch(const epoch_record &) = 0;
  virtual void end(const summary &) {}
  /// Whether step() does something. If no one wants steps, the norm of the
  /// updates is not computed.
  virtual bool wants_steps() const { return false; }
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_OBSERVER_H
