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

#include "arguments.h"
#include <cstdint>
#include <retrograd/tape.h>

namespace oracle {

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
