//===- threads.cpp - Threads ----------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Several threads call the same gradient at once; each has a tape of its own.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -pthread -O1 %s -o %t && %t
// RUN: %rgcxx -pthread -O1 -g -fsanitize=thread %s -o %t.tsan && %t.tsan

#include "oracle.h"
#include <retrograd/retrograd.h>
#include <thread>

#pragma retrograd gradient
double iterate(double x, double y) {
  int n = 0;
  while (n < 20000) {
    x = std::sin(x) + y * x / 2;
    if (x > 1)
      x /= 2;
    ++n;
  }
  return x;
}

static void work(double x, double *d) {
  for (int i = 0; i < 10; ++i)
    iterate_grad(x, 0.75, d, d + 1);
}

int main() {
  double alone[2] = {}, first[2] = {}, second[2] = {};
  work(0.5, alone);
  std::thread one(work, 0.5, first), two(work, 0.5, second);
  one.join();
  two.join();
  for (int i = 0; i < 2; ++i) {
    oracle::equal("first thread", alone[i], first[i]);
    oracle::equal("second thread", alone[i], second[i]);
  }
  oracle::require("iterate", "the tape is empty",
                  retrograd::tape::local().empty());
  return oracle::result();
}
