//===- trainer_epoch.h - Epochs, and how a training begins and ends -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Members of trainer: everything but the step. What is decided here is decided
// at the end of an epoch.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TRAINER_EPOCH_H
#define RETROGRAD_RUNTIME_TRAINING_TRAINER_EPOCH_H

#include "text.h"
#include "trainer.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <retrograd/training/shuffle.h>

namespace retrograd {

template <class T>
trainer<T>::trainer(training_problem<T> &problem, update_rule<T> &rule,
                    parameters<T> &params, const fit_options<T> &options)
    : problem_(problem), rule_(rule), params_(params), options_(options),
      plateau_(options.plateau),
      batch_size_(rule.is_full_batch() ? problem.size() : options.batch_size),
      batches_(batches_of(problem.size(), batch_size_, options.drop_last)),
      order_(problem.size()), gradient_(params.size()) {
  wants_steps_ = static_cast<bool>(options.on_step) ||
                 std::any_of(options.metrics.begin(), options.metrics.end(),
                             [](const auto &m) { return m.wants_steps(); });
}

template <class T> summary trainer<T>::run() {
  begin();
  while (!stopped() && state_.epoch < options_.epochs)
    run_epoch();
  if (!stopped())
    stop(termination::completed,
         summary_.resumed_from >= options_.epochs
             ? "nothing to do: the checkpoint is of epoch " +
                   std::to_string(summary_.resumed_from)
             : "all " + counted(options_.epochs, "epoch") + " done");
  finish();
  return summary_;
}

template <class T> void trainer<T>::begin() {
  if (rule_.is_full_batch())
    refuse_batches();
  const std::int64_t steps =
      rule_.is_full_batch() ? 1 : steps_of_epoch(problem_.size(), options_);
  if (options_.sparse)
    check_sparse_rows(params_.groups(), *options_.sparse);
  summary_.model = problem_.name();
  summary_.optimizer = rule_.name();
  summary_.executor = problem_.executor().name();
  summary_.parameters = params_.size();
  summary_.samples = problem_.size();
  summary_.batch_size = batch_size_;
  summary_.seed = options_.seed;
  summary_.options = texts_of(options_);
  if (problem_.executor().lanes() && !problem_.has_lanes())
    summary_.warnings.push_back(summary_.model +
                                " has no lanes: its samples run one by one");
  else if (problem_.executor().lanes() && options_.sparse)
    summary_.warnings.push_back("sparse gradients are not computed in lanes: "
                                "samples run one by one");
  std::iota(order_.begin(), order_.end(), std::uint64_t(0));
  if (options_.checkpoint.resume)
    resume();
  if (wants_copies() && newer_.empty()) {
    copy();
    older_ = newer_;
  }
  options_.progress.begin({.model = summary_.model,
                           .optimizer = summary_.optimizer,
                           .executor = summary_.executor,
                           .parameters = params_.size(),
                           .samples = problem_.size(),
                           .validation_samples = problem_.validation_size(),
                           .batch_size = batch_size_,
                           .steps_per_epoch = steps,
                           .epochs = options_.epochs,
                           .first_epoch = state_.epoch + 1});
  clock_.charge(summary_.timings.checkpoint);
}

/// What is about mini-batches means nothing to a method for full batches.
template <class T> void trainer<T>::refuse_batches() {
  const auto refuse = [&](bool given, const char *option) {
    if (given)
      throw std::invalid_argument("fit: " + std::string(option) +
                                  " is for mini-batches; " + rule_.name() +
                                  " takes the whole training set");
  };
  refuse(options_.accumulate != 1, "accumulate");
  refuse(options_.drop_last, "drop_last");
  refuse(std::isfinite(options_.clip_norm), "clip_norm");
  refuse(std::isfinite(options_.clip_value), "clip_value");
  refuse(options_.plateau.has_value(), "plateau");
  refuse(options_.guard.has_value(), "guard");
  refuse(options_.on_non_finite != nan_policy::stop, "on_non_finite");
  refuse(options_.sparse.has_value(), "sparse");
}

template <class T> void trainer<T>::stop(termination why, std::string message) {
  if (stopped())
    return;
  stop_ = why;
  summary_.message = std::move(message);
}

template <class T> void trainer<T>::run_epoch() {
  const std::int64_t epoch = state_.epoch + 1;
  if (options_.shuffle && !rule_.is_full_batch())
    shuffle_epoch(order_, options_.seed, static_cast<std::uint64_t>(epoch));
  const std::size_t done =
      static_cast<std::size_t>(state_.cursor) * batch_size_;
  problem_.begin_epoch(epoch, std::span(order_).subspan(done), batch_size_,
                       options_.drop_last);
  steps_of_epoch_ = 0;
  const double before = clock_.seconds();
  clock_.charge(summary_.timings.data);
  const std::uint64_t samples_before = samples_;
  while (!stopped() && state_.cursor < batches_)
    step();
  const double seconds = clock_.seconds() - before;
  if (state_.cursor < batches_ || failed())
    return;
  summary_.history.emplace_back();
  if (seconds > 0)
    summary_.history.back().samples_per_second =
        static_cast<double>(samples_ - samples_before) / seconds;
  end_epoch();
}

template <class T> double trainer<T>::validate() {
  if (problem_.validation_size() == 0)
    return std::numeric_limits<double>::quiet_NaN();
  const batch_sum sum = problem_.validation(params_.values());
  ++summary_.counts.value_evaluations;
  clock_.charge(summary_.timings.validation);
  return sum.loss / static_cast<double>(sum.samples);
}

template <class T> void trainer<T>::end_epoch() {
  epoch_record &row = summary_.history.back();
  row.epoch = ++state_.epoch;
  row.step = state_.step;
  row.train_loss =
      state_.epoch_loss / static_cast<double>(state_.epoch_samples);
  row.validation_loss = validation_loss_ = validate();
  row.lr = state_.last_lr;
  row.gradient_norm = state_.last_norm;
  row.seconds = clock_.seconds();
  state_.cursor = 0;
  state_.epoch_loss = 0;
  state_.epoch_samples = 0;
  bool is_best = false;
  judge(row, is_best);
  tell(row, is_best);
  if (!options_.checkpoint.path.empty() &&
      (state_.epoch % options_.checkpoint.every == 0 || stopped() ||
       state_.epoch == options_.epochs))
    save();
}

/// What the loss of an epoch says: whether it is the best, and enough.
template <class T> void trainer<T>::judge(epoch_record &row, bool &is_best) {
  const bool has_validation = problem_.validation_size() != 0;
  const double monitored =
      has_validation ? row.validation_loss : row.train_loss;
  const char *const which = has_validation ? "validation" : "training";
  is_best = std::isfinite(monitored) && !(monitored >= state_.best_loss);
  if (is_best) {
    state_.best_loss = monitored;
    state_.best_epoch = row.epoch;
    if (options_.early_stopping && options_.early_stopping->restore_best)
      best_.assign(params_.values().begin(), params_.values().end());
  }
  if (plateau_)
    plateau_->observe(monitored);
  if (monitored <= options_.target_loss)
    stop(termination::target_loss,
         std::string("the ") + which + " loss is " + short_number(monitored) +
             " after epoch " + std::to_string(row.epoch) + "; the target is " +
             short_number(options_.target_loss));
  if (!options_.early_stopping)
    return;
  const early_stopping &early = *options_.early_stopping;
  if (std::isfinite(monitored) &&
      !(monitored >= state_.patience_loss - early.min_delta)) {
    state_.patience_loss = monitored;
    state_.since_improvement = 0;
  } else if (++state_.since_improvement >= early.patience) {
    stop(termination::early_stopping,
         std::string("the ") + which + " loss has not improved for " +
             counted(state_.since_improvement, "epoch") + " after " +
             short_number(state_.patience_loss));
  }
}

template <class T>
void trainer<T>::tell(const epoch_record &row, bool is_best) {
  if (options_.on_epoch) {
    epoch_event<T> event;
    static_cast<epoch_record &>(event) = row;
    event.parameters = params_.values();
    event.is_best = is_best;
    event.timings = &summary_.timings;
    if (options_.on_epoch(event) == control::stop)
      stop(termination::callback,
           "a callback asked for it after epoch " + std::to_string(row.epoch));
  }
  for (const metrics_ref &metrics : options_.metrics)
    metrics.write(row);
  progress_state now = progress();
  now.epoch = row.epoch;
  now.loss = row.train_loss;
  now.epoch_done = true;
  options_.progress.update(now);
  clock_.charge(summary_.timings.callbacks);
}

template <class T> void trainer<T>::finish() {
  // In the middle of an epoch the checkpoint is behind.
  if (!options_.checkpoint.path.empty() && state_.cursor != 0 && !failed())
    save();
  if (!best_.empty() && state_.best_epoch != 0 &&
      (state_.best_epoch != state_.epoch || state_.cursor != 0)) {
    std::copy(best_.begin(), best_.end(), params_.values().begin());
    summary_.restored_best = true;
    summary_.message += "; the parameters are those of epoch " +
                        std::to_string(state_.best_epoch);
  }
  summary_.why = *stop_;
  summary_.steps = state_.step;
  summary_.epochs = state_.epoch;
  summary_.first_loss = state_.first_loss;
  summary_.final_loss =
      !summary_.history.empty()
          ? summary_.history.back().train_loss
          : state_.epoch_loss / static_cast<double>(state_.epoch_samples);
  summary_.best_loss = state_.best_loss;
  summary_.best_epoch = state_.best_epoch;
  double rest = 0;
  clock_.charge(rest);
  summary_.timings.total = clock_.seconds();
  options_.progress.end(summary_);
}

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TRAINER_EPOCH_H
