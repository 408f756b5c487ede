//===- rmsprop.h - Gradients divided by their recent size -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// T. Tieleman, G. Hinton: Neural networks for machine learning, lecture 6.5,
// 2012. The centered form divides by a standard deviation: A. Graves,
// Generating sequences with recurrent neural networks, arXiv:1308.0850,
// equations 38 to 41.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_RMSPROP_H
#define RETROGRAD_OPTIMIZERS_RMSPROP_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct rmsprop {
  enum form : int { plain, centered, momentum, centered_momentum };
  static constexpr int forms = 4;
  RETROGRAD_HOST_DEVICE static constexpr bool is_centered(form f) {
    return (f & 1) != 0;
  }
  RETROGRAD_HOST_DEVICE static constexpr bool has_momentum(form f) {
    return (f & 2) != 0;
  }
  RETROGRAD_HOST_DEVICE static constexpr int slots(form f) {
    return 1 + (is_centered(f) ? 1 : 0) + (has_momentum(f) ? 1 : 0);
  }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    denominator_constants<T> denominator;
    T lr;
    T alpha;
    T one_minus_alpha;
    T momentum;
  };

  template <form F, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &v = s[0];
    v = v * c.alpha + c.one_minus_alpha * g * g;
    T spread = v;
    if constexpr (is_centered(F)) {
      T &mean = s[1];
      mean = mean + c.one_minus_alpha * (g - mean);
      // The variance of equal gradients is 0, and by rounding may be less.
      spread = larger(v - mean * mean, T(0));
    }
    p = p * c.decay.shrink;
    if constexpr (has_momentum(F)) {
      constexpr int last = slots(F) - 1;
      T &b = s[last];
      b = b * c.momentum + g / c.denominator(spread);
      p = p - c.lr * b;
    } else {
      p = p - c.lr * g / c.denominator(spread);
    }
  }
};

} // namespace rules

/// RMSProp:
///
///   g <- g + lambda p
///   v <- alpha v + (1 - alpha) g^2
///   a <- alpha a + (1 - alpha) g, w <- v - a^2     if centered, else w <- v
///   b <- mu b + g / (sqrt(w) + eps)
///   p <- p - lr b
struct RMSProp {
  double lr = 1e-2;        ///< Learning rate, in [0, inf).
  double alpha = 0.99;     ///< Decay of the averages, in [0, 1).
  double eps = 1e-8;       ///< In (0, inf).
  double weight_decay = 0; ///< lambda, in [0, inf).
  double momentum = 0;     ///< mu, in [0, 1); 0 needs no memory.
  bool centered = false;   ///< Divide by a standard deviation.
  /// outside, or root: sqrt(w + eps).
  epsilon_placement eps_placement = epsilon_placement::outside;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "RMSProp";
  using rule = rules::rmsprop;

  int slots() const { return rule::slots(kind()); }
  const char *slot_name(int k) const {
    return k == 0 ? "v" : k == 1 && centered ? "mean" : "momentum";
  }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("alpha", alpha);
    check.positive("eps", eps);
    check.at_least_zero("weight_decay", weight_decay);
    check.below_one("momentum", momentum);
    check.unbiased(eps_placement);
  }

  rule::form kind() const {
    return static_cast<rule::form>((centered ? 1 : 0) | (momentum > 0 ? 2 : 0));
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = kind(),
            .decay = detail::decay_at<T>(decay_kind, t),
            .denominator = detail::rounded<T>(
                detail::denominator_at(eps_placement, eps, 1)),
            .lr = static_cast<T>(t.lr),
            .alpha = static_cast<T>(alpha),
            .one_minus_alpha = static_cast<T>(1 - alpha),
            .momentum = static_cast<T>(momentum)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_RMSPROP_H
