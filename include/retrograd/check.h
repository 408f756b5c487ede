//===- check.h - Checks derivatives against differences -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For the tests of users, of derivatives that Retrograd writes as well as of
// those that are written by hand:
//
//   auto result = retrograd::check_gradient(f, f_grad, 2.0, x, n);
//   if (!result)
//     std::fputs(result.explain().c_str(), stderr);
//
// The function is known only by calling it. Each call has a copy of the
// arguments, so that the user's memory is read and not written. Adjoints start
// at random numbers, as derivatives accumulate, and after each call memory must
// hold what the function leaves there. See check_arguments.h for what an
// argument can be, check_result.h for options and results, docs/checking.md for
// a tour. Several derivatives of one function, and the dot product of two:
//
//   retrograd::check(f, x, y).vjp(f_vjp).jvp(f_jvp).result()
//
// Signatures are those that the pragmas give; Wrt lists active parameters, from
// 0, as wrt(...) does, and without it all are that carry reals.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECK_H
#define RETROGRAD_CHECK_H

#include <retrograd/check_arguments.h>
#include <retrograd/check_examiner.h>

namespace retrograd {

namespace detail {

/// Whether a call returns. Where exceptions are switched off, it does.
template <class F> bool completes(F &&f) {
#ifdef __cpp_exceptions
  try {
    f();
  } catch (...) {
    return false;
  }
#else
  f();
#endif
  return true;
}

/// A result with members `value` and `tangent`.
template <class T, class = void> struct is_pair : std::false_type {};
template <class T>
struct is_pair<T, std::void_t<decltype(std::declval<T &>().tangent)>>
    : std::true_type {};

/// The views of the arguments that a derivative flows through, or of all.
template <bool OnlyActive, class All>
std::vector<std::pair<int, view>> views_of(All &all) {
  std::vector<std::pair<int, view>> views;
  int parameter = 0;
  auto add = [&](auto &a) {
    view v = a.memory();
    if (v.size != 0 && (!OnlyActive || std::decay_t<decltype(a)>::active))
      views.emplace_back(parameter, v);
    ++parameter;
  };
  std::apply([&](auto &...a) { (add(a), ...); }, all);
  return views;
}

template <class All> numbers flatten(All &all) {
  numbers x;
  for (const auto &[parameter, v] : views_of<true>(all))
    for (std::size_t i = 0; i < v.size; ++i)
      x.push_back(v.get(v.data, i));
  return x;
}

template <class All> void assign(All &all, const numbers &x) {
  std::size_t n = 0;
  for (const auto &[parameter, v] : views_of<true>(all))
    for (std::size_t i = 0; i < v.size; ++i)
      v.set(v.data, i, x[n++]);
}

} // namespace detail

/// One function at one place, and the comparisons so far. Made by check().
template <class F, class All, std::size_t... Wrt>
class checker final : detail::examiner {
  using numbers = detail::numbers;
  using returned = std::remove_cv_t<decltype(detail::call(
      std::declval<F &>(), detail::passed(std::declval<All &>())))>;
  static constexpr bool returns_real = detail::is_real<returned>::value;

  template <class... A>
  static constexpr long double precision(std::tuple<A...> *) {
    return detail::lowest_precision<
        returned, std::conditional_t<A::active, typename A::real, void>...>();
  }

public:
  checker(const check_options &options, F function, const All &arguments)
      : examiner(options, precision(static_cast<All *>(nullptr))),
        function_(function), start_(arguments), after_(arguments) {
    refuse_what_cannot_be_checked();
    if (!hopeless() && !detail::completes([&] { run(after_); }))
      give_up("the function throws an exception");
    std::vector<detail::place> where;
    for (const auto &[parameter, v] : detail::views_of<true>(start_))
      for (std::size_t i = 0; i < v.size; ++i)
        where.push_back(place_of(parameter, i));
    start(detail::flatten(start_), where, returns_real);
    if (!hopeless())
      detail::assign(start_, examiner::arguments());
  }

  /// void f_grad(p..., d_w...), or with the value as its result.
  template <class Gradient> checker &gradient(Gradient f_grad) {
    static_assert(returns_real,
                  "only a function that returns a real number has "
                  "a gradient; others have a vjp");
    if (hopeless())
      return *this;
    All memory = start_, d = start_;
    const numbers before = random_vector();
    detail::assign(d, before);
    if (!adjoint(f_grad, "gradient", memory,
                 std::tuple_cat(detail::passed(memory),
                                detail::adjoints<Wrt...>(d))))
      return *this;
    compare_gradient(before, detail::flatten(d));
    return *this;
  }

