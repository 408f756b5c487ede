//===- special.h - Functions that partial derivatives are made of ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivatives of some library functions need numbers and functions that the
// standard library has no name for, or has under a name a precision. Generated
// code calls them by the names here, whatever the precision.
//
// The elliptic integral R_D is computed by duplication: B. C. Carlson,
// "Numerical computation of real or complex elliptic integrals", Numerical
// Algorithms 10 (1995), 13-26.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SPECIAL_H
#define RETROGRAD_SPECIAL_H

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace retrograd {

namespace constants {

template <class T>
inline constexpr T ln2 = T(0.6931471805599453094172321214581765681L);
template <class T>
inline constexpr T ln10 = T(2.3025850929940456840179914546843642076L);
template <class T>
inline constexpr T two_over_sqrt_pi =
    T(1.1283791670955125738961589031215451717L);

} // namespace constants

namespace detail {

/// The type in which <cmath> computes with these arguments: integers count as
/// double.
template <class... Ts>
using promoted =
    decltype((std::conditional_t<std::is_integral_v<Ts>, double, Ts>() + ...));

/// Carlson's R_D(x, y, z), the integral over t >= 0 of
/// 3/2 / (sqrt((t + x) (t + y)) (t + z)^(3/2)).
template <class T> T carlson_rd(T x, T y, T z) {
  if (x + y == 0)
    return std::numeric_limits<T>::infinity();
  T sum = 0, scale = 1;
  while (true) {
    const T mean = (x + y + 3 * z) / 5;
    const T dx = (mean - x) / mean;
    const T dy = (mean - y) / mean;
    const T dz = -(dx + dy) / 3;
    // The terms left out of the series below are of the sixth order. A NaN ends
    // the loop too.
    if (!(std::max(std::fabs(dx), std::fabs(dy)) > T(5e-4))) {
      const T e2 = dx * dy - 6 * dz * dz;
      const T e3 = (3 * dx * dy - 8 * dz * dz) * dz;
      const T e4 = 3 * (dx * dy - dz * dz) * dz * dz;
      const T e5 = dx * dy * dz * dz * dz;
      const T series = 1 - 3 * e2 / 14 + e3 / 6 + 9 * e2 * e2 / 88 -
                       3 * e4 / 22 - 9 * e2 * e3 / 52 + 3 * e5 / 26;
      return 3 * sum + scale * series / (mean * std::sqrt(mean));
    }
    const T root_z = std::sqrt(z);
    const T lambda =
        std::sqrt(x) * std::sqrt(y) + (std::sqrt(x) + std::sqrt(y)) * root_z;
    sum += scale / (root_z * (z + lambda));
    scale /= 4;
    x = (x + lambda) / 4;
    y = (y + lambda) / 4;
    z = (z + lambda) / 4;
  }
}

} // namespace detail

/// The m-th derivative of the Legendre polynomial of degree l:
/// (2m - 1)!! times the Gegenbauer polynomial C[l - m] of parameter m + 1/2, by
/// the recurrence over its degree.
template <class X>
detail::promoted<X> legendre_derivative(unsigned l, unsigned m, X argument) {
  using T = detail::promoted<X>;
  if (m > l)
    return 0;
  const T x = argument;
  T previous = 0, current = 1;
  for (unsigned i = 1; i <= m; ++i)
    current *= T(2) * i - 1;
  for (unsigned k = 1; k <= l - m; ++k) {
    const T n = k;
    const T next =
        ((2 * (n + m) - 1) * x * current - (n + 2 * m - 1) * previous) / n;
    previous = current;
    current = next;
  }
  return current;
}

/// D(k, phi), the integral of sin^2 / sqrt(1 - k^2 sin^2) from 0 to phi, which
/// is (F - E) / k^2 in Legendre's integrals.
template <class K> detail::promoted<K> comp_ellint_d(K modulus) {
  using T = detail::promoted<K>;
  const T k = modulus;
  return detail::carlson_rd(T(0), (1 - k) * (1 + k), T(1)) / 3;
}

template <class K, class P>
detail::promoted<K, P> ellint_d(K modulus, P amplitude) {
  using T = detail::promoted<K, P>;
  const T k = modulus, phi = amplitude;
  // The integrand has period pi; what is left of phi is at most pi / 2.
  const T periods =
      std::rint(phi * T(0.3183098861837906715377675267450287241L));
  const T sine = std::sin(phi), cosine = std::cos(phi);
  const T odd = std::fmod(periods, T(2)) == 0 ? sine : -sine;
  const T part = odd * sine * sine / 3 *
                 detail::carlson_rd(cosine * cosine,
                                    (1 - k * sine) * (1 + k * sine), T(1));
  return periods == 0 ? part : part + 2 * periods * comp_ellint_d(k);
}

// Functions of POSIX and GNU that have a name of their own for each precision.

inline float exp10(float x) { return __builtin_exp10f(x); }
inline double exp10(double x) { return __builtin_exp10(x); }
inline long double exp10(long double x) { return __builtin_exp10l(x); }

#ifdef __GLIBC__

inline float j0(float x) { return ::j0f(x); }
inline double j0(double x) { return ::j0(x); }
inline long double j0(long double x) { return ::j0l(x); }

inline float j1(float x) { return ::j1f(x); }
inline double j1(double x) { return ::j1(x); }
inline long double j1(long double x) { return ::j1l(x); }

inline float jn(int n, float x) { return ::jnf(n, x); }
inline double jn(int n, double x) { return ::jn(n, x); }
inline long double jn(int n, long double x) { return ::jnl(n, x); }

inline float y0(float x) { return ::y0f(x); }
inline double y0(double x) { return ::y0(x); }
inline long double y0(long double x) { return ::y0l(x); }

inline float y1(float x) { return ::y1f(x); }
inline double y1(double x) { return ::y1(x); }
inline long double y1(long double x) { return ::y1l(x); }

inline float yn(int n, float x) { return ::ynf(n, x); }
inline double yn(int n, double x) { return ::yn(n, x); }
inline long double yn(int n, long double x) { return ::ynl(n, x); }

#endif // __GLIBC__

} // namespace retrograd

#endif // RETROGRAD_SPECIAL_H
