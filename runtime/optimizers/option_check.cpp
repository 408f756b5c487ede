//===- option_check.cpp - The texts of wrong options ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See option_check.h.
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/option_check.h>

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace retrograd::detail {

std::string number_text(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

void option_check::fail(const std::string &text) const {
  throw std::invalid_argument(std::string(owner_) + ": " + text);
}

void option_check::require(bool holds, std::string_view field, double value,
                           std::string_view range) const {
  if (!holds)
    fail(std::string(field) + " is " + number_text(value) + "; it must be " +
         std::string(range));
}

void option_check::at_least_zero(std::string_view field, double value) const {
  require(value >= 0 && std::isfinite(value), field, value, "in [0, inf)");
}

void option_check::positive(std::string_view field, double value) const {
  require(value > 0 && std::isfinite(value), field, value, "in (0, inf)");
}

void option_check::finite(std::string_view field, double value) const {
  require(std::isfinite(value), field, value, "finite");
}

void option_check::below_one(std::string_view field, double value) const {
  require(value >= 0 && value < 1, field, value, "in [0, 1)");
}

void option_check::fraction(std::string_view field, double value) const {
  require(value >= 0 && value <= 1, field, value, "in [0, 1]");
}

void option_check::inside_unit(std::string_view field, double value) const {
  require(value > 0 && value < 1, field, value, "in (0, 1)");
}

void option_check::at_least(std::string_view field, std::int64_t value,
                            std::int64_t least) const {
  if (value < least)
    fail(std::string(field) + " is " + std::to_string(value) +
         "; it must be at least " + std::to_string(least));
}

void option_check::unbiased(epsilon_placement placement) const {
  if (placement == epsilon_placement::hat)
    fail("eps_placement is hat, which means something only where a second "
         "moment is corrected for its bias; it must be outside or root");
}

void option_check::representable(std::string_view field, double value,
                                 double least, std::string_view type) const {
  if (value < least)
    fail(std::string(field) + " is " + number_text(value) +
         ", which vanishes in " + std::string(type) + "; it must be at least " +
         number_text(least));
}

} // namespace retrograd::detail