  /// void f_vjp(p..., seed, d_w...), or with the value as its result.
  template <class Vjp> checker &vjp(Vjp f_vjp) {
    if (hopeless())
      return *this;
    All memory = start_, d = start_;
    const numbers before = random_vector();
    detail::assign(d, before);
    const long double seed = random_number();
    bool done;
    if constexpr (returns_real) {
      returned typed = static_cast<returned>(seed);
      done = adjoint(f_vjp, "vjp", memory,
                     std::tuple_cat(detail::passed(memory),
                                    std::tuple<returned &>(typed),
                                    detail::adjoints<Wrt...>(d)));
    } else {
      done = adjoint(
          f_vjp, "vjp", memory,
          std::tuple_cat(detail::passed(memory), detail::adjoints<Wrt...>(d)));
    }
    if (done)
      compare_vjp(seed, before, detail::flatten(d));
    return *this;
  }

  /// R f_jvp(p..., t_w...), or with the value and the tangent as its result.
  /// After a gradient or vjp, the dot product of the two is compared, too.
  template <class Jvp> checker &jvp(Jvp f_jvp) {
    if (hopeless())
      return *this;
    const std::vector<numbers> directions = tangents();
    for (std::size_t j = 0; j < directions.size() && !hopeless(); ++j) {
      const auto [tangent, pushed] = push(f_jvp, directions[j], j == 0);
      if (!hopeless())
        compare_jvp(j, directions[j], tangent, pushed);
    }
    if (hopeless() || !has_pullback())
      return *this;
    const numbers t = random_vector();
    const auto [tangent, pushed] = push(f_jvp, t, false);
    compare_products(t, tangent, pushed);
    return *this;
  }

  const check_result &result() const { return examiner::result(); }

private:
  auto run(All &arguments) {
    return detail::call(function_, detail::passed(arguments));
  }

  numbers call(const numbers &at) override {
    All arguments = start_;
    detail::assign(arguments, at);
    long double result = 0;
    if (!detail::completes([&] {
          if constexpr (returns_real)
            result = run(arguments);
          else
            run(arguments);
        }))
      return numbers(at.size() + 1, std::nanl(""));
    numbers outputs = detail::flatten(arguments);
    outputs.insert(outputs.begin(), result);
    return outputs;
  }

  numbers rounded(const numbers &at) override {
    All arguments = start_;
    detail::assign(arguments, at);
    return detail::flatten(arguments);
  }

  /// Calls a gradient or vjp; false if there is nothing to compare.
  template <class Derivative, class Tuple>
  bool adjoint(Derivative &derivative, const char *mode, All &memory,
               Tuple arguments) {
    using result = decltype(detail::call(derivative, arguments));
    long double value = 0;
    if (!detail::completes([&] {
          if constexpr (detail::is_real<result>::value)
            value = detail::call(derivative, arguments);
          else
            detail::call(derivative, arguments);
        })) {
      give_up(std::string("the ") + mode + " throws an exception");
      return false;
    }
    if constexpr (detail::is_real<result>::value)
      compare_value("the value", value);
    compare_all_memory(mode, memory);
    return true;
  }

  /// The tangents of the result and of memory.
  template <class Jvp>
  std::pair<long double, numbers> push(Jvp &f_jvp, const numbers &direction,
                                       bool first) {
    All memory = start_, t = start_;
    detail::assign(t, direction);
    auto arguments =
        std::tuple_cat(detail::passed(memory), detail::tangents<Wrt...>(t));
    using result = decltype(detail::call(f_jvp, arguments));
    long double tangent = 0, value = 0;
    if (!detail::completes([&] {
          if constexpr (detail::is_pair<result>::value) {
            auto both = detail::call(f_jvp, arguments);
            tangent = both.tangent;
            value = both.value;
          } else if constexpr (detail::is_real<result>::value) {
            tangent = detail::call(f_jvp, arguments);
          } else {
            detail::call(f_jvp, arguments);
          }
        }))
      give_up("the jvp throws an exception");
    else if (first) {
      if constexpr (detail::is_pair<result>::value)
        compare_value("the value", value);
      compare_all_memory("jvp", memory);
    }
    return {tangent, detail::flatten(t)};
  }

  detail::place place_of(int parameter, std::size_t index) const {
    return {parameter, index, scalars_[static_cast<std::size_t>(parameter)]};
  }

