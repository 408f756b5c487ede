//===- lbfgs.cpp - Two loops and a line search ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See lbfgs.h for the papers. Vectors are of the type of the parameters; inner
// products and everything that is a number are in double.
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/lbfgs.h>

#include <retrograd/optimizers/option_check.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace retrograd {

//===- Vectors ------------------------------------------------------------===//

/// The inner product, in an order that depends on the length alone.
template <class T>
static double dot(std::span<const T> x, std::span<const T> y) {
  constexpr std::size_t lanes = 8;
  double sum[lanes] = {};
  std::size_t i = 0;
  for (; i + lanes <= x.size(); i += lanes)
    for (std::size_t k = 0; k < lanes; ++k)
      sum[k] += static_cast<double>(x[i + k]) * static_cast<double>(y[i + k]);
  for (; i < x.size(); ++i)
    sum[i % lanes] += static_cast<double>(x[i]) * static_cast<double>(y[i]);
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) +
         ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/// y + a x, into y.
template <class T>
static void add(double a, const detail::aligned_vector<T> &x,
                detail::aligned_vector<T> &y) {
  const T factor = static_cast<T>(a);
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] += factor * x[i];
}

/// The largest entry; a NaN if there is one.
template <class T> static double largest(std::span<const T> x) {
  T result = 0;
  for (const T v : x)
    if (!(std::fabs(v) <= result))
      result = std::isnan(result) ? result : std::fabs(v);
  return static_cast<double>(result);
}

/// The sum of magnitudes.
template <class T> static double total(std::span<const T> x) {
  double result = 0;
  for (const T v : x)
    result += std::fabs(static_cast<double>(v));
  return result;
}

//===- Options ------------------------------------------------------------===//

void LBFGS::validate() const {
  const detail::option_check check(name);
  check.positive("lr", lr);
  check.at_least("max_iter", max_iter, 1);
  check.at_least("max_eval", max_eval, 0);
  check.at_least_zero("tolerance_grad", tolerance_grad);
  check.at_least_zero("tolerance_change", tolerance_change);
  check.at_least("history_size", history_size, 1);
  check.inside_unit("sufficient_decrease", sufficient_decrease);
  if (!(curvature > sufficient_decrease && curvature < 1))
    check.fail("curvature is " + detail::number_text(curvature) +
               "; it must be in (sufficient_decrease, 1) = (" +
               detail::number_text(sufficient_decrease) + ", 1)");
  check.at_least("max_line_search", max_line_search, 1);
}

static std::int64_t evaluation_limit(const LBFGS &o) {
  return o.max_eval > 0
             ? o.max_eval
             : std::max(o.max_iter + o.max_iter / 4, o.max_iter + 25);
}

template <class T>
lbfgs_state<T>::lbfgs_state(const LBFGS &options, const parameters<T> &p)
    : options_(options), gradient_(p.size()), old_gradient_(p.size()),
      old_values_(p.size()), direction_(p.size()) {
  options.validate();
  const detail::option_check check(LBFGS::name);
  for (const parameter_group &g : p.groups()) {
    if (g.options.lr)
      check.fail("block '" + g.name +
                 "' has an lr of its own; the line search has one for all");
    if (g.options.weight_decay.value_or(0) != 0)
      check.fail("block '" + g.name +
                 "' has a weight_decay; add the penalty to the loss");
  }
}

//===- An iteration -------------------------------------------------------===//

template <class T>
bool lbfgs_state<T>::end(lbfgs_end why, std::string message) {
  summary_.why = why;
  summary_.message = std::move(message);
  return false;
}

template <class T>
double lbfgs_state<T>::evaluate(const parameters<T> &p, const objective<T> &f) {
  ++summary_.evaluations;
  const double value = f(p.values(), gradient_);
  for (const parameter_group &g : p.groups())
    if (g.options.frozen)
      std::fill_n(gradient_.begin() + static_cast<std::ptrdiff_t>(g.offset),
                  g.size, T(0));
  return value;
}

