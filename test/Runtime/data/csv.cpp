//===- csv.cpp - Columns from comma-separated values --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is read, and what every kind of wrong file is answered with.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t | FileCheck %s

#include "Inputs/files.h"
#include <cmath>
#include <limits>
#include <retrograd/data/csv.h>

using retrograd::csv_column;
using retrograd::csv_options;
using retrograd::data_error;
using retrograd::read_csv;

template <class T> static std::vector<T> numbers(std::string_view text) {
  csv_options all;
  all.allow_non_finite = true;
  const auto data = read_csv<T>(write("n.csv", text), {{"x", 0}}, all);
  const auto values = data.template column_at<0>().values();
  return {values.begin(), values.end()};
}

template <class T> static void reals() {
  const auto x = numbers<T>("1\n-2.5\n+3e2\n 4 \n\"5\"\n0.1\n1e-4000\n-1e-60\n");
  CHECK_THAT(x[0] == 1 && x[1] == T(-2.5) && x[2] == 300 && x[3] == 4);
  CHECK_THAT(x[4] == 5 && x[5] == T(0.1) && x[6] == 0 && x[7] == T(-1e-60));
  const auto y = numbers<T>("nan\ninf\n-inf");
  CHECK_THAT(std::isnan(y[0]) && y[1] == INFINITY && y[2] == -INFINITY);
}

static void integers() {
  const auto x = numbers<int>("7\n-2147483648\n3.000000e+00\n+5\n");
  CHECK_THAT(x == std::vector<int>({7, -2147483648, 3, 5}));
  CHECK_THAT(numbers<std::uint64_t>("18446744073709551615")[0] == ~0UL);
}

static void columns() {
  const std::string path = write("a.csv", "1,2,3,4\r\n5,6,7,8\r\n");
  auto data = read_csv<float, int>(path, {{"x", 0, 2}, {"y", 3}});
  CHECK_THAT(data.size() == 2);
  CHECK_THAT(data.column_at<0>().extent() == 2);
  CHECK_THAT(data.column_at<0>().values()[3] == 6);
  CHECK_THAT(data.column_at<1>().name() == "y");
  CHECK_THAT(data.column_at<1>().values()[1] == 8);
  // The last line may end without a newline, lines may be empty, and a file may
  // begin with a byte order mark.
  auto odd = read_csv<double>(write("b.csv", "\xef\xbb\xbf" "1\n\n2"), {{"x", 0}});
  CHECK_THAT(odd.size() == 2 && odd.column_at<0>().values()[1] == 2);
}

static void headers() {
  csv_options options;
  options.header = true;
  options.delimiter = ';';
  const std::string path =
      write("h.csv", "id;\"a; b\";c;kind\n1;2;3;cat\n4;5;6;\"the \"\"dog\"\"\"\n");
  auto data = read_csv<double, int, int>(
      path,
      {{"x", "a; b", 2}, csv_column("kind").words({"the \"dog\"", "cat"}), "id"},
      options);
  CHECK_THAT(data.column_at<0>().values()[3] == 6);
  CHECK_THAT(data.column_at<1>().values()[0] == 1);
  CHECK_THAT(data.column_at<1>().values()[1] == 0);
  CHECK_THAT(data.column_at<2>().values()[1] == 4);
}

static void wrong_files() {
  const auto read = [](std::string_view text, bool header = false) {
    csv_options options;
    options.header = header;
    const std::string path = write("x.csv", text);
    show<data_error>([&] {
      if (header)
        read_csv<float, int>(path, {{"x", "a", 2}, "label"}, options);
      else
        read_csv<float, int>(path, {{"x", 0, 2}, {"label", 2}}, options);
    });
  };
  // CHECK: 'x.csv', line 2: field 2 (column 'label') is '3.5', which is no int32
  read("1,2,3\n1,2,3.5\n");
  // CHECK-NEXT: 'x.csv', line 1: field 1 (column 'x') is 'two', which is no float32
  read("1,two,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'x') is '1 2', which is no float32
  read("1 2,2,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'x') is '1e39', which is no float32
  read("1e39,2,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'x') is '1e5000', which is no float32
  read("1e5000,2,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'x') is '+-1', which is no float32
  read("+-1,2,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 2 (column 'label') is '2147483648', which is no int32
  read("1,2,2147483648\n");
  // CHECK-NEXT: 'x.csv', line 3: field 1 (column 'x') is empty
  read("1,2,3\n\n1,,3\n");
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'x') is 'NaN', which is not finite
  read("NaN,2,3\n");
  // CHECK-NEXT: 'x.csv', line 2: there are 2 fields, 3 in the lines before
  read("1,2,3\n1,2\n");
  // CHECK-NEXT: 'x.csv', line 2: there are 4 fields, 3 in the lines before
  read("1,2,3\n1,2,3,4\n");
  // CHECK-NEXT: 'x.csv', line 1: there are 2 fields, the columns need 3
  read("1,2\n");
  // CHECK-NEXT: 'x.csv', line 2: a quote is where none may be, or is not closed
  read("1,2,3\n1,2\"2,3\n");
  // CHECK-NEXT: 'x.csv', line 2: a quote is where none may be, or is not closed
  read("1,2,3\n1,2,\"3\n");
  // CHECK-NEXT: 'x.csv' has no lines with data
  read("");
  // CHECK-NEXT: 'x.csv' has no lines with data
  read("a,b,label\n", true);
  // CHECK-NEXT: 'x.csv', line 1: the header has no 'label'
  read("a,b,c\n1,2,3\n", true);
  // CHECK-NEXT: 'x.csv', line 1: the header has 2 fields, the columns need 3
  read("label,a\n1,2\n", true);
  // CHECK-NEXT: 'x.csv', line 2: there are 2 fields, 3 in the lines before
  read("a,b,label\n1,2\n", true);
  // CHECK-NEXT: 'x.csv', line 1: field 0 (column 'k') is 'fish', which is none of the 1 words of the column
  show<data_error>([] {
    read_csv<int>(write("x.csv", "fish"), {csv_column("k", 0).words({"cat"})});
  });
  // CHECK-NEXT: cannot open 'none.csv': No such file or directory
  show<data_error>([] { read_csv<int>(at("none.csv"), {{"x", 0}}); });
}

static void wrong_use() {
  const std::string path = write("x.csv", "1,2\n");
  // CHECK-NEXT: read_csv: field 1 belongs to two columns
  show<std::invalid_argument>(
      [&] { read_csv<int, int>(path, {{"x", 0, 2}, {"y", 1}}); });
  // CHECK-NEXT: read_csv: column 'x' has extent 0 at field 0; it must be from 1 to 1000000
  show<std::invalid_argument>([&] { read_csv<int>(path, {{"x", 0, 0}}); });
  // CHECK-NEXT: read_csv: column 'x' is found by the header 'x', but options.header is false
  show<std::invalid_argument>([&] { read_csv<int>(path, {"x"}); });
}

int main(int, char **argv) {
  folder = argv[1];
  reals<float>();
  reals<double>();
  integers();
  columns();
  headers();
  wrong_files();
  wrong_use();
}
