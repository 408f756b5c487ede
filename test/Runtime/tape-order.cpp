//===- tape-order.cpp - Pops mirror pushes --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values of every size come back in reverse order, across chunks, blocks of all
// sizes, and aligned arrays among them; a second run allocates nothing.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O0 -g \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: %t.san
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O2 %s -o %t.o2
// RUN: %t.o2

#include "Inputs/check.h"
#include <cstdint>
#include <retrograd/tape.h>
#include <vector>

using retrograd::tape;

struct point {
  double x, y;
  char tag;
};

static void scalars_of_all_sizes(tape &t) {
  const int count = 100000;
  for (int i = 0; i < count; ++i) {
    t.push(double(i));
    t.push(i % 3 == 0);
    t.push(static_cast<char>(i));
    t.push(point{0.5 * i, -1.0, 'p'});
    t.push(static_cast<long double>(i));
    t.push(&t);
    t.push(float(i));
  }
  CHECK_THAT(!t.empty());
  for (int i = count - 1; i >= 0; --i) {
    CHECK_THAT(t.pop<float>() == float(i));
    CHECK_THAT(t.pop<tape *>() == &t);
    CHECK_THAT(t.pop<long double>() == i);
    const point p = t.pop<point>();
    CHECK_THAT(p.x == 0.5 * i && p.y == -1.0 && p.tag == 'p');
    CHECK_THAT(t.pop<char>() == static_cast<char>(i));
    CHECK_THAT(t.pop<bool>() == (i % 3 == 0));
    CHECK_THAT(t.pop<double>() == i);
  }
  CHECK_THAT(t.empty());
}

static void blocks_of_all_sizes(tape &t) {
  const std::size_t sizes[] = {0,      1,      7, 1000, 8191,  8192,   8193,
                               100000, 300000, 0, 1,    10000, 2000000};
  for (std::size_t n : sizes) {
    std::vector<double> block(n);
    for (std::size_t i = 0; i < n; ++i)
      block[i] = double(n + i);
    t.push(int(n));
    t.push_array(block.data(), n);
  }
  for (std::size_t k = std::size(sizes); k-- > 0;) {
    const std::size_t n = sizes[k];
    std::vector<double> block(n);
    t.pop_array(block.data(), n);
    for (std::size_t i = 0; i < n; ++i)
      CHECK_THAT(block[i] == double(n + i));
    CHECK_THAT(t.pop<int>() == int(n));
  }
  CHECK_THAT(t.empty());
}

/// A value that fits exactly, and one that just does not, at the end of a
/// chunk.
static void chunk_boundaries() {
  for (int slack = 0; slack < 20; ++slack) {
    tape t;
    for (int i = 0; i < 65536 - slack; ++i)
      t.push(static_cast<unsigned char>(i));
    for (int turn = 0; turn < 3; ++turn) {
      t.push(1.5);
      t.push(2.5);
      CHECK_THAT(t.pop<double>() == 2.5);
      CHECK_THAT(t.pop<double>() == 1.5);
    }
    CHECK_THAT(t.bytes() == std::size_t(65536 - slack));
    for (int i = 65536 - slack; i-- > 0;)
      CHECK_THAT(t.pop<unsigned char>() == static_cast<unsigned char>(i));
    CHECK_THAT(t.empty());
  }
}

struct alignas(64) cache_line {
  double lanes[8];
};

template <class T> static bool aligned(const T *p) {
  return reinterpret_cast<std::uintptr_t>(p) % alignof(T) == 0;
}

static void reserved_arrays(tape &t) {
  std::vector<double *> arrays;
  for (int n = 0; n < 300; ++n) {
    t.push(static_cast<char>(n));
    double *a = t.reserve<double>(n);
    CHECK_THAT(aligned(a));
    for (int i = 0; i < n; ++i) {
      CHECK_THAT(a[i] == 0.0);
      a[i] = n + i;
    }
    arrays.push_back(a);
    cache_line *line = t.reserve<cache_line>(2);
    CHECK_THAT(aligned(line) && line[1].lanes[7] == 0.0);
    line[1].lanes[7] = n;
    t.push(true);
    CHECK_THAT(t.pop<bool>());
    t.release<cache_line>(2);
  }
  for (int n = 300; n-- > 0;) {
    for (int i = 0; i < n; ++i)
      CHECK_THAT(arrays[n][i] == n + i);
    t.release<double>(n);
    CHECK_THAT(t.pop<char>() == static_cast<char>(n));
  }
  CHECK_THAT(t.empty());
}

static void everything(tape &t) {
  scalars_of_all_sizes(t);
  blocks_of_all_sizes(t);
  reserved_arrays(t);
}

int main() {
  tape t;
  CHECK_THAT(t.empty() && t.bytes() == 0 && t.peak_bytes() == 0);
  everything(t);
  const std::size_t peak = t.peak_bytes();
  for (int turn = 0; turn < 3; ++turn)
    everything(t);
  CHECK_THAT(t.peak_bytes() == peak);
  t.release_memory();
  CHECK_THAT(t.empty());
  everything(t);
  chunk_boundaries();
}
