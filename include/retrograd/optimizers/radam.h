//===- radam.h - Adam that waits until its variance is known --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// L. Liu et al.: On the variance of the adaptive learning rate and beyond, ICLR
// 2020, algorithm 2. While the second moment rests on too few gradients, the
// step is that of momentum.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_RADAM_H
#define RETROGRAD_OPTIMIZERS_RADAM_H

#include <retrograd/optimizers/option_check.h>
#include <retrograd/optimizers/rule.h>

namespace retrograd {

namespace rules {

struct radam {
  enum form : int { unrectified, rectified };
  static constexpr int forms = 2;
  RETROGRAD_HOST_DEVICE static constexpr int slots(form) { return 2; }
  static constexpr bool compiled = true;

  template <class T> struct constants {
    form kind;
    decay_constants<T> decay;
    denominator_constants<T> denominator;
    T rate; ///< lr / (1 - beta1^t), times r_t if rectified
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
    T step = c.rate * m;
    if constexpr (F == rectified)
      step = step / c.denominator(v);
    p = p * c.decay.shrink - step;
  }
};

} // namespace rules

namespace detail {
/// r_t of RAdam, or 0 if the variance is not known yet: rho_t <= 5.
double radam_rectification(double beta2, std::int64_t t);
} // namespace detail

/// RAdam, with bc1 = 1 - beta1^t, bc2 = 1 - beta2^t, R = 2 / (1 - beta2) - 1
/// and rho = R - 2 t beta2^t / bc2:
///
///   g <- g + lambda p
///   m <- beta1 m + (1 - beta1) g
///   v <- beta2 v + (1 - beta2) g^2
///   p <- p - lr (m / bc1) r sqrt(bc2) / (sqrt(v) + eps)     if rho > 5
///   p <- p - lr (m / bc1)                                   otherwise
///   r = sqrt((rho - 4) (rho - 2) R / ((R - 4) (R - 2) rho))
struct RAdam {
  double lr = 1e-3;        ///< Learning rate, in [0, inf).
  double beta1 = 0.9;      ///< Decay of the first moment, in [0, 1).
  double beta2 = 0.999;    ///< Decay of the second moment, in [0, 1).
  double eps = 1e-8;       ///< In (0, inf).
  double weight_decay = 0; ///< lambda, in [0, inf).
  epsilon_placement eps_placement = epsilon_placement::hat;
  decay decay_kind = decay::l2; ///< How lambda acts.

  static constexpr const char *name = "RAdam";
  using rule = rules::radam;

  int slots() const { return 2; }
  static const char *slot_name(int k) { return k == 0 ? "m" : "v"; }

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
    const double r = detail::radam_rectification(beta2, t.step);
    const double rate = t.lr / detail::bias_correction(beta1, t.step);
    return {.kind = r > 0 ? rule::rectified : rule::unrectified,
            .decay = detail::decay_at<T>(decay_kind, t),
            .denominator = detail::rounded<T>(detail::denominator_at(
                eps_placement, eps, detail::bias_correction(beta2, t.step))),
            .rate = static_cast<T>(r > 0 ? rate * r : rate),
            .one_minus_beta1 = static_cast<T>(1 - beta1),
            .beta2 = static_cast<T>(beta2),
            .one_minus_beta2 = static_cast<T>(1 - beta2)};
  }
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_RADAM_H
