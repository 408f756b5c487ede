//===- column.h - A named column of a data set --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A column is a name, a span and how many of its elements make a row. It never
// copies: it points to the user's memory, or it keeps alive what was moved into
// it or what is mapped.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_COLUMN_H
#define RETROGRAD_DATA_COLUMN_H

#include <iterator>
#include <memory>
#include <retrograd/data/data_error.h>
#include <retrograd/data/element_type.h>
#include <retrograd/data/npy.h>
#include <span>
#include <string>
#include <utility>

namespace retrograd {

namespace detail {

/// What a contiguous range holds.
template <class R>
using element_of =
    std::remove_cvref_t<decltype(*std::data(std::declval<R &>()))>;

template <class R> inline constexpr bool is_span = false;
template <class T, std::size_t N>
inline constexpr bool is_span<std::span<T, N>> = true;

/// A range that would be gone at the end of the expression: not one that has a
/// name, and not a view.
template <class R>
concept owned_range =
    !std::is_lvalue_reference_v<R> && !is_span<std::remove_cvref_t<R>>;

/// Throws data_error unless the elements are whole rows.
void check_column(const std::string &name, std::size_t elements,
                  std::size_t extent);
/// Elements of a row of an array of this shape; throws if it has no rows.
std::size_t row_extent(const npy_file &, const std::string &name);

} // namespace detail

/// Row i is the `extent` elements from i * extent.
template <data_element T> class column {
public:
  /// A column of anything contiguous: a vector, an array, a span. What has a
  /// name must outlive the column; what is moved into it is kept. Throws
  /// data_error if the number of elements is no multiple of the extent.
  template <class Range>
    requires std::is_same_v<detail::element_of<Range>, T>
  column(std::string name, Range &&values, std::size_t extent = 1)
      : name_(std::move(name)), extent_(extent) {
    if constexpr (detail::owned_range<Range>) {
      auto kept =
          std::make_shared<std::remove_cvref_t<Range>>(std::move(values));
      values_ = {std::data(*kept), std::size(*kept)};
      owner_ = std::move(kept);
    } else {
      values_ = {std::data(values), std::size(values)};
    }
    detail::check_column(name_, values_.size(), extent_);
  }

  /// The rows of a mapped .npy file: its first dimension counts them, the
  /// others make the extent. Throws data_error for another type of elements.
  column(std::string name, const npy_file &file)
      : name_(std::move(name)), values_(file.as<T>()),
        extent_(detail::row_extent(file, name_)), owner_(file.owner()) {}

  const std::string &name() const { return name_; }
  std::span<const T> values() const { return values_; }
  std::size_t extent() const { return extent_; }
  std::size_t rows() const { return values_.size() / extent_; }

private:
  std::string name_;
  std::span<const T> values_;
  std::size_t extent_;
  std::shared_ptr<const void> owner_;
};

template <class Range>
column(std::string, Range &&, std::size_t = 1)
    -> column<detail::element_of<Range>>;

} // namespace retrograd

#endif // RETROGRAD_DATA_COLUMN_H
