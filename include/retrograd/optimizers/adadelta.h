//===- adadelta.h - Steps in the units of the parameters ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// M. D. Zeiler: ADADELTA: an adaptive learning rate method, arXiv:1212.5701,
// algorithm 1. The rate of the paper is 1; the field scales its step.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_ADADELTA_H
#define RETROGRAD_OPTIMIZERS_ADADELTA_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct adadelta {
  enum form : int { plain };
  static constexpr int forms = 1;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 2; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    T lr;
    T rho;
    T one_minus_rho;
    T eps;
  };

  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    g = c.decay.gradient(p, g);
    T &v = s[0], &u = s[1];
    v = v * c.rho + c.one_minus_rho * g * g;
    const T delta = square_root(u + c.eps) / square_root(v + c.eps) * g;
    u = u * c.rho + c.one_minus_rho * delta * delta;
    p = p * c.decay.shrink - c.lr * delta;
  }
};

} // namespace rules

/// Adadelta:
///
///   g <- g + lambda p
///   v <- rho v + (1 - rho) g^2
///   d <- sqrt(u + eps) / sqrt(v + eps) g
///   u <- rho u + (1 - rho) d^2
///   p <- p - lr d
struct Adadelta {
  double lr = 1;           ///< Factor of the step, in [0, inf).
  double rho = 0.9;        ///< Decay of both averages, in [0, 1).
  double eps = 1e-6;       ///< In (0, inf); also sets the size of first steps.
  double weight_decay = 0; ///< lambda, in [0, inf).
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "Adadelta";
  using rule = rules::adadelta;

  int slots() const { return 2; }
  static const char *slot_name(int k) { return k == 0 ? "v" : "delta"; }

  /// std::invalid_argument names the field, its value and its range.
  void validate() const {
    const detail::option_check check(name);
    check.at_least_zero("lr", lr);
    check.below_one("rho", rho);
    check.positive("eps", eps);
    check.at_least_zero("weight_decay", weight_decay);
  }

  template <class T> rule::constants<T> at(const rule_position &t) const {
    return {.kind = rule::plain,
            .decay = detail::decay_at<T>(decay_kind, t),
            .lr = static_cast<T>(t.lr),
            .rho = static_cast<T>(rho),
            .one_minus_rho = static_cast<T>(1 - rho),
            .eps = static_cast<T>(eps)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_ADADELTA_H
