//===- arguments.h - The arguments of a function under test ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An argument owns its memory, so that each call starts from a copy. Adjoints
// and tangents of an argument are arguments of the same kind with other
// numbers. `All` is the tuple of all arguments of the call. See oracle.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_ARGUMENTS_H
#define RETROGRAD_TEST_INTEGRATION_ARGUMENTS_H

#include "verdicts.h"
#include <tuple>
#include <type_traits>
#include <vector>

namespace oracle {

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

// g++ 12 has _Float16 in C++ without its literals.
#if defined(__clang__) && defined(__FLT16_EPSILON__)
#define RETROGRAD_TEST_HAS_HALF
#endif

template <class T> inline constexpr bool is_real = std::is_floating_point_v<T>;
template <class T> inline constexpr long double epsilon = 0;
template <> inline constexpr long double epsilon<float> = __FLT_EPSILON__;
template <> inline constexpr long double epsilon<double> = __DBL_EPSILON__;
template <>
inline constexpr long double epsilon<long double> = __LDBL_EPSILON__;
#ifdef RETROGRAD_TEST_HAS_HALF
template <> inline constexpr bool is_real<_Float16> = true;
template <> inline constexpr long double epsilon<_Float16> = __FLT16_EPSILON__;
#endif

using numbers = std::vector<long double>;

/// Numbers of any precision, as the oracle sees the memory of an argument: it
/// does not know types, so that tests with many signatures compile fast.
struct view {
  enum precision { half, single, ordinary, extended };
  void *data = nullptr;
  std::size_t size = 0;
  precision type = ordinary;

  long double get(std::size_t i) const {
    switch (type) {
#ifdef RETROGRAD_TEST_HAS_HALF
    case half:
      return static_cast<_Float16 *>(data)[i];
#endif
    case single:
      return static_cast<float *>(data)[i];
    case extended:
      return static_cast<long double *>(data)[i];
    default:
      return static_cast<double *>(data)[i];
    }
  }

