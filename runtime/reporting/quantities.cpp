//===- quantities.cpp - Numbers as people read them -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// std::to_chars and not printf, whose decimal point follows the locale.
//
//===----------------------------------------------------------------------===//

#include "quantities.h"
#include <array>
#include <charconv>
#include <cmath>

namespace retrograd::reporting {

namespace {

std::string not_finite(double value) {
  if (std::isnan(value))
    return "nan";
  return value < 0 ? "-inf" : "inf";
}

std::string chars(double value, std::chars_format format, int precision) {
  // The longest double in fixed notation has 309 digits before the point.
  std::array<char, 512> text;
  const auto [end, error] = std::to_chars(
      text.data(), text.data() + text.size(), value, format, precision);
  return error == std::errc() ? std::string(text.data(), end) : "?";
}

/// The exponent that `value` has once it is rounded to `digits` digits.
int decimal_exponent(double value, int digits) {
  const std::string text =
      chars(value, std::chars_format::scientific, digits - 1);
  int exponent = 0;
  const std::size_t e = text.find('e');
  const std::size_t begin = text[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(text.data() + begin, text.data() + text.size(), exponent);
  return exponent;
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

void drop_zeros_at_the_end(std::string &mantissa) {
  if (mantissa.find('.') == std::string::npos)
    return;
  mantissa.erase(mantissa.find_last_not_of('0') + 1);
  if (mantissa.back() == '.')
    mantissa.pop_back();
}

} // namespace

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value))
    return not_finite(value);
  return chars(value, std::chars_format::fixed, decimals);
}

std::string with_digits(double value, int digits) {
  if (!std::isfinite(value))
    return not_finite(value);
  if (value == 0)
    return fixed(0, digits - 1);
  const int exponent = decimal_exponent(value, digits);
  if (exponent < -4 || exponent > digits + 1)
    return chars(value, std::chars_format::scientific, digits - 1);
  return fixed(value, exponent >= digits ? 0 : digits - 1 - exponent);
}

std::string shortest(double value, int digits) {
  std::string text = with_digits(value, digits);
  const std::size_t e = std::isfinite(value) ? text.find('e') : text.npos;
  if (e == std::string::npos) {
    if (std::isfinite(value))
      drop_zeros_at_the_end(text);
    return text;
  }
  std::string mantissa = text.substr(0, e);
  drop_zeros_at_the_end(mantissa);
  return mantissa + "e" + std::to_string(decimal_exponent(value, digits));
}

std::string grouped(std::int64_t value) {
  std::string text = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3;) {
    i -= 3;
    text.insert(i, 1, ',');
  }
  return text;
}

std::string with_prefix(double value) {
  if (!std::isfinite(value))
    return not_finite(value);
  static constexpr std::array<const char *, 6> prefixes = {"",  "k", "M",
                                                           "G", "T", "P"};
  std::size_t prefix = 0;
  // 999.5 has four digits once it is rounded.
  while (std::fabs(value) >= 999.5 && prefix + 1 < prefixes.size()) {
    value /= 1000;
    ++prefix;
  }
  const double size = std::fabs(value);
  const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  std::string text = fixed(value, decimals);
  if (prefix == 0)
    drop_zeros_at_the_end(text);
  return text + prefixes[prefix];
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0)
    return "unknown time";
  if (seconds == 0)
    return "0 s";
  if (seconds < 0.9995e-3)
    return fixed(seconds * 1e6, seconds < 99.5e-6 ? 1 : 0) + " us";
  if (seconds < 0.9995)
    return with_digits(seconds * 1e3, 3) + " ms";
  if (seconds < 99.95)
    return fixed(seconds, seconds < 9.995 ? 2 : 1) + " s";
  const std::int64_t whole =
      seconds < 1e15 ? std::llround(seconds) : std::int64_t(1e15);
  const std::int64_t minutes = whole / 60;
  if (whole < 3600)
    return std::to_string(minutes) + " min " + two_digits(whole % 60) + " s";
  return grouped(minutes / 60) + " h " + two_digits(minutes % 60) + " min";
}

std::string countdown(double seconds) {
  // A hundred years say as much as infinity.
  if (!(seconds >= 0 && seconds < 3.2e9))
    return "--:--";
  const std::int64_t whole = std::llround(std::ceil(seconds));
  const std::int64_t hours = whole / 3600;
  const std::int64_t minutes = whole / 60 % 60;
  if (hours >= 48)
    return std::to_string(hours / 24) + " d " + two_digits(hours % 24) + " h";
  const std::string tail = two_digits(whole % 60);
  if (hours > 0)
    return std::to_string(hours) + ":" + two_digits(minutes) + ":" + tail;
  return std::to_string(minutes) + ":" + tail;
}

} // namespace retrograd::reporting
