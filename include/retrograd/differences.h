//===- differences.h - Derivatives by differences, with error bounds ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers that derivatives are compared with. No single step suits every
// function: a long one sees its curvature, a short one its rounding. So a sweep
// of steps h, h/2, h/4, ... is extrapolated to the step 0, and the entry of the
// table that its neighbours agree with best is the result, their disagreement
// its error. See C. J. F. Ridders, "Accurate computation of F'(x) and
// F'(x) F''(x)", Advances in Engineering Software 4 (1982).
//
// Central differences converge at a kink, too, to the mean of the slopes on
// both sides. So those are extrapolated as well, for the caller to compare.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DIFFERENCES_H
#define RETROGRAD_DIFFERENCES_H

#include <cmath>
#include <cstddef>
#include <vector>

namespace retrograd {

/// A number with a bound of its error.
struct estimate {
  long double value = 0;
  long double error = 0;
};

/// The limit at step 0 of quotients at steps h, h/2, h/4, ..., each with a
/// bound of its rounding error. Their truncation errors are powers of
/// the step: all of them for order 1, the even ones for order 2.
inline estimate extrapolate(const std::vector<estimate> &quotients,
                            int order = 2) {
  if (quotients.empty())
    return {0, HUGE_VALL};
  const long double ratio = order == 2 ? 4 : 2;
  estimate best{quotients[0].value, HUGE_VALL};
  std::vector<long double> previous;
  for (std::size_t i = 0; i < quotients.size(); ++i) {
    std::vector<long double> row = {quotients[i].value};
    long double factor = 1;
    for (std::size_t j = 1; j <= i; ++j) {
      factor *= ratio;
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

/// What differences say of one output along a line. An error is infinite where
/// nothing can be said.
struct slope {
  estimate central;
  estimate left;
  estimate right;

  /// The one-sided slopes differ by more than their errors, and than this.
  bool has_kink(long double limit) const {
    return std::fabs(right.value - left.value) >
           std::fmax(8 * (right.error + left.error), limit);
  }
};

namespace detail {

/// The quotients of one output, from the long steps to the short ones.
struct quotients {
  std::vector<estimate> central, left, right;

  void add(const estimate &low, long double t_low, const estimate &middle,
           const estimate &high, long double t_high) {
    if (!std::isfinite(low.value) || !std::isfinite(high.value)) {
      // Only the steps that are short enough count.
      *this = quotients();
      return;
    }
    auto quotient = [](const estimate &a, const estimate &b, long double t) {
      return estimate{(b.value - a.value) / t, (a.error + b.error) / t};
    };
    central.push_back(quotient(low, high, t_high - t_low));
    right.push_back(quotient(middle, high, t_high));
    left.push_back(quotient(low, middle, -t_low));
  }
};

} // namespace detail

/// The slopes at t = 0 of all outputs along a line, from a sweep of nine steps
/// that begins with this one. Line is called with a long double &t, which it
/// may replace by the nearest one that the arguments' types can hold, and
/// returns the outputs there with bounds of their rounding errors.
template <class Line>
std::vector<slope> differentiate(Line &&line, long double step) {
  long double origin = 0;
  const std::vector<estimate> middle = line(origin);
  std::vector<detail::quotients> all(middle.size());
  for (int level = 0; level < 9; ++level, step /= 2) {
    long double t_high = step, t_low = -step;
    const std::vector<estimate> high = line(t_high), low = line(t_low);
    if (!(t_high > 0 && t_low < 0))
      break;
    for (std::size_t k = 0; k < all.size(); ++k)
      all[k].add(low[k], t_low, middle[k], high[k], t_high);
  }
  std::vector<slope> slopes;
  for (const detail::quotients &q : all)
    slopes.push_back({extrapolate(q.central), extrapolate(q.left, 1),
                      extrapolate(q.right, 1)});
  return slopes;
}

/// The first step for arguments of this size: long against their rounding,
/// short against what functions of such arguments do.
inline long double first_step(long double size, long double epsilon) {
  return size * std::exp2(std::floor(std::log2(epsilon) / 8));
}

} // namespace retrograd

#endif // RETROGRAD_DIFFERENCES_H
