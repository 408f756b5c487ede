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

template <class T> inline constexpr bool is_real = std::is_floating_point_v<T>;
template <class T> inline constexpr long double epsilon = 0;
template <> inline constexpr long double epsilon<float> = __FLT_EPSILON__;
template <> inline constexpr long double epsilon<double> = __DBL_EPSILON__;
template <>
inline constexpr long double epsilon<long double> = __LDBL_EPSILON__;
#ifdef __FLT16_EPSILON__
template <> inline constexpr bool is_real<_Float16> = true;
template <> inline constexpr long double epsilon<_Float16> = __FLT16_EPSILON__;
#endif

using numbers = std::vector<long double>;

//===----------------------------------------------------------------------===//
// Kinds of arguments
//===----------------------------------------------------------------------===//

/// A number passed by value.
template <class T> struct by_value {
  using real = T;
  static constexpr bool active = true;
  T value;

  std::size_t size() const { return 1; }
  T *data() { return &value; }
  template <class All> std::tuple<T> pass(All &) { return {value}; }
  template <class All> std::tuple<T *> adjoint(All &) { return {&value}; }
  template <class All> std::tuple<T> tangent(All &) { return {value}; }
};

/// A number passed by reference.
template <class T> struct by_reference {
  using real = T;
  static constexpr bool active = true;
  T value;

  std::size_t size() const { return 1; }
  T *data() { return &value; }
  template <class All> std::tuple<T &> pass(All &) { return {value}; }
  template <class All> std::tuple<T *> adjoint(All &) { return {&value}; }
  template <class All> std::tuple<T *> tangent(All &) { return {&value}; }
};

/// An array passed by its address; Element is an array in turn for arrays of
/// rank two and more.
template <class Element> struct array {
  using real = std::remove_all_extents_t<Element>;
  static constexpr bool active = true;
  std::vector<real> values;

  std::size_t size() const { return values.size(); }
  real *data() { return values.data(); }
  Element *address() { return reinterpret_cast<Element *>(values.data()); }
  template <class All> std::tuple<Element *> pass(All &) { return {address()}; }
  template <class All> std::tuple<Element *> adjoint(All &) {
    return {address()};
  }
  template <class All> std::tuple<Element *> tangent(All &) {
    return {address()};
  }
};

/// An address inside the memory of argument number K, for aliases.
template <std::size_t K> struct alias {
  using real = double;
  static constexpr bool active = true;
  std::size_t offset = 0;

  std::size_t size() const { return 0; }
  double *data() { return nullptr; }
  template <class All> std::tuple<double *> pass(All &all) {
    return {std::get<K>(all).data() + offset};
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
  using real = double;
  static constexpr bool active = false;
  T value;

  std::size_t size() const { return 0; }
  double *data() { return nullptr; }
  template <class All> std::tuple<T> pass(All &) { return {value}; }
  template <class All> std::tuple<> adjoint(All &) { return {}; }
  template <class All> std::tuple<> tangent(All &) { return {}; }
};

/// An array through which no derivative flows; it may be written.
template <class T> struct constant_array {
  using real = double;
  static constexpr bool active = false;
  std::vector<T> values;

  std::size_t size() const { return 0; }
  double *data() { return nullptr; }
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

/// Calls use(argument, position) for each argument of a tuple.
template <class All, class F> void for_each(All &all, F use) {
  int position = 0;
  std::apply([&](auto &...each) { (use(each, position++), ...); }, all);
}

template <class All> numbers flatten(All all) {
  numbers x;
  for_each(all, [&](auto &a, int) {
    x.insert(x.end(), a.data(), a.data() + a.size());
  });
  return x;
}

template <class All> void assign(All &all, const numbers &x) {
  std::size_t i = 0;
  for_each(all, [&](auto &a, int) {
    using real = typename std::decay_t<decltype(a)>::real;
    for (std::size_t k = 0; k < a.size(); ++k)
      a.data()[k] = static_cast<real>(x[i++]);
  });
}

template <class All> std::vector<place> places(All &all) {
  std::vector<place> where;
  for_each(all, [&](auto &a, int position) {
    for (std::size_t k = 0; k < a.size(); ++k)
      where.push_back({position, k});
  });
  return where;
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

} // namespace oracle

#endif // RETROGRAD_TEST_INTEGRATION_ARGUMENTS_H
