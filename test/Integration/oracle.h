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
// active, integers are passed as they are, and the wrappers of arguments.h say
// the rest.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_ORACLE_H
#define RETROGRAD_TEST_INTEGRATION_ORACLE_H

#include "arguments.h"
#include <cstdint>
#include <retrograd/differences.h>
#include <retrograd/tape.h>

namespace oracle {

using retrograd::estimate;

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

/// What is known of one function at one point, and the comparisons. It sees
/// numbers only; the tester below makes the calls.
class judge {
public:
  judge(const judge &) = delete;

protected:
  judge(const char *name, long double eps) : name(name), eps(eps) {}
  ~judge() = default;

  /// Result and memory after a call with these arguments.
  virtual numbers call(const numbers &at) = 0;
  /// The arguments nearest to these that their types can hold.
  virtual numbers rounded(const numbers &at) = 0;

  /// Rounding of a computation of a few steps.
  long double close(long double value) const {
    return 64 * eps * std::fabs(value);
  }

  numbers random_numbers() {
    numbers r;
    for (std::size_t i = 0; i < x.size(); ++i)
      r.push_back(generator());
    return r;
  }

  void start_at(const views &start) {
    x = flatten(start);
    for (std::size_t p = 0; p < start.size(); ++p)
      for (std::size_t i = 0; i < start[p].size; ++i)
        where.push_back({static_cast<int>(p), i});
    y = call(x);
    jacobian.assign(y.size() * x.size(), {});
    for (std::size_t i = 0; i < x.size(); ++i)
      differentiate_by(i);
  }

  void judge_gradient(const numbers &before, numbers d) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const estimate &e = at(0, i);
      compare(name, "gradient", where[i], before[i] + e.value, d[i],
              e.error + close(d[i]));
      d[i] -= before[i];
    }
    row = d;
    judge_products();
  }

  void judge_vjp(long double seed, const numbers &before, const numbers &d) {
    seeds = before;
    seeds.insert(seeds.begin(), seed);
    pulled = d;
    for (std::size_t i = 0; i < x.size(); ++i) {
      estimate e = {0, close(d[i])};
      for (std::size_t k = 0; k < y.size(); ++k) {
        e.value += seeds[k] * at(k, i).value;
        e.error += std::fabs(seeds[k]) * at(k, i).error;
      }
      compare(name, "vjp", where[i], e.value, d[i], e.error);
    }
    judge_products();
  }

  void judge_jvp(const numbers &before, long double tangent,
                 const numbers &after) {
    direction = before;
    pushed = after;
    pushed.insert(pushed.begin(), tangent);
    for (std::size_t k = 0; k < y.size(); ++k) {
      estimate e = {0, close(pushed[k])};
      for (std::size_t i = 0; i < x.size(); ++i) {
        e.value += at(k, i).value * direction[i];
        e.error += at(k, i).error * std::fabs(direction[i]);
      }
      // The tangent of a number passed by value does not come back.
      compare(name, "jvp", k == 0 ? place{-1, 0} : where[k - 1], e.value,
              pushed[k], e.error);
    }
    judge_products();
  }

  void judge_value(const char *what, long double value) {
    compare(name, what, {-1, 0}, y[0], value, close(y[0]));
  }

  /// Memory must hold what the primal leaves there, the tape nothing.
  void judge_memory(const char *mode, const numbers &left) {
    require(name, mode, retrograd::tape::local().empty());
    for (std::size_t i = 0; i < x.size(); ++i)
      if (left[i] != y[i + 1] &&
          !(std::isnan(left[i]) && std::isnan(y[i + 1]))) {
        std::printf("memory after %s:\n", mode);
        compare(name, "memory", where[i], y[i + 1], left[i], 0);
      }
  }

  /// <u, H v> = <v, H u>.
  void judge_symmetry(const numbers &u, const numbers &v, const numbers &hu,
                      const numbers &hv) {
    long double left = 0, right = 0, size = 0;
    for (std::size_t i = 0; i < u.size(); ++i) {
      left += u[i] * hv[i];
      right += v[i] * hu[i];
      size += std::fabs(u[i] * hv[i]) + std::fabs(v[i] * hu[i]);
    }
    compare(name, "symmetry of the Hessian", {-1, 0}, left, right,
            2000 * eps * size);
  }

  const char *name;
  long double eps;
  random generator;
  /// Inputs, where they are, and outputs: the result, then the memory.
  numbers x;
  std::vector<place> where;
  numbers y;

