//===- check_examiner.h - The comparisons of a check ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check sees a function as one map
//
//   F: (active arguments) -> (result, what the arguments hold afterwards)
//
// with the Jacobian J. Arguments that the function leaves alone are rows of the
// identity, so that accumulation needs no case of its own:
//
//   gradient   d = d + J^T (1, 0)
//   vjp        d = J^T (seed, d)
//   jvp        (tangent, t) = J t
//
// The examiner finds the right-hand sides by differences and compares. It sees
// numbers only; the checker of check.h makes the calls.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECK_EXAMINER_H
#define RETROGRAD_CHECK_EXAMINER_H

#include <retrograd/check_result.h>
#include <retrograd/differences.h>

namespace retrograd {
namespace detail {

using numbers = std::vector<long double>;

/// Deterministic numbers in [-1, 1] that are no smaller than 1/4 and short, so
/// that every precision holds them exactly.
class random_numbers {
public:
  explicit random_numbers(std::uint64_t seed)
      : state_((seed + 1) * 0x9e3779b97f4a7c15U | 1U) {}

  long double operator()() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    long double size = (64 + (state_ >> 20) % 193) / 256.0L;
    return (state_ >> 63) != 0 ? size : -size;
  }

private:
  std::uint64_t state_;
};

/// Which number of which parameter.
struct place {
  int parameter = 0;
  std::size_t index = 0;
  bool scalar = true;
};

/// The names in "x, y"; p1, p2, ... for those that are missing.
inline std::string parameter_name(const std::string &names, int parameter) {
  std::size_t begin = 0;
  for (int i = 0; i < parameter && begin != std::string::npos; ++i) {
    begin = names.find(',', begin);
    begin += begin != std::string::npos;
  }
  if (begin != std::string::npos)
    begin = names.find_first_not_of(' ', begin);
  if (begin == std::string::npos || names[begin] == ',')
    return "p" + std::to_string(parameter + 1);
  return names.substr(begin, names.find_first_of(", ", begin) - begin);
}

class examiner {
public:
  const check_result &result() const { return result_; }

protected:
  examiner(const check_options &options, long double epsilon)
      : options_(options), epsilon_(epsilon), random_(options.seed) {
    result_.name = options.name;
    result_.accept_inconclusive = options.accept_inconclusive;
    if (!(options.relative_tolerance >= 0 && options.absolute_tolerance >= 0) ||
        std::isinf(options.relative_tolerance + options.absolute_tolerance))
      result_.problem = "a tolerance must be finite and not negative";
    else if (options.directions == 0)
      result_.problem = "the number of directions must not be 0";
  }
  ~examiner() = default;

  /// Result and active memory after a call with these arguments; NaNs if the
  /// call throws.
  virtual numbers call(const numbers &at) = 0;
  /// The arguments nearest to these that their types can hold.
  virtual numbers rounded(const numbers &at) = 0;

  bool hopeless() const { return !result_.problem.empty(); }
  void give_up(const std::string &why) {
    if (!hopeless())
      result_.problem = why;
  }

  numbers random_vector() {
    numbers r(x_.size());
    for (long double &value : r)
      value = random_();
    return r;
  }
  long double random_number() { return random_(); }

  std::string name_of(const place &p) const {
    std::string name = parameter_name(options_.parameters, p.parameter);
    return p.scalar ? name : name + "[" + std::to_string(p.index) + "]";
  }

  /// Where to examine: the active numbers and where they are.
  void start(const numbers &x, const std::vector<place> &where, bool returns) {
    x_ = x;
    where_ = where;
    returns_ = returns;
    if (hopeless())
      return;
    y_ = call(x_);
    ignore_what_is_overwritten();
    numbers again = call(x_);
    for (std::size_t k = 0; k < y_.size(); ++k)
      if (!same(y_[k], again[k]))
        give_up("called twice with the same arguments, it gave " +
                number_text(y_[k], digits_to_tell(y_[k], again[k])) +
                " and then " +
                number_text(again[k], digits_to_tell(y_[k], again[k])));
    find_sizes();
  }

  const numbers &arguments() const { return x_; }

  //===--------------------------------------------------------------------===//
  // Values and memory
  //===--------------------------------------------------------------------===//

  void compare_value(const char *what, long double value) {
    component c;
    c.name = what;
    c.source = "the function returns";
    c.expected = y_[0];
    c.actual = value;
    settle(c, 64 * epsilon_ * std::fabs(y_[0]));
  }

