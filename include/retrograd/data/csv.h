//===- csv.h - Columns from comma-separated values ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers are parsed straight into columns, and whatever is not exactly as it
// was said to be is an error with the line and the field.
//
// The parser is libcsv (RFC 4180, quotes included; C, no dependencies, in
// Debian since 2010): it knows the format and leaves numbers to us, and it
// takes the number of columns from the file, which the header-only parsers fix
// at compile time. Numbers are std::from_chars: exact, and the same in every
// locale.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_CSV_H
#define RETROGRAD_DATA_CSV_H

#include <retrograd/data/dataset.h>
#include <string_view>

namespace retrograd {

/// Where a column of the data set is in the file.
struct csv_column {
  /// `extent` adjacent fields of a line, the first of which is number `first`,
  /// counted from 0.
  csv_column(std::string name, std::size_t first, std::size_t extent = 1)
      : name(std::move(name)), first(first), extent(extent) {}

  /// The same with the name of the first one in the header of the file.
  csv_column(std::string name, std::string_view header, std::size_t extent = 1)
      : name(std::move(name)), header(header), extent(extent) {}

  /// A field that the header calls as the column is called.
  csv_column(std::string name) : name(name), header(std::move(name)) {}
  csv_column(const char *name) : csv_column(std::string(name)) {}

  /// The fields are these words, and the numbers their indices.
  csv_column words(std::vector<std::string> all) && {
    categories = std::move(all);
    return std::move(*this);
  }

  std::string name;
  std::string header; ///< Empty: the field is `first`.
  std::size_t first = 0;
  std::size_t extent = 1;
  std::vector<std::string> categories;
};

struct csv_options {
  /// The first line holds names.
  bool header = false;
  char delimiter = ',';
  /// Accept NaN and infinity, written `nan` and `inf`.
  bool allow_non_finite = false;
};

namespace detail {

/// Where the numbers of a column go: a std::vector<T>, and how to append to it.
struct csv_target {
  const csv_column *column;
  void *vector;
  element_type type;
  /// Whether the text is a T; if so it is appended.
  bool (*append)(void *vector, std::string_view text);
  void (*append_index)(void *vector, std::size_t index);
  /// Whether the last number is finite.
  bool (*finite)(const void *vector);
};

template <data_number T>
bool append_number(void *vector, std::string_view text);

template <data_number T>
csv_target target_of(const csv_column &c, std::vector<T> &values) {
  return {&c,
          &values,
          element_type_of<T>(),
          append_number<T>,
          [](void *vector, std::size_t index) {
            static_cast<std::vector<T> *>(vector)->push_back(
                static_cast<T>(index));
          },
          [](const void *vector) {
            const T x = static_cast<const std::vector<T> *>(vector)->back();
            return x - x == T(0);
          }};
}

void read_csv(const std::string &path, std::span<const csv_target> targets,
              const csv_options &options);

} // namespace detail

/// Reads the columns, in this order, into a data set that owns them:
///
///   read_csv<float, int>("digits.csv", {{"x", 0, 64}, {"y", 64}});
///   read_csv<double, int>(
///       "iris.csv",
///       {{"x", "length", 4}, csv_column("y", "species").words({"a", "b"})},
///       {.header = true});
///
/// Integers may be written as reals (3.0) that have their value. Throws
/// data_error, with line and field, for what is no number of the type, for a
/// missing or empty field, for lines of different length, malformed quotes,
/// unknown words and headers, and for NaN unless it is allowed.
template <data_number... Ts>
dataset<Ts...> read_csv(const std::string &path,
                        const csv_column (&columns)[sizeof...(Ts)],
                        const csv_options &options = {}) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::tuple<std::vector<Ts>...> values;
    const detail::csv_target targets[] = {
        detail::target_of(columns[I], std::get<I>(values))...};
    detail::read_csv(path, targets, options);
    return dataset<Ts...>(column<Ts>(
        columns[I].name, std::move(std::get<I>(values)), columns[I].extent)...);
  }(std::index_sequence_for<Ts...>());
}

} // namespace retrograd

#endif // RETROGRAD_DATA_CSV_H