private:
  const estimate &at(std::size_t output, std::size_t input) const {
    return jacobian[output * x.size() + input];
  }

  /// Column i of the Jacobian. What does not converge is no oracle.
  void differentiate_by(std::size_t i) {
    auto line = [&](long double &t) {
      numbers at = x;
      at[i] += t;
      at = rounded(at);
      t = at[i] - x[i];
      std::vector<estimate> outputs;
      for (long double value : call(at))
        outputs.push_back({value, 4 * eps * std::fabs(value)});
      return outputs;
    };
    long double size = std::fmax(std::fabs(x[i]), 0.25L);
    auto slopes =
        retrograd::differentiate(line, retrograd::first_step(size, eps));
    for (std::size_t k = 0; k < y.size(); ++k)
      jacobian[k * x.size() + i] = converged(slopes[k].central, k, i);
  }

  estimate converged(estimate e, std::size_t output, std::size_t input) {
    e.error = 8 * e.error + close(e.value);
    long double enough = std::fmin(std::sqrt(eps) * 256, 0.25L);
    if (!std::isfinite(e.value) ||
        e.error > enough * (1 + std::fabs(e.value))) {
      std::printf("derivative of output %zu by input %zu: %Lg within %Lg\n",
                  output, input, e.value, e.error);
      require(name, "differences converge", false);
    }
    return e;
  }

  /// <u, J t> = <J^T u, t>, as soon as both sides are known. The memory of the
  /// arguments is part of both.
  void judge_products() {
    if (pushed.empty())
      return;
    if (!row.empty())
      judge_product("<1, J t> = <gradient, t>", {1}, row);
    if (!pulled.empty())
      judge_product("<u, J t> = <J^T u, t>", seeds, pulled);
  }

  void judge_product(const char *what, const numbers &u, const numbers &ju) {
    long double left = 0, right = 0, size = 0;
    for (std::size_t k = 0; k < u.size(); ++k) {
      left += u[k] * pushed[k];
      size += std::fabs(u[k] * pushed[k]);
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      right += ju[i] * direction[i];
      // The gradient was added to numbers of about 1 and taken off again.
      size += std::fabs(ju[i] * direction[i]) + std::fabs(direction[i]);
    }
    compare(name, what, {-1, 0}, left, right, 2000 * eps * size);
  }

  std::vector<estimate> jacobian;
  /// What the derivatives returned, for the dot-product test.
  numbers row, seeds, pulled, direction, pushed;
};

