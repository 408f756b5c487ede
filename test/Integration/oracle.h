//===- oracle.h - Checks derivatives against differences ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The judge of the integration tests. It knows a function only by calling it.
// All that a function takes and leaves behind is seen as one map
//
//   F: (active arguments) -> (result, what the arguments hold afterwards)
//
// whose Jacobian J is found by differences, in the function's own precision,
// together with an estimate of its error. Against J it checks
//
//   gradient   d += first row of J
//   vjp        d = J^T (seed, d), so that arguments which the function leaves
//              alone keep what their adjoint buffers hold
//   jvp        (tangent, t) = J t
//   hessian    the tangent of the gradient, as a function of its own, and
//              <u, H v> = <v, H u>
//
// and <u, J t> = <J^T u, t> to the last few digits, whatever the differences
// say. Adjoints start at random values, as derivatives accumulate. After each
// call memory must hold what the primal leaves there and the tape be empty.
//
//   int main() {
//     oracle::test("f", f, 2.0, 3.0).gradient(f_grad).jvp(f_jvp);
//     return oracle::result();
//   }
//
// A double is passed by value and active, a double[n] by its address and
// active, integers are passed as they are, and the wrappers below say the rest.
//
// Differences: D. Kincaid and W. Cheney's central ones, extrapolated over a
// sweep of steps; see C. J. F. Ridders, "Accurate computation of F'(x) and
// F'(x) F''(x)", Advances in Engineering Software 4 (1982).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_ORACLE_H
#define RETROGRAD_TEST_INTEGRATION_ORACLE_H

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <retrograd/tape.h>
#include <tuple>
#include <type_traits>
#include <vector>

namespace oracle {

//===----------------------------------------------------------------------===//
// Verdicts
//===----------------------------------------------------------------------===//

/// Counts checks and failures; a program that ends without result() fails.
struct verdict {
  int checks = 0;
  int failures = 0;
  bool delivered = false;

  ~verdict() {
    if (!delivered) {
      std::fputs("the program did not return oracle::result()\n", stderr);
      std::_Exit(1);
    }
  }
};

inline verdict &counts() {
  static verdict v;
  return v;
}

/// What main returns.
inline int result() {
  verdict &v = counts();
  v.delivered = true;
  if (v.checks == 0)
    std::puts("no check was run");
  else if (v.failures != 0)
    std::printf("%d of %d checks failed\n", v.failures, v.checks);
  return v.checks == 0 || v.failures != 0;
}

/// One check of a truth.
inline void require(const char *function, const char *what, bool holds) {
  ++counts().checks;
  if (holds)
    return;
  ++counts().failures;
  std::printf("%s: failed: %s\n", function, what);
}

/// Which number of a function is looked at: parameter -1 is the result.
struct place {
  int parameter;
  std::size_t index;
};

/// One check of a number. Two NaNs agree, and so do equal infinities.
inline void compare(const char *function, const char *what, place where,
                    long double expected, long double got,
                    long double tolerance) {
  ++counts().checks;
  if (expected == got || (std::isnan(expected) && std::isnan(got)) ||
      std::fabs(expected - got) <= tolerance)
    return;
  if (++counts().failures > 50)
    return;
  std::printf("%s: %s, ", function, what);
  if (where.parameter < 0)
    std::printf("result");
  else
    std::printf("parameter %d[%zu]", where.parameter, where.index);
  std::printf(": expected %.15Lg within %.2Lg, got %.15Lg\n", expected,
              tolerance, got);
}

/// One check of a number that is known exactly, or nearly so.
inline void equal(const char *what, long double expected, long double got,
                  long double tolerance = 0) {
  compare(what, "value", {-1, 0}, expected, got, tolerance);
}

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

/// Deterministic numbers in [-1, 1] that are no smaller than 1/4 and short, so
/// that even a _Float16 holds them exactly.
class random {
public:
  long double operator()() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    long double size = (64 + (state >> 20) % 193) / 256.0L;
    return state >> 63 ? size : -size;
  }

private:
  std::uint64_t state = 0x9e3779b97f4a7c15;
};

using numbers = std::vector<long double>;

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//
//
// An argument owns its memory, so that each call starts from a copy. Adjoints
// and tangents of an argument are arguments of the same kind with other
// numbers. `All` is the tuple of all arguments of the call.

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

//===----------------------------------------------------------------------===//
// The Jacobian by differences
//===----------------------------------------------------------------------===//

