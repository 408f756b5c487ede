//===- adam.h - First and second moments: Adam, AMSGrad, AdamW ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// D. P. Kingma, J. Ba: Adam: a method for stochastic optimization, ICLR 2015,
// algorithm 1. AMSGrad, whose second moment never falls: S. J. Reddi, S. Kale,
// S. Kumar, On the convergence of Adam and beyond, ICLR 2018. AdamW: I.
// Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019. The
// two are one rule with different constants.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_ADAM_H
#define RETROGRAD_OPTIMIZERS_ADAM_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct adam {
  enum form : int { plain, amsgrad };
  static constexpr int forms = 2;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form f) {
    return f == amsgrad ? 3 : 2;
  }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    denominator_constants<T> denominator;
    T rate; ///< lr / (1 - beta1^t)
    T one_minus_beta1;
    T beta2;
    T one_minus_beta2;
  };

  template <form F, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &m = s[0], &v = s[1];
    m = m + c.one_minus_beta1 * (g - m);
    v = v * c.beta2 + c.one_minus_beta2 * g * g;
    T second = v;
    if constexpr (F == amsgrad) {
      T &v_max = s[2];
      v_max = larger(v, v_max);
      second = v_max;
    }
    p = p * c.decay.shrink - c.rate * m / c.denominator(second);
  }
};

} // namespace rules

/// Adam, with bc1 = 1 - beta1^t and bc2 = 1 - beta2^t:
///
///   g <- g + lambda p
///   m <- beta1 m + (1 - beta1) g
///   v <- beta2 v + (1 - beta2) g^2
///   w <- max(w, v)                              if amsgrad, else w <- v
///   p <- p - lr (m / bc1) / (sqrt(w / bc2) + eps)
struct Adam {
  double lr = 1e-3;        ///< Learning rate, in [0, inf).
  double beta1 = 0.9;      ///< Decay of the first moment, in [0, 1).
  double beta2 = 0.999;    ///< Decay of the second moment, in [0, 1).
  double eps = 1e-8;       ///< In (0, inf).
  double weight_decay = 0; ///< lambda, in [0, inf).
  bool amsgrad = false;    ///< Divide by the largest second moment so far.
  epsilon_placement eps_placement = epsilon_placement::outside;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "Adam";
  using rule = rules::adam;

  int slots() const { return amsgrad ? 3 : 2; }
  static const char *slot_name(int k) {
    return k == 0 ? "m" : k == 1 ? "v" : "v_max";
  }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const { validate_as(name); }

  /// The same in the name of an optimizer that is made of this one.
  void validate_as(const char *owner) const {
    const detail::option_check check(owner);
    check.at_least_zero("lr", lr);
    check.below_one("beta1", beta1);
    check.below_one("beta2", beta2);
    check.positive("eps", eps);
    check.at_least_zero("weight_decay", weight_decay);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = amsgrad ? rule::amsgrad : rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .denominator = detail::rounded<T>(detail::denominator_at(
                eps_placement, eps, detail::bias_correction(beta2, t.step))),
            .rate =
                static_cast<T>(t.lr / detail::bias_correction(beta1, t.step)),
            .one_minus_beta1 = static_cast<T>(1 - beta1),
            .beta2 = static_cast<T>(beta2),
            .one_minus_beta2 = static_cast<T>(1 - beta2)};
  }
};

/// Adam whose weight decay is decoupled from the gradient:
///
///   p <- (1 - lr lambda) p, then Adam without lambda
struct AdamW {
  double lr = 1e-3;           ///< Learning rate, in [0, inf).
  double beta1 = 0.9;         ///< Decay of the first moment, in [0, 1).
  double beta2 = 0.999;       ///< Decay of the second moment, in [0, 1).
  double eps = 1e-8;          ///< In (0, inf).
  double weight_decay = 1e-2; ///< lambda, in [0, inf).
  bool amsgrad = false;       ///< Divide by the largest second moment so far.
  epsilon_placement eps_placement = epsilon_placement::outside;

  static constexpr const char *name = "AdamW";
  using rule = rules::adam;

  /// Adam with these options.
  Adam adam() const {
    return {.lr = lr,
            .beta1 = beta1,
            .beta2 = beta2,
            .eps = eps,
            .weight_decay = weight_decay,
            .amsgrad = amsgrad,
            .eps_placement = eps_placement,
            .decay_kind = decay::decoupled};
  }

  int slots() const { return amsgrad ? 3 : 2; }
  static const char *slot_name(int k) { return Adam::slot_name(k); }
  /// std::invalid_argument names the field, its value and its range.
  void validate() const { adam().validate_as(name); }
  template <class T> rule::constants<T> at(const rule_position &t) const {
    return adam().at<T>(t);
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_ADAM_H
