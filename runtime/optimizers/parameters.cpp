//===- parameters.cpp - Blocks that are not there, or there twice ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What parameters.h has to say about names, which no element type changes.
//
//===----------------------------------------------------------------------===//

#include <retrograd/parameters.h>

#include <algorithm>
#include <stdexcept>

namespace retrograd::detail {

static auto find(std::span<const parameter_group> groups,
                 std::string_view name) {
  return std::find_if(groups.begin(), groups.end(),
                      [&](const auto &g) { return g.name == name; });
}

std::size_t find_group(std::span<const parameter_group> groups,
                       std::string_view name) {
  const auto found = find(groups, name);
  if (found != groups.end())
    return static_cast<std::size_t>(found - groups.begin());
  std::string message = "parameters: there is no block '" + std::string(name);
  message += groups.empty() ? "'; there are none" : "'; there are";
  for (const parameter_group &g : groups)
    message += (&g == groups.data() ? " '" : ", '") + g.name + "'";
  throw std::out_of_range(message);
}

void check_new_group(std::span<const parameter_group> groups,
                     std::string_view name) {
  if (name.empty())
    throw std::invalid_argument("parameters: a block needs a name");
  if (find(groups, name) != groups.end())
    throw std::invalid_argument("parameters: there is a block '" +
                                std::string(name) + "' already");
}

void refuse_to_grow(std::string_view name) {
  throw std::invalid_argument("parameters: block '" + std::string(name) +
                              "' cannot be added to borrowed memory");
}

} // namespace retrograd::detail
