//===- jet.h - Numbers that carry first and second derivatives -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A hyper-dual number: a value in the type T that the text names, computed just
// as the text would, and in long double the derivatives in two directions and
// the mixed one. See J. Fike and J. Alonso, "The development of hyper-dual
// numbers for exact second-derivative calculations", AIAA 2011-886.
//
// Beside each derivative goes its magnitude, the sum of the absolute values of
// the terms it is made of, from which follows how far rounding may take another
// way to compute it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_JET_H
#define RETROGRAD_TEST_ORACLES_JET_H

#include <cmath>
#include <concepts>
#include <type_traits>

namespace oracle {

/// How near the evaluation came to a place where the function has a kink or a
/// jump: the least relative distance, how far the input may move to first order
/// until it is there, and whether it stood on one.
struct kinks {
  long double distance = 1, reach = 1;
  bool tie = false;

  void near(long double gap, long double scale, long double slope) {
    distance = std::fmin(distance, std::fabs(gap) / (1 + std::fabs(scale)));
    if (slope > 0)
      reach = std::fmin(reach, std::fabs(gap) / slope);
  }
  void at(long double gap, long double scale, long double slope) {
    near(gap, scale, slope);
    tie = tie || gap == 0;
  }
};
inline kinks watched;

template <class T>
concept plain = std::is_arithmetic_v<T> || std::same_as<T, _Float16>;
template <class T>
concept real = std::is_floating_point_v<T> || std::same_as<T, _Float16>;

template <real T> struct jet;
template <class T> inline constexpr bool is_jet = false;
template <class T> inline constexpr bool is_jet<jet<T>> = true;

/// The derivatives of a jet: first ones, the mixed second one, magnitudes.
struct parts {
  long double a, b, ab, size_a, size_ab;

  parts scaled(long double f) const {
    long double s = std::fabs(f);
    return {f * a, f * b, f * ab, s * size_a, s * size_ab};
  }
  friend parts operator+(const parts &x, const parts &y) {
    return {x.a + y.a, x.b + y.b, x.ab + y.ab, x.size_a + y.size_a,
            x.size_ab + y.size_ab};
  }
  /// The product of first derivatives, which second ones are made of.
  friend parts cross(const parts &x, const parts &y, long double f) {
    return {0, 0, f * (x.a * y.b + x.b * y.a), 0,
            std::fabs(f) * (x.size_a * std::fabs(y.b) +
                            y.size_a * std::fabs(x.b))};
  }
};

template <real T> struct jet {
  T value;
  parts d;

  jet() = default;
  jet(T value, const parts &d) : value(value), d(d) {}
  template <plain U> jet(U u) : value(static_cast<T>(u)), d() {}
  template <real U>
    requires(!std::same_as<T, U>)
  jet(const jet<U> &u) : value(static_cast<T>(u.value)), d(u.d) {}

  template <plain U> explicit operator U() const {
    if constexpr (std::integral<U> && !std::same_as<U, bool>)
      watched.near(value - std::round(static_cast<long double>(value)), value,
                   d.size_a);
    return static_cast<U>(value);
  }

  template <class U> jet &operator+=(const U &u) { return *this = *this + u; }
  template <class U> jet &operator-=(const U &u) { return *this = *this - u; }
  template <class U> jet &operator*=(const U &u) { return *this = *this * u; }
  template <class U> jet &operator/=(const U &u) { return *this = *this / u; }
  jet &operator++() { return *this += 1; }
  jet &operator--() { return *this -= 1; }
  jet operator++(int) {
    jet old = *this;
    ++*this;
    return old;
  }
  jet operator--(int) {
    jet old = *this;
    --*this;
    return old;
  }
  jet operator+() const { return *this; }
  jet operator-() const { return {static_cast<T>(-value), d.scaled(-1)}; }
};

template <class T> T value_of(const jet<T> &x) { return x.value; }
template <plain T> T value_of(T x) { return x; }
template <class T> parts parts_of(const jet<T> &x) { return x.d; }
template <plain T> parts parts_of(T) { return {}; }
template <class T> using value_type = decltype(value_of(T()));

/// Two operands of which one at least is a jet.
template <class A, class B>
concept lifting = (is_jet<A> && (is_jet<B> || plain<B>)) ||
                  (plain<A> && is_jet<B>);

template <class A, class B>
  requires lifting<A, B>
auto operator+(const A &a, const B &b) {
  auto r = value_of(a) + value_of(b);
  return jet<decltype(r)>(r, parts_of(a) + parts_of(b));
}
template <class A, class B>
  requires lifting<A, B>
auto operator-(const A &a, const B &b) {
  auto r = value_of(a) - value_of(b);
  return jet<decltype(r)>(r, parts_of(a) + parts_of(b).scaled(-1));
}
template <class A, class B>
  requires lifting<A, B>
auto operator*(const A &a, const B &b) {
  auto r = value_of(a) * value_of(b);
  parts x = parts_of(a), y = parts_of(b);
  return jet<decltype(r)>(r, x.scaled(value_of(b)) + y.scaled(value_of(a)) +
                                 cross(x, y, 1));
}
template <class A, class B>
  requires lifting<A, B>
auto operator/(const A &a, const B &b) {
  auto r = value_of(a) / value_of(b);
  long double n = value_of(a), m = value_of(b);
  parts x = parts_of(a), y = parts_of(b);
  return jet<decltype(r)>(r, x.scaled(1 / m) + y.scaled(-n / (m * m)) +
                                 cross(x, y, -1 / (m * m)) +
                                 cross(y, y, n / (m * m * m)));
}

template <class A, class B> auto compared(const A &a, const B &b) {
  long double x = value_of(a), y = value_of(b);
  watched.near(x - y, x, parts_of(a).size_a + parts_of(b).size_a);
  return value_of(a) <=> value_of(b);
}
template <class A, class B>
  requires lifting<A, B>
bool operator<(const A &a, const B &b) {
  return compared(a, b) < 0;
}
template <class A, class B>
  requires lifting<A, B>
bool operator>(const A &a, const B &b) {
  return compared(a, b) > 0;
}
template <class A, class B>
  requires lifting<A, B>
bool operator<=(const A &a, const B &b) {
  return compared(a, b) <= 0;
}
template <class A, class B>
  requires lifting<A, B>
bool operator>=(const A &a, const B &b) {
  return compared(a, b) >= 0;
}
template <class A, class B>
  requires lifting<A, B>
bool operator==(const A &a, const B &b) {
  return compared(a, b) == 0;
}
template <class T> bool operator!(const jet<T> &a) { return a == 0; }

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_JET_H
