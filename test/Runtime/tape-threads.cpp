//===- tape-threads.cpp - Each thread has a tape of its own ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// tape::local() is the calling thread's; its memory goes with the thread.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O1 -g -pthread \
// RUN:   -fsanitize=thread %s -o %t.tsan
// RUN: %t.tsan
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O1 -g -pthread \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: %t.san

#include "Inputs/check.h"
#include <retrograd/tape.h>
#include <thread>
#include <vector>

using retrograd::tape;

static void work(int id) {
  tape &t = tape::local();
  CHECK_THAT(t.empty());
  tape::scope whole(t);
  for (int i = 0; i < 50000; ++i)
    t.push(id + i);
  for (int i = 50000; i-- > 0;)
    CHECK_THAT(t.pop<int>() == id + i);
  // What remains is forgotten at the end of the scope.
  t.push(id);
}

int main() {
  tape *const mine = &tape::local();
  std::vector<std::thread> threads;
  for (int id = 0; id < 8; ++id)
    threads.emplace_back(work, id);
  work(100);
  for (std::thread &thread : threads)
    thread.join();
  CHECK_THAT(&tape::local() == mine);
  std::thread([mine] { CHECK_THAT(&tape::local() != mine); }).join();
  CHECK_THAT(mine->empty());
}
