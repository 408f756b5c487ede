//===- trainer_state.h - What a checkpoint of a training keeps ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Members of trainer. A run that is resumed must be the run that was not
// interrupted, to the last bit, so that everything is kept that a later
// decision depends on. The configuration is kept to be compared: a resumed run
// with other batches would be another run. What may change is what only says
// when to end.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TRAINER_STATE_H
#define RETROGRAD_RUNTIME_TRAINING_TRAINER_STATE_H

#include "trainer.h"
#include <retrograd/checkpoint.h>

namespace retrograd {

/// The history as columns.
struct history_columns {
  std::vector<std::int64_t> epoch, step;
  std::vector<double> train_loss, validation_loss, lr, gradient_norm, seconds,
      samples_per_second;

  explicit history_columns(const std::vector<epoch_record> &rows) {
    for (const epoch_record &row : rows) {
      epoch.push_back(row.epoch);
      step.push_back(row.step);
      train_loss.push_back(row.train_loss);
      validation_loss.push_back(row.validation_loss);
      lr.push_back(row.lr);
      gradient_norm.push_back(row.gradient_norm);
      seconds.push_back(row.seconds);
      samples_per_second.push_back(row.samples_per_second);
    }
  }

  void fields(archive &to) {
    to("epoch", epoch);
    to("step", step);
    to("train_loss", train_loss);
    to("validation_loss", validation_loss);
    to("lr", lr);
    to("gradient_norm", gradient_norm);
    to("seconds", seconds);
    to("samples_per_second", samples_per_second);
  }

  std::vector<epoch_record> rows() const {
    std::vector<epoch_record> rows(epoch.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = {
          epoch[i], step[i],          train_loss[i], validation_loss[i],
          lr[i],    gradient_norm[i], seconds[i],    samples_per_second[i]};
    return rows;
  }
};

template <class T> training_configuration trainer<T>::configuration() const {
  return {.model = summary_.model,
          .optimizer = summary_.optimizer,
          .samples = problem_.size(),
          .batch_size = batch_size_,
          .seed = options_.seed,
          .shuffle = options_.shuffle,
          .drop_last = options_.drop_last,
          .accumulate = options_.accumulate};
}

template <class T> void trainer<T>::fields(archive &to) {
  training_configuration kept = configuration();
  to("configuration", kept);
  to("training", state_);
  to("parameters", params_);
  to("optimizer", [this](archive &inner) { rule_.fields(inner); });
  reduce_on_plateau plateau = plateau_.value_or(reduce_on_plateau());
  to("plateau", plateau);
  if (plateau_)
    plateau_ = plateau;
  to("best_parameters", best_);
  to("losses", losses_);
  to("older_copy", older_);
  to("newer_copy", newer_);
  to("validation_loss", validation_loss_);
  to("skipped_steps", summary_.counts.skipped_steps);
  to("rollbacks", summary_.counts.rollbacks);
  history_columns history(summary_.history);
  to("history", history);
  summary_.history = history.rows();
}

template <class T> void trainer<T>::save() {
  save_checkpoint(options_.checkpoint.path, [this](archive &to) { fields(to); },
                  {.sync = options_.checkpoint.sync});
  ++summary_.counts.checkpoints;
  clock_.charge(summary_.timings.checkpoint);
}

template <class T> void trainer<T>::resume() {
  const std::string &path = options_.checkpoint.path;
  if (!checkpoint_exists(path))
    return;
  // What is another configuration must not change anything here.
  training_configuration kept;
  load_checkpoint(
      path, [&](archive &from) { from("configuration", kept); },
      {.allow_extra = true, .on_warning = [](const std::string &) {}});
  kept.require(configuration(), path);
  load_options how;
  how.on_warning = [this](const std::string &warning) {
    summary_.warnings.push_back(warning);
  };
  load_checkpoint(path, [this](archive &from) { fields(from); }, how);
  summary_.resumed_from = state_.epoch;
}

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TRAINER_STATE_H
