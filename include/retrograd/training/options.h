//===- options.h - All that fit() can be told -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One plain struct, to be written as
//
//   {.batch_size = 32, .epochs = 20, .seed = 1}
//
// Each field says its range; fit() checks all of them before anything runs and
// throws std::invalid_argument with the field, its value, and what it must be.
// What has parameters of its own is switched on by giving it:
// `.early_stopping = {{.patience = 5}}`.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_OPTIONS_H
#define RETROGRAD_TRAINING_OPTIONS_H

#include <cstdint>
#include <limits>
#include <optional>
#include <retrograd/execution/serial.h>
#include <retrograd/schedules.h>
#include <retrograd/training/events.h>
#include <retrograd/training/observer.h>
#include <string>
#include <vector>

namespace retrograd {

/// Ends the training when the monitored loss, of the validation set if there is
/// one and else of the training set, has not been lower than the best by more
/// than `min_delta` for `patience` epochs.
struct early_stopping {
  std::int64_t patience = 5; ///< Epochs, 1 or more.
  double min_delta = 0;      ///< In [0, inf).
  /// Whether the parameters at the end are those of the best epoch, however the
  /// training ends.
  bool restore_best = true;
};

/// What happens when a loss of a batch, or the norm of its gradient, is not a
/// finite number. No update is made with it in any case.
enum class nan_policy {
  stop,      ///< End with termination::non_finite.
  skip,      ///< Leave the step out; after `max_skips` in a row, stop.
  roll_back, ///< Go back to the last copy, with a smaller rate; see recovery.
};

/// How the training goes back, for nan_policy::roll_back and the divergence
/// guard: copies of parameters and optimizer are made now and then, and going
/// back takes one of them and multiplies the learning rate by `rate_cut`. The
/// data goes on.
struct recovery {
  double rate_cut = 0.5;          ///< In (0, 1).
  std::int64_t max_rollbacks = 8; ///< 0 or more; then the training ends.
  std::int64_t interval = 50;     ///< Steps between copies, 1 or more.
  std::int64_t max_skips = 10; ///< In a row, for nan_policy::skip, 1 or more.
};

/// Goes back when the loss of the steps rises, by statistical tests on the
/// last `window` losses, every window / 2 steps (divergence_guard.h). It works
/// with any optimizer. Where batches are not shuffled, or the rate grows for
/// more than a window, the loss may rise by itself.
struct divergence_guard {
  std::int64_t window = 100; ///< Steps, 16 to 10000.
  /// How sure both tests must be that the loss rises, in [0.5, 1). This is for
  /// one of many tests: 0.99 would raise a false alarm every hundred tests.
  double confidence = 0.999999;
};

/// Checks the gradient of samples of the first batch against differences
/// (check.h), before the first step. If one disagrees, fit() throws
/// gradient_check_error.
struct gradient_check {
  std::int64_t samples = 2;      ///< 1 or more.
  double relative_tolerance = 0; ///< In [0, inf); 0 follows from the precision.
};

/// Only rows of a block of parameters that the samples of a batch refer to have
/// a gradient: a table of weights, of which a sample names some by index. A
/// step then costs what these rows cost. The optimizer must be one that leaves
/// other rows as they are (Adagrad, SGD without momentum). On the first batch
/// the whole gradient is computed as well; if it is not zero elsewhere, fit()
/// throws.
struct sparse_rows {
  std::string block;     ///< Name of the block of parameters.
  std::size_t width = 1; ///< Numbers in a row, 1 or more.
  /// Name of the column of samples that has the indices of rows, of an integer
  /// type. A negative index stands for none.
  std::string column;
};

/// Files to go on from; see checkpoint.h.
struct checkpointing {
  std::string path = {};  ///< Empty: none are written.
  std::int64_t every = 1; ///< Epochs between files, 1 or more.
  /// Go on from the file if there is one. Else a file that exists is replaced.
  bool resume = false;
  /// Wait until the disk has each file; see save_options.
  bool sync = true;
};

/// LBFGS takes the whole training set at once and makes iterations, each of
/// which counts as an epoch and as a step: batch_size, seed, shuffle and
/// schedule do not matter then, and other options about batches are refused.
template <class T> struct fit_options {
  /// Samples that one gradient is the mean of, 1 or more. The last batch of an
  /// epoch has what is left, and is the mean of that.
  std::uint64_t batch_size = 32;
  /// Passes over the data in all, 1 or more; those of a resumed run count.
  std::int64_t epochs = 1;
  /// Of the order of samples. The order of an epoch is a function of the seed
  /// and the number of the epoch, the same on every machine.
  std::uint64_t seed = 0;
  /// Whether the order is a new one in each epoch, or that of the data.
  bool shuffle = true;
  /// Leave out the last batch of an epoch if it is not full.
  bool drop_last = false;
  /// Batches whose gradients make one step together, 1 or more. The mean is
  /// over all of their samples; at the end of an epoch, over those there are.
  std::int64_t accumulate = 1;

  /// Updates in all, 1 or more; 0 is no limit.
  std::int64_t max_steps = 0;
  /// Seconds, positive. The step that runs when they are over is the last.
  double time_limit = std::numeric_limits<double>::infinity();
  /// The training ends after an epoch whose monitored loss is no larger.
  double target_loss = -std::numeric_limits<double>::infinity();

  /// The norm of the mean gradient is limited: g <- g min(1, c / (|g| + 1e-6)),
  /// as PyTorch's clip_grad_norm_. Positive.
  double clip_norm = std::numeric_limits<double>::infinity();
  /// Then each entry is, to [-c, c]. Positive.
  double clip_value = std::numeric_limits<double>::infinity();

  /// A factor of the learning rate as a function of the step, from 0.
  retrograd::schedule schedule = {};
  /// A factor that falls when the monitored loss does not.
  std::optional<reduce_on_plateau> plateau = std::nullopt;
  std::optional<retrograd::early_stopping> early_stopping = std::nullopt;

  nan_policy on_non_finite = nan_policy::stop;
  std::optional<divergence_guard> guard = std::nullopt;
  retrograd::recovery recovery = {};

  /// serial, threads{4}, simd{threads{4}}, ...
  any_executor executor = {};

  std::optional<retrograd::gradient_check> check_gradient = std::nullopt;
  std::optional<sparse_rows> sparse = std::nullopt;
  checkpointing checkpoint = {};

  callback<step_event<T>> on_step = {};
  callback<epoch_event<T>> on_epoch = {};
  progress_ref progress = {};
  std::vector<metrics_ref> metrics = {};
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_OPTIONS_H
