//===- adagrad.h - Learning rates that fall with the gradients so far -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// J. Duchi, E. Hazan, Y. Singer: Adaptive subgradient methods for online
// learning and stochastic optimization, JMLR 12 (2011), with the diagonal
// matrix. A parameter without a gradient keeps its state, so that sparse data
// pay for what they touch only: optimizer_state::step_rows.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_ADAGRAD_H
#define RETROGRAD_OPTIMIZERS_ADAGRAD_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct adagrad {
  enum form : int { plain };
  static constexpr int forms = 1;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 1; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    denominator_constants<T> denominator;
    T lr;
  };

  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &sum = s[0];
    sum = sum + g * g;
    p = p * c.decay.shrink - c.lr * g / c.denominator(sum);
  }
};

} // namespace rules

/// Adagrad:
///
///   g <- g + lambda p
///   s <- s + g^2
///   p <- p - lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps)
struct Adagrad {
  double lr = 1e-2;        ///< Learning rate, in [0, inf).
  double lr_decay = 0;     ///< Of the rate over steps, in [0, inf).
  double weight_decay = 0; ///< lambda, in [0, inf).
  double initial_accumulator_value = 0; ///< s before the first step, [0, inf).
  double eps = 1e-10;                   ///< In (0, inf).
  /// outside, or root: sqrt(s + eps).
  epsilon_placement eps_placement = epsilon_placement::outside;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "Adagrad";
  using rule = rules::adagrad;

  int slots() const { return 1; }
  static const char *slot_name(int) { return "sum"; }
  double initial(int) const { return initial_accumulator_value; }
  bool skips_zero_gradients() const { return true; }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.at_least_zero("lr_decay", lr_decay);
    check.at_least_zero("weight_decay", weight_decay);
    check.at_least_zero("initial_accumulator_value", initial_accumulator_value);
    check.positive("eps", eps);
    check.unbiased(eps_placement);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .denominator = detail::rounded<T>(
                detail::denominator_at(eps_placement, eps, 1)),
            .lr = static_cast<T>(
                t.lr / (1 + static_cast<double>(t.step - 1) * lr_decay))};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_ADAGRAD_H
