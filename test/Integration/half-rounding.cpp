//===- half-rounding.cpp - Where each step is rounded to a half -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang computes an expression of halves in float, where the processor has no
// half precision. What a derivative gives a name is rounded, and would not be in
// the primal. If each step is rounded, the values are the same.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx %s %oracle -fexcess-precision=16 -o %t && %t

#include "oracle.h"
#include <retrograd/retrograd.h>

using half = _Float16;

#pragma retrograd gradient value
half bell(half x, half y) {
  return static_cast<half>(7.84) * (x / (1 + x * x)) * (y / (2 + x * y));
}

int main() {
  for (int i = 1; i < 200; ++i) {
    half x = static_cast<half>(i / 64.0), y = static_cast<half>(2 - i / 128.0);
    half dx = 0, dy = 0;
    oracle::equal("bell", bell(x, y), bell_grad(x, y, &dx, &dy));
  }
  return oracle::result();
}
