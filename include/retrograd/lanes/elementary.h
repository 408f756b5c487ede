//===- elementary.h - Roundings, signs and comparisons in lanes -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions that are exact, and the square root, which is correctly rounded.
// They give what their namesakes of the library give for each lane.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_ELEMENTARY_H
#define RETROGRAD_LANES_ELEMENTARY_H

#include "bits.h"

namespace retrograd {

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> fabs(lanes<T, W> x) {
  return detail::from_bits<T, W>(detail::bits(x) &
                                 detail::bit_lanes<T, W>(~detail::sign_bit<T>));
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> abs(lanes<T, W> x) {
  if constexpr (std::is_floating_point_v<T>)
    return fabs(x);
  else
    return select(x < lanes<T, W>(0), -x, x);
}

/// The magnitude of x with the sign of y.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> copysign(lanes<T, W> x, lanes<T, W> y) {
  const detail::bit_lanes<T, W> sign(detail::sign_bit<T>);
  return detail::from_bits<T, W>((detail::bits(x) & ~sign) |
                                 (detail::bits(y) & sign));
}

template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> isnan(lanes<T, W> x) {
  return x != x;
}
template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> isinf(lanes<T, W> x) {
  return fabs(x) == lanes<T, W>(std::numeric_limits<T>::infinity());
}
template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> isfinite(lanes<T, W> x) {
  return fabs(x) < lanes<T, W>(std::numeric_limits<T>::infinity());
}
template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> signbit(lanes<T, W> x) {
  const auto sign =
      detail::bits(x) & detail::bit_lanes<T, W>(detail::sign_bit<T>);
  return sign != detail::bit_lanes<T, W>(0);
}

/// As std::max and std::min: the first one where the two compare equal or
/// do not compare.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> max(lanes<T, W> a, lanes<T, W> b) {
  return select(a < b, b, a);
}
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> min(lanes<T, W> a, lanes<T, W> b) {
  return select(b < a, b, a);
}

/// As std::fmax and std::fmin: a number is preferred to NaN.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> fmax(lanes<T, W> a, lanes<T, W> b) {
  return select(isnan(b) | (a > b), a, b);
}
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> fmin(lanes<T, W> a, lanes<T, W> b) {
  return select(isnan(b) | (a < b), a, b);
}

namespace detail {

/// f in each lane. The compiler makes one instruction of it where it has one.
template <class T, int W, class F>
RETROGRAD_LANES_INLINE lanes<T, W> each(lanes<T, W> x, F f) {
  for (int lane = 0; lane < W; ++lane)
    x.values[lane] = f(x.values[lane]);
  return x;
}

} // namespace detail

#ifdef __clang__
#define RETROGRAD_LANES_ELEMENTWISE(NAME)                                      \
  template <class T, int W>                                                    \
  RETROGRAD_LANES_INLINE lanes<T, W> NAME(lanes<T, W> x) {                     \
    return lanes<T, W>(__builtin_elementwise_##NAME(x.values));                \
  }
#else
#define RETROGRAD_LANES_ELEMENTWISE(NAME)                                      \
  template <class T, int W>                                                    \
  RETROGRAD_LANES_INLINE lanes<T, W> NAME(lanes<T, W> x) {                     \
    return detail::each(x, [](T v) { return std::NAME(v); });                  \
  }
#endif
RETROGRAD_LANES_ELEMENTWISE(sqrt)
RETROGRAD_LANES_ELEMENTWISE(floor)
RETROGRAD_LANES_ELEMENTWISE(ceil)
RETROGRAD_LANES_ELEMENTWISE(trunc)
#undef RETROGRAD_LANES_ELEMENTWISE

} // namespace retrograd

#endif // RETROGRAD_LANES_ELEMENTARY_H