  void set(std::size_t i, long double value) const {
    switch (type) {
#ifdef RETROGRAD_TEST_HAS_HALF
    case half:
      static_cast<_Float16 *>(data)[i] = static_cast<_Float16>(value);
      break;
#endif
    case single:
      static_cast<float *>(data)[i] = static_cast<float>(value);
      break;
    case extended:
      static_cast<long double *>(data)[i] = value;
      break;
    default:
      static_cast<double *>(data)[i] = static_cast<double>(value);
    }
  }
};

template <class T> inline view view_of(T *data, std::size_t size) {
  if constexpr (std::is_same_v<T, float>)
    return {data, size, view::single};
  else if constexpr (std::is_same_v<T, long double>)
    return {data, size, view::extended};
  else if constexpr (!std::is_same_v<T, double>)
    return {data, size, view::half};
  else
    return {data, size, view::ordinary};
}

using views = std::vector<view>;

inline numbers flatten(const views &memory) {
  numbers x;
  for (const view &v : memory)
    for (std::size_t i = 0; i < v.size; ++i)
      x.push_back(v.get(i));
  return x;
}

inline void assign(const views &memory, const numbers &x) {
  std::size_t n = 0;
  for (const view &v : memory)
    for (std::size_t i = 0; i < v.size; ++i)
      v.set(i, x[n++]);
}

//===----------------------------------------------------------------------===//
// Kinds of arguments
//===----------------------------------------------------------------------===//
//
// Each has pass(), what the function is given, adjoint() and tangent(), what
// its derivatives are given besides, and active(), the numbers that it owns.

/// A number passed by value.
template <class T> struct by_value {
  using real = T;
  T value;

  view active() { return view_of(&value, 1); }
  template <class All> std::tuple<T> pass(All &) { return {value}; }
  template <class All> std::tuple<T *> adjoint(All &) { return {&value}; }
  template <class All> std::tuple<T> tangent(All &) { return {value}; }
};

/// A number passed by reference.
template <class T> struct by_reference {
  using real = T;
  T value;

  view active() { return view_of(&value, 1); }
  template <class All> std::tuple<T &> pass(All &) { return {value}; }
  template <class All> std::tuple<T *> adjoint(All &) { return {&value}; }
  template <class All> std::tuple<T *> tangent(All &) { return {&value}; }
};

/// An array passed by its address; Element is an array in turn for arrays of
/// rank two and more.
template <class Element> struct array {
  using real = std::remove_all_extents_t<Element>;
  std::vector<real> values;

  view active() { return view_of(values.data(), values.size()); }
  Element *address() { return reinterpret_cast<Element *>(values.data()); }
  template <class All> std::tuple<Element *> pass(All &) { return {address()}; }
  template <class All> std::tuple<Element *> adjoint(All &) {
    return {address()};
  }
  template <class All> std::tuple<Element *> tangent(All &) {
    return {address()};
  }
};

/// An address inside the memory of argument number K, an array of double.
template <std::size_t K> struct alias {
  using real = double;
  std::size_t offset = 0;

  view active() { return {}; }
  template <class All> std::tuple<double *> pass(All &all) {
    return {std::get<K>(all).address() + offset};
  }
  template <class All> std::tuple<double *> adjoint(All &all) {
    return pass(all);
  }
  template <class All> std::tuple<double *> tangent(All &all) {
    return pass(all);
  }
};

/// A value through which no derivative flows.
template <class T> struct constant {
  using real = void;
  T value;

  view active() { return {}; }
  template <class All> std::tuple<T> pass(All &) { return {value}; }
  template <class All> std::tuple<> adjoint(All &) { return {}; }
  template <class All> std::tuple<> tangent(All &) { return {}; }
};

/// An array through which no derivative flows; it may be written.
template <class T> struct constant_array {
  using real = void;
  std::vector<T> values;

  view active() { return {}; }
  template <class All> std::tuple<T *> pass(All &) { return {values.data()}; }
  template <class All> std::tuple<> adjoint(All &) { return {}; }
  template <class All> std::tuple<> tangent(All &) { return {}; }
};

/// Wrappers for what the type of an argument does not tell.
template <class T> by_reference<T> reference(T value) { return {value}; }
template <class T> array<T> pointer(const T *values, std::size_t n) {
  return {{values, values + n}};
}
template <class T> constant<T> inactive(T value) { return {value}; }
template <class T, std::size_t N>
constant_array<T> inactive(const T (&values)[N]) {
  return {{values, values + N}};
}

/// What an argument of test() stands for.
template <class T> auto argument(const T &value) {
  if constexpr (is_real<T>)
    return by_value<T>{value};
  else if constexpr (std::is_scalar_v<T>)
    return constant<T>{value};
  else
    return value;
}
template <class T, std::size_t N> auto argument(const T (&values)[N]) {
  using real = std::remove_all_extents_t<T>;
  if constexpr (is_real<real>) {
    const real *first = reinterpret_cast<const real *>(&values);
    return array<T>{{first, first + sizeof(values) / sizeof(real)}};
  } else {
    return constant_array<T>{{values, values + N}};
  }
}

//===----------------------------------------------------------------------===//
// All arguments of a call
//===----------------------------------------------------------------------===//

template <class All> views active(All &all) {
  return std::apply([](auto &...a) { return views{a.active()...}; }, all);
}

template <class All> auto passed(All &all) {
  return std::apply([&](auto &...a) { return std::tuple_cat(a.pass(all)...); },
                    all);
}
template <class All> auto adjoints(All &all) {
  return std::apply(
      [&](auto &...a) { return std::tuple_cat(a.adjoint(all)...); }, all);
}
template <class All> auto tangents(All &all) {
  return std::apply(
      [&](auto &...a) { return std::tuple_cat(a.tangent(all)...); }, all);
}

/// The argument as which a gradient takes this one's adjoint.
template <class A> auto buffer(A &a) {
  if constexpr (std::is_void_v<typename A::real>)
    return std::tuple<>();
  else if constexpr (requires { a.address(); })
    return std::tuple<A>(a);
  else
    return std::tuple<array<typename A::real>>({{{a.value}}});
}
template <class All> auto buffers(All &d) {
  return std::apply([](auto &...a) { return std::tuple_cat(buffer(a)...); },
                    d);
}

/// The lowest precision among the arguments and the result.
template <class... Reals> constexpr long double lowest_precision() {
  long double e = 0;
  ((e = epsilon<Reals> > e ? epsilon<Reals> : e), ...);
  return e;
}

/// Whether inactive arrays hold the same in both.
template <class T> bool same(constant_array<T> &a, constant_array<T> &b) {
  return a.values == b.values;
}
template <class T> bool same(T &, T &) { return true; }

} // namespace oracle

#endif // RETROGRAD_TEST_INTEGRATION_ARGUMENTS_H
