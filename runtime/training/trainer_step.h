//===- trainer_step.h - One step of a training ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Members of trainer. The gradient is a sum over samples until the update,
// which multiplies it by one over their number and by the factor that clips its
// norm, on the way: no pass over the parameters is made for either. What is
// shown to callbacks is a copy, so that watching changes nothing, not the last
// bit.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TRAINER_STEP_H
#define RETROGRAD_RUNTIME_TRAINING_TRAINER_STEP_H

#include "text.h"
#include "trainer.h"
#include <algorithm>
#include <cmath>
#include <retrograd/optimizers/gradient_norm.h>

namespace retrograd {

template <class T> void trainer<T>::step() {
  if (rule_.is_full_batch()) {
    iterate();
    return;
  }
  if (rule_.wants_reference(state_.step))
    take_reference();
  const batch_sum sum = sum_batches();
  const double loss = sum.loss / static_cast<double>(sum.samples);
  const double scale = correct(sum);
  const double norm = this->norm() * scale;
  if (!std::isfinite(loss) || sum.non_finite != 0 || !std::isfinite(norm)) {
    reject(sum, norm);
    clock_.charge(summary_.timings.update);
    return;
  }
  if (std::isnan(state_.first_loss))
    state_.first_loss = loss;
  state_.skips_in_row = 0;
  state_.epoch_loss += sum.loss;
  state_.epoch_samples += sum.samples;
  update(scale, norm);
  ++state_.step;
  ++steps_of_epoch_;
  clock_.charge(summary_.timings.update);
  // Reading the clock takes as long as some samples of a small loss.
  if (wants_steps_ || options_.progress) {
    tell(sum, scale);
    clock_.charge(summary_.timings.callbacks);
  }
  if (wants_copies()) {
    watch(loss);
    clock_.charge(summary_.timings.checkpoint);
  }
  check_limits();
}

/// An iteration of a method that evaluates the whole set by itself.
template <class T> void trainer<T>::iterate() {
  if (std::exchange(first_batch_, false) && options_.check_gradient &&
      problem_.next() != 0)
    examine_first_batch();
  batch_sum sum;
  const objective<T> f = [&](std::span<const T> at, std::span<T> gradient) {
    sum = problem_.full_gradient(at, gradient, true);
    const double scale = 1 / static_cast<double>(sum.samples);
    for (T &g : gradient)
      g *= static_cast<T>(scale);
    ++summary_.counts.gradient_evaluations;
    summary_.counts.samples += static_cast<std::int64_t>(sum.samples);
    samples_ += sum.samples;
    return sum.loss * scale;
  };
  if (wants_steps_)
    before_.assign(params_.values().begin(), params_.values().end());
  const iteration done = rule_.iterate(params_, f);
  clock_.charge(summary_.timings.gradient);
  if (std::isnan(state_.first_loss))
    state_.first_loss = done.loss_before;
  state_.epoch_samples = problem_.size();
  state_.epoch_loss = done.loss * static_cast<double>(problem_.size());
  if (done.moved) {
    state_.cursor = batches_;
    ++state_.step;
    ++steps_of_epoch_;
    state_.last_lr = rule_.lr();
    state_.last_norm = done.gradient_norm;
    sum = {state_.epoch_loss, state_.epoch_samples, 0};
    tell(sum, 1);
    clock_.charge(summary_.timings.callbacks);
    check_limits();
  }
  if (done.end)
    stop(*done.end, done.message);
}

/// The batches of one step: their sums, and the gradient in gradient_.
template <class T> batch_sum trainer<T>::sum_batches() {
  if (options_.sparse)
    forget_rows();
  batch_sum sum;
  for (std::int64_t k = 0; k < options_.accumulate && state_.cursor < batches_;
       ++k) {
    if (problem_.next() == 0)
      throw std::runtime_error(summary_.model + ": the data ended after " +
                               std::to_string(state_.cursor) + " of " +
                               counted(batches_, "batch") + " of epoch " +
                               std::to_string(state_.epoch + 1));
    ++state_.cursor;
    clock_.charge(summary_.timings.data);
    if (std::exchange(first_batch_, false))
      examine_first_batch();
    const batch_sum part =
        options_.sparse ? add_sparse_batch() : add_batch(k != 0);
    sum.loss += part.loss;
    sum.samples += part.samples;
    sum.non_finite += part.non_finite;
    clock_.charge(summary_.timings.gradient);
  }
  summary_.counts.samples += static_cast<std::int64_t>(sum.samples);
  samples_ += sum.samples;
  return sum;
}

template <class T> batch_sum trainer<T>::add_batch(bool add) {
  ++summary_.counts.gradient_evaluations;
  const std::span<const T> reference = rule_.reference();
  if (!reference.empty()) {
    at_reference_.resize(gradient_.size());
    problem_.gradient(reference, at_reference_, add);
    ++summary_.counts.gradient_evaluations;
  }
  return problem_.gradient(params_.values(), gradient_, add);
}

/// The rule's correction, and what makes the mean of the result.
template <class T> double trainer<T>::correct(const batch_sum &sum) {
  const double scale = 1 / static_cast<double>(sum.samples);
  if (rule_.reference().empty())
    return scale;
  rule_.correct(gradient_, at_reference_, scale);
  return 1;
}

template <class T> void trainer<T>::take_reference() {
  const batch_sum sum =
      problem_.full_gradient(params_.values(), gradient_, state_.cursor == 0);
  ++summary_.counts.gradient_evaluations;
  summary_.counts.samples += static_cast<std::int64_t>(sum.samples);
  const T scale = static_cast<T>(1 / static_cast<double>(sum.samples));
  for (T &g : gradient_)
    g *= scale;
  rule_.set_reference(params_, gradient_);
  if (state_.cursor == 0)
    problem_.begin_epoch(state_.epoch + 1, order_, batch_size_,
                         options_.drop_last);
  clock_.charge(summary_.timings.gradient);
}

template <class T> void trainer<T>::examine_first_batch() {
  if (!options_.check_gradient)
    return;
  check_options how;
  how.name = summary_.model;
  how.relative_tolerance = options_.check_gradient->relative_tolerance;
  how.accept_inconclusive = true;
  for (std::int64_t i = 0; i < options_.check_gradient->samples; ++i) {
    const std::optional<check_result> result =
        problem_.check(static_cast<std::size_t>(i), params_.values(), how);
    if (!result)
      return;
    if (result->count(verdict::differs) != 0 || !result->problem.empty())
      throw gradient_check_error("fit: sample " + std::to_string(i) +
                                 " of the first batch: " + result->explain());
    if (!*result)
      summary_.warnings.push_back(
          "the gradient of sample " + std::to_string(i) +
          " of the first batch cannot be checked: " + result->explain(1));
  }
}

//===----------------------------------------------------------------------===//
// Sparse rows
//===----------------------------------------------------------------------===//

/// Zeroes what the last step has written, so that the gradient is zero outside
/// of the rows of the step that begins.
template <class T> void trainer<T>::forget_rows() {
  for (const index_range &r :
       ranges_of_rows(params_.groups(), *options_.sparse, rows_))
    std::fill(gradient_.begin() + static_cast<std::ptrdiff_t>(r.begin),
              gradient_.begin() + static_cast<std::ptrdiff_t>(r.end), T(0));
  rows_.clear();
}

template <class T> batch_sum trainer<T>::add_sparse_batch() {
  const sparse_rows &sparse = *options_.sparse;
  ++summary_.counts.gradient_evaluations;
  indices_.clear();
  problem_.indices(sparse.column, indices_);
  const std::vector<std::uint64_t> rows =
      rows_of_indices(indices_, params_.groups(), sparse);
  const std::vector<index_range> ranges =
      ranges_of_rows(params_.groups(), sparse, rows);
  if (std::exchange(first_sparse_, false))
    check_sparse(ranges);
  std::vector<std::uint64_t> all;
  std::set_union(rows_.begin(), rows_.end(), rows.begin(), rows.end(),
                 std::back_inserter(all));
  rows_ = std::move(all);
  return problem_.sparse_gradient(params_.values(), gradient_, ranges, true);
}

/// Computes the whole gradient of the present batch, and refuses one that is
/// not zero outside of the ranges.
template <class T>
void trainer<T>::check_sparse(const std::vector<index_range> &ranges) {
  std::vector<T> whole(params_.size());
  problem_.gradient(params_.values(), whole, false);
  for (const index_range &r : ranges)
    std::fill(whole.begin() + static_cast<std::ptrdiff_t>(r.begin),
              whole.begin() + static_cast<std::ptrdiff_t>(r.end), T(0));
  const auto other = std::find_if(whole.begin(), whole.end(),
                                  [](T g) { return !(g == T(0)); });
  if (other == whole.end())
    return;
  const sparse_rows &sparse = *options_.sparse;
  const parameter_group &block = block_of(params_.groups(), sparse);
  const std::size_t index =
      static_cast<std::size_t>(other - whole.begin()) - block.offset;
  throw std::invalid_argument("fit: sparse: row " +
                              std::to_string(index / sparse.width) + " of '" +
                              sparse.block + "' has a gradient (" +
                              short_number(static_cast<double>(*other)) +
                              ") in the first batch, but "
                              "no index in '" +
                              sparse.column + "' names it");
}

//===----------------------------------------------------------------------===//
// The update and what follows it
//===----------------------------------------------------------------------===//

template <class T> double trainer<T>::norm() const {
  if (options_.sparse)
    return norm_of_rows(params_, *options_.sparse, rows_,
                        std::span<const T>(gradient_));
  return gradient_norm(params_, std::span<const T>(gradient_));
}

template <class T> void trainer<T>::update(double scale, double norm) {
  const double factor = options_.schedule(state_.step) *
                        (plateau_ ? plateau_->factor() : 1.0) *
                        state_.rate_factor;
  state_.last_lr = rule_.lr() * factor;
  state_.last_norm = norm;
  double clip = 1;
  if (std::isfinite(options_.clip_norm))
    clip = clip_factor(norm, options_.clip_norm);
  if (wants_steps_)
    before_.assign(params_.values().begin(), params_.values().end());
  const step_options how = {.lr_factor = factor,
                            .clip_value = options_.clip_value,
                            .gradient_scale = scale * clip};
  if (options_.sparse)
    rule_.step_rows(params_, gradient_,
                    {.block = options_.sparse->block,
                     .rows = rows_,
                     .width = options_.sparse->width},
                    how);
  else
    rule_.step(params_, gradient_, how);
}

template <class T> void trainer<T>::tell(const batch_sum &sum, double scale) {
  if (wants_steps_) {
    for (std::size_t i = 0; i < before_.size(); ++i)
      before_[i] = params_.values()[i] - before_[i];
    step_event<T> event;
    event.epoch = state_.epoch + 1;
    event.step = state_.step;
    event.loss = sum.loss / static_cast<double>(sum.samples);
    event.lr = state_.last_lr;
    event.gradient_norm = state_.last_norm;
    event.update_norm = gradient_norm(std::span<const T>(before_));
    event.seconds = clock_.now();
    event.samples = sum.samples;
    event.parameters = params_.values();
    for (const metrics_ref &metrics : options_.metrics)
      metrics.write(static_cast<const step_record &>(event));
    if (options_.on_step) {
      mean_gradient_.resize(gradient_.size());
      for (std::size_t i = 0; i < gradient_.size(); ++i)
        mean_gradient_[i] = gradient_[i] * static_cast<T>(scale);
      event.gradient = mean_gradient_;
      if (options_.on_step(event) == control::stop)
        stop(termination::callback, "a callback asked for it after step " +
                                        std::to_string(event.step));
    }
  }
  options_.progress.update(progress());
}

template <class T> progress_state trainer<T>::progress() const {
  return {.epoch = state_.epoch + 1,
          .step = state_.step,
          .step_of_epoch = steps_of_epoch_,
          .samples = samples_,
          .seconds = clock_.seconds(),
          .loss = state_.epoch_loss / static_cast<double>(state_.epoch_samples),
          .validation_loss = validation_loss_,
          .lr = state_.last_lr};
}

template <class T> void trainer<T>::check_limits() {
  if (options_.max_steps != 0 && state_.step >= options_.max_steps)
    stop(termination::completed,
         "all " + counted(options_.max_steps, "step") + " done");
  if (std::isfinite(options_.time_limit) && clock_.now() >= options_.time_limit)
    stop(termination::time_limit,
         "the time limit of " + short_number(options_.time_limit) +
             " s was reached after step " + std::to_string(state_.step));
}

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TRAINER_STEP_H
