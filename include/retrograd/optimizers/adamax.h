//===- adamax.h - Adam by the largest gradient ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// D. P. Kingma, J. Ba: Adam: a method for stochastic optimization, ICLR 2015,
// section 7.1. The paper has no epsilon; it stands where PyTorch has it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_ADAMAX_H
#define RETROGRAD_OPTIMIZERS_ADAMAX_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct adamax {
  enum form : int { plain };
  static constexpr int forms = 1;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 2; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    T rate; ///< lr / (1 - beta1^t)
    T one_minus_beta1;
    T beta2;
    T eps;
  };

  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &m = s[0], &u = s[1];
    m = m + c.one_minus_beta1 * (g - m);
    // The first operand, so that what is not a number is not lost.
    u = larger(absolute(g) + c.eps, u * c.beta2);
    p = p * c.decay.shrink - c.rate * m / u;
  }
};

} // namespace rules

/// Adamax:
///
///   g <- g + lambda p
///   m <- beta1 m + (1 - beta1) g
///   u <- max(beta2 u, |g| + eps)
///   p <- p - lr / (1 - beta1^t) m / u
struct Adamax {
  double lr = 2e-3;             ///< Learning rate, in [0, inf).
  double beta1 = 0.9;           ///< Decay of the first moment, in [0, 1).
  double beta2 = 0.999;         ///< Decay of the largest gradient, in [0, 1).
  double eps = 1e-8;            ///< In (0, inf).
  double weight_decay = 0;      ///< lambda, in [0, inf).
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "Adamax";
  using rule = rules::adamax;

  int slots() const { return 2; }
  static const char *slot_name(int k) { return k == 0 ? "m" : "u"; }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("beta1", beta1);
    check.below_one("beta2", beta2);
    check.positive("eps", eps);
    check.at_least_zero("weight_decay", weight_decay);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .rate =
                static_cast<T>(t.lr / detail::bias_correction(beta1, t.step)),
            .one_minus_beta1 = static_cast<T>(1 - beta1),
            .beta2 = static_cast<T>(beta2),
            .eps = static_cast<T>(eps)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_ADAMAX_H
