//===- validate.h - Whether data is what a loss takes -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A training run that fails in its third hour, or does not fail and learns
// nothing, is often one whose columns were swapped, cut short or not a number.
// All of this is known before the first step, and said at once.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_VALIDATE_H
#define RETROGRAD_DATA_VALIDATE_H

#include <array>
#include <cstdint>
#include <retrograd/batch.h>
#include <retrograd/data/data_error.h>
#include <retrograd/data/element_type.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace retrograd {

/// What is known of a column without its elements.
struct column_facts {
  std::string name;
  element_type type;
  std::size_t extent;
  std::uint64_t rows;
};

struct data_checks {
  /// Accept NaN and infinity in the data, where they mean something. Looking
  /// for them reads all of it once.
  bool allow_non_finite = false;
};

/// The columns that a batch description takes.
template <batch_description Batch>
std::vector<column_facts> batch_facts(const Batch &batch) {
  using types = typename Batch::sample_types;
  const auto extents = batch.sample_extents();
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::vector<column_facts>{column_facts{
        Batch::sample_names[I],
        element_type_of<std::tuple_element_t<I, types>>(), extents[I], 0}...};
  }(std::make_index_sequence<std::tuple_size_v<types>>());
}

namespace detail {

/// Throws data_error with a line for each difference.
void check_columns(std::span<const column_facts> wanted,
                   std::span<const column_facts> have, const char *batch);

/// Throws data_error unless the columns have the same number of rows and
/// different names.
void check_rows(std::span<const column_facts> columns);

[[noreturn]] void fail_empty(const char *batch);

/// Throws data_error for the first number that is not finite, of all rows or of
/// those that are listed, with how many there are.
void check_finite(const std::string &name, std::span<const float> values,
                  std::size_t extent, const std::vector<std::uint64_t> *rows);
void check_finite(const std::string &name, std::span<const double> values,
                  std::size_t extent, const std::vector<std::uint64_t> *rows);

void check_subset(std::span<const std::uint64_t> rows, std::uint64_t size);
void check_order(std::span<const std::uint64_t> order, std::uint64_t size,
                 std::size_t batch_size);

struct row_lists {
  std::vector<std::uint64_t> training, validation;
};
row_lists split_rows(std::uint64_t size, double share, std::uint64_t seed);

} // namespace detail

} // namespace retrograd

#endif // RETROGRAD_DATA_VALIDATE_H
