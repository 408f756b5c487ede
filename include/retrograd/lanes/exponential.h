//===- exponential.h - exp, log, pow and their kin in lanes ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// exp(x) = 2^n exp(r), where n is the integer nearest to x / ln(2) and r = x -
// n ln(2) is computed with ln(2) in two parts (W. J. Cody, W. Waite, "Software
// Manual for the Elementary Functions", Prentice-Hall 1980, chapter 6).
//
// log(2^k (1 + f)) = k ln(2) + log(1 + f), with 1 + f between sqrt(1/2) and
// sqrt(2), and log(1 + f) = 2 atanh(s), s = f / (2 + f), where the first terms
// are arranged so that they cancel exactly (P. T. P. Tang, "Table-driven
// implementation of the logarithm function in IEEE floating-point arithmetic",
// TOMS 16, 1990; K. C. Ng's form).
//
// Errors are at most 2 units in the last place of the result, denormal results
// included; docs/simd.md has the measured ones. Infinities, zeros and NaN give
// what the library gives; no flags are raised and errno stays as it is.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_EXPONENTIAL_H
#define RETROGRAD_LANES_EXPONENTIAL_H

#include "coefficients.h"
#include "elementary.h"
#include "places.h"

namespace retrograd {

namespace detail {

/// Beyond these, exp overflows and underflows to zero for certain.
template <class T>
inline constexpr T exp_high = std::is_same_v<T, float> ? T(90) : T(711);
template <class T>
inline constexpr T exp_low = std::is_same_v<T, float> ? T(-105) : T(-747);

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> clamp(lanes<T, W> x, T low, T high) {
  x = select(x > lanes<T, W>(high), lanes<T, W>(high), x);
  return select(x < lanes<T, W>(low), lanes<T, W>(low), x);
}

/// x = n ln(2) + r + error, where x is clamped.
template <class T, int W> struct exp_argument {
  lanes<T, W> n, r, error;
};

template <class T, int W>
RETROGRAD_LANES_INLINE exp_argument<T, W> reduce_exp(lanes<T, W> x) {
  using c = coefficients<T>;
  const lanes<T, W> n = unshifted(shifted(lanes<T, W>(x * c::log2_e)));
  const lanes<T, W> high = x - n * c::ln2_high;
  const lanes<T, W> r = high - n * c::ln2_low;
  return {n, r, (high - r) - n * c::ln2_low};
}

/// exp(r) - 1 - r for a reduced r.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> exp_rest(lanes<T, W> r) {
  return lanes<T, W>(r * r) * polynomial(r, coefficients<T>::exponential);
}

/// exp(x) * 2^shift, which may be in range where exp(x) is not.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> exp_scaled(lanes<T, W> x, T shift) {
  const auto a = reduce_exp(clamp(x, exp_low<T>, exp_high<T>));
  const lanes<T, W> y = lanes<T, W>(1) + (a.r + exp_rest(a.r));
  return scale(y, a.n + lanes<T, W>(shift));
}

/// exp(x) - 1 = 2 (h - 1/2 + h (exp(r) - 1)), h = 2^(n - 1).
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> expm1_clamped(lanes<T, W> x) {
  const auto a = reduce_exp(x);
  const lanes<T, W> h = power_of_two(a.n - lanes<T, W>(1));
  const lanes<T, W> first = h - lanes<T, W>(T(0.5));
  const lanes<T, W> second = h * a.r;
  const lanes<T, W> sum = first + second;
  // Either of the two may be the greater one.
  const lanes<T, W> part = sum - first;
  const lanes<T, W> lost = (first - (sum - part)) + (second - part);
  const lanes<T, W> rest = h * (exp_rest(a.r) + a.error);
  return lanes<T, W>(T(2)) * (sum + (lost + rest));
}

/// x = 2^k (1 + f); x is positive.
template <class T, int W> struct log_argument {
  lanes<T, W> k, f;
};

