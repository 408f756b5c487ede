//===- check.h - The one check of the runtime's tests ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// assert() vanishes with NDEBUG and prints no values; this neither.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_CHECK_H
#define RETROGRAD_TEST_RUNTIME_CHECK_H

#include <cstdio>
#include <cstdlib>

#define CHECK_THAT(condition)                                                  \
  ((condition)                                                                 \
       ? void()                                                                \
       : (std::printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition),  \
          std::exit(1)))

#endif // RETROGRAD_TEST_RUNTIME_CHECK_H