template <class T>
bool lbfgs_state<T>::start(const parameters<T> &p, const objective<T> &f) {
  summary_.first_loss = summary_.final_loss = evaluate(p, f);
  summary_.gradient_max = largest<T>(gradient_);
  if (!std::isfinite(summary_.first_loss))
    return end(lbfgs_end::not_finite,
               "the loss at the start is " +
                   detail::number_text(summary_.first_loss));
  if (!std::isfinite(summary_.gradient_max))
    return end(lbfgs_end::not_finite,
               "the gradient at the start is not finite");
  if (summary_.gradient_max <= options_.tolerance_grad)
    return end(lbfgs_end::gradient,
               "the gradient at the start is at most tolerance_grad");
  return true;
}

template <class T>
bool lbfgs_state<T>::iterate(parameters<T> &p, const objective<T> &f) {
  if (p.size() != gradient_.size())
    detail::option_check(LBFGS::name)
        .fail("the parameters have " + std::to_string(p.size()) +
              " entries; the state was made for " +
              std::to_string(gradient_.size()));
  const bool has_more_iterations = summary_.why == lbfgs_end::iterations &&
                                   summary_.iterations < options_.max_iter;
  const bool has_more_evaluations =
      summary_.why == lbfgs_end::evaluations &&
      summary_.evaluations < evaluation_limit(options_);
  if (has_more_iterations || has_more_evaluations)
    summary_.why = lbfgs_end::running;
  if (summary_.why != lbfgs_end::running)
    return false;
  if (summary_.evaluations == 0 && !start(p, f))
    return false;

  const std::span<const T> values = p.values();
  std::copy(values.begin(), values.end(), old_values_.begin());
  old_gradient_ = gradient_;
  find_direction();
  ++summary_.iterations;
  const double old_loss = summary_.final_loss;
  const point origin = {0, old_loss, dot<T>(gradient_, direction_), true};
  const double t = history_.empty()
                       ? options_.lr * std::min(1.0, 1 / total<T>(gradient_))
                       : options_.lr;
  const point reached = options_.line_search_fn == line_search::none
                            ? try_step(p, f, t)
                            : search(p, f, origin, t);
  summary_.final_loss = reached.value;
  summary_.gradient_max = largest<T>(gradient_);
  if (!reached.finite)
    return end(lbfgs_end::not_finite,
               "the loss became " + detail::number_text(reached.value) +
                   " after a step without a line search");
  if (reached.t == 0) {
    // A history that is of no use any more is dropped, once.
    if (history_.empty())
      return end(lbfgs_end::line_search_failed,
                 "the loss does not decrease along the gradient: either it is "
                 "as small as its rounding allows, or the gradient is not its "
                 "gradient");
    history_.clear();
    return true;
  }
  remember(p);
  return conclude(p, old_loss);
}

template <class T>
bool lbfgs_state<T>::conclude(const parameters<T> &p, double old_loss) {
  if (summary_.gradient_max <= options_.tolerance_grad)
    return end(lbfgs_end::gradient,
               "the largest entry of the gradient is " +
                   detail::number_text(summary_.gradient_max));
  double change = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    change = std::max(
        change, std::fabs(static_cast<double>(p.values()[i] - old_values_[i])));
  if (change <= options_.tolerance_change)
    return end(lbfgs_end::change, "the largest change of a parameter is " +
                                      detail::number_text(change));
  const double gain = std::fabs(summary_.final_loss - old_loss);
  if (gain < options_.tolerance_change)
    return end(lbfgs_end::change,
               "the loss changes by " + detail::number_text(gain));
  if (summary_.iterations >= options_.max_iter)
    return end(lbfgs_end::iterations, "max_iter iterations are done");
  if (summary_.evaluations >= evaluation_limit(options_))
    return end(lbfgs_end::evaluations, "max_eval evaluations are done");
  return true;
}

/// The two loops of Nocedal and Wright, algorithm 7.4.
template <class T> void lbfgs_state<T>::find_direction() {
  for (std::size_t i = 0; i < gradient_.size(); ++i)
    direction_[i] = -gradient_[i];
  if (history_.empty())
    return;
  std::vector<double> alpha(history_.size());
  for (std::size_t i = history_.size(); i-- > 0;) {
    const pair &each = history_[i];
    alpha[i] = dot<T>(each.s, direction_) / each.sy;
    add(-alpha[i], each.y, direction_);
  }
  const T scale = static_cast<T>(history_.back().sy / history_.back().yy);
  for (T &entry : direction_)
    entry *= scale;
  for (std::size_t i = 0; i < history_.size(); ++i) {
    const pair &each = history_[i];
    add(alpha[i] - dot<T>(each.y, direction_) / each.sy, each.s, direction_);
  }
}