/// A matrix entry with a bound of its error.
struct estimate {
  long double value = 0;
  long double error = 0;
};

/// The derivative at step 0 from difference quotients at steps h, h/2, h/4, ...
/// with a bound of their rounding errors.
inline estimate extrapolate(const std::vector<estimate> &quotients) {
  estimate best{quotients[0].value, HUGE_VALL};
  numbers previous;
  for (std::size_t i = 0; i < quotients.size(); ++i) {
    numbers row = {quotients[i].value};
    long double factor = 1;
    for (std::size_t j = 1; j <= i; ++j) {
      factor *= 4;
      row.push_back((factor * row[j - 1] - previous[j - 1]) / (factor - 1));
      long double spread = std::fmax(std::fabs(row[j] - row[j - 1]),
                                     std::fabs(row[j] - previous[j - 1]));
      long double error = spread + quotients[i].error;
      if (error < best.error)
        best = {row[j], error};
    }
    previous = row;
  }
  return best;
}

//===----------------------------------------------------------------------===//
// Tests
//===----------------------------------------------------------------------===//

template <class F, class... Arguments> class tester {
  using all = std::tuple<Arguments...>;
  using passed_types = decltype(passed(std::declval<all &>()));
  using returned =
      decltype(std::apply(std::declval<F &>(), std::declval<passed_types>()));
  /// The precision that tolerances are derived from: the lowest that occurs.
  static constexpr long double eps() {
    long double e = 0;
    if constexpr (is_real<returned>)
      e = epsilon<returned>;
    ((e = Arguments::active && epsilon<typename Arguments::real> > e
              ? epsilon<typename Arguments::real>
              : e),
     ...);
    return e;
  }

public:
  tester(const char *name, F function, Arguments... arguments)
      : name(name), function(function), start(arguments...), after(start),
        x(flatten(start)), where(places(start)) {
    y = call(x, &after);
    differentiate();
  }

  /// `value` returns the primal's value too.
  template <class Gradient> tester &gradient(Gradient f_grad) {
    all memory = start;
    all shadow = randomised();
    numbers before = flatten(shadow);
    auto arguments = std::tuple_cat(passed(memory), adjoints(shadow));
    if constexpr (std::is_void_v<decltype(std::apply(f_grad, arguments))>)
      std::apply(f_grad, arguments);
    else
      compare(name, "gradient's value", {-1, 0}, y[0],
              std::apply(f_grad, arguments), close(y[0]));
    check_memory("gradient", memory);
    numbers d = flatten(shadow);
    for (std::size_t i = 0; i < x.size(); ++i)
      compare(name, "gradient", where[i], before[i] + at(0, i).value, d[i],
              at(0, i).error + close(d[i]));
    for (std::size_t i = 0; i < x.size(); ++i)
      d[i] -= before[i];
    first_row = d;
    check_product();
    return *this;
  }

  template <class Vjp> tester &vjp(Vjp f_vjp) {
    all memory = start;
    all shadow = randomised();
    seeds = flatten(shadow);
    long double seed = generator();
    if constexpr (is_real<returned>)
      std::apply(f_vjp,
                 std::tuple_cat(passed(memory),
                                std::make_tuple(static_cast<returned>(seed)),
                                adjoints(shadow)));
    else
      std::apply(f_vjp, std::tuple_cat(passed(memory), adjoints(shadow)));
    check_memory("vjp", memory);
    seeds.insert(seeds.begin(), seed);
    pulled = flatten(shadow);
    for (std::size_t i = 0; i < x.size(); ++i) {
      estimate e = {0, close(pulled[i])};
      for (std::size_t k = 0; k < y.size(); ++k) {
        e.value += seeds[k] * at(k, i).value;
        e.error += std::fabs(seeds[k]) * at(k, i).error;
      }
      compare(name, "vjp", where[i], e.value, pulled[i], e.error);
    }
    check_product();
    return *this;
  }

  /// `value` returns the primal's value too.
  template <class Jvp> tester &jvp(Jvp f_jvp) {
    all memory = start;
    all shadow = randomised();
    direction = flatten(shadow);
    auto arguments = std::tuple_cat(passed(memory), tangents(shadow));
    pushed.assign(1, 0);
    if constexpr (std::is_void_v<decltype(std::apply(f_jvp, arguments))>) {
      std::apply(f_jvp, arguments);
    } else if constexpr (requires { std::apply(f_jvp, arguments).tangent; }) {
      auto both = std::apply(f_jvp, arguments);
      compare(name, "jvp's value", {-1, 0}, y[0], both.value, close(y[0]));
      pushed[0] = both.tangent;
    } else {
      pushed[0] = std::apply(f_jvp, arguments);
    }
    check_memory("jvp", memory);
    numbers t = flatten(shadow);
    pushed.insert(pushed.end(), t.begin(), t.end());
    for (std::size_t k = 0; k < y.size(); ++k) {
      estimate e = {0, close(pushed[k])};
      for (std::size_t i = 0; i < x.size(); ++i) {
        e.value += at(k, i).value * direction[i];
        e.error += at(k, i).error * std::fabs(direction[i]);
      }
      compare(name, "jvp", k == 0 ? place{-1, 0} : where[k - 1], e.value,
              pushed[k], e.error);
    }
    check_product();
    return *this;
  }

  /// f_grad_jvp is `jvp(f_grad)`: it takes the arguments, their adjoints, and
  /// tangents of both.
  template <class Gradient, class Jvp>
  tester &hessian(Gradient f_grad, Jvp f_grad_jvp) {
    all shadow = randomised();
    std::apply(
        [&](auto... a) {
          tester<Gradient, decltype(a)...>(name, f_grad, a...).jvp(f_grad_jvp);
        },
        std::tuple_cat(start, buffers(shadow)));
    numbers u = flatten(randomised()), v = flatten(randomised());
    numbers hu = curvature(f_grad_jvp, u), hv = curvature(f_grad_jvp, v);
    long double left = 0, right = 0, size = 0;
    for (std::size_t i = 0; i < u.size(); ++i) {
      left += u[i] * hv[i];
      right += v[i] * hu[i];
      size += std::fabs(u[i] * hv[i]) + std::fabs(v[i] * hu[i]);
    }
    compare(name, "symmetry of the Hessian", {-1, 0}, left, right,
            2000 * eps() * size);
    return *this;
  }

private:
  /// Arguments as which a gradient takes its adjoints.
  template <class A> static auto buffer(A &a) {
    if constexpr (!A::active)
      return std::tuple<>();
    else if constexpr (requires { a.address(); })
      return std::tuple<A>(a);
    else
      return std::tuple<array<typename A::real>>({{{*a.data()}}});
  }
  static auto buffers(all &shadow) {
    return std::apply([](auto &...a) { return std::tuple_cat(buffer(a)...); },
                      shadow);
  }

  /// The Hessian times v.
  template <class Jvp> numbers curvature(Jvp f_grad_jvp, const numbers &v) {
    all memory = start, t_memory = start, d = start, t_d = start;
    assign(t_memory, v);
    assign(d, numbers(v.size()));
    assign(t_d, numbers(v.size()));
    std::apply(f_grad_jvp, std::tuple_cat(passed(memory), adjoints(d),
                                          tangents(t_memory), adjoints(t_d)));
    return flatten(t_d);
  }

  all randomised() {
    all shadow = start;
    numbers r;
    for (std::size_t i = 0; i < x.size(); ++i)
      r.push_back(generator());
    assign(shadow, r);
    return shadow;
  }

  /// Rounding of a computation of a few steps.
  static long double close(long double value) {
    return 64 * eps() * std::fabs(value);
  }

  const estimate &at(std::size_t output, std::size_t input) const {
    return jacobian[output * x.size() + input];
  }

  /// Result and memory after a call, which is left in *memory as well.
  numbers call(const numbers &at, all *memory = nullptr) {
    all arguments = start;
    assign(arguments, at);
    numbers outputs(1);
    if constexpr (is_real<returned>)
      outputs[0] = std::apply(function, passed(arguments));
    else
      std::apply(function, passed(arguments));
    numbers left = flatten(arguments);
    outputs.insert(outputs.end(), left.begin(), left.end());
    if (memory)
      *memory = arguments;
    return outputs;
  }

  /// Memory must hold what the primal leaves there, the tape nothing.
  void check_memory(const char *mode, all &memory) {
    numbers got = flatten(memory);
    for (std::size_t i = 0; i < x.size(); ++i)
      if (got[i] != y[i + 1] && !(std::isnan(got[i]) && std::isnan(y[i + 1]))) {
        std::printf("memory after %s:\n", mode);
        compare(name, "memory", where[i], y[i + 1], got[i], 0);
      }
    require(name, mode, retrograd::tape::local().empty());
    check_inactive(memory, std::index_sequence_for<Arguments...>());
  }

  template <std::size_t... I>
  void check_inactive(all &memory, std::index_sequence<I...>) {
    auto same = [&](auto &got, auto &expected) {
      if constexpr (requires { got.values == expected.values; })
        if (!std::decay_t<decltype(got)>::active)
          require(name, "inactive memory is what the primal leaves",
                  got.values == expected.values);
    };
    (same(std::get<I>(memory), std::get<I>(after)), ...);
  }

  /// <u, J t> = <J^T u, t>, once both sides are known. The arguments' own
  /// memory is part of both.
  void check_product() {
    if (pushed.empty())
      return;
    if (!first_row.empty())
      product("<1, J t> = <gradient, t>", {1}, first_row);
    if (!pulled.empty())
      product("<u, J t> = <J^T u, t>", seeds, pulled);
  }

  void product(const char *what, const numbers &u, const numbers &pulled_u) {
    long double left = 0, right = 0, size = 0;
    for (std::size_t k = 0; k < u.size(); ++k) {
      left += u[k] * pushed[k];
      size += std::fabs(u[k] * pushed[k]);
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      right += pulled_u[i] * direction[i];
      // The gradient was added to numbers of about 1 and taken off again.
      size += std::fabs(pulled_u[i] * direction[i]) + std::fabs(direction[i]);
    }
    compare(name, what, {-1, 0}, left, right, 2000 * eps() * size);
  }

  void differentiate() {
    jacobian.assign(y.size() * x.size(), {});
    for (std::size_t i = 0; i < x.size(); ++i)
      differentiate_by(i);
  }

  /// Column i of the Jacobian. What does not converge is no oracle.
  void differentiate_by(std::size_t i) {
    std::vector<std::vector<estimate>> quotients(y.size());
    long double h = std::fmax(std::fabs(x[i]), 0.25L) *
                    std::exp2(std::floor(std::log2(eps()) / 8));
    for (int level = 0; level < 9; ++level, h /= 2) {
      numbers high = x, low = x;
      high[i] += h;
      low[i] -= h;
      all rounded = start;
      assign(rounded, high);
      high = flatten(rounded);
      assign(rounded, low);
      low = flatten(rounded);
      long double step = high[i] - low[i];
      if (step == 0)
        break;
      numbers above = call(high), below = call(low);
      for (std::size_t k = 0; k < y.size(); ++k)
        quotients[k].push_back(
            {(above[k] - below[k]) / step,
             4 * eps() * (std::fabs(y[k]) + std::fabs(above[k])) / step});
    }
    for (std::size_t k = 0; k < y.size(); ++k) {
      estimate &e = jacobian[k * x.size() + i];
      e = extrapolate(quotients[k]);
      e.error = 8 * e.error + close(e.value);
      long double enough = std::fmin(std::sqrt(eps()) * 256, 0.25L);
      bool converges = e.error <= enough * (1 + std::fabs(e.value));
      if (!converges || !std::isfinite(e.value)) {
        std::printf("derivative of output %zu by input %zu: %Lg within %Lg\n",
                    k, i, e.value, e.error);
        require(name, "differences converge", false);
      }
    }
  }

  const char *name;
  F function;
  all start;
  all after;
  /// Inputs, where they are, and outputs: the result, then the memory.
  numbers x;
  std::vector<place> where;
  numbers y;
  std::vector<estimate> jacobian;
  random generator;
  /// What the derivatives returned, for the dot-product test.
  numbers first_row, seeds, pulled, direction, pushed;
};

template <class F, class... Arguments>
auto test(const char *name, F function, const Arguments &...arguments) {
  return tester<F, decltype(argument(arguments))...>(name, function,
                                                     argument(arguments)...);
}

} // namespace oracle

/// A function with a result, its gradient and its tangent.
#define CHECK_GRADIENT(f, ...)                                                 \
  oracle::test(#f, f, __VA_ARGS__).gradient(f##_grad).jvp(f##_jvp)

/// A function that writes through its parameters.
#define CHECK_VJP(f, ...)                                                      \
  oracle::test(#f, f, __VA_ARGS__).vjp(f##_vjp).jvp(f##_jvp)

/// The gradient and its tangent.
#define CHECK_HESSIAN(f, ...)                                                  \
  oracle::test(#f, f, __VA_ARGS__)                                             \
      .gradient(f##_grad)                                                      \
      .hessian(f##_grad, f##_grad_jvp)

#endif // RETROGRAD_TEST_INTEGRATION_ORACLE_H
