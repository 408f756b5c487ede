//===- problem.h - What the training loop knows of loss and data ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The loop is compiled once, in the runtime, for float and for double. What
// depends on the user's types, which are the loss, the data and the optimizer,
// stands behind the two interfaces of this file; fit.h makes them. A step makes
// some virtual calls, whatever the number of samples and parameters.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_PROBLEM_H
#define RETROGRAD_TRAINING_PROBLEM_H

#include <cstdint>
#include <optional>
#include <retrograd/check_result.h>
#include <retrograd/checkpoint/archive.h>
#include <retrograd/execution/shards.h>
#include <retrograd/optimizers/lbfgs.h>
#include <retrograd/optimizers/optimizer_state.h>
#include <retrograd/parameters.h>
#include <retrograd/training/summary.h>
#include <span>
#include <string>
#include <vector>

namespace retrograd {

/// A loss, its data, and who computes.
template <class T> class training_problem {
public:
  virtual ~training_problem() = default;

  virtual std::string name() const = 0;
  virtual any_executor &executor() = 0;
  /// Whether the loss has lanes; false is worth a warning if they are asked
  /// for.
  virtual bool has_lanes() const = 0;
  virtual std::uint64_t size() const = 0;
  /// 0: there is no validation set.
  virtual std::uint64_t validation_size() const = 0;

  /// From now on next() gives the batches of this epoch, counted from 1, in
  /// this order of samples, which stays alive.
  virtual void begin_epoch(std::int64_t epoch,
                           std::span<const std::uint64_t> order,
                           std::size_t batch_size, bool drop_last) = 0;
  /// Goes to the next batch; its number of samples, 0 at the end.
  virtual std::size_t next() = 0;

  /// Of the present batch; see evaluator.
  virtual batch_sum gradient(std::span<const T> at, std::span<T> gradient,
                             bool add) = 0;
  virtual batch_sum sparse_gradient(std::span<const T> at,
                                    std::span<T> gradient,
                                    std::span<const index_range> ranges,
                                    bool add) = 0;
  /// Adds the indices that a column of the present batch has, as they are.
  /// Throws std::invalid_argument if there is no such column of integers.
  virtual void indices(std::string_view column,
                       std::vector<std::int64_t> &indices) = 0;
  /// Over the whole training set, whatever the present batch is, which is gone
  /// afterwards. At the begin of an epoch, begin_epoch() is called again then;
  /// elsewhere, throws std::invalid_argument if the source can only give its
  /// batches in order.
  virtual batch_sum full_gradient(std::span<const T> at, std::span<T> gradient,
                                  bool at_begin) = 0;
  /// Over the whole validation set.
  virtual batch_sum validation(std::span<const T> at) = 0;

  /// Compares the gradient of sample i of the present batch with differences;
  /// nothing if there are not so many samples.
  virtual std::optional<check_result>
  check(std::size_t i, std::span<const T> at, const check_options &options) = 0;
};

/// What an iteration of a method for full batches came to.
struct iteration {
  bool moved = false; ///< The parameters are new ones.
  /// Why it was the last one, if it was.
  std::optional<termination> end = std::nullopt;
  std::string message = {}; ///< With `end`.
  double loss_before = 0;   ///< Of the first iteration: where it began.
  double loss = 0;          ///< At the parameters now.
  double gradient_norm = 0; ///< There.
};

/// An optimizer and its state.
template <class T> class update_rule {
public:
  virtual ~update_rule() = default;

  virtual std::string name() const = 0;
  /// The base learning rate, which groups may override.
  virtual double lr() const = 0;
  /// One update along the gradient; see step_options.
  virtual void step(parameters<T> &params, std::span<const T> gradient,
                    const step_options &options) = 0;
  /// The same where one block has a gradient in some rows only. Throws
  /// std::invalid_argument if the rule cannot leave the others as they are.
  virtual void step_rows(parameters<T> &params, std::span<const T> gradient,
                         const touched_rows &touched,
                         const step_options &options) = 0;
  /// What is remembered from step to step.
  virtual void fields(archive &to) = 0;

  /// A rule that corrects the gradients of batches by that of the whole set at
  /// a reference point (SVRG) says before which step it needs a new one,
  /// counted from 0. Where reference() is not empty, the gradient of each batch
  /// is computed there, too, and correct() makes the mean gradient to step
  /// along from both, which are sums to be scaled.
  virtual bool wants_reference(std::int64_t) const { return false; }
  virtual void set_reference(const parameters<T> &, std::span<const T>) {}
  virtual std::span<const T> reference() const { return {}; }
  virtual void correct(std::span<T>, std::span<const T>, double) {}

  /// A method that evaluates the whole set as often as it likes (L-BFGS) makes
  /// iterations instead of steps. Each counts as an epoch.
  virtual bool is_full_batch() const { return false; }
  virtual iteration iterate(parameters<T> &, const objective<T> &) {
    return {};
  }
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_PROBLEM_H
