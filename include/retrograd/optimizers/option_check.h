//===- option_check.h - Options out of their range, by exact messages -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An option that is wrong is reported before anything runs, with the optimizer,
// the field, its value and its range: "Adam: beta1 is 1.5; it must be in [0,
// 1)". Nothing is clamped or replaced.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_OPTION_CHECK_H
#define RETROGRAD_OPTIMIZERS_OPTION_CHECK_H

#include <retrograd/optimizers/rule.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace retrograd::detail {

/// The shortest text that reads as this number again: "0.1", "1e-08".
std::string number_text(double value);

/// Checks the options of one object, whose name starts each message. Each
/// function throws std::invalid_argument.
class option_check {
public:
  explicit option_check(std::string_view owner) : owner_(owner) {}

  void at_least_zero(std::string_view field, double value) const; ///< [0, inf)
  void positive(std::string_view field, double value) const;      ///< (0, inf)
  void finite(std::string_view field, double value) const;
  void below_one(std::string_view field, double value) const;   ///< [0, 1)
  void fraction(std::string_view field, double value) const;    ///< [0, 1]
  void inside_unit(std::string_view field, double value) const; ///< (0, 1)
  void at_least(std::string_view field, std::int64_t value,
                std::int64_t least) const;

  /// Not `hat`, which differs from `outside` by a correction of a bias only.
  void unbiased(epsilon_placement placement) const;

  /// "<owner>: <text>"
  [[noreturn]] void fail(const std::string &text) const;

  /// `value` must not vanish in the element type, whose smallest normal number
  /// is `least`.
  void representable(std::string_view field, double value, double least,
                     std::string_view type) const;

private:
  void require(bool holds, std::string_view field, double value,
               std::string_view range) const;

  std::string_view owner_;
};

} // namespace retrograd::detail

#endif // RETROGRAD_OPTIMIZERS_OPTION_CHECK_H
