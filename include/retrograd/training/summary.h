//===- summary.h - What a training was, when it is over -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What fit() returns: why it stopped, how the loss went, and where the time
// went. Plain data, so that programs can decide by it and tests can compare it;
// the text for people is made elsewhere (reporting/).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_SUMMARY_H
#define RETROGRAD_TRAINING_SUMMARY_H

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace retrograd {

/// Why a training ended.
enum class termination {
  completed,      ///< All epochs or steps that were asked for are done.
  target_loss,    ///< The monitored loss is as low as `target_loss`.
  early_stopping, ///< No improvement for `patience` epochs.
  time_limit,     ///< `time_limit` seconds are over.
  callback,       ///< A callback returned control::stop.
  converged,      ///< L-BFGS: gradient or change below its tolerance.
  no_progress,    ///< L-BFGS: the line search finds no lower point.
  non_finite,     ///< A loss or gradient that is not finite; see nan_policy.
  diverged,       ///< The divergence guard has no rollbacks left.
};

/// "completed"; the enumerator's name.
const char *name_of(termination why);

/// Whether the parameters are worth using: false for non_finite and diverged.
bool is_success(termination why);

/// One row of the history.
struct epoch_record {
  std::int64_t epoch = 0; ///< From 1.
  std::int64_t step = 0;  ///< Updates made so far, over all epochs.
  /// Mean over the samples of the epoch, each at the parameters that its batch
  /// saw.
  double train_loss = std::numeric_limits<double>::quiet_NaN();
  /// Mean over the validation set after the epoch; NaN if there is none.
  double validation_loss = std::numeric_limits<double>::quiet_NaN();
  /// Base learning rate times the factors of the last step.
  double lr = std::numeric_limits<double>::quiet_NaN();
  /// Euclidean norm of the mean gradient of the last step, before clipping.
  double gradient_norm = std::numeric_limits<double>::quiet_NaN();
  double seconds = 0; ///< Wall clock since this call of fit() began.
  /// Of this epoch, validation not included.
  double samples_per_second = std::numeric_limits<double>::quiet_NaN();
};

/// One row for each update, for metrics sinks; the summary does not keep these.
struct step_record {
  std::int64_t epoch = 0; ///< From 1.
  std::int64_t step = 0;  ///< From 1, over all epochs.
  double loss = 0;        ///< Mean over the samples of the step.
  double lr = 0;
  double gradient_norm = 0; ///< Before clipping.
  double update_norm = 0;   ///< Euclidean norm of the change of parameters.
  double seconds = 0;       ///< Since the training began.
};

/// Seconds of wall clock by phase.
struct phase_timings {
  double data = 0;       ///< Waiting for batches, and shuffling.
  double gradient = 0;   ///< Losses and gradients of training batches.
  double update = 0;     ///< Norms, clipping, optimizer.
  double validation = 0; ///< Validation set.
  double callbacks = 0;  ///< Callbacks, metrics and progress.
  double checkpoint = 0; ///< Checkpoints, and copies for rollbacks.
  double total = 0;      ///< All of fit().
};

struct event_counts {
  /// Updates left out because a loss or gradient was not finite.
  std::int64_t skipped_steps = 0;
  /// Returns to an earlier state with a smaller rate.
  std::int64_t rollbacks = 0;
  /// Gradients of batches, and values of batches without one.
  std::int64_t gradient_evaluations = 0;
  std::int64_t value_evaluations = 0;
  /// Samples that gradients were taken of.
  std::int64_t samples = 0;
  /// Files written.
  std::int64_t checkpoints = 0;
};

/// An option of the training as text.
struct option_text {
  std::string name;
  std::string value;
};

struct summary {
  termination why = termination::completed;
  /// One sentence for people: "stopped after epoch 12: no improvement for 5
  /// epochs; the parameters are those of epoch 7".
  std::string message;

  std::string model;             ///< Name of the loss function.
  std::string optimizer;         ///< "Adam".
  std::string executor;          ///< "threads{4}".
  std::size_t parameters = 0;    ///< How many numbers are trained.
  std::uint64_t samples = 0;     ///< In the training set.
  std::uint64_t batch_size = 0;  ///< As used; the whole set for L-BFGS.
  std::uint64_t seed = 0;        ///< Of the shuffle.
  std::int64_t resumed_from = 0; ///< Epoch of the checkpoint; 0: from scratch.

  std::int64_t steps = 0; ///< Updates, earlier runs that were resumed included.
  std::int64_t epochs = 0; ///< Whole epochs, likewise.
  /// Mean loss of the first batch.
  double first_loss = std::numeric_limits<double>::quiet_NaN();
  /// Training loss of the last whole epoch, or mean of the steps so far if
  /// there is none.
  double final_loss = std::numeric_limits<double>::quiet_NaN();
  /// The lowest monitored loss at the end of an epoch: of the validation set if
  /// there is one, else of the training set.
  double best_loss = std::numeric_limits<double>::quiet_NaN();
  std::int64_t best_epoch = 0; ///< 0 if no epoch has ended.
  bool restored_best = false;  ///< The parameters are those of best_epoch.

  std::vector<epoch_record>
      history; ///< Earlier runs that were resumed included.
  /// The options of fit() and of the optimizer that are not the default.
  std::vector<option_text> options;
  phase_timings timings;
  event_counts counts;
  /// What was odd, but no reason to stop.
  std::vector<std::string> warnings;
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_SUMMARY_H