/// Keeps the pair of this step if it has positive curvature beyond rounding.
template <class T> void lbfgs_state<T>::remember(const parameters<T> &p) {
  pair next;
  if (static_cast<std::int64_t>(history_.size()) == options_.history_size) {
    next = std::move(history_.front());
    history_.erase(history_.begin());
  }
  next.s.resize(p.size());
  next.y.resize(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    next.s[i] = p.values()[i] - old_values_[i];
    next.y[i] = gradient_[i] - old_gradient_[i];
  }
  next.sy = dot<T>(next.s, next.y);
  next.yy = dot<T>(next.y, next.y);
  const double rounding = std::numeric_limits<T>::epsilon() *
                          std::sqrt(dot<T>(next.s, next.s) * next.yy);
  if (next.sy > rounding)
    history_.push_back(std::move(next));
}

template <class T> auto lbfgs_state<T>::flatten() const -> flat_history {
  flat_history flat;
  flat.s.reserve(history_.size() * gradient_.size());
  flat.y.reserve(history_.size() * gradient_.size());
  for (const pair &each : history_) {
    flat.s.insert(flat.s.end(), each.s.begin(), each.s.end());
    flat.y.insert(flat.y.end(), each.y.begin(), each.y.end());
    flat.products.push_back(each.sy);
    flat.products.push_back(each.yy);
  }
  return flat;
}

template <class T> void lbfgs_state<T>::restore(const flat_history &flat) {
  const detail::option_check check(LBFGS::name);
  const std::size_t pairs = flat.products.size() / 2, n = gradient_.size();
  if (flat.s.size() != pairs * n || flat.y.size() != pairs * n)
    check.fail("the state that was loaded has " + std::to_string(pairs) +
               " pairs in " + std::to_string(flat.s.size()) + " and " +
               std::to_string(flat.y.size()) + " numbers; a pair has " +
               std::to_string(n) + " each");
  if (pairs > static_cast<std::size_t>(options_.history_size))
    check.fail("the state that was loaded has " + std::to_string(pairs) +
               " pairs; history_size is " +
               std::to_string(options_.history_size));
  history_.resize(pairs);
  for (std::size_t i = 0; i < pairs; ++i) {
    history_[i].s.assign(flat.s.data() + i * n, flat.s.data() + (i + 1) * n);
    history_[i].y.assign(flat.y.data() + i * n, flat.y.data() + (i + 1) * n);
    history_[i].sy = flat.products[2 * i];
    history_[i].yy = flat.products[2 * i + 1];
  }
}

//===- The line search ----------------------------------------------------===//

template <class T>
auto lbfgs_state<T>::try_step(parameters<T> &p, const objective<T> &f, double t)
    -> point {
  const T factor = static_cast<T>(t);
  const std::span<T> x = p.values();
  // At 0 the old point, whatever the direction is.
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = t == 0 ? old_values_[i] : old_values_[i] + factor * direction_[i];
  current_t_ = t;
  const double value = evaluate(p, f);
  const double slope = dot<T>(gradient_, direction_);
  return {t, value, slope, std::isfinite(value) && std::isfinite(slope)};
}

/// Sufficient decrease; or, where the loss cannot tell any more, a slope that
/// says the same: W. W. Hager, H. Zhang, A new conjugate gradient method with
/// guaranteed descent, SIAM J. Optim. 16 (2005), equation 4.1.
template <class T>
bool lbfgs_state<T>::decreases(const point &origin, const point &p) const {
  if (!p.finite)
    return false;
  if (p.value <=
      origin.value + options_.sufficient_decrease * p.t * origin.slope)
    return true;
  const double rounding =
      4 * std::numeric_limits<T>::epsilon() * std::fabs(origin.value);
  return p.value <= origin.value + rounding &&
         p.slope <= (2 * options_.sufficient_decrease - 1) * origin.slope;
}