template <class T, int W>
RETROGRAD_LANES_INLINE log_argument<T, W> split_log(lanes<T, W> x) {
  using type = format<T>;
  using integers = bit_lanes<T, W>;
  constexpr T denormal_scale = std::is_same_v<T, float> ? T(0x1p25) : T(0x1p54);
  constexpr T denormal_shift = std::is_same_v<T, float> ? T(25) : T(54);
  constexpr auto one = typename type::bits(type::bias) << type::mantissa;
  constexpr typename type::bits root =
      std::is_same_v<T, float> ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  const auto tiny = x < lanes<T, W>(std::numeric_limits<T>::min());
  x = select(tiny, x * lanes<T, W>(denormal_scale), x);
  const integers b = bits(x);
  const integers k = (b + integers(one - root)) >> integers(type::mantissa);
  // An integer below 2^mantissa, as a real.
  constexpr T base = T(typename type::bits(1) << type::mantissa);
  const lanes<T, W> real =
      from_bits<T, W>(k + bits(lanes<T, W>(base))) - lanes<T, W>(base);
  const lanes<T, W> bias =
      select(tiny, lanes<T, W>(T(type::bias) + denormal_shift),
             lanes<T, W>(T(type::bias)));
  const integers mantissa = b - (k << integers(type::mantissa)) + integers(one);
  return {real - bias, from_bits<T, W>(mantissa) - lanes<T, W>(1)};
}

/// log(1 + f) in two parts, the second one with the error of the first: the
/// value is f - (half - rest), where half is f^2 / 2.
template <class T, int W> struct log_parts {
  lanes<T, W> half, rest;
};

template <class T, int W>
RETROGRAD_LANES_INLINE log_parts<T, W> log_kernel(lanes<T, W> f) {
  const lanes<T, W> s = f / (lanes<T, W>(2) + f);
  const lanes<T, W> z = s * s;
  const lanes<T, W> series = z * polynomial(z, coefficients<T>::logarithm);
  const lanes<T, W> half = lanes<T, W>(T(0.5)) * (f * f);
  return {half, s * (half + series)};
}