/// Calls a function and its derivatives.
template <class F, class... Arguments> class tester final : judge {
  using all = std::tuple<Arguments...>;
  using returned =
      decltype(std::apply(std::declval<F &>(), passed(std::declval<all &>())));

public:
  tester(const char *name, F function, Arguments... arguments)
      : judge(name, lowest_precision<returned, typename Arguments::real...>()),
        function(function), start(arguments...), after(start) {
    start_at(active(start));
    std::apply(function, passed(after));
  }

  /// With `value` it returns the primal's value.
  template <class Gradient> tester &gradient(Gradient f_grad) {
    all memory = start, d = start;
    numbers before = random_numbers();
    assign(active(d), before);
    auto arguments = std::tuple_cat(passed(memory), adjoints(d));
    if constexpr (std::is_void_v<decltype(std::apply(f_grad, arguments))>)
      std::apply(f_grad, arguments);
    else
      judge_value("gradient's value", std::apply(f_grad, arguments));
    judge_all_memory("gradient", memory);
    judge_gradient(before, flatten(active(d)));
    return *this;
  }

  template <class Vjp> tester &vjp(Vjp f_vjp) {
    all memory = start, d = start;
    numbers before = random_numbers();
    assign(active(d), before);
    long double seed = generator();
    if constexpr (is_real<returned>)
      std::apply(f_vjp,
                 std::tuple_cat(passed(memory),
                                std::make_tuple(static_cast<returned>(seed)),
                                adjoints(d)));
    else
      std::apply(f_vjp, std::tuple_cat(passed(memory), adjoints(d)));
    judge_all_memory("vjp", memory);
    judge_vjp(seed, before, flatten(active(d)));
    return *this;
  }

  /// With `value` it returns the primal's value too.
  template <class Jvp> tester &jvp(Jvp f_jvp) {
    all memory = start, t = start;
    numbers before = random_numbers();
    assign(active(t), before);
    auto arguments = std::tuple_cat(passed(memory), tangents(t));
    using result = decltype(std::apply(f_jvp, arguments));
    long double tangent = 0;
    if constexpr (is_real<result>) {
      tangent = std::apply(f_jvp, arguments);
    } else if constexpr (requires(result both) { both.tangent; }) {
      auto both = std::apply(f_jvp, arguments);
      judge_value("jvp's value", both.value);
      tangent = both.tangent;
    } else {
      std::apply(f_jvp, arguments);
    }
    judge_all_memory("jvp", memory);
    judge_jvp(before, tangent, flatten(active(t)));
    return *this;
  }

  /// f_grad_jvp is `jvp(f_grad)`: it takes the arguments, their adjoints, and
  /// tangents of both.
  template <class Gradient, class Jvp>
  tester &hessian(Gradient f_grad, Jvp f_grad_jvp) {
    all d = start;
    assign(active(d), random_numbers());
    std::apply(
        [&](auto... a) {
          tester<Gradient, decltype(a)...>(name, f_grad, a...).jvp(f_grad_jvp);
        },
        std::tuple_cat(start, buffers(d)));
    numbers u = random_numbers(), v = random_numbers();
    judge_symmetry(u, v, curvature(f_grad_jvp, u), curvature(f_grad_jvp, v));
    return *this;
  }

private:
  numbers call(const numbers &at) override {
    all arguments = start;
    assign(active(arguments), at);
    long double result = 0;
    if constexpr (is_real<returned>)
      result = std::apply(function, passed(arguments));
    else
      std::apply(function, passed(arguments));
    numbers outputs = flatten(active(arguments));
    outputs.insert(outputs.begin(), result);
    return outputs;
  }

  numbers rounded(const numbers &at) override {
    all arguments = start;
    assign(active(arguments), at);
    return flatten(active(arguments));
  }

  void judge_all_memory(const char *mode, all &memory) {
    judge_memory(mode, flatten(active(memory)));
    judge_inactive(memory, std::index_sequence_for<Arguments...>());
  }

  template <std::size_t... I>
  void judge_inactive(all &memory, std::index_sequence<I...>) {
    require(name, "inactive memory is what the primal leaves",
            (same(std::get<I>(memory), std::get<I>(after)) && ...));
  }

  /// The Hessian times v.
  template <class Jvp> numbers curvature(Jvp f_grad_jvp, const numbers &v) {
    all memory = start, t = start, d = start, t_d = start;
    assign(active(t), v);
    assign(active(d), numbers(v.size()));
    assign(active(t_d), numbers(v.size()));
    std::apply(f_grad_jvp, std::tuple_cat(passed(memory), adjoints(d),
                                          tangents(t), adjoints(t_d)));
    return flatten(active(t_d));
  }

  F function;
  all start;
  /// What the primal leaves.
  all after;
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
