//===- validate.cpp - Whether data is what a loss takes -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each way in which columns differ from a batch description, before training.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t | FileCheck %s

#include "Inputs/files.h"
#include <cmath>
#include <retrograd/data/dataset.h>

using retrograd::column;
using retrograd::data_error;
using retrograd::dataset;

/// float loss(const T *x, int label, const T *theta) with x[3].
template <class T> struct loss_batch {
  using value_type = T;
  using sample_types = std::tuple<T, int>;
  using shared_types = std::tuple<T>;
  static constexpr const char *name = "loss";
  static constexpr std::array<const char *, 2> sample_names = {"x", "label"};
  static constexpr std::array<const char *, 1> shared_names = {"theta"};
  std::array<std::size_t, 2> sample_extents() const { return {3, 1}; }
  std::array<std::size_t, 1> shared_extents() const { return {3}; }
};

template <class T, class Data> static void check(const Data &data) {
  show<data_error>([&] { data.validate(loss_batch<T>()); });
}

static void structure() {
  const std::vector<float> x(12);
  const std::vector<double> wide(12);
  const std::vector<int> label(4);
  dataset good(column("x", x, 3), column("label", label));
  good.validate(loss_batch<float>());
  // CHECK: the data does not fit 'loss', which takes x[3], label:
  // CHECK-NEXT:   there is no column 'label'
  // CHECK-NEXT:   column 'y' is none of the samples
  check<float>(dataset(column("x", x, 3), column("y", label)));
  // CHECK-NEXT: the data does not fit 'loss', which takes x[3], label:
  // CHECK-NEXT:   column 'x' holds float64, the function takes float32
  check<float>(dataset(column("x", wide, 3), column("label", label)));
  // CHECK-NEXT: the data does not fit 'loss', which takes x[3], label:
  // CHECK-NEXT:   column 'x' holds float32, the function takes float64
  // CHECK-NEXT:   column 'x' has 1 elements a row, the function takes 3
  // CHECK-NEXT:   column 'label' holds float32, the function takes int32
  check<double>(dataset(column("x", x), column("label", x)));
  // CHECK-NEXT: the data does not fit 'loss', which takes x[3], label:
  // CHECK-NEXT:   the columns are in another order
  check<float>(dataset(column("label", label), column("x", x, 3)));
  // CHECK-NEXT: the data does not fit 'loss', which takes x[3], label:
  // CHECK-NEXT:   there is no column 'label'
  check<float>(dataset(column("x", x, 3)));
  // CHECK-NEXT: the data for 'loss' has no rows
  check<float>(dataset(column("x", std::vector<float>(), 3),
                       column("label", std::vector<int>())));
}

template <class T> static void numbers() {
  std::vector<T> x(12);
  const std::vector<int> label(4);
  x[7] = std::nan("");
  x[9] = -INFINITY;
  dataset data(column("x", x, 3), column("label", label));
  check<T>(data);
  // Only the rows of a part count; they are named as in the columns.
  check<T>(data.subset({0, 3}));
  data.subset({0, 1}).validate(loss_batch<T>());
  data.validate(loss_batch<T>(), {.allow_non_finite = true});
  x[7] = x[9] = std::numeric_limits<T>::max();
  x[8] = std::numeric_limits<T>::denorm_min();
  data.validate(loss_batch<T>());
}

int main(int, char **argv) {
  folder = argv[1];
  structure();
  // CHECK-NEXT: column 'x': row 2, element 1 is nan (2 numbers are not finite)
  // CHECK-NEXT: column 'x': row 3, element 0 is -inf (1 number is not finite)
  numbers<float>();
  // CHECK-NEXT: column 'x': row 2, element 1 is nan (2 numbers are not finite)
  // CHECK-NEXT: column 'x': row 3, element 0 is -inf (1 number is not finite)
  numbers<double>();
}
