//===- snapshot-file.cpp - States of a loop on disk -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records come back as they were, in the order of a stack, over the borders of
// the tape's chunks. The file has no name, and what the system refuses is an
// exception that says so.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O1 -g \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: rm -rf %t.d && mkdir %t.d && %t.san %t.d

#include "Inputs/check.h"
#include <csignal>
#include <filesystem>
#include <retrograd/snapshot_file.h>
#include <sys/resource.h>

using retrograd::snapshot_file;
using retrograd::tape;

static void push(tape &t, double value, std::size_t size) {
  std::vector<double> array(size, value);
  t.push(value);
  t.push_array(array.data(), size);
}

static void pop(tape &t, double value, std::size_t size) {
  std::vector<double> array(size);
  t.pop_array(array.data(), size);
  for (double x : array)
    CHECK_THAT(x == value);
  CHECK_THAT(t.pop<double>() == value);
}

static void test_stack(const char *folder) {
  tape &t = tape::local();
  tape::scope scope(t);
  snapshot_file *file = snapshot_file::open(t, folder);
  CHECK_THAT(std::filesystem::is_empty(folder));
  t.push(7);
  // 3,000 doubles fit in a first chunk, 100,000 in none.
  for (std::size_t size : {0, 1, 3000, 3000, 3000, 100000, 5}) {
    for (int stored = 0; stored < 3; ++stored) {
      tape::position mark = t.mark();
      push(t, stored + 0.5, size);
      if (stored != 1)
        file->store(t, mark);
    }
    for (int stored = 3; stored-- > 0;) {
      file->load(t);
      pop(t, stored + 0.5, size);
    }
    CHECK_THAT(file->bytes() == 0);
  }
  CHECK_THAT(t.pop<int>() == 7);
}

static bool fails(const char *folder, int error) {
  tape &t = tape::local();
  tape::scope scope(t);
  try {
    snapshot_file *file = snapshot_file::open(t, folder);
    tape::position mark = t.mark();
    push(t, 1, 100000);
    file->store(t, mark);
  } catch (const std::system_error &e) {
    return e.code().value() == error &&
           std::string(e.what()).find(folder) != std::string::npos;
  }
  return false;
}

static void test_failures(const char *folder) {
  CHECK_THAT(fails("/no/such/folder", ENOENT));
  // A limit of the file's size stands for a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit = {5000, RLIM_INFINITY};
  CHECK_THAT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  CHECK_THAT(fails(folder, EFBIG));
  CHECK_THAT(std::filesystem::is_empty(folder));
  CHECK_THAT(tape::local().empty());
}

int main(int, char **argv) {
  test_stack(argv[1]);
  CHECK_THAT(tape::local().empty() && std::filesystem::is_empty(argv[1]));
  test_failures(argv[1]);
  return 0;
}
