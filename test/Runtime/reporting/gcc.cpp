//===- gcc.cpp - The headers of reporting with g++ ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Programs that are not compiled by Clang train and report as well.
//
//===----------------------------------------------------------------------===//

// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -pedantic -fsyntax-only %s
// RUN: %gxx -Wall -Wextra -Werror -Wno-comment %S/progress.cpp %runtime -o %t.progress
// RUN: %t.progress

#include <retrograd/reporting.h>

int main() {}
