//===- nadam.h - Adam with Nesterov's momentum ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// T. Dozat: Incorporating Nesterov momentum into Adam, ICLR 2016 workshop,
// algorithm 2, with its schedule of the momentum. The product of the momenta
// has no closed form and is part of the state.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_NADAM_H
#define RETROGRAD_OPTIMIZERS_NADAM_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct nadam {
  enum form : int { plain };
  static constexpr int forms = 1;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 2; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    denominator_constants<T> denominator;
    T gradient_rate; ///< lr (1 - mu_t) / (1 - mu_1 ... mu_t)
    T moment_rate;   ///< lr mu_{t+1} / (1 - mu_1 ... mu_{t+1})
    T one_minus_beta1;
    T beta2;
    T one_minus_beta2;
  };

  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &m = s[0], &v = s[1];
    m = m + c.one_minus_beta1 * (g - m);
    v = v * c.beta2 + c.one_minus_beta2 * g * g;
    const T d = c.denominator(v);
    p = p * c.decay.shrink - c.gradient_rate * g / d - c.moment_rate * m / d;
  }
};

} // namespace rules

namespace detail {
/// mu_t of NAdam.
double nadam_momentum(double beta1, double momentum_decay, std::int64_t t);
} // namespace detail

/// NAdam, with mu_t = beta1 (1 - 0.96^(t psi) / 2), P_t = mu_1 ... mu_t and
/// bc2 = 1 - beta2^t:
///
///   g <- g + lambda p
///   m <- beta1 m + (1 - beta1) g
///   v <- beta2 v + (1 - beta2) g^2
///   p <- p - lr ((1 - mu_t) / (1 - P_t) g + mu_{t+1} / (1 - P_{t+1}) m)
///                / (sqrt(v / bc2) + eps)
struct NAdam {
  double lr = 2e-3;             ///< Learning rate, in [0, inf).
  double beta1 = 0.9;           ///< Decay of the first moment, in [0, 1).
  double beta2 = 0.999;         ///< Decay of the second moment, in [0, 1).
  double eps = 1e-8;            ///< In (0, inf).
  double weight_decay = 0;      ///< lambda, in [0, inf).
  double momentum_decay = 4e-3; ///< psi, in [0, inf).
  epsilon_placement eps_placement = epsilon_placement::outside;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "NAdam";
  using rule = rules::nadam;

  int slots() const { return 2; }
  static const char *slot_name(int k) { return k == 0 ? "m" : "v"; }
  /// mu_t.
  double momentum_at(std::int64_t t) const {
    return detail::nadam_momentum(beta1, momentum_decay, t);
  }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("beta1", beta1);
    check.below_one("beta2", beta2);
    check.positive("eps", eps);
    check.at_least_zero("weight_decay", weight_decay);
    check.at_least_zero("momentum_decay", momentum_decay);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    const double mu = momentum_at(t.step), next = momentum_at(t.step + 1);
    const double product = t.momentum_product;
    return {.kind = rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .denominator = detail::rounded<T>(detail::denominator_at(
                eps_placement, eps, detail::bias_correction(beta2, t.step))),
            .gradient_rate = static_cast<T>(t.lr * (1 - mu) / (1 - product)),
            .moment_rate = static_cast<T>(t.lr * next / (1 - product * next)),
            .one_minus_beta1 = static_cast<T>(1 - beta1),
            .beta2 = static_cast<T>(beta2),
            .one_minus_beta2 = static_cast<T>(1 - beta2)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_NADAM_H
