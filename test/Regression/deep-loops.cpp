//===- deep-loops.cpp - Many loops in each other --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The time that the compiler took once doubled with each loop: 2^40 walks here.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -fbracket-depth=512 %s

#include <retrograd/retrograd.h>

#define LOOP1(i, body)                                                         \
  for (int i = 0; i < n; ++i) {                                                \
    x *= x;                                                                    \
    body                                                                       \
  }
#define LOOP4(i, body)                                                         \
  LOOP1(i##a, LOOP1(i##b, LOOP1(i##c, LOOP1(i##d, body))))
#define LOOP20(i, body)                                                        \
  LOOP4(i##k, LOOP4(i##l, LOOP4(i##m, LOOP4(i##n, LOOP4(i##o, body)))))

#pragma retrograd gradient
double f(double x, int n) {
  LOOP20(i, LOOP20(j, ;))
  return x;
}
