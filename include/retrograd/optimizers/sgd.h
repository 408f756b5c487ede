//===- sgd.h - Gradient descent, with momentum if asked for ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// H. Robbins, S. Monro: A stochastic approximation method, 1951. Momentum is
// B. T. Polyak's, 1964, in the form that keeps the learning rate outside of the
// memory, so that a schedule acts at once; Nesterov's as in I. Sutskever et
// al., On the importance of initialization and momentum in deep learning, 2013.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_SGD_H
#define RETROGRAD_OPTIMIZERS_SGD_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct sgd {
  enum form : int { plain, momentum, nesterov };
  static constexpr int forms = 3;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form f) {
    return f == plain ? 0 : 1;
  }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    T lr;
    T momentum;
    T intake; ///< 1 - dampening, and 1 at the first step
  };

  template <form F, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    if constexpr (F != plain) {
      T &b = s[0];
      b = b * c.momentum + c.intake * g;
      g = F == nesterov ? g + c.momentum * b : b;
    }
    p = p * c.decay.shrink - c.lr * g;
  }
};

} // namespace rules

/// Gradient descent:
///
///   g <- g + lambda p
///   b <- mu b + (1 - tau) g           if mu > 0; at the first step b <- g
///   p <- p - lr (g | b | g + mu b)    plain | momentum | Nesterov
struct SGD {
  double lr = 1e-3;             ///< Learning rate, in [0, inf).
  double momentum = 0;          ///< mu, in [0, 1); 0 needs no memory.
  double dampening = 0;         ///< tau, in [0, 1], of momentum.
  double weight_decay = 0;      ///< lambda, in [0, inf).
  bool nesterov = false;        ///< Needs momentum, without dampening.
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "SGD";
  using rule = rules::sgd;

  int slots() const { return momentum > 0 ? 1 : 0; }
  static const char *slot_name(int) { return "momentum"; }
  /// Whether a parameter whose gradient is 0 stays as it is, memory included,
  /// so that it need not be visited.
  bool skips_zero_gradients() const { return !(momentum > 0); }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("momentum", momentum);
    check.fraction("dampening", dampening);
    check.at_least_zero("weight_decay", weight_decay);
    if (nesterov && !(momentum > 0 && dampening == 0))
      check.fail("nesterov needs a momentum above 0 and a dampening of 0; "
                 "they are " +
                 detail::number_text(momentum) + " and " +
                 detail::number_text(dampening));
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = nesterov       ? rule::nesterov
                    : momentum > 0 ? rule::momentum
                                   : rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .lr = static_cast<T>(t.lr),
            .momentum = static_cast<T>(momentum),
            .intake = static_cast<T>(t.step == 1 ? 1 : 1 - dampening)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_SGD_H
