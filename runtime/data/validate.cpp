//===- validate.cpp - Whether data is what a loss takes -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header for what is checked, and when.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <cmath>
#include <retrograd/data/column.h>
#include <retrograd/data/convert.h>
#include <retrograd/data/validate.h>
#include <stdexcept>

namespace retrograd::detail {

static std::string quoted(const std::string &name) { return "'" + name + "'"; }

/// "x[64], label"
static std::string list(std::span<const column_facts> columns) {
  std::string text;
  for (const column_facts &c : columns)
    text += (text.empty() ? "" : ", ") + c.name +
            (c.extent == 1 ? "" : "[" + std::to_string(c.extent) + "]");
  return text.empty() ? "none" : text;
}

void check_column(const std::string &name, std::size_t elements,
                  std::size_t extent) {
  if (extent == 0)
    throw data_error("column " + quoted(name) +
                     ": its extent is 0; a row has at least one element");
  if (elements % extent != 0)
    throw data_error(
        "column " + quoted(name) + " has " + std::to_string(elements) +
        " elements, which are no whole rows of " + std::to_string(extent));
}

std::size_t row_extent(const npy_file &file, const std::string &name) {
  const auto &shape = file.shape();
  std::size_t extent = 1;
  for (std::size_t i = 1; i < shape.size(); ++i)
    extent *= shape[i];
  if (shape.empty() || extent == 0)
    throw data_error("column " + quoted(name) + ": '" + file.path() +
                     "' holds " + file.description() + ", which has no rows");
  return extent;
}

void check_rows(std::span<const column_facts> columns) {
  for (std::size_t i = 1; i < columns.size(); ++i) {
    if (columns[i].rows != columns[0].rows)
      throw data_error("column " + quoted(columns[0].name) + " has " +
                       std::to_string(columns[0].rows) + " rows, column " +
                       quoted(columns[i].name) + " has " +
                       std::to_string(columns[i].rows));
    for (std::size_t j = 0; j < i; ++j)
      if (columns[i].name == columns[j].name)
        throw data_error("two columns are called " + quoted(columns[i].name));
  }
}

static void add_difference(std::string &text, const column_facts &wanted,
                           const column_facts &have) {
  if (have.type != wanted.type)
    text += "\n  column " + quoted(have.name) + " holds " + name_of(have.type) +
            ", the function takes " + name_of(wanted.type);
  if (have.extent != wanted.extent)
    text += "\n  column " + quoted(have.name) + " has " +
            std::to_string(have.extent) +
            " elements a row, the function takes " +
            std::to_string(wanted.extent);
}

void check_columns(std::span<const column_facts> wanted,
                   std::span<const column_facts> have, const char *batch) {
  std::string text;
  const auto called = [](std::span<const column_facts> all,
                         const std::string &name) {
    return std::find_if(all.begin(), all.end(),
                        [&](const column_facts &c) { return c.name == name; });
  };
  for (const column_facts &w : wanted)
    if (called(have, w.name) == have.end())
      text += "\n  there is no column " + quoted(w.name);
  for (const column_facts &h : have)
    if (const auto w = called(wanted, h.name); w != wanted.end())
      add_difference(text, *w, h);
    else
      text += "\n  column " + quoted(h.name) + " is none of the samples";
  if (text.empty())
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i].name != have[i].name) {
        text = "\n  the columns are in another order";
        break;
      }
  if (!text.empty())
    throw data_error("the data does not fit " + quoted(batch) +
                     ", which takes " + list(wanted) + ":" + text);
}

void fail_empty(const char *batch) {
  throw data_error("the data for " + quoted(batch) + " has no rows");
}

template <class T>
static void check(const std::string &name, std::span<const T> values,
                  std::size_t extent, const std::vector<std::uint64_t> *rows) {
  const std::size_t count = rows ? rows->size() : values.size() / extent;
  std::size_t wrong = 0;
  std::string first;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = rows ? (*rows)[i] : i;
    const T *x = &values[row * extent];
    // x - x is 0 for finite numbers and NaN otherwise; the sum vectorises.
    T sum = 0;
    for (std::size_t j = 0; j < extent; ++j)
      sum += x[j] - x[j];
    if (sum == 0)
      continue;
    for (std::size_t j = 0; j < extent; ++j) {
      if (std::isfinite(x[j]))
        continue;
      if (wrong++ == 0)
        first = "row " + std::to_string(row) +
                (extent == 1 ? "" : ", element " + std::to_string(j)) + " is " +
                (std::isnan(x[j]) ? "nan" : shortest(x[j]));
    }
  }
  if (wrong != 0)
    throw data_error(
        "column " + quoted(name) + ": " + first + " (" + std::to_string(wrong) +
        (wrong == 1 ? " number is" : " numbers are") + " not finite)");
}

void check_finite(const std::string &name, std::span<const float> values,
                  std::size_t extent, const std::vector<std::uint64_t> *rows) {
  check(name, values, extent, rows);
}
void check_finite(const std::string &name, std::span<const double> values,
                  std::size_t extent, const std::vector<std::uint64_t> *rows) {
  check(name, values, extent, rows);
}

static void check_below(std::span<const std::uint64_t> rows, std::uint64_t size,
                        const char *what) {
  const auto largest = std::max_element(rows.begin(), rows.end());
  if (largest != rows.end() && *largest >= size)
    throw std::invalid_argument(
        std::string(what) + " has row " + std::to_string(*largest) +
        ", the data set has " + std::to_string(size) + " rows");
}

void check_subset(std::span<const std::uint64_t> rows, std::uint64_t size) {
  check_below(rows, size, "the subset");
}

void check_order(std::span<const std::uint64_t> order, std::uint64_t size,
                 std::size_t batch_size) {
  if (batch_size == 0)
    throw std::invalid_argument("batch_size is 0; it must be at least 1");
  check_below(order, size, "the order");
}

} // namespace retrograd::detail
