//===- check_arguments.h - Arguments that a check can copy and move -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check calls a function many times, at other values and with other memory
// than the user's. So an argument owns a copy of its memory; adjoints and
// tangents of an argument are arguments of the same kind with other numbers.
// The rest of the check sees numbers only, through the views of arguments.
//
// What an argument is, its type tells:
//
//   double x                      a number, by value or by reference
//   double x[3], double x[2][3]   an array of that extent
//   std::vector, std::array, std::span of reals: the array that they hold
//   array(p, n)                   the n elements behind a pointer
//   anything else                 is passed as it is
//
// and inactive(...) around any of them says that no derivative flows through.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECK_ARGUMENTS_H
#define RETROGRAD_CHECK_ARGUMENTS_H

#include <cfloat>
#include <cstddef>
#include <functional>
#include <memory>
#include <retrograd/macros.h>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace retrograd {

/// The n elements behind a pointer; an element may be an array in turn.
template <class Element> struct elements {
  Element *data;
  std::size_t size;
};

/// A negative n counts as none.
template <class Element, class Integer>
elements<Element> array(Element *p, Integer n) {
  static_assert(std::is_integral<Integer>::value, "n is a number of elements");
  return {p, n > 0 ? static_cast<std::size_t>(n) : 0};
}

/// A parameter through which no derivative flows. It refers to the argument.
template <class T> struct inactive_argument {
  T &value;
};

template <class T> inactive_argument<T> inactive(T &value) { return {value}; }
template <class T> inactive_argument<const T> inactive(const T &&value) {
  return {value};
}

/// A number that is passed by reference; a check then notices when it lies in
/// the memory of another argument.
template <class T> struct number_reference {
  T &value;
};

template <class T> number_reference<T> reference(T &value) { return {value}; }

namespace detail {

/// The distance from 1 to the next number of this type; 0 for what is no real.
template <class T> constexpr long double epsilon_of() {
  using U = std::remove_cv_t<T>;
  if constexpr (!is_real<U>::value)
    return 0;
  else if constexpr (std::is_same_v<U, float>)
    return FLT_EPSILON;
  else if constexpr (std::is_same_v<U, double>)
    return DBL_EPSILON;
  else if constexpr (std::is_same_v<U, long double>)
    return LDBL_EPSILON;
  else
    return 1.0L / 1024; // _Float16
}

/// Numbers of any type in memory. Only reals can be set.
struct view {
  void *data = nullptr;
  std::size_t size = 0;
  long double (*get)(const void *, std::size_t) = nullptr;
  void (*set)(void *, std::size_t, long double) = nullptr;
};

template <class T> view view_of(T *data, std::size_t size) {
  view v;
  if constexpr (is_real<T>::value || std::is_arithmetic_v<T> ||
                std::is_enum_v<T>) {
    v.data = data;
    v.size = size;
    v.get = [](const void *p, std::size_t i) {
      return static_cast<long double>(static_cast<const T *>(p)[i]);
    };
  }
  if constexpr (is_real<T>::value)
    v.set = [](void *p, std::size_t i, long double value) {
      static_cast<T *>(p)[i] = static_cast<T>(value);
    };
  return v;
}

/// Where the user's memory lies that an argument has a copy of.
struct range {
  const void *begin = nullptr;
  const void *end = nullptr;

