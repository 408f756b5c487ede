//===- damage.cpp - Damaged checkpoints ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every byte of a file is changed, every length tried: it is noticed, the one
// before is loaded, with a warning, and nothing is loaded from a file that is not
// whole. Then files with right checksums that lie. The readers are compiled with
// sanitizers here.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -O1 -g1 -fsanitize=address,undefined \
// RUN:   -fno-sanitize-recover=all %s %source/runtime/checkpoint/content.cpp \
// RUN:   %source/runtime/checkpoint/loader.cpp %runtime -o %t.program
// RUN: %t.program %t

#include "../data/Inputs/files.h"
#include "Inputs/state.h"
#include <cstring>
#include <random>
#include <zlib.h>

using retrograd::checkpoint_error;
using retrograd::load_checkpoint;
using retrograd::load_options;

static std::string older, newer;

template <class T> static void make() {
  training_state<T> first(6), second(8);
  std::remove(at("a").c_str());
  retrograd::save_checkpoint(at("a"), first, {.sync = false});
  retrograd::save_checkpoint(at("a"), second, {.sync = false});
  newer = read(at("a"));
  older = read(at("a.previous"));
  training_state<T> loaded(3);
  load_checkpoint(at("a.previous"), loaded);
  CHECK_THAT(loaded.is(6));
}

/// A file that is not whole: the one before is used, if that is good.
template <class T>
static void falls_back(const std::string &bytes, const char *expected) {
  write("a", bytes);
  training_state<T> loaded(3);
  std::string warning;
  load_options options;
  options.on_warning = [&](const std::string &text) { warning += text; };
  const auto report = load_checkpoint(at("a"), loaded, options);
  CHECK_THAT(loaded.is(6) && report.fell_back);
  CHECK_THAT(report.path == at("a.previous"));
  CHECK_THAT(report.warnings == std::vector<std::string>{warning});
  CHECK_THAT(warning.starts_with("'" + at("a") + "' "));
  CHECK_THAT(warning.find(expected) != std::string::npos);
  CHECK_THAT(warning.ends_with("; '" + at("a.previous") + "' is used instead"));
}

template <class T> static void every_byte() {
  make<T>();
  for (std::size_t i = 0; i < newer.size(); ++i)
    for (const int mask : {1, 0x80, 0xff}) {
      std::string bytes = newer;
      bytes[i] = static_cast<char>(bytes[i] ^ mask);
      falls_back<T>(bytes, i < 8    ? "is no checkpoint"
                           : i < 64 ? "the checksum of its header is wrong"
                                    : "is damaged: the checksum of ");
    }
  std::string bytes = newer;
  bytes[64] ^= 1;
  falls_back<T>(bytes, "the checksum of 'weights' (float");
  bytes = newer;
  bytes.back() ^= 1;
  falls_back<T>(bytes, "the checksum of its table is wrong");
}

template <class T> static void every_length() {
  make<T>();
  for (std::size_t i = 0; i < newer.size(); ++i)
    falls_back<T>(newer.substr(0, i),
                  i < 64 ? "is too short" : "bytes, and was written with ");
  falls_back<T>(newer + "x", "bytes, and was written with ");
  falls_back<T>(std::string(newer.size(), '\0'), "is no checkpoint");
}

/// With no good file there is an error, which tells of both.
static void both() {
  make<double>();
  older[70] ^= 1;
  write("a.previous", older);
  write("a", newer.substr(0, 100));
  training_state<double> loaded(3);
  CHECK_THAT(
      message<checkpoint_error>([&] { load_checkpoint(at("a"), loaded); }) ==
      "there is no good checkpoint: 'a' is damaged: it has 100 bytes, and was "
      "written with " +
          std::to_string(newer.size()) +
          ", and 'a.previous' is damaged: the checksum of 'weights' "
          "(float64[5] at byte 64) is wrong");
  CHECK_THAT(loaded.is(3));
  // A stump is not kept as the one before: that may be the only good one.
  make<double>();
  write("a", "stump");
  training_state<double> third(10);
  retrograd::save_checkpoint(at("a"), third, {.sync = false});
  CHECK_THAT(read(at("a.previous")) == older);
}

/// What is not damaged is no reason to take an older file.
static void no_fallback() {
  make<double>();
  training_state<float> narrow(3);
  CHECK_THAT(message<checkpoint_error>([&] {
               load_checkpoint(at("a"), narrow);
             }).starts_with("'a' does not fit this program:\n  'weights' is "));
}

//===- Files that lie -----------------------------------------------------===//

static void put(std::string &bytes, std::size_t at, std::uint64_t value,
                std::size_t size) {
  std::memcpy(&bytes[at], &value, size);
}

/// Makes the header, the table and the length agree with what the bytes are.
static void repair(std::string &bytes) {
  if (bytes.size() < 64)
    return;
  std::uint64_t table = 0;
  std::memcpy(&table, &bytes[24], 8);
  put(bytes, 16, bytes.size(), 8);
  if (table <= bytes.size())
    put(bytes, 40,
        crc32(0, reinterpret_cast<const Bytef *>(&bytes[table]),
              static_cast<uInt>(bytes.size() - table)),
        4);
  put(bytes, 60, crc32(0, reinterpret_cast<const Bytef *>(bytes.data()), 60),
      4);
}

static void other_version() {
  make<double>();
  std::string bytes = newer;
  put(bytes, 8, 2, 4);
  repair(bytes);
  write("a", bytes);
  training_state<double> loaded(3);
  CHECK_THAT(
      message<checkpoint_error>([&] { load_checkpoint(at("a"), loaded); }) ==
      "'a' has version 2 of the format, this program reads version 1");
}

static void lies() {
  make<float>();
  std::mt19937_64 chance(7);
  std::uint64_t table = 0;
  std::memcpy(&table, &newer[24], 8);
  int good = 0, refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = newer;
    for (std::uint64_t n = 1 + chance() % 3; n-- > 0;) {
      // The table and the fields of the header are what can lead astray.
      const std::size_t i = (chance() % 4 == 0
                                 ? 8 + chance() % 40
                                 : table + chance() % (newer.size() - table)) %
                            bytes.size();
      switch (chance() % 3) {
      case 0:
        bytes[i] = static_cast<char>(chance());
        break;
      case 1:
        bytes[i] = static_cast<char>(bytes[i] + (chance() % 2 ? 1 : -1));
        break;
      default:
        bytes.resize(newer.size() - 4 + chance() % 9);
      }
    }
    repair(bytes);
    training_state<float> loaded(3);
    load_options all;
    all.allow_missing = all.allow_extra = all.allow_different = true;
    write("lie", bytes);
    try {
      load_checkpoint(at("lie"), loaded, all);
      ++good;
    } catch (const checkpoint_error &) {
      ++refused;
    }
  }
  CHECK_THAT(good > 200 && refused > 5000);
}

int main(int, char **argv) {
  folder = argv[1];
  every_byte<float>();
  every_byte<double>();
  every_length<float>();
  both();
  no_fallback();
  other_version();
  lies();
}
