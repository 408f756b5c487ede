//===- rule.h - What one element of an update rule is made of -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An update rule is one inline function over one element: a parameter, its
// gradient, and the few numbers that the optimizer remembers of it. The loop
// that the CPU vectorises and, later, the GPU's kernel call the same function,
// so that there is one implementation of each formula. Whatever depends on the
// step alone is computed once a step, in double, and reaches the element as
// constants of its type.
//
// A rule is a struct with
//
//   enum form : int { ... };               which of its loops; often one
//   static constexpr int forms;            how many there are
//   static constexpr int slots(form);      numbers remembered per element
//   template <class T> struct constants {  of one step; `kind` is the form
//     rule::form kind; ... };
//   template <form F, class T>
//   static void update(const constants<T> &, T &p, T g, T *s);
//
// and the update of a form has no branch, or it would not vectorise. See
// docs/optimizers.md for a rule of your own.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_RULE_H
#define RETROGRAD_OPTIMIZERS_RULE_H

#include <cstdint>

#ifndef RETROGRAD_HOST_DEVICE
#ifdef __CUDACC__
#define RETROGRAD_HOST_DEVICE __host__ __device__
#else
#define RETROGRAD_HOST_DEVICE
#endif
#endif

// An update is always inlined, also without optimization: the same function is
// compiled for several instruction sets, and the linker must not find one of
// them and use it for all.
#define RETROGRAD_RULE [[gnu::always_inline]] RETROGRAD_HOST_DEVICE inline

namespace retrograd {

/// Where the small number stands that keeps an update from dividing by zero.
/// With v the second moment, v' = v / (1 - beta2^t) corrected for its bias:
enum class epsilon_placement {
  outside, ///< sqrt(v') + eps: algorithm 1 of the Adam paper; PyTorch
  hat,     ///< (sqrt(v) + eps) / sqrt(1 - beta2^t): section 2 of it; Keras
  root,    ///< sqrt(v' + eps)
};

/// How weight decay lambda acts on a parameter p of learning rate lr.
enum class decay {
  l2,        ///< g <- g + lambda p, before all else: a penalty in the loss
  decoupled, ///< p <- (1 - lr lambda) p, apart from the gradient
};

/// What an optimizer computes the constants of a step from.
struct rule_position {
  std::int64_t step = 1;       ///< t, which counts from 1
  double lr = 0;               ///< of the group, times the schedule's factor
  double weight_decay = 0;     ///< of the group
  double momentum_product = 1; ///< of NAdam: the product of mu_1 to mu_t

  bool operator==(const rule_position &) const = default;
};

namespace rules {

template <class T> RETROGRAD_RULE T square_root(T x) {
#ifdef __CUDA_ARCH__
  return ::sqrt(x);
#else
  if constexpr (sizeof(T) == sizeof(float))
    return __builtin_sqrtf(x);
  else
    return __builtin_sqrt(x);
#endif
}

template <class T> RETROGRAD_RULE T absolute(T x) { return x < 0 ? -x : x; }

/// The larger number; `x` if it is not a number.
template <class T> RETROGRAD_RULE T larger(T x, T y) { return x < y ? y : x; }

/// Both kinds of weight decay without a branch: of the two, one does nothing.
template <class T> struct decay_constants {
  T l2 = 0;     ///< lambda, or 0
  T shrink = 1; ///< 1 - lr lambda, or 1

  RETROGRAD_RULE T gradient(T p, T g) const { return g + l2 * p; }
};

/// All placements of epsilon without a branch.
template <class T> struct denominator_constants {
  T scale = 1;   ///< of v inside the root
  T inside = 0;  ///< epsilon inside the root
  T unscale = 1; ///< of the root
  T outside = 0; ///< epsilon outside the root

  RETROGRAD_RULE T operator()(T v) const {
    return square_root(v * scale + inside) * unscale + outside;
  }
};

} // namespace rules

namespace detail {

/// 1 - beta^t, without the cancellation of that expression where beta^t is
/// close to 1: -expm1(t log beta).
double bias_correction(double beta, std::int64_t t);

template <class T>
rules::decay_constants<T> decay_at(decay kind, const rule_position &at) {
  if (kind == decay::l2)
    return {static_cast<T>(at.weight_decay), T(1)};
  return {T(0), static_cast<T>(1 - at.lr * at.weight_decay)};
}

/// The denominator with `correction` = 1 - beta2^t, or 1 if v has no bias.
rules::denominator_constants<double>
denominator_at(epsilon_placement placement, double eps, double correction);

template <class T>
rules::denominator_constants<T>
rounded(const rules::denominator_constants<double> &d) {
  return {static_cast<T>(d.scale), static_cast<T>(d.inside),
          static_cast<T>(d.unscale), static_cast<T>(d.outside)};
}

} // namespace detail
} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_RULE_H