  bool overlaps(const range &other) const {
    std::less<const void *> before;
    return before(begin, other.end) && before(other.begin, end);
  }
  /// An end counts, as pairs of pointers may delimit an array.
  bool touches(const void *p) const {
    std::less<const void *> before;
    return begin != end && !before(p, begin) && !before(end, p);
  }
};

/// An array that is copied with its argument.
template <class T> class block {
public:
  block(const T *values, std::size_t n) : size_(n), values_(new T[n + 1]()) {
    for (std::size_t i = 0; values && i < n; ++i)
      values_[i] = values[i];
  }
  block(const block &other) : block(other.values_.get(), other.size_) {}
  block &operator=(const block &) = delete;

  T *data() const { return values_.get(); }
  std::size_t size() const { return size_; }

private:
  std::size_t size_;
  std::unique_ptr<T[]> values_;
};

/// The tangent of a number, which a jvp takes by value or, for a reference, by
/// its address.
template <class T> struct scalar_tangent {
  T *place;
  operator T() const { return *place; }
  operator T *() const { return place; }
  operator const T *() const { return place; }
};

//===----------------------------------------------------------------------===//
// Kinds of arguments
//===----------------------------------------------------------------------===//
//
// Each has pass(), what the function is given; adjoint() and tangent(), what
// its derivatives are given besides; and memory(), the numbers in its memory.

template <class T, bool Active> struct scalar_argument {
  static constexpr bool active = Active, scalar = true;
  using real = T;
  T value;
  range origin;

  view memory() { return view_of(&value, 1); }
  bool is_null() const { return false; }
  const void *pointer() const { return nullptr; }
  std::tuple<T &> pass() { return std::tuple<T &>(value); }
  std::tuple<T *> adjoint() { return {&value}; }
  std::tuple<scalar_tangent<T>> tangent() { return {{&value}}; }
};

/// Extent 0: a pointer is passed, and else a reference to an array.
template <class Element, std::size_t Extent, bool Active>
struct array_argument {
  using real = std::remove_all_extents_t<Element>;
  static constexpr bool active = Active, scalar = false;
  block<real> values;
  range origin;
  bool null = false;

