//===- tape-scope.cpp - What the end of a scope does ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The end of a scope gives memory back what the primal has left in it, performs
// deferred deallocations, and forgets records, by whatever way it ends.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O0 -g \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: %t.san
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O2 %s -o %t.o2
// RUN: %t.o2

#include "Inputs/check.h"
#include <retrograd/tape.h>
#include <stdexcept>
#include <vector>

using retrograd::tape;

/// A primal that overwrites each element many times, then the reverse sweep
/// that undoes it, sees the original values, and leaves the final ones.
static void redo_log(tape &t) {
  std::vector<double> memory(5000);
  for (std::size_t i = 0; i < memory.size(); ++i)
    memory[i] = double(i);
  {
    tape::scope whole(t);
    for (int turn = 0; turn < 20; ++turn)
      for (double &m : memory) {
        t.push(m);
        m = 2 * m + 1;
      }
    const std::vector<double> primal = memory;
    for (int turn = 0; turn < 20; ++turn)
      for (std::size_t i = memory.size(); i-- > 0;)
        t.rewind(memory[i], t.pop<double>());
    for (std::size_t i = 0; i < memory.size(); ++i)
      CHECK_THAT(memory[i] == double(i));
  }
  CHECK_THAT(t.empty());
  for (std::size_t i = 0; i < memory.size(); ++i)
    CHECK_THAT(memory[i] == (double(i) + 1) * (1 << 20) - 1);
}

/// A recursive primal with a derivative call at each level: each leaves the
/// deepest value, and sees, after its own rewind, what it had found.
static void nested(tape &t, int depth, double &place) {
  tape::scope inner(t);
  t.push(place);
  place = depth;
  t.push(depth);
  if (depth < 3000)
    nested(t, depth + 1, place);
  CHECK_THAT(place == 3000);
  CHECK_THAT(t.pop<int>() == depth);
  t.rewind(place, t.pop<double>());
  CHECK_THAT(place == depth - 1);
}

static void exceptions(tape &t) {
  double memory = 1;
  t.push(42);
  for (int turn = 0; turn < 3; ++turn) {
    try {
      tape::scope whole(t);
      for (int i = 0; i < 50000; ++i)
        t.push(memory);
      memory = 2;
      t.defer_delete_array(new double[10]);
      t.rewind(memory, t.pop<double>());
      CHECK_THAT(memory == 1);
      throw std::runtime_error("from the user's callback");
    } catch (const std::runtime_error &) {
    }
    CHECK_THAT(memory == 2);
    memory = 1;
  }
  CHECK_THAT(t.pop<int>() == 42);
  CHECK_THAT(t.empty());
}

static std::vector<int> freed;

struct noisy {
  int id;
  ~noisy() { freed.push_back(id); }
};

static void deferred(tape &t) {
  {
    tape::scope outer(t);
    t.defer_delete(new noisy{1});
    {
      tape::scope inner(t);
      double *read_later = static_cast<double *>(std::malloc(sizeof(double)));
      *read_later = 3;
      t.push(*read_later);
      *read_later = 4;
      t.defer_free(read_later);
      t.defer_delete(new noisy{2});
      t.defer_delete(static_cast<noisy *>(nullptr));
      // Replayed before it is freed.
      t.rewind(*read_later, t.pop<double>());
      CHECK_THAT(*read_later == 3 && freed.empty());
    }
    CHECK_THAT(freed == std::vector<int>{2});
    t.defer([] { freed.push_back(3); });
  }
  CHECK_THAT((freed == std::vector<int>{2, 3, 1}));
  CHECK_THAT(t.empty());
}

/// The position that a scope returns to is at the very end of a chunk.
static void scope_at_chunk_end() {
  tape t;
  for (int i = 0; i < 65536; ++i)
    t.push(static_cast<char>(i));
  double memory = 0;
  {
    tape::scope whole(t);
    t.push(1.0);
    t.rewind(memory, t.pop<double>());
    CHECK_THAT(memory == 1.0);
    t.push(2.0);
  }
  CHECK_THAT(memory == 0.0);
  CHECK_THAT(t.bytes() == 65536);
  for (int i = 65536; i-- > 0;)
    CHECK_THAT(t.pop<char>() == static_cast<char>(i));
}

/// Memory may be given back while scopes are open.
static void release_inside(tape &t) {
  t.release_memory();
  tape::scope outer(t);
  t.release_memory();
  t.push(1);
  {
    tape::scope inner(t);
    t.push_array(std::vector<double>(1000000).data(), 1000000);
  }
  t.release_memory();
  CHECK_THAT(t.pop<int>() == 1);
  t.release_memory();
  t.push(2);
  CHECK_THAT(t.pop<int>() == 2);
}

static void too_large(tape &t) {
  t.push(7);
  const std::size_t before = t.bytes();
  int thrown = 0;
  const std::size_t sizes[] = {static_cast<std::size_t>(-1), PTRDIFF_MAX,
                               PTRDIFF_MAX / sizeof(double)};
  for (std::size_t n : sizes) {
    try {
      t.reserve<double>(n);
    } catch (const std::bad_alloc &) {
      ++thrown;
    }
    try {
      double none = 0;
      t.push_array(&none, n);
    } catch (const std::bad_alloc &) {
      ++thrown;
    }
  }
  CHECK_THAT(thrown == 6);
  CHECK_THAT(t.bytes() == before);
  CHECK_THAT(t.pop<int>() == 7);
}

int main() {
  tape t;
  redo_log(t);
  double place = -1;
  nested(t, 0, place);
  CHECK_THAT(place == 3000);
  exceptions(t);
  deferred(t);
  scope_at_chunk_end();
  release_inside(t);
  too_large(t);
  CHECK_THAT(t.empty());
}
