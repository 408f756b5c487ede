//===- binding.cpp - Which parameters a shared array of a batch is --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/execution/binding.h>
#include <stdexcept>
#include <string>

namespace retrograd::detail {

namespace {

std::string quoted(std::string_view name) {
  return "'" + std::string(name) + "'";
}

std::string list_of(std::span<const char *const> names) {
  std::string list;
  for (const char *name : names)
    list += (list.empty() ? "" : ", ") + quoted(name);
  return list;
}

std::string list_of(std::span<const parameter_group> groups) {
  std::string list;
  for (const parameter_group &g : groups)
    list += (list.empty() ? "" : ", ") + quoted(g.name);
  return list.empty() ? "none" : list;
}

const parameter_group *find(std::span<const parameter_group> groups,
                            std::string_view name) {
  for (const parameter_group &g : groups)
    if (g.name == name)
      return &g;
  return nullptr;
}

/// Shared arrays one after the other in one block.
std::vector<index_range> divide(const std::string &model,
                                std::span<const char *const> names,
                                std::span<const std::size_t> extents,
                                const parameter_group &block) {
  std::size_t known = 0, open = 0;
  for (std::size_t extent : extents)
    (extent == unknown_size ? open : known) +=
        extent == unknown_size ? 1 : extent;
  if (open > 1)
    throw std::invalid_argument(
        model + ": the lengths of the shared arrays " + list_of(names) +
        " cannot be told from one block of " + std::to_string(block.size) +
        " parameters; give a block of parameters for each, with its name");
  if (open == 0 ? known != block.size : known > block.size)
    throw std::invalid_argument(
        model + ": there are " + std::to_string(block.size) +
        " parameters, and the shared arrays " + list_of(names) + " have " +
        std::to_string(known) + " numbers" + (open ? " and more" : ""));
  std::vector<index_range> ranges;
  std::size_t begin = block.offset;
  for (std::size_t extent : extents) {
    const std::size_t size =
        extent == unknown_size ? block.size - known : extent;
    ranges.push_back({begin, begin + size});
    begin += size;
  }
  return ranges;
}

} // namespace

std::vector<index_range> bind_names(const char *model,
                                    std::span<const char *const> names,
                                    std::span<const std::size_t> extents,
                                    std::span<const parameter_group> groups) {
  if (groups.size() == 1 && !(names.size() == 1 && find(groups, names[0])))
    return divide(model, names, extents, groups[0]);
  std::vector<index_range> ranges;
  for (const char *name : names) {
    const parameter_group *const g = find(groups, name);
    if (!g)
      throw std::invalid_argument(
          std::string(model) + ": no block of the parameters is called " +
          quoted(name) + " as the shared array is; there are " +
          list_of(groups));
    ranges.push_back({g->offset, g->offset + g->size});
  }
  for (const parameter_group &g : groups)
    if (std::find(names.begin(), names.end(), g.name) == names.end())
      throw std::invalid_argument(
          std::string(model) + ": no shared array is called " + quoted(g.name) +
          " as a block of the parameters is; there are " + list_of(names));
  return ranges;
}

void check_extents(const char *model, std::span<const char *const> names,
                   std::span<const std::size_t> extents,
                   std::span<const index_range> ranges) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t size = ranges[i].end - ranges[i].begin;
    if (known_extent(extents[i]) == unknown_size)
      throw std::invalid_argument(
          std::string(model) + ": the length of the shared array " +
          quoted(names[i]) +
          " is not known; set the member of the batch that it follows from");
    if (extents[i] != size)
      throw std::invalid_argument(std::string(model) + ": the shared array " +
                                  quoted(names[i]) + " has " +
                                  std::to_string(extents[i]) +
                                  " numbers, and its block of "
                                  "the parameters has " +
                                  std::to_string(size));
  }
}

void refuse_columns(const char *model, std::span<const char *const> names,
                    std::span<const std::size_t> expected,
                    std::span<const std::size_t> actual) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (expected[i] != actual[i])
      throw std::invalid_argument(std::string(model) + ": the column " +
                                  quoted(names[i]) + " has " +
                                  std::to_string(actual[i]) +
                                  " numbers a sample, and the function "
                                  "takes " +
                                  std::to_string(expected[i]));
  throw std::invalid_argument(std::string(model) +
                              ": the columns do not match");
}

void refuse_length(const char *model, const char *what, std::size_t is,
                   std::size_t should) {
  throw std::invalid_argument(std::string(model) + ": " + what + " has " +
                              std::to_string(is) + " numbers; it must have " +
                              std::to_string(should));
}

} // namespace retrograd::detail
