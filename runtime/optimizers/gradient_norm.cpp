//===- gradient_norm.cpp - Sums of squares by a fixed tree ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Leaves of fixed length are summed by the kernels, and the leaves by a binary
// tree, as in N. J. Higham, The accuracy of floating point summation, SIAM J.
// Sci. Comput. 14 (1993): the error grows with the logarithm of the length.
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/gradient_norm.h>

#include <retrograd/optimizers/option_check.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace retrograd {

constexpr std::size_t leaf = 4096;

/// The sum over leaves [first, first + count) of an array of n numbers.
template <class T>
static double tree(const T *x, std::size_t n, std::size_t first,
                   std::size_t count) {
  if (count == 1)
    return detail::sum_of_squares(x + first * leaf,
                                  std::min(leaf, n - first * leaf));
  // The left half is a full tree, whatever n is.
  std::size_t left = 1;
  while (2 * left < count)
    left *= 2;
  return tree(x, n, first, left) + tree(x, n, first + left, count - left);
}

template <class T> static double squares(std::span<const T> x) {
  if (x.empty())
    return 0;
  return tree(x.data(), x.size(), 0, (x.size() + leaf - 1) / leaf);
}

/// The norm of numbers whose squares leave the range of double: scaled by a
/// power of two, so that scaling rounds nothing away. None of them is a NaN.
static double scaled_norm(std::span<const double> x) {
  double largest = 0;
  for (const double v : x)
    largest = std::fabs(v) <= largest ? largest : std::fabs(v);
  if (largest == 0 || !std::isfinite(largest))
    return largest;
  int exponent = 0;
  std::frexp(largest, &exponent);
  double sum = 0;
  for (const double v : x) {
    const double scaled = std::ldexp(v, -exponent);
    sum += scaled * scaled;
  }
  return std::ldexp(std::sqrt(sum), exponent);
}

/// Below this, squares may have lost digits; above the other, digits of a sum.
constexpr double small_sum = 1e-280;

template <class T> static double norm(std::span<const T> x, double sum) {
  if constexpr (sizeof(T) == sizeof(double))
    if (sum < small_sum || sum > std::numeric_limits<double>::max())
      return scaled_norm(x);
  return std::sqrt(sum);
}

double gradient_norm(std::span<const float> gradient) {
  return norm(gradient, squares(gradient));
}

double gradient_norm(std::span<const double> gradient) {
  return norm(gradient, squares(gradient));
}

template <class T>
double gradient_norm(const parameters<T> &p, std::span<const T> gradient) {
  if (gradient.size() != p.size())
    detail::option_check("gradient_norm")
        .fail("the gradient has " + std::to_string(gradient.size()) +
              " entries; the parameters have " + std::to_string(p.size()));
  bool frozen = false;
  for (const parameter_group &g : p.groups())
    frozen |= g.options.frozen;
  if (!frozen)
    return gradient_norm(gradient);
  double result = 0;
  for (const parameter_group &g : p.groups())
    if (!g.options.frozen)
      result =
          std::hypot(result, gradient_norm(gradient.subspan(g.offset, g.size)));
  return result;
}

template double gradient_norm(const parameters<float> &,
                              std::span<const float>);
template double gradient_norm(const parameters<double> &,
                              std::span<const double>);

double clip_factor(double norm, double max_norm) {
  if (!(max_norm > 0))
    detail::option_check("clip_factor")
        .fail("max_norm is " + detail::number_text(max_norm) +
              "; it must be in (0, inf]");
  const double factor = max_norm / (norm + 1e-6);
  return factor > 1 ? 1 : factor;
}

} // namespace retrograd
