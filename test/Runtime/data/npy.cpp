//===- npy.cpp - Arrays that NumPy wrote, and that it reads -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bytes are those of NumPy 1.26.4. What is written is read back, and is the
// same file as NumPy's.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t

#include "Inputs/files.h"
#include "Inputs/golden.h"
#include <cmath>
#include <limits>
#include <retrograd/data/convert.h>
#include <retrograd/data/npy.h>

using retrograd::converted;
using retrograd::data_error;
using retrograd::element_type;
using retrograd::load_npy;
using retrograd::npy_file;
using retrograd::save_npy;
using namespace std::string_view_literals;

static void mapped() {
  const npy_file file(write("floats.npy", floats()));
  CHECK_THAT(file.type() == element_type::float32);
  CHECK_THAT(file.shape() == std::vector<std::size_t>({2, 3}));
  CHECK_THAT(file.description() == "float32[2, 3]");
  const auto values = file.as<float>();
  CHECK_THAT(values.size() == 6 && values[0] == 1 && values[5] == 6);
  // No copy: two views are the same memory, also of a copy of the file.
  CHECK_THAT(npy_file(file).as<float>().data() == values.data());
  CHECK_THAT(file.to<double>() == std::vector<double>({1, 2, 3, 4, 5, 6}));
  CHECK_THAT(file.to<int>()[5] == 6);
}

static void mapping_outlives_file() {
  std::span<const float> values;
  std::shared_ptr<const void> owner;
  {
    const npy_file file(write("gone.npy", floats()));
    values = file.as<float>();
    owner = file.owner();
  }
  std::remove(at("gone.npy").c_str());
  CHECK_THAT(values[4] == 5);
}

static void other_headers() {
  const npy_file one(write(
      "0d.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
                    "\0\0\0\0\0\0\4@"sv)));
  CHECK_THAT(one.size() == 1 && one.as<double>()[0] == 2.5);
  const npy_file none(write(
      "none.npy",
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", "")));
  CHECK_THAT(none.size() == 0 && none.as<float>().empty());
  const npy_file truth(write(
      "b.npy", npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }",
                   "\1\0"sv)));
  CHECK_THAT(truth.as<bool>()[0] && !truth.as<bool>()[1]);
  CHECK_THAT(truth.to<int>() == std::vector<int>({1, 0}));
  // Another order of keys, double quotes, no spaces, Python 2's integers, and
  // Fortran order where there is only one order.
  const npy_file odd(write(
      "odd.npy", npy("{\"shape\":(2L,),\"fortran_order\":True,\"descr\":\"=i1\"}",
                     "\x7f\xff")));
  CHECK_THAT(odd.as<std::int8_t>()[1] == -1);
  // Versions 2.0 and 3.0 have a longer length.
  for (const char version : {'\2', '\3'}) {
    std::string text = floats();
    text[6] = version;
    text.replace(8, 2, "v\0\0\0"sv);
    const npy_file file(write("version.npy", text));
    CHECK_THAT(file.size() == 6);
    // It begins at byte 130, where no float can be read in place.
    CHECK_THAT(file.to<float>()[5] == 6);
    CHECK_THAT(message<data_error>([&] { file.as<float>(); }) ==
               "'version.npy': the elements begin at byte 130, where no float32 "
               "can be read in place; to<T>() makes a copy");
  }
}

template <class T> static void round_trip() {
  const std::vector<T> values = {T(0), T(1), std::numeric_limits<T>::max(),
                                 std::numeric_limits<T>::lowest()};
  save_npy(at("t.npy"), values);
  const npy_file file(at("t.npy"));
  CHECK_THAT(file.shape() == std::vector<std::size_t>({4}));
  CHECK_THAT(std::vector<T>(file.as<T>().begin(), file.as<T>().end()) == values);
  std::vector<T> loaded(4);
  load_npy(at("t.npy"), loaded);
  CHECK_THAT(loaded == values);
  save_npy(at("t.npy"), values, {2, 1, 2});
  CHECK_THAT(npy_file(at("t.npy")).shape() ==
             std::vector<std::size_t>({2, 1, 2}));
}

static void same_bytes() {
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  save_npy(at("floats2.npy"), values, {2, 3});
  std::string ours = read(at("floats2.npy")), theirs = floats();
  // NumPy leaves room for a longer shape; the dictionary is the same.
  CHECK_THAT(ours.substr(10, 59) == theirs.substr(10, 59));
  CHECK_THAT(ours.size() % 64 == 24);
  CHECK_THAT(ours.substr(ours.size() - 24) == theirs.substr(theirs.size() - 24));
  save_npy(at("one.npy"), std::span(values).first(1), {});
  CHECK_THAT(npy_file(at("one.npy")).shape().empty());
  CHECK_THAT(message<std::invalid_argument>([&] {
               save_npy(at("no.npy"), values, {2, 2});
             }).ends_with("6 elements do not have the shape float32[2, 2]"));
  CHECK_THAT(message<data_error>([&] { save_npy(at("no/w.npy"), values); }) ==
             "cannot create 'no/w.npy.new': No such file or directory");
}

/// A number arrives as it is, or not at all.
static void conversions() {
  const auto fails = [](auto to, auto from) {
    using From = decltype(from);
    const From values[] = {From(0), from};
    return message<data_error>([&] {
             converted<decltype(to)>(std::span<const From>(values));
           }).starts_with("the array: element 1 is ");
  };
  CHECK_THAT(fails(std::int8_t(), 128) && !fails(std::int8_t(), -128));
  CHECK_THAT(fails(0U, -1) && fails(std::uint64_t(), -1L));
  CHECK_THAT(fails(0, 1L << 31) && !fails(0, -(1L << 31)));
  CHECK_THAT(fails(0L, ~std::uint64_t(0)));
  CHECK_THAT(fails(0, 2.5) && fails(0, std::nan("")) && fails(0, INFINITY));
  CHECK_THAT(fails(0, 2147483648.0) && !fails(0, 2147483647.0));
  CHECK_THAT(!fails(0, -2147483648.0) && fails(0, -2147483649.0));
  CHECK_THAT(fails(0L, 9223372036854775808.0) &&
             !fails(0L, -9223372036854775808.0));
  CHECK_THAT(fails(std::uint64_t(), 18446744073709551616.0) &&
             !fails(std::uint64_t(), 9223372036854775808.0) &&
             fails(std::uint8_t(), -1.0));
  // Reals are rounded, but do not become infinite; what is not finite stays so.
  CHECK_THAT(!fails(0.0F, 0.1) && fails(0.0F, 1e39) && fails(0.0F, -1e39));
  CHECK_THAT(!fails(0.0F, INFINITY) && !fails(0.0F, std::nan("")));
  CHECK_THAT(!fails(0.0F, (1L << 53) + 1));
  const double values[] = {0, 2.5};
  CHECK_THAT(message<data_error>([&] {
               converted<int>(std::span<const double>(values), "labels");
             }) == "labels: element 1 is 2.5, which is no int32");
}

int main(int, char **argv) {
  folder = argv[1];
  mapped();
  mapping_outlives_file();
  other_headers();
  round_trip<float>();
  round_trip<double>();
  round_trip<std::int8_t>();
  round_trip<std::uint16_t>();
  round_trip<std::int64_t>();
  round_trip<std::uint64_t>();
  round_trip<long long>();
  same_bytes();
  conversions();
}
