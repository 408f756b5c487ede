//===- svrg.h - Gradients whose noise shrinks on the way ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// R. Johnson, T. Zhang: Accelerating stochastic gradient descent using
// predictive variance reduction, NIPS 2013, figure 1. From time to time a
// snapshot of the parameters is taken, with the gradient over all data; a batch
// then says only how its gradient has changed since. For functions that are
// sums over moderately many samples, with a constant rate.
//
// The driver owns the data: it asks needs_snapshot(), computes gradients at the
// parameters and at snapshot(), and calls corrected().
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_SVRG_H
#define RETROGRAD_OPTIMIZERS_SVRG_H

#include <retrograd/optimizers/optimizer_state.h>
#include <retrograd/optimizers/sgd.h>

namespace retrograd {

/// With x' the snapshot, mu the gradient over all data there, and g_B(x) that
/// of a batch, a mean each:
///
///   p <- p - lr (g_B(p) - g_B(x') + mu + lambda p)
struct SVRG {
  double lr = 1e-2;        ///< Learning rate, in [0, inf).
  double weight_decay = 0; ///< lambda, in [0, inf).
  /// Steps from one snapshot to the next, at least 1; 0 is once an epoch. The
  /// paper has 2 epochs for convex functions and 5 otherwise.
  std::int64_t snapshot_interval = 0;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "SVRG";
  using rule = rules::sgd;

  /// Slots of the rule alone; the snapshot and its gradient come on top.
  int slots() const { return 0; }
  static const char *slot_name(int) { return ""; }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.at_least_zero("weight_decay", weight_decay);
    check.at_least("snapshot_interval", snapshot_interval, 0);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return SGD{.decay_kind = decay_kind}.at<T>(t);
  }
};

/// The snapshot, its gradient, and the step. A driver that repeats
///
///   if (state.needs_snapshot(state.steps()))
///     state.set_snapshot(p, gradient over all data);
///   state.step(p, state.corrected(gradient of the batch at p,
///                                 gradient of the batch at state.snapshot()));
///
/// runs the algorithm.
template <class T> class svrg_state {
public:
  /// `steps_per_epoch` is needed if the options leave the interval to it, and
  /// is at least 1 then. std::invalid_argument as of optimizer_state.
  svrg_state(const SVRG &options, const parameters<T> &p,
             std::int64_t steps_per_epoch = 0)
      : rule_(options, p), interval_(options.snapshot_interval),
        snapshot_(p.size()), full_gradient_(p.size()) {
    if (interval_ == 0) {
      detail::option_check(SVRG::name)
          .at_least("steps_per_epoch", steps_per_epoch, 1);
      interval_ = steps_per_epoch;
    }
  }

  /// Whether a snapshot is due before this step, counted from 0. The first is
  /// due when there is none.
  bool needs_snapshot(std::int64_t step) const {
    return taken_ == 0 || step % interval_ == 0;
  }

  /// Takes the parameters as the snapshot, with the mean gradient over all data
  /// there. std::invalid_argument if a length is not that of the state.
  void set_snapshot(const parameters<T> &p, std::span<const T> full_gradient) {
    check_length("full gradient", full_gradient.size());
    check_length("snapshot", p.size());
    std::copy(p.values().begin(), p.values().end(), snapshot_.begin());
    std::copy(full_gradient.begin(), full_gradient.end(),
              full_gradient_.begin());
    ++taken_;
  }

  /// x', where gradients of a batch are also needed.
  std::span<const T> snapshot() const { return snapshot_; }

  /// Replaces the gradient of a batch by its correction, and returns it:
  /// scale (g - g') + mu. The scale is 1 / b where the gradients are sums over
  /// the b samples of the batch. std::invalid_argument if a length is wrong.
  std::span<const T> corrected(std::span<T> gradient,
                               std::span<const T> gradient_at_snapshot,
                               double scale = 1) const {
    check_length("gradient", gradient.size());
    check_length("gradient at the snapshot", gradient_at_snapshot.size());
    const T factor = static_cast<T>(scale);
    for (std::size_t i = 0; i < gradient.size(); ++i)
      gradient[i] =
          factor * (gradient[i] - gradient_at_snapshot[i]) + full_gradient_[i];
    return gradient;
  }

  /// One step along a gradient that has been corrected.
  void step(parameters<T> &p, std::span<const T> gradient,
            const step_options &options = {}) {
    rule_.step(p, gradient, options);
  }

  std::int64_t steps() const { return rule_.steps(); }

  /// What a checkpoint keeps.
  template <class Archive> void fields(Archive &archive) {
    rule_.fields(archive);
    archive("SVRG.snapshots", taken_);
    archive("SVRG.snapshot", std::span<T>(snapshot_));
    archive("SVRG.full_gradient", std::span<T>(full_gradient_));
  }

private:
  void check_length(const char *what, std::size_t length) const {
    if (length != snapshot_.size())
      detail::option_check(SVRG::name)
          .fail("the " + std::string(what) + " has " + std::to_string(length) +
                " entries; the parameters have " +
                std::to_string(snapshot_.size()));
  }

  optimizer_state<SVRG, T> rule_;
  std::int64_t interval_;
  std::int64_t taken_ = 0;
  detail::aligned_vector<T> snapshot_;
  detail::aligned_vector<T> full_gradient_;
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_SVRG_H