template <class T>
bool lbfgs_state<T>::is_flat(const point &origin, const point &p) const {
  return std::fabs(p.slope) <= -options_.curvature * origin.slope;
}

/// Where the cubic through two points with slopes has its minimum; not a number
/// if it has none. Nocedal and Wright, equation 3.59.
template <class Point>
static double cubic_minimum(const Point &a, const Point &b) {
  const double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.t - b.t);
  const double d2 =
      std::copysign(std::sqrt(d1 * d1 - a.slope * b.slope), b.t - a.t);
  return b.t - (b.t - a.t) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
}

/// The next t between two points: at least a tenth of their distance from
/// either, and their middle if the cubic does not help.
template <class Point> static double between(const Point &a, const Point &b) {
  const double middle = a.t + 0.5 * (b.t - a.t);
  const double t = a.finite && b.finite ? cubic_minimum(a, b) : middle;
  const double margin = 0.1 * std::fabs(b.t - a.t);
  return std::isfinite(t) ? std::clamp(t, std::min(a.t, b.t) + margin,
                                       std::max(a.t, b.t) - margin)
                          : middle;
}

/// The next t beyond b, as seen from a: where the cubic has its minimum, but
/// between 1.1 and 10 times as far as b; twice as far if the minimum is not
/// ahead.
template <class Point> static double beyond(const Point &a, const Point &b) {
  const double t = cubic_minimum(a, b);
  return t > b.t ? std::clamp(t, 1.1 * b.t, 10 * b.t) : 2 * b.t;
}

/// Algorithm 3.5: goes on until an interval holds what is looked for. The
/// result has t = 0 if there is no decrease; parameters, gradient and the
/// result agree.
template <class T>
auto lbfgs_state<T>::search(parameters<T> &p, const objective<T> &f,
                            const point &origin, double t) -> point {
  // A direction that rounding has spoilt, or a gradient that is zero.
  if (!(origin.slope < 0))
    return try_step(p, f, 0);
  point previous = origin;
  for (std::int64_t tries = options_.max_line_search; tries > 0; --tries) {
    const point next = try_step(p, f, t);
    if (!decreases(origin, next) ||
        (previous.t > 0 && next.value > previous.value))
      return zoom(p, f, origin, previous, next, tries - 1);
    if (is_flat(origin, next))
      return next;
    if (next.slope >= 0)
      return zoom(p, f, origin, next, previous, tries - 1);
    t = beyond(previous, next);
    previous = next;
  }
  return settle(p, f, origin, previous);
}

/// Algorithm 3.6: `low` decreases the loss most so far, and its slope points
/// to `high`.
template <class T>
auto lbfgs_state<T>::zoom(parameters<T> &p, const objective<T> &f,
                          const point &origin, point low, point high,
                          std::int64_t tries) -> point {
  for (; tries > 0; --tries) {
    const double t = between(low, high);
    if (t == low.t || t == high.t)
      break;
    const point next = try_step(p, f, t);
    if (!decreases(origin, next) || next.value > low.value) {
      high = next;
      continue;
    }
    if (is_flat(origin, next))
      return next;
    if (next.slope * (high.t - low.t) >= 0)
      high = low;
    low = next;
  }
  return settle(p, f, origin, low);
}

/// The end of a search that has not found what it looked for: a point that is
/// at least lower than the origin, or the origin.
template <class T>
auto lbfgs_state<T>::settle(parameters<T> &p, const objective<T> &f,
                            const point &origin, const point &best) -> point {
  if (!(best.value < origin.value))
    return try_step(p, f, 0);
  return current_t_ == best.t ? best : try_step(p, f, best.t);
}

//===- Runs ---------------------------------------------------------------===//

template class lbfgs_state<float>;
template class lbfgs_state<double>;

template <class T>
lbfgs_summary minimize(const LBFGS &options, parameters<T> &p,
                       const std::type_identity_t<objective<T>> &f) {
  lbfgs_state<T> state(options, p);
  while (state.iterate(p, f))
    ;
  return state.summary();
}

template lbfgs_summary minimize(const LBFGS &, parameters<float> &,
                                const objective<float> &);
template lbfgs_summary minimize(const LBFGS &, parameters<double> &,
                                const objective<double> &);

} // namespace retrograd
