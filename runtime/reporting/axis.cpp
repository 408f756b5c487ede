//===- axis.cpp - Scales with ticks at round numbers ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tick is kept as a whole number and a power of ten for as long as possible,
// so that its label is exact: 0.3 and not 0.30000000000000004.
//
//===----------------------------------------------------------------------===//

#include "axis.h"
#include "quantities.h"
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace retrograd::reporting {

namespace {

/// mantissa * 10^exponent
struct decimal {
  std::int64_t mantissa;
  int exponent;

  double value() const {
    // A power of ten is exact up to 10^22, a quotient by it is rounded once.
    return exponent < 0 ? double(mantissa) / std::pow(10.0, -exponent)
                        : double(mantissa) * std::pow(10.0, exponent);
  }
};

/// With the minus sign of typography.
std::string minus_sign(std::string text) {
  if (text[0] == '-')
    text.replace(0, 1, "−");
  return text;
}

std::string superscript(int number) {
  static constexpr const char *digits[] = {"⁰", "¹", "²", "³", "⁴",
                                           "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = number < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(number)))
    text += digits[c - '0'];
  return text;
}

enum class notation { short_numbers, powers };

std::string label_of(decimal tick,
                     notation preferred = notation::short_numbers) {
  if (tick.mantissa == 0)
    return "0";
  while (tick.mantissa % 10 == 0) {
    tick.mantissa /= 10;
    ++tick.exponent;
  }
  const double value = tick.value();
  const double size = std::fabs(value);
  const bool powers = preferred == notation::powers && size != 1 && size != 10;
  if (!powers && size < 1e6 && tick.exponent >= 0)
    return grouped(std::llround(value));
  if (!powers && size >= 0.9999e-4 && size < 1e4)
    return fixed(value, -tick.exponent);
  // One digit before the point: 25 * 10^-7 is 2.5 * 10^-6.
  std::string mantissa = std::to_string(tick.mantissa);
  const std::size_t first = tick.mantissa < 0 ? 1 : 0;
  tick.exponent += int(mantissa.size() - first) - 1;
  if (mantissa.size() > first + 1)
    mantissa.insert(first + 1, 1, '.');
  const std::string power = "10" + superscript(tick.exponent);
  if (mantissa == "1")
    return power;
  return mantissa + "×" + power;
}

/// The smallest of 1, 2, 5 times a power of ten that makes at most `about`
/// steps of `length`.
decimal round_step(double length, int about) {
  const double least = length / about;
  int exponent = int(std::floor(std::log10(least)));
  for (;; ++exponent)
    for (const std::int64_t mantissa : {1, 2, 5})
      if (const decimal step = {mantissa, exponent};
          step.value() >= least * (1 - 1e-9))
        return step;
}

/// The step of the same kind that comes nearest to `about` steps.
decimal nearest_step(double length, int about) {
  const decimal coarse = round_step(length, about);
  const decimal fine = {coarse.mantissa == 5   ? 2
                        : coarse.mantissa == 2 ? 1
                                               : 5,
                        coarse.exponent - (coarse.mantissa == 1)};
  const double few = length / coarse.value();
  const double many = length / fine.value();
  return many * few < double(about) * about ? fine : coarse;
}

tick labelled(decimal value) {
  return {value.value(), minus_sign(label_of(value))};
}

/// The multiples of the step from `first` to `last` times it.
std::vector<tick> multiples(decimal step, double first, double last) {
  std::vector<tick> ticks;
  for (double i = first; i <= last; ++i)
    ticks.push_back(labelled({std::int64_t(i) * step.mantissa, step.exponent}));
  return ticks;
}

/// A length that one can divide by, where there is only one value.
void widen(double &low, double &high) {
  if (high - low > 1e-12 * std::max(std::fabs(low), std::fabs(high)))
    return;
  const double margin = low == 0 ? 1 : std::fabs(low) / 10;
  low -= margin;
  high += margin;
}

/// One axis does not have 0.0001 beside 10⁻⁵.
notation notation_for(double low, double high) {
  return low < 0.9999e-4 || high >= 1e6 ? notation::powers
                                        : notation::short_numbers;
}

/// Ticks inside of [low, high] at powers of ten times each of `mantissas`,
/// those in `labels` of them with a label.
std::vector<tick> at_mantissas(double low, double high,
                               const std::vector<int> &labels) {
  std::vector<tick> ticks;
  const int last = int(std::ceil(std::log10(high)));
  for (int e = int(std::floor(std::log10(low))); e <= last; ++e)
    for (int m = 1; m <= 9; ++m) {
      const decimal value = {m, e};
      if (value.value() < low * (1 - 1e-9) || value.value() > high * (1 + 1e-9))
        continue;
      const bool label =
          std::find(labels.begin(), labels.end(), m) != labels.end();
      ticks.push_back({value.value(),
                       label ? label_of(value, notation_for(low, high)) : ""});
    }
  return ticks;
}

std::ptrdiff_t labels_in(const std::vector<tick> &ticks) {
  return std::count_if(ticks.begin(), ticks.end(),
                       [](const tick &t) { return !t.label.empty(); });
}

/// Powers of ten, each so many-th with a label, so that there are about `about`
/// labels, and the others without, unless they are too many.
std::vector<tick> powers(int first, int last, int about) {
  int every = 1;
  for (const int each : {2, 3, 5, 10, 20, 50, 100, 200})
    if ((last - first) / every > about)
      every = each;
  const int step = last - first > 50 ? every : 1;
  std::vector<tick> ticks;
  for (int e = first; e <= last; ++e)
    if (e % step == 0)
      ticks.push_back(
          {decimal{1, e}.value(),
           e % every == 0 ? label_of({1, e}, notation::powers) : ""});
  return ticks;
}

} // namespace

double axis::share(double value) const {
  // Not the logarithm of a quotient, which may be no finite number.
  if (logarithmic)
    return (std::log(value) - std::log(low)) / (std::log(high) - std::log(low));
  return (value - low) / (high - low);
}

axis linear_axis(double low, double high, int about) {
  if (low > 0 && low < 0.4 * high)
    low = 0;
  widen(low, high);
  const decimal step = nearest_step(high - low, about);
  const double size = step.value();
  const double first = std::floor(low / size + 1e-9);
  const double last = std::ceil(high / size - 1e-9);
  return {first * size, last * size, false, multiples(step, first, last)};
}

axis exact_axis(double low, double high, int about, bool whole) {
  widen(low, high);
  decimal step = round_step(high - low, about);
  if (whole && step.exponent < 0)
    step = {1, 0};
  const double size = step.value();
  return {low, high, false,
          multiples(step, std::ceil(low / size - 1e-9),
                    std::floor(high / size + 1e-9))};
}

axis logarithmic_axis(double low, double high, int about) {
  const double decades = std::log10(high) - std::log10(low);
  const double margin = std::pow(10.0, std::max(0.04 * decades, 0.02));
  // Neither end leaves the range of doubles.
  low = std::max(low / margin, 1e-300);
  high = std::min(high * margin, 1e300);
  const int first = int(std::ceil(std::log10(low)));
  const int last = int(std::floor(std::log10(high)));
  const int powers_inside = last - first + 1;
  if (powers_inside > about + 2)
    return {low, high, true, powers(first, last, about)};
  for (const std::vector<int> &labels :
       {std::vector{1, 2, 5}, std::vector{1, 3}, std::vector{1}}) {
    std::vector<tick> ticks = at_mantissas(low, high, labels);
    const std::ptrdiff_t count = labels_in(ticks);
    if (count >= 3 && count <= about + 2)
      return {low, high, true, std::move(ticks)};
  }
  const decimal step = round_step(high - low, about);
  return {low, high, true,
          multiples(step, std::ceil(low / step.value() - 1e-9),
                    std::floor(high / step.value() + 1e-9))};
}

bool wants_logarithm(double low, double high) {
  return low > 0 && high / low >= 20;
}

} // namespace retrograd::reporting
