//===- npz.cpp - Parameters in files that NumPy reads -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Golden bytes of NumPy, with zip64 fields and with compression; what is written;
// and each way in which a file does not fit, or is damaged.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t | FileCheck %s

#include "Inputs/files.h"
#include "Inputs/golden.h"
#include <retrograd/data/npz.h>

using retrograd::data_error;
using retrograd::load_npz;
using retrograd::load_options;
using retrograd::save_npz;

/// What a set of parameters looks like from here.
template <class T> struct blocks {
  struct group {
    std::string name;
    std::size_t offset, size;
  };
  std::vector<T> all;
  std::vector<group> list;

  std::span<const group> groups() const { return list; }
  std::span<T> operator[](std::string_view name) {
    for (const group &g : list)
      if (g.name == name)
        return std::span(all).subspan(g.offset, g.size);
    std::abort();
  }
  std::span<const T> operator[](std::string_view name) const {
    return const_cast<blocks &>(*this)[name];
  }
};

static void golden() {
  blocks<float> p{std::vector<float>(5), {{"b", 0, 1}, {"w", 1, 4}}};
  const auto report = load_npz(write("savez.npz", text_of(savez)), p);
  CHECK_THAT(report.skipped.empty());
  CHECK_THAT(p.all == std::vector<float>({0.5, 1, 2, 3, 4}));
  std::vector<double> w(2);
  load_npz(write("compressed.npz", text_of(savez_compressed)),
           {{"w", w}});
  CHECK_THAT(w == std::vector<double>({1, 2}));
}

template <class T> static void round_trip() {
  blocks<T> p{{1, 2, 3, 4}, {{"layer1/weight", 0, 3}, {"b\xc3\xa4", 3, 1}}};
  save_npz(at("p.npz"), p);
  const std::string first = read(at("p.npz"));
  blocks<T> q = p;
  q.all.assign(4, 0);
  load_npz(at("p.npz"), q);
  CHECK_THAT(q.all == p.all);
  save_npz(at("p.npz"), q);
  CHECK_THAT(read(at("p.npz")) == first);
  const std::vector<T> none;
  save_npz(at("empty.npz"), {{"none", none}});
  std::vector<T> loaded;
  load_npz(at("empty.npz"), {{"none", loaded}});
}

static void mismatches() {
  const std::string path = write("savez.npz", text_of(savez));
  float w[3] = {7, 7, 7}, c[2] = {8, 8};
  double b[1] = {9};
  // CHECK: 'savez.npz' does not fit the parameters:
  // CHECK-NEXT:   'w' is float32[4] in the file, float32[3] here
  // CHECK-NEXT:   'c' (float32[2]) is not in the file
  // CHECK-NEXT:   'b' (an array) is only in the file
  show<data_error>([&] {
    load_npz(path, {{"w", w}, {"c", c}});
  });
  // CHECK-NEXT: 'savez.npz' does not fit the parameters:
  // CHECK-NEXT:   'b' is float32[1] in the file, float64[1] here
  // CHECK-NEXT:   'w' (an array) is only in the file
  show<data_error>([&] { load_npz(path, {{"b", b}}); });
  CHECK_THAT(w[0] == 7 && c[0] == 8 && b[0] == 9);

  // Each difference is allowed by a switch of its own, and told.
  float right[1] = {};
  load_options options;
  options.allow_extra = true;
  auto report = load_npz(path, {{"b", right}}, options);
  CHECK_THAT(right[0] == 0.5);
  CHECK_THAT(report.skipped ==
             std::vector<std::string>({"'w' (an array) is only in the file"}));
  CHECK_THAT(report.path == path && !report.fell_back);
  options = {};
  options.allow_missing = options.allow_different = true;
  right[0] = 0;
  report = load_npz(path, {{"b", right},
                           {"w", w}, {"c", c}},
                    options);
  CHECK_THAT(right[0] == 0.5 && w[0] == 7 && c[0] == 8);
  CHECK_THAT(report.skipped.size() == 2);
}

static void damaged() {
  const std::string whole = text_of(savez);
  float w[4] = {7, 7, 7, 7}, b[1] = {7};
  const auto load = [&](const std::string &bytes) {
    const std::string path = write("x.npz", bytes);
    load_npz(path, {{"w", w}, {"b", b}});
  };
  // An element of w, and what its zip entry says of itself.
  std::string bytes = whole;
  bytes[55 + 128 + 3] ^= 1;
  // CHECK-NEXT: 'x.npz/w.npy' is damaged: CRC error
  show<data_error>([&] { load(bytes); });
  // CHECK-NEXT: cannot open 'x.npz': Not a zip archive
  show<data_error>([&] { load(whole.substr(0, whole.size() - 30)); });
  // CHECK-NEXT: cannot open 'x.npz':
  show<data_error>([&] { load(""); });
  bytes = whole;
  for (std::size_t i; (i = bytes.find("<f4")) != std::string::npos;)
    bytes[i] = '>';
  // CHECK-NEXT: 'x.npz/w.npy': the numbers are big-endian
  show<data_error>([&] { load(bytes); });
  // CHECK-NEXT: cannot open 'none.npz': No such file
  show<data_error>(
      [&] { load_npz(at("none.npz"), {{"w", w}}); });
  // Both have been left alone.
  CHECK_THAT(w[0] == 7 && w[3] == 7 && b[0] == 7);
}

static void wrong_use() {
  const float x[1] = {};
  // CHECK-NEXT: save_npz: two arrays are called 'x'
  show<std::invalid_argument>([&] {
    save_npz(at("y.npz"),
             {{"x", x}, {"x", x}});
  });
  // CHECK-NEXT: save_npz: an array has no name
  show<std::invalid_argument>(
      [&] { save_npz(at("y.npz"), {{"", x}}); });
  // CHECK-NEXT: cannot {{.*}} 'no/y.npz': {{.*}}No such file
  show<data_error>(
      [&] { save_npz(at("no/y.npz"), {{"x", x}}); });
}

int main(int, char **argv) {
  folder = argv[1];
  golden();
  round_trip<float>();
  round_trip<double>();
  mismatches();
  damaged();
  wrong_use();
}
