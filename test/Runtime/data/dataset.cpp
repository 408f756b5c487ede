//===- dataset.cpp - Columns of equal length, whole and in parts --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing is copied, each row is seen once an epoch, and the two parts of a
// split have all rows between them.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t

#include "Inputs/files.h"
#include "Inputs/golden.h"
#include <numeric>
#include <retrograd/data/dataset.h>

using retrograd::column;
using retrograd::data_error;
using retrograd::dataset;
using retrograd::npy_file;

static std::vector<std::uint64_t> range(std::uint64_t n) {
  std::vector<std::uint64_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

/// The rows of all batches of an epoch, and how large they are.
template <class Source>
static auto epoch(Source &source, std::span<const std::uint64_t> order,
                  std::size_t size, bool drop_last) {
  std::pair<std::vector<std::uint64_t>, std::vector<std::size_t>> seen;
  source.begin_epoch(order, size, drop_last);
  while (const auto batch = source.next()) {
    seen.first.insert(seen.first.end(), batch->rows.begin(), batch->rows.end());
    seen.second.push_back(batch->size());
  }
  CHECK_THAT(!source.next());
  return seen;
}

template <class T> static void no_copies() {
  const std::vector<T> x = {1, 2, 3, 4, 5, 6};
  const int y[] = {7, 8, 9};
  dataset data(column("x", x, 2), column("y", y));
  static_assert(std::is_same_v<decltype(data), dataset<T, int>>);
  CHECK_THAT(data.size() == 3);
  const auto order = std::vector<std::uint64_t>({2, 0, 1});
  data.begin_epoch(order, 2, false);
  auto batch = data.next();
  CHECK_THAT(std::get<0>(batch->columns) == x.data());
  CHECK_THAT(std::get<1>(batch->columns) == y);
  CHECK_THAT(batch->extents[0] == 2 && batch->extents[1] == 1);
  CHECK_THAT(batch->rows.data() == order.data() && batch->size() == 2);
  CHECK_THAT(*batch->template at<0>(0) == 5 && *batch->template at<1>(1) == 7);
}

static void ownership() {
  // What is moved in is kept, also by copies and parts.
  std::vector<double> x = {1, 2, 3, 4};
  const double *memory = x.data();
  std::optional<dataset<double>> part;
  {
    dataset data(column("x", std::move(x)));
    CHECK_THAT(data.column_at<0>().values().data() == memory);
    part = data.subset({3, 1});
  }
  const std::uint64_t rows[] = {0, 1};
  CHECK_THAT(*part->view(rows).at<0>(0) == 4);
  // A span is a view also when it has no name.
  const double y[2] = {1, 2};
  CHECK_THAT(column("y", std::span<const double>(y)).values().data() == y);

  const column<float> mapped("x", npy_file(write("x.npy", floats())));
  CHECK_THAT(mapped.rows() == 2 && mapped.extent() == 3);
  CHECK_THAT(mapped.values()[5] == 6);
}

static void batches() {
  const std::vector<float> x(10);
  dataset data(column("x", x));
  const auto order = range(10);
  auto seen = epoch(data, order, 4, false);
  CHECK_THAT(seen.first == order);
  CHECK_THAT(seen.second == std::vector<std::size_t>({4, 4, 2}));
  seen = epoch(data, order, 4, true);
  CHECK_THAT(seen.second == std::vector<std::size_t>({4, 4}));
  seen = epoch(data, order, 100, false);
  CHECK_THAT(seen.second == std::vector<std::size_t>({10}));
  seen = epoch(data, {}, 4, false);
  CHECK_THAT(seen.second.empty());
  // An epoch that is not read to its end does not reach into the next one.
  data.begin_epoch(order, 3, false);
  data.next();
  seen = epoch(data, order, 5, false);
  CHECK_THAT(seen.first == order);
}

static void parts() {
  std::vector<int> x(100);
  std::iota(x.begin(), x.end(), 0);
  dataset data(column("x", x));
  auto [training, validation] = data.split(0.2, 1);
  CHECK_THAT(training.size() == 80 && validation.size() == 20);
  std::vector<std::uint64_t> rows = epoch(training, range(80), 7, false).first;
  const auto held_back = epoch(validation, range(20), 7, false).first;
  CHECK_THAT(std::is_sorted(rows.begin(), rows.end()));
  rows.insert(rows.end(), held_back.begin(), held_back.end());
  std::sort(rows.begin(), rows.end());
  CHECK_THAT(rows == range(100));
  // The same on every machine: these numbers are those of another program.
  CHECK_THAT(std::vector<std::uint64_t>(held_back.begin(), held_back.begin() + 5)
             == std::vector<std::uint64_t>({0, 10, 18, 28, 40}));
  CHECK_THAT(data.split(0.2, 1).validation.row(3) == validation.row(3));
  bool differs = false;
  const auto other = data.split(0.2, 2).validation;
  for (int i = 0; i < 20; ++i)
    differs |= other.row(i) != validation.row(i);
  CHECK_THAT(differs);
  // Parts of parts; the columns are still the same.
  auto deep = validation.subset({2, 0}).subset({1});
  CHECK_THAT(deep.size() == 1 && deep.row(0) == held_back[0]);
  CHECK_THAT(deep.column_at<0>().values().data() == x.data());
}

static void wrong_use() {
  const std::vector<float> x(4);
  dataset data(column("x", x));
  const std::uint64_t order[] = {0, 4};
  CHECK_THAT(message<std::invalid_argument>([&] {
               data.begin_epoch(order, 0, false);
             }) == "batch_size is 0; it must be at least 1");
  CHECK_THAT(message<std::invalid_argument>([&] {
               data.begin_epoch(order, 2, false);
             }) == "the order has row 4, the data set has 4 rows");
  CHECK_THAT(message<std::invalid_argument>([&] { data.subset({9}); }) ==
             "the subset has row 9, the data set has 4 rows");
  CHECK_THAT(message<std::invalid_argument>([&] { data.split(1.5, 1); }) ==
             "split: the share of the validation is 1.5; it must be in (0, 1)");
  CHECK_THAT(message<std::invalid_argument>([&] { data.split(0.01, 1); }) ==
             "split: a share of 0.01 of 4 rows leaves one part without rows");
  CHECK_THAT(message<data_error>([&] { column("x", x, 3); }) ==
             "column 'x' has 4 elements, which are no whole rows of 3");
  CHECK_THAT(message<data_error>([&] { column("x", x, 0); }) ==
             "column 'x': its extent is 0; a row has at least one element");
  CHECK_THAT(message<data_error>([&] {
               dataset(column("x", x, 2), column("y", x));
             }) == "column 'x' has 2 rows, column 'y' has 4");
  CHECK_THAT(message<data_error>([&] {
               dataset(column("x", x), column("x", x));
             }) == "two columns are called 'x'");
  const std::string one = write(
      "0d.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
                    "1234"));
  CHECK_THAT(message<data_error>([&] {
               column<float>("x", npy_file(one));
             }) == "column 'x': '0d.npy' holds float32[], which has no rows");
}

int main(int, char **argv) {
  folder = argv[1];
  no_copies<float>();
  no_copies<double>();
  ownership();
  batches();
  parts();
  wrong_use();
}
