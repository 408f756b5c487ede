//===- fit.h - Trains parameters ------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   auto summary = retrograd::fit(loss_batch{}, params, data, Adam{.lr = 1e-3},
//                                 {.batch_size = 32, .epochs = 20, .seed = 1});
//
// Minimises the mean of a loss over the samples of a data set, by mini-batches.
// The gradient of a step is the mean over the samples that are in its batch, so
// that the rate of an optimizer does not depend on the size of batches. The
// same arguments give the same result, to the last bit, whatever the number of
// threads. docs/training.md is a tour.
//
// This file only puts the user's types behind the interfaces of problem.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FIT_H
#define RETROGRAD_FIT_H

#include <retrograd/cxx20.h>

#include <retrograd/execution/simd.h>
#include <retrograd/execution/threads.h>
#include <retrograd/optimizers.h>
#include <retrograd/training/batch_problem.h>
#include <retrograd/training/loop.h>
#include <retrograd/training/optimizer_rule.h>

namespace retrograd {

/// What fit() can train with.
template <class O>
concept trainer_of_parameters =
    elementwise_optimizer<O> || std::same_as<O, SVRG> || std::same_as<O, LBFGS>;

namespace detail {

/// A source that is used where it is, or a copy of one that is const.
template <class Source> class usable_source {
public:
  explicit usable_source(Source &source) : source_(source) {}
  Source &get() { return source_; }

private:
  Source &source_;
};
template <class Source> class usable_source<const Source> {
public:
  explicit usable_source(const Source &source) : source_(source) {}
  Source &get() { return source_; }

private:
  Source source_;
};

/// Parameters as they are, or a contiguous range of numbers as one block. If
/// the loss has one shared array, the block has its name.
template <batch_description Batch>
parameters<typename batch_traits<Batch>::real> &
as_parameters(parameters<typename batch_traits<Batch>::real> &params) {
  return params;
}
template <batch_description Batch>
parameters<typename batch_traits<Batch>::real>
as_parameters(std::span<typename batch_traits<Batch>::real> values) {
  return parameters<typename batch_traits<Batch>::real>::borrow(
      batch_traits<Batch>::shared == 1 ? Batch::shared_names[0] : "parameters",
      values);
}

template <batch_description Batch, class Train, class Validation,
          class Optimizer, class T>
summary fit_all(const Batch &batch, parameters<T> &params, Train &train,
                Validation &validation, const Optimizer &optimizer,
                const fit_options<T> &options) {
  validate(options);
  optimizer.validate();
  batch_problem<Batch, Train, Validation> problem(batch, params, train,
                                                  validation, options.executor);
  if constexpr (std::is_same_v<Optimizer, LBFGS>) {
    lbfgs_rule<T> rule(optimizer, params);
    return retrograd::train(problem, rule, params, options);
  } else if constexpr (std::is_same_v<Optimizer, SVRG>) {
    svrg_rule<T> rule(optimizer, params,
                      steps_of_epoch(problem.size(), options));
    return retrograd::train(problem, rule, params, options);
  } else {
    optimizer_rule<Optimizer, T> rule(optimizer, params, options.executor);
    return retrograd::train(problem, rule, params, options);
  }
}

} // namespace detail

/// Trains `params`, which are parameters<T>, or a vector or span of T if the
/// shared arrays of the loss lie in it one after the other. The options are
/// described in training/options.h.
///
/// Throws std::invalid_argument for options that are out of range and for
/// parameters that do not match the loss, data_error for data that does not,
/// gradient_check_error, checkpoint_error, and what the loss throws. Nothing
/// has been trained if it is one of the first two; else the parameters are
/// those after the last step.
template <batch_description Batch, class Params, class Train, class Optimizer>
  requires batch_source<std::remove_cvref_t<Train>> &&
           trainer_of_parameters<Optimizer>
summary
fit(const Batch &batch, Params &&params, Train &&train,
    const Optimizer &optimizer,
    const fit_options<typename batch_traits<Batch>::real> &options = {}) {
  auto &&bound = detail::as_parameters<Batch>(params);
  detail::usable_source<std::remove_reference_t<Train>> source(train);
  detail::no_source none;
  return detail::fit_all(batch, bound, source.get(), none, optimizer, options);
}

/// The same with a validation set, whose mean loss is computed after each epoch
/// and is what early stopping, target_loss and the plateau look at.
template <batch_description Batch, class Params, class Train, class Validation,
          class Optimizer>
  requires batch_source<std::remove_cvref_t<Train>> &&
           batch_source<std::remove_cvref_t<Validation>> &&
           trainer_of_parameters<Optimizer>
summary
fit(const Batch &batch, Params &&params, Train &&train, Validation &&validation,
    const Optimizer &optimizer,
    const fit_options<typename batch_traits<Batch>::real> &options = {}) {
  auto &&bound = detail::as_parameters<Batch>(params);
  detail::usable_source<std::remove_reference_t<Train>> source(train);
  detail::usable_source<std::remove_reference_t<Validation>> other(validation);
  return detail::fit_all(batch, bound, source.get(), other.get(), optimizer,
                         options);
}

} // namespace retrograd

#endif // RETROGRAD_FIT_H
