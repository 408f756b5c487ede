//===- csv_number.cpp - The numbers in a text ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// std::from_chars does not round what is too small: 1e-50 is no float to it,
// but it is, namely 0. A wider type reads it, and is rounded.
//
//===----------------------------------------------------------------------===//

#include <charconv>
#include <cmath>
#include <optional>
#include <retrograd/data/convert.h>
#include <retrograd/data/csv.h>

namespace retrograd::detail {

/// The whole text as a number, without a sign that from_chars does not know.
template <class T> static std::optional<T> whole(std::string_view text) {
  T value = 0;
  const char *last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc() || end != last)
    return std::nullopt;
  return value;
}

/// The same where the type above can tell that a number is tiny, not huge. For
/// that type libstdc++ looks for a zero behind the text: a copy has one.
template <class T> static std::optional<T> rounded(std::string_view text) {
  if (const auto value = whole<T>(text))
    return value;
  const auto wide = whole<long double>(std::string(text));
  if (!wide || std::fabs(*wide) > 1)
    return std::nullopt;
  return static_cast<T>(*wide);
}

template <data_number T>
bool append_number(void *vector, std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+')
    text.remove_prefix(1);
  std::optional<T> value;
  if constexpr (std::is_floating_point_v<T>) {
    value = rounded<T>(text);
  } else {
    value = whole<T>(text);
    // A whole number may be written as a real.
    if (const auto real = value ? std::nullopt : whole<double>(text);
        real && survives<T>(*real))
      value = static_cast<T>(*real);
  }
  if (!value)
    return false;
  static_cast<std::vector<T> *>(vector)->push_back(*value);
  return true;
}

#define RETROGRAD_FOR_NUMBER(T)                                                \
  template bool append_number<T>(void *, std::string_view);
RETROGRAD_FOR_NUMBER(std::int8_t)
RETROGRAD_FOR_NUMBER(std::int16_t)
RETROGRAD_FOR_NUMBER(std::int32_t)
RETROGRAD_FOR_NUMBER(std::int64_t)
RETROGRAD_FOR_NUMBER(std::uint8_t)
RETROGRAD_FOR_NUMBER(std::uint16_t)
RETROGRAD_FOR_NUMBER(std::uint32_t)
RETROGRAD_FOR_NUMBER(std::uint64_t)
RETROGRAD_FOR_NUMBER(long long)
RETROGRAD_FOR_NUMBER(unsigned long long)
RETROGRAD_FOR_NUMBER(float)
RETROGRAD_FOR_NUMBER(double)
#undef RETROGRAD_FOR_NUMBER

} // namespace retrograd::detail