  /// What a derivative left in a place of an argument. Only differences are
  /// worth a word.
  void compare_memory(const char *mode, const place &where,
                      long double expected, long double actual,
                      long double largest) {
    if (same(expected, actual) ||
        std::fabs(expected - actual) <=
            64 * epsilon_ * largest + tolerance(expected, actual))
      return;
    component c;
    c.name = name_of(where) + " after the " + mode;
    c.parameter = where.parameter;
    c.index = where.index;
    c.source = "the function leaves";
    c.expected = expected;
    c.actual = actual;
    c.verdict = verdict::differs;
    result_.components.push_back(c);
  }

  //===--------------------------------------------------------------------===//
  // Derivatives
  //===--------------------------------------------------------------------===//

  /// d, which was `before`, against before + J^T (1, 0).
  void compare_gradient(const numbers &before, const numbers &d) {
    numbers u(y_.size());
    u[0] = 1;
    numbers added = d;
    for (std::size_t i = 0; i < d.size(); ++i)
      added[i] -= before[i];
    compare_adjoints(u, before, added, numbers(d.size()));
    remember_pullback(u, added);
  }

  /// d, which was `before`, against J^T (seed, before).
  void compare_vjp(long double seed, const numbers &before, const numbers &d) {
    numbers u = before;
    u.insert(u.begin(), seed);
    compare_adjoints(u, before, d, before);
    remember_pullback(u, d);
  }

  /// The directions of a jvp that are worth a look.
  std::vector<numbers> tangents() {
    std::vector<numbers> list;
    if (x_.size() > options_.components) {
      for (std::size_t j = 0; j < options_.directions; ++j)
        list.push_back(direction());
      return list;
    }
    for (std::size_t i = 0; i < x_.size(); ++i) {
      list.emplace_back(x_.size());
      list.back()[i] = 1;
    }
    return list;
  }

  /// (tangent, t) against J t for the j-th of these directions.
  void compare_jvp(std::size_t j, const numbers &t, long double tangent,
                   numbers pushed) {
    const bool single = x_.size() <= options_.components;
    const std::string along =
        single ? " along " + name_of(where_[j])
               : " along random direction " + std::to_string(j + 1);
    pushed.insert(pushed.begin(), tangent);
    for (std::size_t k = 1; single && k < pushed.size(); ++k) {
      // What neither the function nor its tangent has touched.
      if (same(y_[k], x_[k - 1]) && pushed[k] == t[k - 1])
        continue;
      numbers u(y_.size());
      u[k] = 1;
      compare_output("t_" + name_of(where_[k - 1]) + along, where_[k - 1], u, t,
                     single ? j : no_index, pushed[k]);
    }
    numbers u(y_.size());
    u[0] = returns_;
    if (!single) {
      u = random_vector();
      u.insert(u.begin(), random_number());
    }
    long double sum = 0;
    for (std::size_t k = 0; k < u.size(); ++k)
      sum += u[k] * pushed[k];
    if (returns_ || !single)
      compare_output((single ? "t_result" : "a sum of tangents") + along,
                     {-1, 0, true}, u, t, single ? j : no_index, sum);
  }

  /// <u, J t> = <J^T u, t>, whatever the differences say.
  void compare_products(const numbers &t, long double tangent,
                        const numbers &pushed) {
    long double left = u_[0] * tangent, right = 0;
    long double size = std::fabs(left);
    for (std::size_t k = 0; k < pushed.size(); ++k) {
      left += u_[k + 1] * pushed[k];
      size += std::fabs(u_[k + 1] * pushed[k]);
    }
    for (std::size_t i = 0; i < t.size(); ++i) {
      right += pulled_[i] * t[i];
      // What was added to numbers of about 1 has been rounded as these are.
      size += std::fabs(pulled_[i] * t[i]) + std::fabs(t[i]);
    }
    component c;
    c.name = "<u, J t>";
    c.source = "<J^T u, t> is";
    c.expected = right;
    c.actual = left;
    settle(c, 2000 * epsilon_ * size);
  }

  bool has_pullback() const { return !u_.empty(); }

private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  /// A slope, or why there is none.
  struct finding {
    slope at;
    long double error = HUGE_VALL;
    bool resolved = false;
    bool kink = false;
    std::string why;
  };

  static bool same(long double a, long double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
  }

  long double tolerance(long double a, long double b) const {
    long double relative = options_.relative_tolerance;
    if (relative == 0)
      relative = std::sqrt(epsilon_);
    return options_.absolute_tolerance +
           relative * std::fmax(std::fabs(a), std::fabs(b));
  }

  void settle(component &c, long double error) {
    c.bound = error + tolerance(c.expected, c.actual);
    if (!same(c.expected, c.actual) &&
        !(std::fabs(c.actual - c.expected) <= c.bound))
      c.verdict = verdict::differs;
    result_.components.push_back(c);
  }

