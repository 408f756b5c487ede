//===- gcc.cpp - Data and checkpoints with g++ --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The headers without a warning, and the tests of the larger templates.
//
//===----------------------------------------------------------------------===//
//
// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -Wno-comment -pedantic -fsyntax-only %s
// RUN: rm -rf %t && mkdir %t
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/dataset.cpp %runtime \
// RUN:   -o %t.dataset
// RUN: %t.dataset %t
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/../checkpoint/fields.cpp \
// RUN:   %runtime -o %t.fields
// RUN: %t.fields %t

#include <retrograd/checkpoint.h>
#include <retrograd/data.h>

int main() {}
