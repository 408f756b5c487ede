//===- math.h - Functions that <cmath> lacks ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions of the same kind as those of <cmath>, which derivatives of <cmath>
// functions need or which name one result of a function that has two: lgamma'
// is digamma, frexp returns a mantissa and an exponent. Integer arguments count
// as double.
//
// The polygamma functions use reflection for negative arguments, the recurrence
// up to a large argument, and there the asymptotic series; see M. Abramowitz
// and I. A. Stegun, "Handbook of Mathematical Functions", 6.3 and 6.4. float is
// computed in double. With eps of the type, the errors are bounded by
//   digamma, x > 0:    6 eps max(1, |digamma(x)|)
//   polygamma, x > 0:  (20 + 3 n) eps |polygamma(n, x)|
// For x < 0 the error bound is that of the two terms of the reflection formula:
// it is relative to the larger of them, so it is an absolute one where they
// cancel, and it grows near the poles as the distance from the pole shrinks
// below |x| eps.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_MATH_H
#define RETROGRAD_MATH_H

#include <cmath>
#include <limits>
#include <type_traits>

namespace retrograd {

namespace detail {

template <class T>
using real_result = std::conditional_t<std::is_integral_v<T>, double, T>;

/// The type in which a function of a T is computed.
template <class T>
using real_working =
    std::conditional_t<std::is_same_v<T, long double>, long double, double>;

template <class T>
inline constexpr T pi = T(3.1415926535897932384626433832795028842L);

/// Bernoulli numbers B(2), B(4), ..., B(24).
template <class T>
inline constexpr T bernoulli[] = {
    T(1.0L / 6),         T(-1.0L / 30),      T(1.0L / 42),
    T(-1.0L / 30),       T(5.0L / 66),       T(-691.0L / 2730),
    T(7.0L / 6),         T(-3617.0L / 510),  T(43867.0L / 798),
    T(-174611.0L / 330), T(854513.0L / 138), T(-236364091.0L / 2730)};

/// From this argument on, the asymptotic series with the numbers above is exact
/// to the precision of the type for the polygamma function of order 0. Each
/// order asks for one more.
template <class T>
inline constexpr int asymptotic_from =
    std::numeric_limits<T>::digits <= 53   ? 10
    : std::numeric_limits<T>::digits <= 64 ? 18
                                           : 50;

/// x minus the nearest integer, exact: the argument of functions of period 1.
template <class T> T periodic(T x) { return x - std::nearbyint(x); }

template <class T> bool is_pole(T x) { return x <= 0 && periodic(x) == 0; }

template <class T> T digamma_positive(T x) {
  T sum = 0;
  for (; x < asymptotic_from<T>; ++x)
    sum -= 1 / x;
  const T y = 1 / (x * x);
  T series = 0;
  for (int k = 12; k >= 1; --k)
    series = (series + bernoulli<T>[k - 1] / (2 * k)) * y;
  return sum + std::log(x) - 1 / (2 * x) - series;
}

/// n! / x^(n+1), as a product that leaves the range of T only where the result
/// does.
template <class T> T factorial_over_power(int n, T x) {
  T product = 1 / x;
  for (int j = 1; j <= n; ++j)
    product *= j / x;
  return product;
}

/// |polygamma(n, x)| for x > 0 and n >= 1: all terms of the recurrence have one
/// sign.
template <class T> T polygamma_magnitude(int n, T x) {
  T sum = 0;
  for (; x < asymptotic_from<T> + n; ++x)
    sum += factorial_over_power(n, x);
  // Term k of the series is B(2k) times (2k+n-1)! / ((2k)! x^(2k+n)).
  T factor = factorial_over_power(n - 1, x);
  T series = factor + factor * n / (2 * x);
  for (int k = 1; k <= 12; ++k) {
    factor *= (2 * k + n - 2) / ((2 * k - 1) * x);
    factor *= (2 * k + n - 1) / (2 * k * x);
    series += bernoulli<T>[k - 1] * factor;
  }
  return sum + series;
}

/// cot(pi x).
template <class T> T cotangent(T x) {
  const T r = periodic(x);
  const T distance = std::fabs(r);
  if (distance <= T(0.25))
    return 1 / std::tan(pi<T> * r);
  return std::copysign(std::tan(pi<T> * (T(0.5) - distance)), r);
}

inline constexpr int largest_order = 100;

/// The n-th derivative of pi cot(pi x), up to the sign: pi^(n+1) times a
/// polynomial in the cotangent c. The next polynomial is (1 + c^2) times the
/// derivative of the last, so that all coefficients are positive, and each
/// derivative of c brings a minus sign.
template <class T> T cotangent_derivative(int n, T x) {
  T polynomial[largest_order + 2] = {0, 1};
  for (int order = 0; order < n; ++order) {
    T derivative[largest_order + 2] = {};
    for (int i = 1; i <= order + 1; ++i)
      derivative[i - 1] = i * polynomial[i];
    for (int i = 0; i <= order + 2; ++i)
      polynomial[i] = derivative[i] + (i >= 2 ? derivative[i - 2] : T(0));
  }
  const T c = cotangent(x);
  T value = 0;
  for (int i = n + 1; i >= 0; --i)
    value = value * c + polynomial[i];
  return std::pow(pi<T>, T(n + 1)) * value;
}

} // namespace detail

/// The logarithmic derivative of the gamma function, lgamma'. Infinite at zero
/// with the sign that the limit from the zero's side has; NaN at the negative
/// integers.
template <class T> detail::real_result<T> digamma(T argument) {
  using result = detail::real_result<T>;
  using real = detail::real_working<T>;
  const real x = static_cast<real>(argument);
  if (x == 0)
    return static_cast<result>(-1 / x);
  if (detail::is_pole(x))
    return std::numeric_limits<result>::quiet_NaN();
  if (x > 0 || x != x)
    return static_cast<result>(detail::digamma_positive(x));
  return static_cast<result>(detail::digamma_positive(1 - x) -
                             detail::pi<real> * detail::cotangent(x));
}

/// The n-th derivative of digamma, n >= 0. At a pole, zero and the negative
/// integers, it is infinite, or NaN where the limits from both sides differ;
/// NaN also for negative n, and for n > 100 if x is negative.
template <class T> detail::real_result<T> polygamma(int n, T argument) {
  using result = detail::real_result<T>;
  using real = detail::real_working<T>;
  const real x = static_cast<real>(argument);
  if (n == 0)
    return digamma(argument);
  if (n < 0 || (x < 0 && n > detail::largest_order))
    return std::numeric_limits<result>::quiet_NaN();
  const bool odd = n % 2 != 0;
  if (x == 0)
    return static_cast<result>(odd ? 1 / std::fabs(x) : -1 / x);
  if (detail::is_pole(x))
    return odd ? std::numeric_limits<result>::infinity()
               : std::numeric_limits<result>::quiet_NaN();
  if (x > 0 || x != x) {
    const real magnitude = detail::polygamma_magnitude(n, x);
    return static_cast<result>(odd ? magnitude : -magnitude);
  }
  // polygamma(n, x) is (-1)^n polygamma(n, 1 - x) minus the derivative.
  const real derivative = detail::cotangent_derivative(n, x);
  return static_cast<result>((odd ? derivative : -derivative) -
                             detail::polygamma_magnitude(n, 1 - x));
}

/// digamma'.
template <class T> detail::real_result<T> trigamma(T x) {
  return polygamma(1, x);
}

/// sum += term, for the terms of a sum that may be added up in any order, as
/// those of a derivative are. Clang vectorises loops of them; other compilers
/// add in the order of the text.
template <class T, class U> constexpr void add(T &sum, U term) {
#ifdef __clang__
#pragma clang fp reassociate(on)
#endif
  sum += term;
}

/// -1, 0 or 1; a NaN remains a NaN.
template <class T> constexpr T sign(T x) {
  return x > 0 ? T(1) : x < 0 ? T(-1) : x;
}

/// The two results of frexp: x is mantissa * 2^exponent, with the mantissa's
/// magnitude in [1/2, 1).
template <class T> detail::real_result<T> frexp_mantissa(T x) {
  int exponent;
  return std::frexp(static_cast<detail::real_result<T>>(x), &exponent);
}

template <class T> int frexp_exponent(T x) {
  int exponent;
  std::frexp(static_cast<detail::real_result<T>>(x), &exponent);
  return exponent;
}

/// The fractional part, with the sign of x.
template <class T> detail::real_result<T> modf_fraction(T x) {
  detail::real_result<T> whole;
  return std::modf(static_cast<detail::real_result<T>>(x), &whole);
}

} // namespace retrograd

#endif // RETROGRAD_MATH_H
