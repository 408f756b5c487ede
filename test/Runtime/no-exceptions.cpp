//===- no-exceptions.cpp - The headers without exceptions and RTTI --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The headers compile where exceptions and RTTI are switched off, as C++17 and
// as C++20, with both compilers.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -pedantic \
// RUN:   -fno-exceptions -fno-rtti %s -o %t && %t
// RUN: %clangxx -I%include -std=c++23 -Wall -Wextra -Werror -pedantic %s \
// RUN:   -fsyntax-only

#include <retrograd/retrograd.h>

int main() {
  retrograd::tape &t = retrograd::tape::local();
  retrograd::tape::scope whole(t);
  t.push(retrograd::sign(-2.0));
  return t.pop<double>() == -1.0 ? 0 : 1;
}
