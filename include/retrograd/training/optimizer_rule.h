//===- optimizer_rule.h - Optimizers as update rules of the loop ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Puts optimizer_state, svrg_state and lbfgs_state behind the interface of
// problem.h. Where there are many parameters, the threads of the executor share
// the update: each element is computed by itself, so that the result is the
// same.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_OPTIMIZER_RULE_H
#define RETROGRAD_TRAINING_OPTIMIZER_RULE_H

#include <retrograd/optimizers/lbfgs.h>
#include <retrograd/optimizers/svrg.h>
#include <retrograd/training/problem.h>

namespace retrograd {

template <elementwise_optimizer Optimizer, class T>
class optimizer_rule final : public update_rule<T> {
public:
  optimizer_rule(const Optimizer &optimizer, const parameters<T> &params,
                 any_executor executor)
      : state_(optimizer, params), executor_(std::move(executor)) {}

  std::string name() const override { return Optimizer::name; }
  double lr() const override {
    return static_cast<double>(state_.optimizer().lr);
  }

  void step(parameters<T> &params, std::span<const T> gradient,
            const step_options &options) override {
    constexpr std::size_t piece = std::size_t(1) << 15;
    if (executor_.width() == 1 || params.size() <= 2 * piece) {
      state_.step(params, gradient, options);
      return;
    }
    state_.begin_step(params, gradient, options);
    auto update = [&](std::size_t i) {
      state_.step_range(params, gradient, i * piece, (i + 1) * piece);
    };
    executor_.run((params.size() + piece - 1) / piece, update);
  }

  void step_rows(parameters<T> &params, std::span<const T> gradient,
                 const touched_rows &touched,
                 const step_options &options) override {
    state_.step_rows(params, gradient, std::span(&touched, 1), options);
  }

  void fields(archive &to) override { state_.fields(to); }

private:
  optimizer_state<Optimizer, T> state_;
  any_executor executor_;
};

/// SVRG: steps along gradients that are corrected by that at a snapshot.
template <class T> class svrg_rule final : public update_rule<T> {
public:
  svrg_rule(const SVRG &optimizer, const parameters<T> &params,
            std::int64_t steps_per_epoch)
      : lr_(optimizer.lr), state_(optimizer, params, steps_per_epoch) {}

  std::string name() const override { return SVRG::name; }
  double lr() const override { return lr_; }

  void step(parameters<T> &params, std::span<const T> gradient,
            const step_options &options) override {
    state_.step(params, gradient, options);
  }
  void step_rows(parameters<T> &, std::span<const T>, const touched_rows &,
                 const step_options &) override {
    detail::refuse_rows(SVRG::name);
  }
  void fields(archive &to) override { state_.fields(to); }

  bool wants_reference(std::int64_t step) const override {
    return state_.needs_snapshot(step);
  }
  void set_reference(const parameters<T> &at,
                     std::span<const T> gradient) override {
    state_.set_snapshot(at, gradient);
  }
  std::span<const T> reference() const override { return state_.snapshot(); }
  void correct(std::span<T> gradient, std::span<const T> at_reference,
               double scale) override {
    state_.corrected(gradient, at_reference, scale);
  }

private:
  double lr_;
  svrg_state<T> state_;
};

/// L-BFGS.
template <class T> class lbfgs_rule final : public update_rule<T> {
public:
  lbfgs_rule(const LBFGS &optimizer, const parameters<T> &params)
      : lr_(optimizer.lr), state_(optimizer, params) {}

  std::string name() const override { return LBFGS::name; }
  double lr() const override { return lr_; }
  bool is_full_batch() const override { return true; }
  iteration iterate(parameters<T> &params, const objective<T> &f) override;
  void fields(archive &to) override { state_.fields(to); }

  // A full batch makes iterations, not steps.
  void step(parameters<T> &, std::span<const T>,
            const step_options &) override {}
  void step_rows(parameters<T> &, std::span<const T>, const touched_rows &,
                 const step_options &) override {
    detail::refuse_rows(LBFGS::name);
  }

private:
  double lr_;
  lbfgs_state<T> state_;
};

extern template class lbfgs_rule<float>;
extern template class lbfgs_rule<double>;

} // namespace retrograd

#endif // RETROGRAD_TRAINING_OPTIMIZER_RULE_H
