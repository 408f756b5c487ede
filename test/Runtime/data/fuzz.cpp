//===- fuzz.cpp - Readers of files on mutated bytes ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Thousands of files that are nearly right: each is read, or refused with a
// data_error; nothing else happens. The readers are compiled with sanitizers here.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -O1 -g1 -fsanitize=address,undefined \
// RUN:   -fno-sanitize-recover=all %s %source/runtime/data/npy_header.cpp \
// RUN:   %source/runtime/data/npz.cpp %source/runtime/data/csv.cpp \
// RUN:   %source/runtime/data/csv_number.cpp %runtime -o %t.program
// RUN: %t.program %t

#include "Inputs/files.h"
#include "Inputs/golden.h"
#include <random>
#include <retrograd/data/csv.h>
#include <retrograd/data/npy.h>
#include <retrograd/data/npz.h>

static std::mt19937_64 chance(4);
static std::size_t below(std::size_t n) { return chance() % n; }

/// Bytes changed, removed, doubled; digits and brackets more often than others.
static std::string mutated(std::string bytes) {
  static constexpr std::string_view likely = "0123456789(),:'{}<>fi- \"\n";
  for (std::size_t n = 1 + below(4); n-- > 0 && !bytes.empty();) {
    const std::size_t i = below(bytes.size());
    switch (below(6)) {
    case 0:
      bytes[i] = static_cast<char>(chance());
      break;
    case 1:
      bytes[i] = likely[below(likely.size())];
      break;
    case 2:
      bytes.erase(i, 1 + below(8));
      break;
    case 3:
      bytes.insert(i, bytes.substr(below(bytes.size()), below(12)));
      break;
    case 4:
      bytes.resize(i);
      break;
    default:
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << below(8)));
    }
  }
  return bytes;
}

template <class F>
static void campaign(const std::string &seed, int rounds, F read) {
  int good = 0, refused = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string text = mutated(seed);
    try {
      read(text);
      ++good;
    } catch (const retrograd::data_error &error) {
      CHECK_THAT(std::string_view(error.what()).size() > 10);
      ++refused;
    }
  }
  // Both happen, or the mutations are not near the border.
  CHECK_THAT(good > rounds / 100 && refused > rounds / 4);
}

int main(int, char **argv) {
  folder = argv[1];
  // A header at the beginning of memory that ends with it, so that the address
  // sanitizer sees a byte read behind.
  campaign(floats(), 20000, [](const std::string &text) {
    const std::vector<char> exact(text.begin(), text.end());
    const auto header = retrograd::read_npy_header(
        std::as_bytes(std::span(exact)), "x.npy", exact.size());
    CHECK_THAT(header.data_offset + *header.bytes() == exact.size());
  });
  for (const std::string &seed : {text_of(savez), text_of(savez_compressed)})
    campaign(seed, 1500, [](const std::string &text) {
      std::vector<float> w(4), b(1);
      std::vector<double> v(2);
      retrograd::load_options all;
      all.allow_missing = all.allow_extra = all.allow_different = true;
      write("x.npz", text);
      retrograd::load_npz(at("x.npz"), {{"w", w}, {"b", b}}, all);
      retrograd::load_npz(at("x.npz"), {{"w", v}}, all);
    });
  campaign("a,b,\"c \"\"\"\n1,2.5,3\n-4,5e3,\"6\"\n", 5000,
           [](const std::string &text) {
             write("x.csv", text);
             const auto data = retrograd::read_csv<int, float>(
                 at("x.csv"), {{"x", 0}, {"y", 1, 2}}, {.header = true});
             CHECK_THAT(data.column_at<1>().rows() == data.size());
           });
}
