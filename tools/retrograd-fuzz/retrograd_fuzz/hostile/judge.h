//===- judge.h - Judges derivatives of unknown functions ------*- C++ -*-===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arguments are made from the types of the parameters: numbers, and arrays that
// are long enough for what the lit inputs do with small integers. With the word
// "primal" as its second argument, the program calls no derivative: what stops
// it then is not the derivative's mistake.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FUZZ_JUDGE_H
#define RETROGRAD_FUZZ_JUDGE_H

#include "support.h"
#include <random>

namespace hostile {

using engine = std::mt19937_64;

inline double real(engine &random) {
  return std::uniform_real_distribution<double>(0.15, 1.9)(random) *
         (random() % 3 ? 1 : -1);
}

constexpr int length = 32;

/// An argument for a parameter of type T, as the checks take it.
template <class T> struct argument {
  T value{};
  explicit argument(engine &random) {
    if constexpr (std::is_same_v<T, bool>)
      value = random() % 2;
    else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
      value = static_cast<T>(random() % 5);
    else if constexpr (retrograd::detail::is_real<T>::value)
      value = static_cast<T>(real(random));
  }
  const T &get() const { return value; }
};

template <class T> void fill(T &value, engine &random) {
  if constexpr (std::is_array_v<T>)
    for (auto &element : value)
      fill(element, random);
  else
    value = argument<T>(random).value;
}

template <class T> struct argument<T *> {
  std::remove_const_t<T> *value = nullptr;
  explicit argument(engine &random) {
    if constexpr (!std::is_function_v<T> && !std::is_void_v<T>) {
      value = new std::remove_const_t<T>[length]();
      for (int i = 0; i < length; ++i)
        fill(value[i], random);
    }
  }
  auto get() const {
    if constexpr (std::is_arithmetic_v<std::remove_all_extents_t<T>> ||
                  std::is_same_v<std::remove_all_extents_t<T>, _Float16>)
      return retrograd::array(static_cast<T *>(value), length);
    else
      return static_cast<T *>(value);
  }
};
template <class R, class... P> struct argument<R (*)(P...)> {
  explicit argument(engine &) {}
  R (*get() const)(P...) { return nullptr; }
};
template <class T, std::size_t N> struct argument<T[N]> {
  std::remove_const_t<T> value[N];
  explicit argument(engine &random) { fill(value, random); }
  const auto &get() const { return value; }
};
template <class T> struct argument<const T> : argument<T> {
  using argument<T>::argument;
};
template <class T, std::size_t N> struct argument<const T[N]> : argument<T[N]> {
  using argument<T[N]>::argument;
};
template <class T> struct argument<T &> : argument<std::remove_cv_t<T>> {
  using argument<std::remove_cv_t<T>>::argument;
};
template <class T> struct argument<T &&> : argument<T> {
  using argument<T>::argument;
};

/// Whether arguments can be made for a parameter of this type.
template <class T> constexpr bool is_known() {
  using U =
      std::remove_cv_t<std::remove_all_extents_t<std::remove_reference_t<T>>>;
  if constexpr (std::is_pointer_v<U>) {
    using V =
        std::remove_cv_t<std::remove_all_extents_t<std::remove_pointer_t<U>>>;
    return std::is_arithmetic_v<V> || std::is_same_v<V, _Float16>;
  } else {
    return !std::is_volatile_v<std::remove_reference_t<T>> &&
           (std::is_arithmetic_v<U> || std::is_enum_v<U> ||
            std::is_same_v<U, _Float16>);
  }
}

/// Whether a number was expected that is not there. Slopes that are huge belong
/// to functions that amplify their own rounding, and tiny ones are rounded
/// absolutely.
inline bool differs(const retrograd::check_result &r) {
  for (const retrograd::component &c : r.components) {
    long double expected = std::fabs(c.expected), actual = std::fabs(c.actual);
    if (c.verdict == retrograd::verdict::differs && expected < 1e15L &&
        (expected > 1e-300L || !(actual < 1e-300L)))
      return true;
  }
  return false;
}

inline void print(int number, int point, const retrograd::check_result &r) {
  using retrograd::verdict;
  const char *word = !r.problem.empty()               ? "problem"
                     : differs(r)                     ? "differs"
                     : r.count(verdict::differs)      ? "nothing"
                     : r.count(verdict::inconclusive) ? "inconclusive"
                     : r.components.empty()           ? "nothing"
                                                      : "agrees";
  std::printf("verdict %d.%d %s\n", number, point, word);
  if (word[0] == 'd' || word[0] == 'p')
    std::printf("%s\n", r.explain().c_str());
  std::fflush(stdout);
}

struct nothing {
  template <class... A> void operator()(A &&...) const {}
};

template <class R, class... P, class Vjp, class Jvp>
void judge_known(int number, bool primal, double tolerance, R (*f)(P...),
                 Vjp vjp, Jvp jvp) {
  retrograd::check_options options;
  options.relative_tolerance = options.absolute_tolerance = tolerance;
  for (int point = 0; point < 3; ++point) {
    engine random(static_cast<unsigned>(1000 * number + point));
    std::tuple<argument<P>...> all{argument<P>(random)...};
    std::apply(
        [&](const auto &...a) {
          auto checker = retrograd::check(options, f, a.get()...);
          if (primal)
            checker.vjp(nothing()).jvp(nothing());
          else
            print(number, point, checker.vjp(vjp).jvp(jvp).result());
        },
        all);
  }
  std::printf("ran\n");
}

template <class R, class... P, class Vjp, class Jvp>
void judge(int number, bool primal, double tolerance, R (*f)(P...), Vjp vjp,
           Jvp jvp) {
  if constexpr (!(is_known<P>() && ...)) {
    std::printf("unknown types\n");
  } else {
    judge_known(number, primal, tolerance, f, vjp, jvp);
  }
}

} // namespace hostile

#endif // RETROGRAD_FUZZ_JUDGE_H
