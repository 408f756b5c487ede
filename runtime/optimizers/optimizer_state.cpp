//===- optimizer_state.cpp - What is checked of a step --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See optimizer_state.h. The checks come before anything changes, and cost a
// few comparisons a block.
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/optimizer_state.h>

#include <cmath>

namespace retrograd::detail {

void check_step(std::string_view optimizer, const step_options &options) {
  const option_check check(optimizer);
  check.at_least_zero("lr_factor", options.lr_factor);
  if (!(options.clip_value > 0))
    check.fail("clip_value is " + number_text(options.clip_value) +
               "; it must be in (0, inf]");
  check.finite("gradient_scale", options.gradient_scale);
}

void check_groups(std::string_view optimizer,
                  std::span<const parameter_group> groups) {
  const auto wrong = [](const std::optional<double> &value) {
    return value && !(*value >= 0 && std::isfinite(*value));
  };
  const option_check check(optimizer);
  for (const parameter_group &g : groups) {
    if (wrong(g.options.lr))
      check.at_least_zero("lr of block '" + g.name + "'", *g.options.lr);
    if (wrong(g.options.weight_decay))
      check.at_least_zero("weight_decay of block '" + g.name + "'",
                          *g.options.weight_decay);
  }
}

void check_sizes(std::string_view optimizer, std::size_t made_for,
                 std::size_t groups_made_for, std::size_t parameters,
                 std::size_t groups, std::size_t gradient) {
  const option_check check(optimizer);
  if (made_for != parameters || groups_made_for != groups)
    check.fail("the parameters have " + std::to_string(parameters) +
               " entries in " + std::to_string(groups) +
               " blocks; the state was made for " + std::to_string(made_for) +
               " in " + std::to_string(groups_made_for));
  if (gradient != parameters)
    check.fail("the gradient has " + std::to_string(gradient) +
               " entries; the parameters have " + std::to_string(parameters));
}

void check_rows(std::string_view optimizer, const parameter_group &group,
                const touched_rows &touched, double weight_decay) {
  const option_check check(optimizer);
  const std::string block = "block '" + group.name + "'";
  if (weight_decay != 0)
    check.fail("rows of " + block +
               " cannot be updated alone, since its weight decay is " +
               number_text(weight_decay) + ", which changes the others too");
  if (touched.width == 0 || group.size % touched.width != 0)
    check.fail("a row width of " + std::to_string(touched.width) +
               " does not divide the " + std::to_string(group.size) +
               " entries of " + block);
  const std::uint64_t count = group.size / touched.width;
  for (std::size_t i = 0; i < touched.rows.size(); ++i) {
    const std::uint64_t row = touched.rows[i];
    if (row >= count)
      check.fail("row " + std::to_string(row) + " of " + block +
                 " is not there; it has " + std::to_string(count));
    if (i > 0 && touched.rows[i - 1] >= row)
      check.fail("the rows of " + block + " must ascend; " +
                 std::to_string(row) + " comes after " +
                 std::to_string(touched.rows[i - 1]));
  }
}

void refuse_rows(std::string_view optimizer) {
  option_check(optimizer).fail(
      "rows cannot be updated alone, since a gradient of 0 changes the others "
      "too; Adagrad, and SGD without momentum, can");
}

} // namespace retrograd::detail
