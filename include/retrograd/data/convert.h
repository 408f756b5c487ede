//===- convert.h - Numbers of one type as another, exactly --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's integers have 64 bits and the label of a loss is an int; images are
// bytes and a network reads floats. A conversion is asked for by name, and a
// number that does not survive it is an error that says where it is.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_CONVERT_H
#define RETROGRAD_DATA_CONVERT_H

#include <cmath>
#include <limits>
#include <retrograd/data/data_error.h>
#include <retrograd/data/element_type.h>
#include <span>
#include <string>
#include <vector>

namespace retrograd {

namespace detail {

/// The shortest text that reads back as the same number.
std::string shortest(float);
std::string shortest(double);
template <data_element T>
  requires std::is_integral_v<T>
std::string shortest(T x) {
  return std::to_string(x);
}

[[noreturn]] void conversion_failed(const std::string &what, std::size_t index,
                                    const std::string &value, element_type to);

/// A power of two that is the first number past the largest of an integer type.
template <class To> constexpr double past_the_largest() {
  return 2 * static_cast<double>(std::uint64_t(1) << (8 * sizeof(To) - 1 -
                                                      std::is_signed_v<To>));
}

/// Whether a number keeps its value, or, as a real, all but its last digits.
template <data_element To, data_element From> bool survives(From x) {
  if constexpr (std::is_same_v<To, bool>)
    return x == From(0) || x == From(1);
  else if constexpr (std::is_same_v<To, From> || std::is_same_v<From, bool>)
    return true;
  else if constexpr (std::is_floating_point_v<To>)
    return std::is_integral_v<From> || sizeof(To) >= sizeof(From) ||
           !(std::fabs(x) > std::numeric_limits<To>::max()) || std::isinf(x);
  else if constexpr (std::is_integral_v<From>)
    return static_cast<From>(static_cast<To>(x)) == x &&
           (x < From(0)) == (static_cast<To>(x) < To(0));
  else
    return std::trunc(x) == x && x < past_the_largest<To>() &&
           x >= (std::is_signed_v<To> ? -past_the_largest<To>() : 0.0);
}

} // namespace detail

/// A copy of the numbers as another type. Integers and truth values must keep
/// their value; reals are rounded to the nearest, and must not become infinite.
/// Throws data_error, which calls the numbers `what`, for the first that fails.
template <data_number To, data_element From>
std::vector<To> converted(std::span<const From> values,
                          const std::string &what = "the array") {
  std::vector<To> result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!detail::survives<To>(values[i]))
      detail::conversion_failed(what, i, detail::shortest(values[i]),
                                element_type_of<To>());
    result[i] = static_cast<To>(values[i]);
  }
  return result;
}

} // namespace retrograd

#endif // RETROGRAD_DATA_CONVERT_H
