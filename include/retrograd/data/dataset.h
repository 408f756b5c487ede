//===- dataset.h - Columns of equal length ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A data set is a tuple of columns. A batch of it is the pointers to the
// columns and a list of rows: nothing is gathered and nothing is copied, so
// that a batch costs the same for one sample as for a thousand.
//
// It is also a source, that is, what a training loop reads:
//
//   source.begin_epoch(order, batch_size, drop_last);
//   while (auto batch = source.next()) ...
//
// A part of a data set, training or validation, is a data set with the same
// columns and a list of the rows that it has.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_DATASET_H
#define RETROGRAD_DATA_DATASET_H

#include <algorithm>
#include <array>
#include <optional>
#include <retrograd/batch.h>
#include <retrograd/data/column.h>
#include <retrograd/data/validate.h>
#include <tuple>
#include <vector>

namespace retrograd {

/// The two parts that split() makes.
template <class Dataset> struct split_result {
  Dataset training, validation;
};

template <data_element... Ts> class dataset {
public:
  using element_types = std::tuple<Ts...>;
  using view_type = batch_view<Ts...>;
  static constexpr std::size_t column_count = sizeof...(Ts);

  /// Throws data_error if the columns differ in their number of rows, or two
  /// have the same name.
  explicit dataset(column<Ts>... columns) : columns_(std::move(columns)...) {
    const auto facts = this->facts();
    detail::check_rows(facts);
    rows_ = facts[0].rows;
  }

  /// Number of rows.
  std::uint64_t size() const { return selected_ ? selected_->size() : rows_; }

  template <std::size_t I> const auto &column_at() const {
    return std::get<I>(columns_);
  }

  /// Which row of the columns row i of the data set is. Differs from i in a
  /// subset.
  std::uint64_t row(std::uint64_t i) const {
    return selected_ ? (*selected_)[i] : i;
  }

  /// The rows i of the data set as a batch, for rows numbered from 0 to size().
  /// It is valid until the next call of view(), next() or begin_epoch().
  view_type view(std::span<const std::uint64_t> rows) {
    if (selected_) {
      translated_.resize(rows.size());
      std::transform(rows.begin(), rows.end(), translated_.begin(),
                     [&](std::uint64_t i) { return (*selected_)[i]; });
      rows = translated_;
    }
    return on_columns(rows);
  }

  /// A batch of rows of the columns themselves: see row().
  view_type on_columns(std::span<const std::uint64_t> rows) const {
    return std::apply(
        [&](const auto &...c) {
          return view_type{{c.values().data()...}, {c.extent()...}, rows};
        },
        columns_);
  }

  /// The same columns with these rows only, in this order. Throws
  /// std::invalid_argument if one is not below size().
  dataset subset(std::vector<std::uint64_t> rows) const {
    detail::check_subset(rows, size());
    if (selected_)
      for (std::uint64_t &i : rows)
        i = (*selected_)[i];
    dataset result = *this;
    result.selected_ =
        std::make_shared<const std::vector<std::uint64_t>>(std::move(rows));
    return result;
  }

  /// Holds a share of the rows back for validation, chosen at random by the
  /// seed: the same on every machine. Each part keeps the order of the rows.
  /// Throws std::invalid_argument unless 0 < share < 1 and both parts have
  /// rows.
  split_result<dataset> split(double share, std::uint64_t seed) const {
    auto [training, validation] = detail::split_rows(size(), share, seed);
    return {subset(std::move(training)), subset(std::move(validation))};
  }

  /// Throws data_error, with everything that does not fit, unless the data set
  /// is what the batch description takes: columns with the names, types and
  /// extents of its samples in their order, at least one row, and finite
  /// numbers.
  template <batch_description Batch>
  void validate(const Batch &batch, const data_checks &checks = {}) const {
    const auto have = facts();
    detail::check_columns(batch_facts(batch), have, Batch::name);
    if (size() == 0)
      detail::fail_empty(Batch::name);
    if (!checks.allow_non_finite)
      std::apply([&](const auto &...c) { (check_finite(c), ...); }, columns_);
  }

  //===- As a source ------------------------------------------------------===//

  /// Prepares a pass over the rows in this order, which must stay alive. Throws
  /// std::invalid_argument for a batch size of 0 and rows that are not there.
  void begin_epoch(std::span<const std::uint64_t> order, std::size_t batch_size,
                   bool drop_last) {
    detail::check_order(order, size(), batch_size);
    order_ = order;
    batch_size_ = batch_size;
    drop_last_ = drop_last;
  }

  /// The next batch, or nothing at the end. The last one may be smaller.
  std::optional<view_type> next() {
    const std::size_t n = std::min(batch_size_, order_.size());
    if (n == 0 || (drop_last_ && n < batch_size_))
      return std::nullopt;
    const auto rows = order_.first(n);
    order_ = order_.subspan(n);
    return view(rows);
  }

  /// Names, types, extents and lengths of the columns.
  std::array<column_facts, column_count> facts() const {
    return std::apply(
        [](const auto &...c) {
          return std::array<column_facts, column_count>{column_facts{
              c.name(), element_type_of<Ts>(), c.extent(), c.rows()}...};
        },
        columns_);
  }

private:
  template <class T> void check_finite(const column<T> &c) const {
    if constexpr (std::is_floating_point_v<T>)
      detail::check_finite(c.name(), c.values(), c.extent(),
                           selected_ ? selected_.get() : nullptr);
  }

  std::tuple<column<Ts>...> columns_;
  std::uint64_t rows_ = 0;
  std::shared_ptr<const std::vector<std::uint64_t>> selected_;

  std::span<const std::uint64_t> order_;
  std::size_t batch_size_ = 0;
  bool drop_last_ = false;
  std::vector<std::uint64_t> translated_;
};

} // namespace retrograd

#endif // RETROGRAD_DATA_DATASET_H