  void compare_all_memory(const char *mode, All &memory) {
    auto left = detail::views_of<false>(memory);
    auto expected = detail::views_of<false>(after_);
    for (std::size_t k = 0; k < left.size(); ++k) {
      const detail::view &a = left[k].second, &e = expected[k].second;
      long double largest = 0;
      for (std::size_t i = 0; a.set && i < e.size; ++i)
        if (std::isfinite(e.get(e.data, i)))
          largest = std::fmax(largest, std::fabs(e.get(e.data, i)));
      for (std::size_t i = 0; i < a.size; ++i)
        compare_memory(mode, place_of(left[k].first, i), e.get(e.data, i),
                       a.get(a.data, i), largest);
    }
  }

  /// Each argument as the checks of them all see it.
  struct summary {
    bool active, null;
    detail::range origin;
    const void *pointer;
  };

  void refuse_what_cannot_be_checked() {
    std::vector<summary> all;
    std::apply(
        [&](const auto &...a) {
          (all.push_back({a.active, a.is_null(), a.origin, a.pointer()}), ...);
          (scalars_.push_back(std::decay_t<decltype(a)>::scalar), ...);
        },
        start_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string name = name_of({static_cast<int>(i), 0, true});
      if (all[i].null)
        give_up(name + " is null, but has elements");
      for (std::size_t j = 0; j < all.size(); ++j)
        if ((j < i && all[i].origin.overlaps(all[j].origin)) ||
            all[i].origin.touches(all[j].pointer))
          give_up(name + " and " + name_of({static_cast<int>(j), 0, true}) +
                  " overlap or delimit the same array");
    }
  }

  F function_;
  All start_;
  /// What the function leaves.
  All after_;
  /// Which parameters are numbers and not arrays.
  std::vector<bool> scalars_;
};

/// Examines a function at these arguments; compares nothing yet.
template <std::size_t... Wrt, class F, class... Arguments>
auto check(const check_options &options, F function,
           const Arguments &...arguments) {
  static_assert(((Wrt < sizeof...(Arguments)) && ...),
                "a position in the list is that of no argument");
  auto all = detail::arguments<Wrt...>(std::index_sequence_for<Arguments...>(),
                                       arguments...);
  return checker<F, decltype(all), Wrt...>(options, function, all);
}
template <std::size_t... Wrt, class F, class... Arguments,
          class = std::enable_if_t<!std::is_same_v<F, check_options>>>
auto check(F function, const Arguments &...arguments) {
  return check<Wrt...>(check_options(), function, arguments...);
}

/// Checks void f_grad(arguments..., adjoints...) against f(arguments...).
template <std::size_t... Wrt, class F, class Gradient, class... Arguments>
check_result check_gradient(const check_options &options, F f, Gradient f_grad,
                            const Arguments &...arguments) {
  return check<Wrt...>(options, f, arguments...).gradient(f_grad).result();
}
template <std::size_t... Wrt, class F, class Gradient, class... Arguments,
          class = std::enable_if_t<!std::is_same_v<F, check_options>>>
check_result check_gradient(F f, Gradient f_grad,
                            const Arguments &...arguments) {
  return check_gradient<Wrt...>(check_options(), f, f_grad, arguments...);
}

/// Checks void f_vjp(arguments..., seed, adjoints...).
template <std::size_t... Wrt, class F, class Vjp, class... Arguments>
check_result check_vjp(const check_options &options, F f, Vjp f_vjp,
                       const Arguments &...arguments) {
  return check<Wrt...>(options, f, arguments...).vjp(f_vjp).result();
}
template <std::size_t... Wrt, class F, class Vjp, class... Arguments,
          class = std::enable_if_t<!std::is_same_v<F, check_options>>>
check_result check_vjp(F f, Vjp f_vjp, const Arguments &...arguments) {
  return check_vjp<Wrt...>(check_options(), f, f_vjp, arguments...);
}

/// Checks R f_jvp(arguments..., tangents...).
template <std::size_t... Wrt, class F, class Jvp, class... Arguments>
check_result check_jvp(const check_options &options, F f, Jvp f_jvp,
                       const Arguments &...arguments) {
  return check<Wrt...>(options, f, arguments...).jvp(f_jvp).result();
}
template <std::size_t... Wrt, class F, class Jvp, class... Arguments,
          class = std::enable_if_t<!std::is_same_v<F, check_options>>>
check_result check_jvp(F f, Jvp f_jvp, const Arguments &...arguments) {
  return check_jvp<Wrt...>(check_options(), f, f_jvp, arguments...);
}

} // namespace retrograd

#endif // RETROGRAD_CHECK_H
