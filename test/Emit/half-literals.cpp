//===- half-literals.cpp - Numbers of _Float16 ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C++20 has no literals of _Float16, and g++ 12 takes none.
//
//===----------------------------------------------------------------------===//

// REQUIRES: gxx
// RUN: %retrograd %s -o %t.h -- -std=c++20 -I%include
// RUN: FileCheck %s --input-file %t.h
// RUN: %gxx -DTEXT='"%t.h"' -Wall -Wextra -Wno-unknown-pragmas -fsyntax-only %s

// CHECK-LABEL: void f_grad(
// CHECK: static_cast<_Float16>(0.0f)
// CHECK: static_cast<_Float16>(1.0f)
#include <retrograd/retrograd.h>

#pragma retrograd gradient
inline float f(_Float16 x) {
  _Float16 y{};
  for (int i = 0; i < 2; ++i)
    y += x;
  --x;
  return x * y;
}

#ifdef TEXT
#include TEXT
#endif
