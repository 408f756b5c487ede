//===- directions.h - Several directions at once against one at a time ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative in K directions computes what K calls of the derivative in one
// direction compute, by the same operations: the numbers must be the same to
// the last bit, and so must the memory of the primal and its value.
//
//   oracle::directions<3>("f", 2.0, 3.0).jvp(f_jvp, f_jvps);
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_DIRECTIONS_H
#define RETROGRAD_TEST_INTEGRATION_DIRECTIONS_H

#include "arguments.h"
#include <cstdint>
#include <retrograd/retrograd.h>

namespace oracle {

/// The element of an array with one dimension more; numbers stay as they are,
/// since the directions of one are behind those of the other.
template <class E, std::size_t K> struct widened {
  using type = E;
};
template <class E, std::size_t K> struct widest {
  using type = E[K];
};
template <class E, std::size_t N, std::size_t K> struct widest<E[N], K> {
  using type = typename widest<E, K>::type[N];
};
template <class E, std::size_t N, std::size_t K> struct widened<E[N], K> {
  using type = typename widest<E[N], K>::type;
};

/// The shadows of one argument in K directions.
template <std::size_t K, class A> struct wide {
  std::vector<typename A::real> values;
};
template <std::size_t K, class T> struct wide<K, constant<T>> {};
template <std::size_t K, class T> struct wide<K, constant_array<T>> {};
template <std::size_t K, std::size_t I> struct wide<K, alias<I>> {
  std::size_t offset;
};

template <std::size_t K, class... Arguments> class directions {
  using all = std::tuple<Arguments...>;
  using shadows = std::tuple<wide<K, Arguments>...>;
  static constexpr auto indices = std::index_sequence_for<Arguments...>();

public:
  directions(const char *name, Arguments... arguments)
      : name(name), start(arguments...) {}

  /// f_jvp and f_jvps, with or without `value`.
  template <class Jvp, class Jvps> directions &jvp(Jvp one, Jvps several) {
    all memory = start;
    shadows t = random_shadows();
    const shadows before = t;
    auto arguments = std::tuple_cat(passed(memory), pass(t));
    using both = decltype(std::apply(
        one, std::tuple_cat(passed(memory), tangents(memory))));
    using real = typename result<both>::real;
    real results[K];
    numbers value;
    if constexpr (std::is_void_v<both>)
      std::apply(several, arguments);
    else
      value = values_of(several,
                        std::tuple_cat(arguments, std::tuple(results)));
    for (std::size_t k = 0; k < K; ++k) {
      all place = start, d = one_of(before, k);
      numbers expected =
          values_of(one, std::tuple_cat(passed(place), tangents(d)));
      numbers got = value;
      if constexpr (!std::is_void_v<both>)
        got.push_back(results[k]);
      same_numbers("jvps: result", k, expected, got);
      compare_all("jvps", k, d, t, place, memory);
    }
    return *this;
  }

  template <class Vjp, class Vjps> directions &vjp(Vjp one, Vjps several) {
    return vjp<void>(one, several);
  }

  /// Real is what the function returns.
  template <class Real, class Vjp, class Vjps>
  directions &vjp(Vjp one, Vjps several) {
    all memory = start;
    shadows d = random_shadows();
    const shadows before = d;
    auto of = [&](all &place, auto seed, auto &&adjoint) {
      if constexpr (std::is_void_v<Real>)
        return std::tuple_cat(passed(place), adjoint);
      else
        return std::tuple_cat(passed(place), std::tuple(seed), adjoint);
    };
    using number = std::conditional_t<std::is_void_v<Real>, double, Real>;
    number seeds[K];
    for (number &seed : seeds)
      seed = next();
    numbers value = values_of(
        several, of(memory, static_cast<const number *>(seeds), pass(d)));
    for (std::size_t k = 0; k < K; ++k) {
      all place = start, each = one_of(before, k);
      same_numbers("vjps: value", k,
                   values_of(one, of(place, seeds[k], adjoints(each))), value);
      compare_all("vjps", k, each, d, place, memory);
    }
    return *this;
  }

  /// f_grad_jvp and f_grad_jvps: tangents of the adjoints, too.
  template <class Jvp, class Jvps> directions &hessian(Jvp one, Jvps several) {
    std::apply(
        [&](auto... a) {
          directions<K, decltype(a)...>(name, a...).jvp(one, several);
        },
        std::tuple_cat(start, buffers(start)));
    return *this;
  }

private:
  template <class T> struct result {
    using real = T;
  };
  template <class T> struct result<retrograd::value_and_tangent<T>> {
    using real = T;
  };
  template <class None>
    requires std::is_void_v<None>
  struct result<None> {
    using real = double;
  };

  /// What a call returns: nothing, a number, or a value and a tangent.
  template <class F, class All> static numbers values_of(F f, All arguments) {
    using both = decltype(std::apply(f, arguments));
    if constexpr (std::is_void_v<both>) {
      std::apply(f, arguments);
      return {};
    } else if constexpr (requires(both b) { b.tangent; }) {
      both b = std::apply(f, arguments);
      return {b.value, b.tangent};
    } else {
      return {std::apply(f, arguments)};
    }
  }

  int next() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>(state >> 60) - 7;
  }

