//===- lion.h - The sign of a momentum ------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// X. Chen et al.: Symbolic discovery of optimization algorithms, NeurIPS 2023,
// algorithm 2. All steps have the same size, so that rates are 3 to 10 times
// smaller than Adam's.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_LION_H
#define RETROGRAD_OPTIMIZERS_LION_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct lion {
  enum form : int { plain };
  static constexpr int forms = 1;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 1; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    T lr;
    T beta1;
    T one_minus_beta1;
    T beta2;
    T one_minus_beta2;
  };

  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &m = s[0];
    const T u = m * c.beta1 + c.one_minus_beta1 * g;
    // What is neither above nor below zero is its own sign: 0, or not a number.
    const T sign = u > 0 ? T(1) : u < 0 ? T(-1) : u;
    p = p * c.decay.shrink - c.lr * sign;
    m = m * c.beta2 + c.one_minus_beta2 * g;
  }
};

} // namespace rules

/// Lion:
///
///   p <- (1 - lr lambda) p - lr sign(beta1 m + (1 - beta1) g)
///   m <- beta2 m + (1 - beta2) g
struct Lion {
  double lr = 1e-4;        ///< Learning rate, in [0, inf).
  double beta1 = 0.9;      ///< Weight of the memory in the step, in [0, 1).
  double beta2 = 0.99;     ///< Decay of the memory, in [0, 1).
  double weight_decay = 0; ///< lambda, in [0, inf).
  decay decay_kind = decay::decoupled; ///< How lambda acts.

  static constexpr const char *name = "Lion";
  using rule = rules::lion;

  int slots() const { return 1; }
  static const char *slot_name(int) { return "m"; }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("beta1", beta1);
    check.below_one("beta2", beta2);
    check.at_least_zero("weight_decay", weight_decay);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .lr = static_cast<T>(t.lr),
            .beta1 = static_cast<T>(beta1),
            .one_minus_beta1 = static_cast<T>(1 - beta1),
            .beta2 = static_cast<T>(beta2),
            .one_minus_beta2 = static_cast<T>(1 - beta2)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_LION_H