  void remember_pullback(const numbers &u, const numbers &pulled) {
    u_ = u;
    pulled_ = pulled;
  }

  /// Memory that is only written may hold anything before, NaNs too. If other
  /// numbers there give the same outputs, those are examined.
  void ignore_what_is_overwritten() {
    numbers finite = x_;
    for (long double &value : finite)
      if (!std::isfinite(value))
        value = 1;
    if (finite == x_)
      return;
    numbers outputs = call(finite);
    for (std::size_t k = 0; k < y_.size(); ++k)
      if (!same(outputs[k], y_[k]))
        return;
    x_ = finite;
  }

  /// The size of a number is that of its parameter, if it is smaller itself.
  void find_sizes() {
    sizes_ = numbers(x_.size());
    for (std::size_t i = 0; i < x_.size();) {
      std::size_t end = i;
      long double largest = 0;
      for (; end < x_.size() && where_[end].parameter == where_[i].parameter;
           ++end)
        if (std::isfinite(x_[end]))
          largest = std::fmax(largest, std::fabs(x_[end]));
      if (largest == 0)
        largest = 4;
      for (; i < end; ++i)
        sizes_[i] = std::fmax(std::fabs(x_[i]), largest / 4);
    }
  }

  numbers direction() {
    numbers v = random_vector();
    for (std::size_t i = 0; i < v.size(); ++i)
      v[i] = std::isfinite(x_[i]) ? std::ldexp(v[i], std::ilogb(sizes_[i])) : 0;
    return v;
  }

  /// <u, F> along x + t v, with a bound of its rounding error. Where v is a
  /// multiple of one unit vector, t becomes what the precision makes of it.
  estimate sample(const numbers &u, const numbers &v, std::size_t only,
                  long double &t) {
    numbers at = x_;
    for (std::size_t i = 0; i < v.size(); ++i)
      if (v[i] != 0)
        at[i] += t * v[i];
    at = rounded(at);
    if (only != no_index)
      t = (at[only] - x_[only]) / v[only];
    const numbers y = call(at);
    estimate sum;
    for (std::size_t k = 0; k < u.size(); ++k) {
      if (u[k] == 0)
        continue;
      sum.value += u[k] * y[k];
      sum.error += 4 * epsilon_ * std::fabs(u[k] * y[k]);
    }
    return sum;
  }

  /// The slope of <u, F> along v.
  finding examine(const numbers &u, const numbers &v, std::size_t only) {
    finding best;
    for (std::size_t i = 0; i < v.size(); ++i)
      if (v[i] != 0 && !std::isfinite(x_[i])) {
        best.why = name_of(where_[i]) + " is " + number_text(x_[i], 6);
        return best;
      }
    long double origin = 0;
    const estimate middle = sample(u, v, only, origin);
    if (!std::isfinite(middle.value)) {
      best.why = "the function gives " + number_text(middle.value, 6);
      return best;
    }
    const long double size = only == no_index ? 1 : sizes_[only];
    const long double own = only == no_index ? 1 : std::fabs(x_[only]);
    const long double limit = std::fmin(256 * std::sqrt(epsilon_), 0.25L);
    // What a slope would be if the function changed by all that it is.
    long double natural = 0;
    auto line = [&](long double &t) {
      const estimate e = sample(u, v, only, t);
      if (std::isfinite(e.error))
        natural =
            std::fmax(natural, e.error / (4 * epsilon_) / std::fmax(size, own));
      return std::vector<estimate>{e};
    };
    for (long double s : {size, size / 256, own, 1.0L}) {
      if (best.resolved || s == 0)
        continue;
      finding f;
      f.at = differentiate(line, first_step(s, epsilon_))[0];
      f.error = 8 * f.at.central.error +
                64 * epsilon_ * (std::fabs(f.at.central.value) + natural);
      const long double enough =
          limit * (std::fabs(f.at.central.value) + natural);
      f.resolved = f.error <= enough;
      f.kink = f.at.has_kink(enough);
      if (f.error <= best.error)
        best = f;
    }
    explain(best);
    return best;
  }

  static void explain(finding &f) {
    if (f.kink)
      f.why = "the slope is " + number_text(f.at.left.value, 6) +
              " on one side and " + number_text(f.at.right.value, 6) +
              " on the other";
    else if (!std::isfinite(f.error))
      f.why = "the function is not finite beside this point";
    else if (!f.resolved)
      f.why =
          "differences do not converge: " + number_text(f.at.central.value, 6) +
          " +- " + number_text(f.error, 1);
  }

