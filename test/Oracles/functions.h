//===- functions.h - Library functions of jets ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Derivatives by hand, and on purpose by other formulas than the compiler's
// table where there are any. Of special functions they are differences of high
// order, in long double.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_FUNCTIONS_H
#define RETROGRAD_TEST_ORACLES_FUNCTIONS_H

#include "jet.h"
#include <algorithm>
#include <numbers>
#include <retrograd/math.h>
#include <retrograd/special.h>

namespace oracle {

/// f(x) with first and second derivative. A formula that is stable but for
/// cancellation is off by about epsilon (|f'| + |x f''| + 1).
template <real T>
jet<T> chain(T value, const jet<T> &x, long double f1, long double f2,
             long double inexact = 1) {
  parts r = x.d.scaled(f1);
  long double at = std::fabs(static_cast<long double>(x.value));
  long double bound = std::fabs(f1) + at * std::fabs(f2) + inexact;
  r.ab += f2 * x.d.a * x.d.b;
  r.size_a = bound * x.d.size_a;
  r.size_ab = bound * x.d.size_ab +
              (std::fabs(f2) * (1 + at) + bound) * x.d.size_a *
                  std::fabs(x.d.b);
  return {value, r};
}

/// First and second derivative by differences of a smooth function.
struct slopes {
  long double first, second;
  template <class F> static slopes of(F f, long double x) {
    // Eighth-order central formulas.
    const long double h = 0x1p-9L;
    const long double c1[] = {0.8L, -0.2L, 4 / 105.0L, -1 / 280.0L};
    const long double c2[] = {1.6L, -0.2L, 8 / 315.0L, -1 / 560.0L};
    slopes s = {0, -205 / 72.0L * f(x)};
    for (int i = 0; i < 4; ++i) {
      long double above = f(x + (i + 1) * h), below = f(x - (i + 1) * h);
      s.first += c1[i] * (above - below);
      s.second += c2[i] * (above + below);
    }
    return {s.first / h, s.second / (h * h)};
  }
};

/// How far off the differences above are, in units of an epsilon of double.
inline constexpr long double by_differences = 1e7L;

// f(x): NAME, first and second derivative in terms of x and the result r.
#define ORACLE_UNARY(SPACE, NAME, F1, F2)                                      \
  template <real T> jet<T> NAME(const jet<T> &u) {                             \
    [[maybe_unused]] long double x = u.value, r = SPACE::NAME(x);              \
    return chain<T>(SPACE::NAME(u.value), u, F1, F2);                          \
  }

using std::numbers::ln10_v;
using std::numbers::ln2_v;
ORACLE_UNARY(std, sin, std::cos(x), -r)
ORACLE_UNARY(std, cos, -std::sin(x), -r)
ORACLE_UNARY(std, tan, 1 / (std::cos(x) * std::cos(x)),
             2 * r / (std::cos(x) * std::cos(x)))
ORACLE_UNARY(std, asin, 1 / std::cos(r), std::sin(r) / std::pow(std::cos(r), 3))
ORACLE_UNARY(std, acos, -1 / std::sin(r),
             -std::cos(r) / std::pow(std::sin(r), 3))
ORACLE_UNARY(std, atan, std::cos(r) * std::cos(r),
             -2 * x * std::pow(std::cos(r), 4))
ORACLE_UNARY(std, sinh, (std::exp(x) + std::exp(-x)) / 2, r)
ORACLE_UNARY(std, cosh, (std::exp(x) - std::exp(-x)) / 2, r)
ORACLE_UNARY(std, tanh, 1 / (std::cosh(x) * std::cosh(x)),
             -2 * r / (std::cosh(x) * std::cosh(x)))
ORACLE_UNARY(std, asinh, 1 / std::cosh(r), -std::sinh(r) / std::pow(std::cosh(r), 3))
ORACLE_UNARY(std, acosh, 1 / std::sinh(r), -std::cosh(r) / std::pow(std::sinh(r), 3))
ORACLE_UNARY(std, atanh, std::cosh(r) * std::cosh(r),
             2 * x * std::pow(std::cosh(r), 4))
ORACLE_UNARY(std, exp, r, r)
ORACLE_UNARY(std, exp2, ln2_v<long double> * r,
             ln2_v<long double> * ln2_v<long double> * r)
ORACLE_UNARY(retrograd, exp10, ln10_v<long double> * r,
             ln10_v<long double> * ln10_v<long double> * r)
ORACLE_UNARY(std, expm1, std::exp(x), std::exp(x))
ORACLE_UNARY(std, log, 1 / x, -1 / (x * x))
ORACLE_UNARY(std, log2, 1 / (x * ln2_v<long double>),
             -1 / (x * x * ln2_v<long double>))
ORACLE_UNARY(std, log10, 1 / (x * ln10_v<long double>),
             -1 / (x * x * ln10_v<long double>))
ORACLE_UNARY(std, log1p, std::exp(-r), -std::exp(-2 * r))
ORACLE_UNARY(std, sqrt, std::pow(x, -0.5L) / 2, -std::pow(x, -1.5L) / 4)
ORACLE_UNARY(std, erf, 2 * std::exp(-x * x) / std::sqrt(std::numbers::pi_v<long double>),
             -4 * x * std::exp(-x * x) / std::sqrt(std::numbers::pi_v<long double>))
ORACLE_UNARY(std, erfc, -2 * std::exp(-x * x) / std::sqrt(std::numbers::pi_v<long double>),
             4 * x * std::exp(-x * x) / std::sqrt(std::numbers::pi_v<long double>))
#undef ORACLE_UNARY

// A kink at zero, or a jump in each interval.
template <real T> jet<T> fabs(const jet<T> &x) {
  watched.at(x.value, 0, x.d.size_a);
  return x.value < 0 ? -x : x;
}
template <real T> jet<T> abs(const jet<T> &x) { return fabs(x); }

// An infinite derivative at zero.
template <real T> jet<T> cbrt(const jet<T> &u) {
  long double x = u.value, r = std::cbrt(x);
  watched.at(x, 0, u.d.size_a);
  return chain<T>(std::cbrt(u.value), u, r / (3 * x), -2 * r / (9 * x * x));
}

#define ORACLE_STEPS(SPACE, NAME, GAP)                                         \
  template <real T> jet<T> NAME(const jet<T> &u) {                             \
    long double x = u.value;                                                   \
    watched.at(GAP, x, u.d.size_a);                                            \
    return {static_cast<T>(SPACE::NAME(u.value)), parts()};                    \
  }
ORACLE_STEPS(std, floor, x - std::round(x))
ORACLE_STEPS(std, ceil, x - std::round(x))
ORACLE_STEPS(std, trunc, x - std::round(x))
ORACLE_STEPS(std, round, x - std::floor(x) - 0.5L)
ORACLE_STEPS(std, rint, x - std::floor(x) - 0.5L)
ORACLE_STEPS(std, nearbyint, x - std::floor(x) - 0.5L)
ORACLE_STEPS(std, logb, std::log2(std::fabs(x)) - std::round(std::log2(std::fabs(x))))
ORACLE_STEPS(retrograd, sign, x)
#undef ORACLE_STEPS

// Special functions: the derivative by x, given the function of x alone.
template <real T, class F> jet<T> smooth(const jet<T> &x, T value, F f) {
  slopes s = slopes::of(f, x.value);
  return chain<T>(value, x, s.first, s.second, by_differences);
}

#define ORACLE_SPECIAL(SPACE, NAME)                                            \
  template <real T> jet<T> NAME(const jet<T> &x) {                             \
    return smooth<T>(x, SPACE::NAME(x.value),                                  \
                     [](long double t) { return SPACE::NAME(t); });            \
  }
#define ORACLE_ORDER(SPACE, NAME)                                              \
  template <class N, real T> jet<T> NAME(const N &n, const jet<T> &x) {        \
    auto order = value_of(n);                                                  \
    return smooth<T>(x, SPACE::NAME(order, x.value), [=](long double t) {      \
      return SPACE::NAME(order, t);                                            \
    });                                                                        \
  }
#define ORACLE_ORDERS(SPACE, NAME)                                             \
  template <real T> jet<T> NAME(int n, int m, const jet<T> &x) {               \
    return smooth<T>(x, SPACE::NAME(n, m, x.value), [=](long double t) {       \
      return static_cast<long double>(SPACE::NAME(n, m, t));                   \
    });                                                                        \
  }
ORACLE_SPECIAL(std, tgamma)
ORACLE_SPECIAL(std, lgamma)
ORACLE_SPECIAL(retrograd, digamma)
ORACLE_SPECIAL(retrograd, trigamma)
ORACLE_SPECIAL(std, expint)
ORACLE_SPECIAL(retrograd, j0)
ORACLE_SPECIAL(retrograd, j1)
ORACLE_SPECIAL(retrograd, y0)
ORACLE_SPECIAL(retrograd, y1)
ORACLE_SPECIAL(std, comp_ellint_1)
ORACLE_SPECIAL(std, comp_ellint_2)
ORACLE_SPECIAL(retrograd, comp_ellint_d)
ORACLE_ORDER(retrograd, polygamma)
ORACLE_ORDER(retrograd, jn)
ORACLE_ORDER(retrograd, yn)
ORACLE_ORDER(std, cyl_bessel_j)
ORACLE_ORDER(std, cyl_bessel_i)
ORACLE_ORDER(std, cyl_bessel_k)
ORACLE_ORDER(std, cyl_neumann)
ORACLE_ORDER(std, sph_bessel)
ORACLE_ORDER(std, sph_neumann)
ORACLE_ORDER(std, hermite)
ORACLE_ORDER(std, laguerre)
ORACLE_ORDER(std, legendre)
ORACLE_ORDERS(std, assoc_laguerre)
ORACLE_ORDERS(std, assoc_legendre)
ORACLE_ORDERS(retrograd, legendre_derivative)
#undef ORACLE_SPECIAL
#undef ORACLE_ORDER
#undef ORACLE_ORDERS

//===----------------------------------------------------------------------===//
// Several arguments
//===----------------------------------------------------------------------===//

/// f(x, y) by differences in each variable and along the diagonal: with
/// g(s) = f(x + s, y + s), g'' = f_xx + 2 f_xy + f_yy.
template <real T, class F>
jet<T> smooth(const jet<T> &x, const jet<T> &y, T value, F f) {
  long double u = x.value, v = y.value;
  slopes sx = slopes::of([&](long double t) { return f(t, v); }, u);
  slopes sy = slopes::of([&](long double t) { return f(u, t); }, v);
  slopes both =
      slopes::of([&](long double t) { return f(u + t, v + t); }, 0);
  long double mixed = (both.second - sx.second - sy.second) / 2;
  jet<T> r = chain<T>(value, x, sx.first, sx.second, by_differences);
  r.d = r.d + chain<T>(value, y, sy.first, sy.second, by_differences).d +
        cross(x.d, y.d, mixed);
  r.d.size_ab += by_differences * (x.d.size_a * std::fabs(y.d.b) +
                                   y.d.size_a * std::fabs(x.d.b));
  return r;
}

template <class A, class B>
  requires lifting<A, B>
auto pow(const A &a, const B &b) {
  auto r = std::pow(value_of(a), value_of(b));
  using T = decltype(r);
  // exp(y log x), for the bases that are positive.
  parts d = (jet<long double>(b) * log(jet<long double>(a))).d;
  parts e = d.scaled(r);
  e = e + cross(d, d, r / 2);
  e.size_a += std::fabs(r) * d.size_a;
  return jet<T>(r, e);
}
template <class A, class B>
  requires lifting<A, B>
auto atan2(const A &a, const B &b) {
  auto r = std::atan2(value_of(a), value_of(b));
  // x is positive in every program.
  jet<long double> t = atan(jet<long double>(a) / jet<long double>(b));
  return jet<decltype(r)>(r, t.d);
}
template <class A, class B>
  requires lifting<A, B>
auto hypot(const A &a, const B &b) {
  auto r = std::hypot(value_of(a), value_of(b));
  jet<long double> x = a, y = b;
  return jet<decltype(r)>(r, sqrt(x * x + y * y).d);
}
template <class A, class B, class C>
  requires(is_jet<A> || is_jet<B> || is_jet<C>)
auto hypot(const A &a, const B &b, const C &c) {
  auto r = std::hypot(value_of(a), value_of(b), value_of(c));
  jet<long double> x = a, y = b, z = c;
  return jet<decltype(r)>(r, sqrt(x * x + y * y + z * z).d);
}
#define ORACLE_SMOOTH2(SPACE, NAME)                                            \
  template <class A, class B>                                                  \
    requires lifting<A, B>                                                     \
  auto NAME(const A &a, const B &b) {                                          \
    auto r = SPACE::NAME(value_of(a), value_of(b));                            \
    using T = decltype(r);                                                     \
    return smooth<T>(jet<T>(a), jet<T>(b), r,                                  \
                     [](long double x, long double y) {                        \
                       return SPACE::NAME(x, y);                               \
                     });                                                       \
  }
ORACLE_SMOOTH2(std, beta)
ORACLE_SMOOTH2(std, ellint_1)
ORACLE_SMOOTH2(std, ellint_2)
ORACLE_SMOOTH2(retrograd, ellint_d)
#undef ORACLE_SMOOTH2
template <class A, class B, class C>
  requires(is_jet<A> || is_jet<B> || is_jet<C>)
auto ellint_3(const A &k, const B &nu, const C &phi) {
  auto r = std::ellint_3(value_of(k), value_of(nu), value_of(phi));
  using T = decltype(r);
  jet<T> x = k, y = nu, z = phi;
  long double u = x.value, v = y.value, w = z.value;
  auto f = [](long double a, long double b, long double c) {
    return std::ellint_3(a, b, c);
  };
  // Each pair of arguments with the third one fixed; single terms once.
  jet<T> xy = smooth<T>(x, y, r, [&](long double a, long double b) {
    return f(a, b, w);
  });
  jet<T> yz = smooth<T>(y, z, r, [&](long double b, long double c) {
    return f(u, b, c);
  });
  jet<T> xz = smooth<T>(x, z, r, [&](long double a, long double c) {
    return f(a, v, c);
  });
  return jet<T>(r, (xy.d + yz.d + xz.d) .scaled(1) +
                       smooth<T>(x, r, [&](long double a) { return f(a, v, w); })
                           .d.scaled(-1) +
                       smooth<T>(y, r, [&](long double b) { return f(u, b, w); })
                           .d.scaled(-1) +
                       smooth<T>(z, r, [&](long double c) { return f(u, v, c); })
                           .d.scaled(-1));
}

#define ORACLE_CHOICE(NAME, FIRST)                                             \
  template <class A, class B>                                                  \
    requires lifting<A, B>                                                     \
  auto NAME(const A &a, const B &b) {                                          \
    auto r = std::NAME(value_of(a), value_of(b));                              \
    long double x = value_of(a), y = value_of(b);                              \
    watched.at(x - y, x, parts_of(a).size_a + parts_of(b).size_a);             \
    return jet<decltype(r)>(r, FIRST ? parts_of(a) : parts_of(b));             \
  }
ORACLE_CHOICE(fmin, x < y)
ORACLE_CHOICE(fmax, x > y)
#undef ORACLE_CHOICE
template <real T> const jet<T> &min(const jet<T> &a, const jet<T> &b) {
  watched.at(static_cast<long double>(a.value) - b.value, a.value,
             a.d.size_a + b.d.size_a);
  return b.value < a.value ? b : a;
}
template <real T> const jet<T> &max(const jet<T> &a, const jet<T> &b) {
  watched.at(static_cast<long double>(a.value) - b.value, a.value,
             a.d.size_a + b.d.size_a);
  return a.value < b.value ? b : a;
}
template <real T> jet<T> min(std::initializer_list<jet<T>> list) {
  jet<T> least = *list.begin();
  for (const jet<T> *x = list.begin() + 1; x != list.end(); ++x)
    least = min(least, *x);
  return least;
}
template <real T> jet<T> max(std::initializer_list<jet<T>> list) {
  jet<T> most = *list.begin();
  for (const jet<T> *x = list.begin() + 1; x != list.end(); ++x)
    most = max(most, *x);
  return most;
}
template <real T, plain U> jet<T> min(const jet<T> &a, U b) {
  return min(a, jet<T>(b));
}
template <real T, plain U> jet<T> min(U a, const jet<T> &b) {
  return min(jet<T>(a), b);
}
template <real T, plain U> jet<T> max(const jet<T> &a, U b) {
  return max(a, jet<T>(b));
}
template <real T, plain U> jet<T> max(U a, const jet<T> &b) {
  return max(jet<T>(a), b);
}
template <real T>
jet<T> clamp(const jet<T> &x, const jet<T> &low, const jet<T> &high) {
  return min(max(x, low), high);
}
template <class A, class B>
  requires lifting<A, B>
auto fdim(const A &a, const B &b) {
  auto difference = a - b;
  watched.at(difference.value, value_of(a), difference.d.size_a);
  return difference.value > 0 ? difference : decltype(difference)(0);
}
template <class A, class B, class C>
  requires(is_jet<A> || is_jet<B> || is_jet<C>)
auto fma(const A &a, const B &b, const C &c) {
  auto r = std::fma(value_of(a), value_of(b), value_of(c));
  jet<long double> x = a, y = b, z = c;
  return jet<decltype(r)>(r, (x * y + z).d);
}
template <class A, class B, class C>
  requires(is_jet<A> || is_jet<B> || is_jet<C>)
auto lerp(const A &a, const B &b, const C &c) {
  auto r = std::lerp(value_of(a), value_of(b), value_of(c));
  jet<long double> x = a, y = b, t = c;
  return jet<decltype(r)>(r, (x + t * (y - x)).d);
}
#define ORACLE_REST(NAME, ROUNDED)                                             \
  template <class A, class B>                                                  \
    requires lifting<A, B>                                                     \
  auto NAME(const A &a, const B &b) {                                          \
    auto r = std::NAME(value_of(a), value_of(b));                              \
    long double q = static_cast<long double>(value_of(a)) / value_of(b);       \
    jet<long double> x = a, y = b;                                             \
    watched.at(std::fabs(q - ROUNDED) - 0.5L * (q != std::trunc(q)), q,        \
               (x / y).d.size_a);                                              \
    return jet<decltype(r)>(r, (x - y * ROUNDED).d);                           \
  }
ORACLE_REST(remainder, std::rint(q))
#undef ORACLE_REST
template <class A, class B>
  requires lifting<A, B>
auto fmod(const A &a, const B &b) {
  auto r = std::fmod(value_of(a), value_of(b));
  long double q = static_cast<long double>(value_of(a)) / value_of(b);
  jet<long double> x = a, y = b;
  watched.at(q - std::round(q), q, (x / y).d.size_a);
  return jet<decltype(r)>(r, (x - y * std::trunc(q)).d);
}
template <class A, class B>
  requires lifting<A, B>
auto copysign(const A &a, const B &b) {
  auto r = std::copysign(value_of(a), value_of(b));
  watched.at(value_of(a), 0, parts_of(a).size_a);
  watched.at(value_of(b), 0, parts_of(b).size_a);
  bool turned = std::signbit(value_of(a)) != std::signbit(value_of(b));
  return jet<decltype(r)>(r, parts_of(a).scaled(turned ? -1 : 1));
}
template <class A, class B>
  requires lifting<A, B>
auto nextafter(const A &a, const B &b) {
  auto r = std::nextafter(value_of(a), value_of(b));
  return jet<decltype(r)>(r, parts_of(a));
}
template <real T> jet<T> ldexp(const jet<T> &x, int n) {
  return {std::ldexp(x.value, n), x.d.scaled(std::ldexp(1.0L, n))};
}
template <real T> jet<T> scalbn(const jet<T> &x, int n) { return ldexp(x, n); }
template <real T> jet<T> scalbln(const jet<T> &x, long n) {
  return ldexp(x, static_cast<int>(n));
}
template <real T> jet<T> frexp(const jet<T> &x, int *exponent) {
  T r = std::frexp(x.value, exponent);
  watched.at(r - 0.5L, 0, std::ldexp(x.d.size_a, -*exponent));
  return {r, x.d.scaled(std::ldexp(1.0L, -*exponent))};
}
template <real T> jet<T> modf(const jet<T> &x, jet<T> *whole) {
  T r = std::modf(x.value, &whole->value);
  watched.at(std::round(x.value) - static_cast<long double>(x.value), 1,
             x.d.size_a);
  whole->d = parts();
  return {r, x.d};
}

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_FUNCTIONS_H