  template <std::size_t I> auto random_shadow() {
    using A = std::tuple_element_t<I, all>;
    wide<K, A> w;
    if constexpr (requires { w.values; }) {
      A &a = std::get<I>(start);
      for (std::size_t i = 0; i < a.active().size * K; ++i)
        w.values.push_back(static_cast<typename A::real>(next()) / 4);
    } else if constexpr (requires { w.offset; }) {
      w.offset = std::get<I>(start).offset;
    }
    return w;
  }
  shadows random_shadows() {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return shadows{random_shadow<I>()...};
    }(indices);
  }

  /// What the derivative in K directions gets for an argument.
  template <class E>
  static auto pass_kind(wide<K, array<E>> &w, array<E> *, shadows &) {
    return std::tuple(
        reinterpret_cast<typename widened<E, K>::type *>(w.values.data()));
  }
  template <class T>
  static auto pass_kind(wide<K, by_value<T>> &w, by_value<T> *, shadows &) {
    return std::tuple(w.values.data());
  }
  template <class T>
  static auto pass_kind(wide<K, by_reference<T>> &w, by_reference<T> *,
                        shadows &) {
    return std::tuple(w.values.data());
  }
  template <std::size_t I>
  static auto pass_kind(wide<K, alias<I>> &w, alias<I> *, shadows &s) {
    return std::tuple(std::get<I>(s).values.data() + w.offset * K);
  }
  template <class W, class A>
  static auto pass_kind(W &, A *, shadows &) {
    return std::tuple<>();
  }
  static auto pass(shadows &s) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple_cat(pass_kind(
          std::get<I>(s),
          static_cast<std::tuple_element_t<I, all> *>(nullptr), s)...);
    }(indices);
  }

  /// Direction k as the arguments of a derivative in one direction.
  all one_of(const shadows &s, std::size_t k) {
    all d = start;
    numbers x;
    auto add = [&](const auto &w) {
      if constexpr (requires { w.values; })
        for (std::size_t i = k; i < w.values.size(); i += K)
          x.push_back(w.values[i]);
    };
    std::apply([&](const auto &...w) { (add(w), ...); }, s);
    assign(active(d), x);
    return d;
  }

  void same_numbers(const char *what, std::size_t k, const numbers &expected,
                    const numbers &got) {
    require(name, "as many numbers", expected.size() == got.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      compare(name, what, {static_cast<int>(k), i}, expected[i], got[i], 0);
  }

  void compare_all(const char *mode, std::size_t k, all &expected, shadows &s,
                   all &left, all &memory) {
    all got = one_of(s, k);
    same_numbers(mode, k, flatten(active(expected)), flatten(active(got)));
    same_numbers("memory", k, flatten(active(left)), flatten(active(memory)));
    require(name, mode, retrograd::tape::local().empty());
  }

  const char *name;
  all start;
  std::uint64_t state = 42;
};

/// Names what a function returns.
template <class R, class... P> R result_of(R (*)(P...));

template <std::size_t K, class... Arguments>
auto in_directions(const char *name, const Arguments &...arguments) {
  return directions<K, decltype(argument(arguments))...>(
      name, argument(arguments)...);
}

} // namespace oracle

#define CHECK_DIRECTIONS(f, ...)                                               \
  oracle::in_directions<3>(#f, __VA_ARGS__)                                    \
      .jvp(f##_jvp, f##_jvps)                                                  \
      .vjp<decltype(oracle::result_of(f))>(f##_vjp, f##_vjps)

#define CHECK_HESSIAN_DIRECTIONS(f, ...)                                       \
  oracle::in_directions<3>(#f, __VA_ARGS__)                                    \
      .hessian(f##_grad_jvp, f##_grad_jvps)

#endif // RETROGRAD_TEST_INTEGRATION_DIRECTIONS_H