/// What log gives outside of the positive finite numbers.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> log_special(lanes<T, W> x, lanes<T, W> y) {
  using limits = std::numeric_limits<T>;
  const lanes<T, W> zero(0), infinity(limits::infinity());
  y = select(x < infinity, y, x);
  return select(x > zero, y,
                select(x == zero, -infinity, lanes<T, W>(limits::quiet_NaN())));
}

} // namespace detail

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> exp(lanes<T, W> x) {
  return detail::exp_scaled(x, T(0));
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> exp2(lanes<T, W> x) {
  using namespace detail;
  constexpr T high = std::is_same_v<T, float> ? T(129) : T(1025);
  constexpr T low = std::is_same_v<T, float> ? T(-151) : T(-1076);
  x = clamp(x, low, high);
  const lanes<T, W> n = unshifted(shifted(x));
  const lanes<T, W> r = (x - n) * coefficients<T>::ln2;
  return scale(lanes<T, W>(1) + (r + exp_rest(r)), n);
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> expm1(lanes<T, W> x) {
  using namespace detail;
  // Further out, 2^(n - 1) would not be a normal number, and nothing changes.
  constexpr T low = std::is_same_v<T, float> ? T(-20) : T(-40);
  constexpr T high = std::is_same_v<T, float> ? T(88.9) : T(709.9);
  const lanes<T, W> y = expm1_clamped(clamp(x, low, high));
  const lanes<T, W> tiny(std::numeric_limits<T>::epsilon() / 4);
  return select(fabs(x) < tiny, x, y);
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> log(lanes<T, W> x) {
  using namespace detail;
  using c = coefficients<T>;
  const auto a = split_log(x);
  const auto p = log_kernel(a.f);
  const lanes<T, W> low = p.rest + a.k * c::ln2_low;
  return log_special(x, a.k * c::ln2_high - ((p.half - low) - a.f));
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> log2(lanes<T, W> x) {
  using namespace detail;
  const auto a = split_log(x);
  const auto p = log_kernel(a.f);
  using c = coefficients<T>;
  const lanes<T, W> natural = a.f - (p.half - p.rest);
  const lanes<T, W> fraction = natural * c::log2_e + natural * c::log2_e_low;
  return log_special(x, a.k + fraction);
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> log10(lanes<T, W> x) {
  using namespace detail;
  using c = coefficients<T>;
  const auto a = split_log(x);
  const auto p = log_kernel(a.f);
  const lanes<T, W> natural = a.f - (p.half - p.rest);
  const lanes<T, W> fraction = natural * c::log10_e + natural * c::log10_e_low;
  const lanes<T, W> low = a.k * c::log10_2_low + fraction;
  return log_special(x, a.k * c::log10_2_high + low);
}

/// log(u) where u = 1 + x is rounded, and what the rounding took, over u.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> log1p(lanes<T, W> x) {
  using namespace detail;
  using c = coefficients<T>;
  const lanes<T, W> one(1);
  const lanes<T, W> u = one + x;
  const auto a = split_log(u);
  const auto p = log_kernel(a.f);
  const lanes<T, W> lost = select(x > one, one - (u - x), x - (u - one)) / u;
  const lanes<T, W> low = p.rest + (a.k * c::ln2_low + lost);
  const lanes<T, W> y = a.k * c::ln2_high - ((p.half - low) - a.f);
  const lanes<T, W> tiny(std::numeric_limits<T>::epsilon() / 4);
  return select(fabs(x) < tiny, x, log_special(u, y));
}

namespace detail {

/// log(x) to about 68 bits, for a positive normal x:
///   2 s (1 + z / 3 + z^2 (...)),  z = s^2,
/// with s, z and the two first terms in two parts.
template <int W>
RETROGRAD_LANES_INLINE lane_pair<double, W> long_log(lanes<double, W> x) {
  using real = lanes<double, W>;
  using c = coefficients<double>;
  const auto a = split_log(x);
  // 1 + (1 + f); the second sum is exact.
  const auto below = exact_sum(real(1), real(a.f + real(1)));
  const real s = a.f / below.high;
  const auto back = long_product(s, below.high);
  const real missing = ((a.f - back.high) - back.low) - s * below.low;
  const real s_low = missing / below.high;
  const auto square = long_product(s, s);
  const real z_low = square.low + real(2) * (s * s_low);
  const real z = square.high + z_low;
  // z / 3, the leading part exact but for the last bits of its sum.
  const real z_lead = leading(square.high);
  const real third = z_lead * c::third_high;
  const real third_low =
      z_lead * c::third_low + ((square.high - z_lead) + z_low) * (1.0 / 3);
  const real series = (z * z) * polynomial(z, c::logarithm_tail);
  const auto terms = exact_sum(third, series + third_low);
  const auto factor = exact_sum(real(1), terms.high);
  const real factor_low = factor.low + terms.low;
  const auto product = long_product(s, factor.high);
  const real product_low = product.low + (s * factor_low + s_low * factor.high);
  const auto sum = exact_sum(real(a.k * c::ln2_high), real(2 * product.high));
  const real low = sum.low + (real(2) * product_low + a.k * c::ln2_low);
  return exact_sum(sum.high, low);
}

/// exp(high + low), low being small.
template <int W>
RETROGRAD_LANES_INLINE lanes<double, W> long_exp(lane_pair<double, W> x) {
  using real = lanes<double, W>;
  const real high = clamp(x.high, exp_low<double>, exp_high<double>);
  const real low = select(high == x.high, x.low, real(0));
  const auto a = reduce_exp(high);
  const real r = a.r + (a.error + low);
  return scale(real(1) + (r + exp_rest(r)), a.n);
}

/// pow for finite numbers, x not zero and not denormal; an x below zero gives
/// a result for an integral y below 2^51. Finite says where that holds.
template <int W>
RETROGRAD_LANES_INLINE lanes<double, W>
pow_finite(lanes<double, W> x, lanes<double, W> y,
           lane_mask<double, W> &holds) {
  using real = lanes<double, W>;
  using limits = std::numeric_limits<double>;
  const real size = fabs(x);
  const real reach = fabs(y);
  const real integer = unshifted(shifted(y));
  const auto integral = (integer == y) & (reach < real(0x1p51));
  holds = (size >= real(limits::min())) & (size < real(limits::infinity())) &
          (reach < real(0x1p900)) & ((x > real(0)) | integral);
  const auto log = long_log(size);
  const auto product = long_product(y, log.high);
  const auto exponent =
      exact_sum(product.high, real(product.low + y * log.low));
  const real result = long_exp<W>(exponent);
  const auto odd =
      (bits(shifted(y)) & bit_lanes<double, W>(1)) != bit_lanes<double, W>(0);
  return select(odd & (x < real(0)), -result, result);
}

} // namespace detail

/// Zeros, infinities, NaN and denormal bases fall to the library.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> pow(lanes<T, W> x, lanes<T, W> y) {
  using wide = lanes<double, W>;
  lane_mask<double, W> holds;
  lanes<T, W> result(detail::pow_finite(wide(x), wide(y), holds));
  if (any(!holds))
    for (int lane = 0; lane < W; ++lane)
      if (!holds[lane])
        result.values[lane] = std::pow(x[lane], y[lane]);
  return result;
}

} // namespace retrograd

#endif // RETROGRAD_LANES_EXPONENTIAL_H