  /// Compares `actual` with the slope that was found. At a kink every slope
  /// between those of the two sides may be right, and no other.
  void judge(component c, const finding &f, long double actual,
             long double rounding) {
    c.actual = actual;
    c.expected = f.at.central.value;
    long double error = f.error + rounding;
    if (f.kink && f.resolved) {
      const auto [low, high] = std::minmax(f.at.left.value, f.at.right.value);
      error = 8 * (f.at.left.error + f.at.right.error) + rounding;
      c.expected = std::fmin(std::fmax(actual, low), high);
      c.note = f.why;
    }
    if (!f.resolved || (f.kink && same(c.expected, actual))) {
      c.bound = error;
      c.note = f.why;
      c.verdict = verdict::inconclusive;
      result_.components.push_back(c);
      return;
    }
    settle(c, error);
  }

  void compare_output(const std::string &name, const place &where,
                      const numbers &u, const numbers &t, std::size_t only,
                      long double actual) {
    component c;
    c.name = name;
    c.parameter = where.parameter;
    c.index = where.index;
    judge(c, examine(u, t, only), actual, 0);
  }

  /// `actual` against J^T u. The adjoints were `before`; `kept` is the part of
  /// them that `actual` contains.
  void compare_adjoints(const numbers &u, const numbers &before,
                        const numbers &actual, const numbers &kept) {
    if (x_.size() <= options_.components) {
      for (std::size_t i = 0; i < x_.size(); ++i)
        compare_adjoint(i, u, before, actual, kept);
      return;
    }
    for (std::size_t j = 0; j < options_.directions; ++j) {
      const numbers v = direction();
      component c;
      c.name = "the adjoint along random direction " + std::to_string(j + 1);
      c.parameter = -1;
      judge(c, examine(u, v, no_index), product(actual, v),
            accumulated(before, v));
      if (result_.components.back().verdict != verdict::differs)
        continue;
      compare_adjoint(culprit(u, v, before, actual), u, before, actual, kept);
      return;
    }
  }

  void compare_adjoint(std::size_t i, const numbers &u, const numbers &before,
                       const numbers &actual, const numbers &kept) {
    numbers v(x_.size());
    v[i] = 1;
    component c;
    c.name = "d_" + name_of(where_[i]);
    c.parameter = where_[i].parameter;
    c.index = where_[i].index;
    judge(c, examine(u, v, i), actual[i], accumulated(before, v));
    component &last = result_.components.back();
    if (last.verdict != verdict::differs)
      return;
    if (std::fabs(actual[i] - (last.expected - before[i])) <= last.bound)
      last.note = "what was in it is lost, the derivative is to be added";
    else if (std::fabs(actual[i] + last.expected - 2 * kept[i]) <= last.bound)
      last.note = "the sign is wrong";
  }

  static long double product(const numbers &a, const numbers &b) {
    long double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (b[i] != 0)
        sum += a[i] * b[i];
    return sum;
  }

  /// The rounding of adding to these numbers.
  long double accumulated(const numbers &before, const numbers &v) const {
    long double sum = 0;
    for (std::size_t i = 0; i < v.size(); ++i)
      sum += std::fabs(before[i] * v[i]);
    return 4 * epsilon_ * sum;
  }

  /// A component that is wrong, by halving a direction that disagrees.
  std::size_t culprit(const numbers &u, const numbers &v, const numbers &before,
                      const numbers &actual) {
    std::size_t low = 0, high = v.size();
    while (high - low > 1) {
      const std::size_t middle = low + (high - low) / 2;
      numbers part(v.size());
      std::copy(v.begin() + static_cast<std::ptrdiff_t>(low),
                v.begin() + static_cast<std::ptrdiff_t>(middle),
                part.begin() + static_cast<std::ptrdiff_t>(low));
      const finding f = examine(u, part, no_index);
      const long double sum = product(actual, part);
      const bool wrong = !(std::fabs(sum - f.at.central.value) <=
                           f.error + accumulated(before, part) +
                               tolerance(sum, f.at.central.value));
      (wrong ? high : low) = middle;
    }
    return low;
  }

  check_options options_;
  long double epsilon_;
  random_numbers random_;
  check_result result_;
  bool returns_ = false;
  /// Inputs, where they are, how large they are, and outputs: the result, then
  /// the memory.
  numbers x_;
  std::vector<place> where_;
  numbers sizes_;
  numbers y_;
  /// Of the last pullback.
  numbers u_, pulled_;
};

} // namespace detail
} // namespace retrograd

#endif // RETROGRAD_CHECK_EXAMINER_H