  view memory() { return view_of(values.data(), values.size()); }
  bool is_null() const { return null; }
  const void *pointer() const { return nullptr; }
  Element *address() { return reinterpret_cast<Element *>(values.data()); }
  auto pass() {
    if constexpr (Extent == 0) {
      return std::tuple<Element *>(null ? nullptr : address());
    } else {
      using whole = Element[Extent];
      return std::tuple<whole &>(*reinterpret_cast<whole *>(values.data()));
    }
  }
  std::tuple<Element *> adjoint() { return {address()}; }
  std::tuple<Element *> tangent() { return {address()}; }
};

/// What is passed as it is.
template <class T> struct other_argument {
  static constexpr bool active = false, scalar = true;
  using real = void;
  T value;
  range origin = {};

  view memory() { return {}; }
  bool is_null() const { return false; }
  const void *pointer() const {
    if constexpr (std::is_pointer_v<std::remove_reference_t<T>>)
      return value;
    else
      return nullptr;
  }
  std::tuple<std::remove_reference_t<T> &> pass() {
    return std::tuple<std::remove_reference_t<T> &>(value);
  }
  std::tuple<> adjoint() { return {}; }
  std::tuple<> tangent() { return {}; }
};

//===----------------------------------------------------------------------===//
// From what the user gives
//===----------------------------------------------------------------------===//

template <class T, class = void> struct is_container : std::false_type {};
template <class T>
struct is_container<T, std::void_t<decltype(std::declval<T &>().data()),
                                   decltype(std::declval<T &>().size())>>
    : is_real<std::remove_pointer_t<decltype(std::declval<T &>().data())>> {};

template <class T> inline constexpr bool is_wrapper = false;
template <class T> inline constexpr bool is_wrapper<elements<T>> = true;
template <class T> inline constexpr bool is_wrapper<number_reference<T>> = true;

template <std::size_t Extent, bool Active, class Element>
auto array_of(Element *data, std::size_t n) {
  using plain = std::remove_const_t<Element>;
  using real = std::remove_all_extents_t<plain>;
  static_assert(std::is_copy_assignable_v<real>, "elements can be copied");
  const auto *first = reinterpret_cast<const real *>(data);
  const std::size_t count = data ? n * (sizeof(Element) / sizeof(real)) : 0;
  return array_argument<plain, Extent, Active && is_real<real>::value>{
      block<real>(first, count), {first, first + count}, !data && n != 0};
}

/// A number; `Placed` if it is known to be passed by reference.
template <bool Active, bool Placed, class T> auto number(const T &value) {
  range origin;
  if (Placed)
    origin = {&value, &value + 1};
  return scalar_argument<T, Active>{value, origin};
}

template <bool Active, class T> auto argument(const T &value) {
  if constexpr (std::is_array_v<T>) {
    return array_of<std::extent_v<T>, Active>(&value[0], std::extent_v<T>);
  } else if constexpr (is_real<T>::value) {
    return number<Active, false>(value);
  } else if constexpr (is_container<const T>::value) {
    return array_of<0, Active>(value.data(), value.size());
  } else {
    static_assert(!std::is_pointer_v<T> || !carries_real<T>::value,
                  "how many elements are behind this pointer? Pass "
                  "retrograd::array(p, n), or retrograd::inactive(p)");
    return other_argument<T>{value};
  }
}
template <bool Active, class T> auto argument(const elements<T> &value) {
  return array_of<0, Active>(value.data, value.size);
}
template <bool Active, class T>
auto argument(const number_reference<T> &value) {
  return number<Active, true>(value.value);
}
template <bool, class T> auto argument(const inactive_argument<T> &value) {
  using plain = std::remove_const_t<T>;
  if constexpr (std::is_pointer_v<plain>)
    return other_argument<plain>{value.value};
  else if constexpr (std::is_const_v<T> && std::is_class_v<plain> &&
                     !is_container<T>::value && !is_wrapper<plain>)
    return other_argument<T &>{value.value};
  else
    return argument<false>(value.value);
}

//===----------------------------------------------------------------------===//
// All arguments of a call
//===----------------------------------------------------------------------===//

/// Which argument is active: those that are listed, or all that can be.
template <std::size_t I, std::size_t... Wrt>
inline constexpr bool is_listed = sizeof...(Wrt) == 0 || ((I == Wrt) || ...);

template <std::size_t... Wrt, std::size_t... I, class... A>
auto arguments(std::index_sequence<I...>, const A &...a) {
  auto all = std::make_tuple(argument<is_listed<I, Wrt...>>(a)...);
  static_assert((std::tuple_element_t<Wrt, decltype(all)>::active && ...),
                "the list has a position where no derivative flows through");
  return all;
}

template <class All> auto passed(All &all) {
  return std::apply([](auto &...a) { return std::tuple_cat(a.pass()...); },
                    all);
}

template <class A> auto adjoint_if_active(A &a) {
  if constexpr (A::active)
    return a.adjoint();
  else
    return std::tuple<>();
}
template <class A> auto tangent_if_active(A &a) {
  if constexpr (A::active)
    return a.tangent();
  else
    return std::tuple<>();
}

/// In the order of the list, or in that of the parameters.
template <std::size_t... Wrt, class All> auto adjoints(All &all) {
  if constexpr (sizeof...(Wrt) != 0)
    return std::tuple_cat(adjoint_if_active(std::get<Wrt>(all))...);
  else
    return std::apply(
        [](auto &...a) { return std::tuple_cat(adjoint_if_active(a)...); },
        all);
}
template <std::size_t... Wrt, class All> auto tangents(All &all) {
  if constexpr (sizeof...(Wrt) != 0)
    return std::tuple_cat(tangent_if_active(std::get<Wrt>(all))...);
  else
    return std::apply(
        [](auto &...a) { return std::tuple_cat(tangent_if_active(a)...); },
        all);
}

/// What a parameter of this type is given: a place, to be moved from only where
/// it asks for that.
template <class P, class T> decltype(auto) hand(T &value) {
  if constexpr (std::is_rvalue_reference_v<P>)
    return static_cast<T &&>(value);
  else
    return (value);
}

template <class R, class... P, class Tuple, std::size_t... I>
R call_exactly(R (*f)(P...), Tuple &values, std::index_sequence<I...>) {
  return f(hand<P>(std::get<I>(values))...);
}

template <class R, class... P, class... V>
R call(R (*f)(P...), std::tuple<V...> values) {
  static_assert(sizeof...(P) == sizeof...(V),
                "the function has another number of parameters than this check "
                "has arguments for it; write active numbers as 2.0, not as 2");
  return call_exactly(f, values, std::index_sequence_for<P...>());
}
template <class F, class... V>
decltype(auto) call(F &f, std::tuple<V...> values) {
  static_assert(std::is_invocable_v<F &, V &...>,
                "the function has other parameters than this check has "
                "arguments for it; write active numbers as 2.0, not as 2");
  return std::apply(f, values);
}

/// The lowest precision among reals; 0 if there are none.
template <class... Reals> constexpr long double lowest_precision() {
  long double e = 0;
  ((e = epsilon_of<Reals>() > e ? epsilon_of<Reals>() : e), ...);
  return e;
}

} // namespace detail
} // namespace retrograd

#endif // RETROGRAD_CHECK_ARGUMENTS_H
