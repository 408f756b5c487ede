//===- trigonometric.h - sin, cos, tan and hyperbolic functions in lanes --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// x = n pi / 2 + r, with pi / 2 in three parts, the first two of 39 bits, so
// that their products with n below 2^13 are exact (W. J. Cody, W. Waite,
// "Software Manual for the Elementary Functions", Prentice-Hall 1980, chapter
// 8). Arguments beyond 10^4 in magnitude are left to the library, lane by lane:
// they need more of pi. In float, all is computed in double.
//
// tanh and sinh are polynomials near zero, where formulas with exp cancel.
//
// Errors are at most 2 units in the last place; docs/simd.md has the measured
// ones.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_TRIGONOMETRIC_H
#define RETROGRAD_LANES_TRIGONOMETRIC_H

#include "exponential.h"

namespace retrograd {

namespace detail {

inline constexpr double greatest_angle = 1e4;

/// x = quadrant pi / 2 + high + low.
template <int W> struct angle {
  bit_lanes<double, W> quadrant;
  lanes<double, W> high, low;
};

template <int W>
RETROGRAD_LANES_INLINE angle<W> reduce_angle(lanes<double, W> x) {
  using c = coefficients<double>;
  using real = lanes<double, W>;
  const real turns = shifted(real(x * c::two_over_pi));
  const real n = unshifted(turns);
  const real first = x - n * c::half_pi_1;
  const real second = n * c::half_pi_2;
  const real rest = first - second;
  const real lost = (first - rest) - second;
  const real third = n * c::half_pi_3 - lost;
  const real high = rest - third;
  return {bits(turns), high, (rest - high) - third};
}

/// sin(high + low) and cos(high + low) in two parts each; C has as many
/// coefficients as the result shall have bits.
template <class C, int W>
RETROGRAD_LANES_INLINE lane_pair<double, W> sin_kernel(angle<W> a) {
  using real = lanes<double, W>;
  const real z = a.high * a.high;
  const real rest = (z * a.high) * polynomial(z, coefficients<C>::sine);
  return {a.high, rest + a.low * (real(1) - real(0.5) * z)};
}
template <class C, int W>
RETROGRAD_LANES_INLINE lane_pair<double, W> cos_kernel(angle<W> a) {
  using real = lanes<double, W>;
  const real z = a.high * a.high;
  const real half = real(0.5) * z;
  const real lead = real(1) - half;
  const real lost = (real(1) - lead) - half;
  const real rest = (z * z) * polynomial(z, coefficients<C>::cosine);
  return {lead, lost + (rest - a.high * a.low)};
}

/// sin if shift is 0, cos if it is 1: a quarter turn ahead.
template <class C, int W>
RETROGRAD_LANES_INLINE lanes<double, W> sin_shifted(lanes<double, W> x,
                                                    std::uint64_t shift) {
  using integers = bit_lanes<double, W>;
  const auto a = reduce_angle(x);
  const integers quadrant = a.quadrant + integers(shift);
  const auto odd = (quadrant & integers(1)) != integers(0);
  const auto sine = sin_kernel<C, W>(a);
  const auto cosine = cos_kernel<C, W>(a);
  const lanes<double, W> y =
      select(odd, cosine.high, sine.high) + select(odd, cosine.low, sine.low);
  const integers sign = (quadrant & integers(2)) << integers(62);
  return from_bits<double, W>(bits(y) ^ sign);
}

/// (a + b) / (c + d), where b and d are small.
template <int W>
RETROGRAD_LANES_INLINE lanes<double, W>
long_quotient(lane_pair<double, W> above, lane_pair<double, W> below) {
  const auto a = exact_sum(above.high, above.low);
  const auto b = exact_sum(below.high, below.low);
  const lanes<double, W> q = a.high / b.high;
  const auto back = long_product(q, b.high);
  const lanes<double, W> missing =
      ((a.high - back.high) - back.low) + (a.low - q * b.low);
  return q + missing / b.high;
}

template <class C, int W>
RETROGRAD_LANES_INLINE lanes<double, W> tan_reduced(lanes<double, W> x) {
  using integers = bit_lanes<double, W>;
  const auto a = reduce_angle(x);
  const auto odd = (a.quadrant & integers(1)) != integers(0);
  const auto sine = sin_kernel<C, W>(a);
  const auto cosine = cos_kernel<C, W>(a);
  using pair = lane_pair<double, W>;
  const pair above{select(odd, cosine.high, sine.high),
                   select(odd, cosine.low, sine.low)};
  const pair below{select(odd, -sine.high, cosine.high),
                   select(odd, -sine.low, cosine.low)};
  return long_quotient<W>(above, below);
}

/// The library's function where an argument is too great, or no number, and
/// the argument itself where it is so small that nothing else is left of it.
template <class T, int W, class F>
RETROGRAD_LANES_INLINE lanes<T, W> mend_angle(lanes<T, W> x, lanes<T, W> y,
                                              F library) {
  const auto fits = fabs(x) <= lanes<T, W>(T(greatest_angle));
  if (any(!fits))
    for (int lane = 0; lane < W; ++lane)
      if (!fits[lane])
        y.values[lane] = library(x[lane]);
  return y;
}

} // namespace detail

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> sin(lanes<T, W> x) {
  const lanes<T, W> y(detail::sin_shifted<T, W>(lanes<double, W>(x), 0));
  return detail::mend_angle(x, select(x == lanes<T, W>(0), x, y),
                            [](T v) { return std::sin(v); });
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> cos(lanes<T, W> x) {
  const lanes<T, W> y(detail::sin_shifted<T, W>(lanes<double, W>(x), 1));
  return detail::mend_angle(x, y, [](T v) { return std::cos(v); });
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> tan(lanes<T, W> x) {
  const lanes<T, W> y(detail::tan_reduced<T, W>(lanes<double, W>(x)));
  return detail::mend_angle(x, select(x == lanes<T, W>(0), x, y),
                            [](T v) { return std::tan(v); });
}

/// cosh(x) = (e + 1 / e) / 2 with e = exp(|x|); e / 2 is in range longer.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> cosh(lanes<T, W> x) {
  const lanes<T, W> half = detail::exp_scaled(fabs(x), T(-1));
  return half + lanes<T, W>(T(0.25)) / half;
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> sinh(lanes<T, W> x) {
  using c = detail::coefficients<T>;
  const lanes<T, W> size = fabs(x);
  const lanes<T, W> z = x * x;
  const lanes<T, W> near =
      x + (z * x) * detail::polynomial(z, c::hyperbolic_sine);
  const lanes<T, W> half = detail::exp_scaled(size, T(-1));
  const lanes<T, W> far = half - lanes<T, W>(T(0.25)) / half;
  return select(size < lanes<T, W>(1), near, copysign(far, x));
}

/// tanh(x) = 1 - 2 / (exp(2 x) + 1) where that does not cancel.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> tanh(lanes<T, W> x) {
  using c = detail::coefficients<T>;
  const lanes<T, W> one(1), two(2);
  const lanes<T, W> size = fabs(x);
  const lanes<T, W> z = x * x;
  const lanes<T, W> near =
      x + (z * x) * detail::polynomial(z, c::hyperbolic_tangent);
  const lanes<T, W> e = detail::exp_scaled(lanes<T, W>(two * size), T(0));
  const lanes<T, W> far = one - two / (e + one);
  return copysign(select(size < lanes<T, W>(T(0.55)), near, far), x);
}

} // namespace retrograd

#endif // RETROGRAD_LANES_TRIGONOMETRIC_H
