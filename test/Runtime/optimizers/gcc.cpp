//===- gcc.cpp - The optimizers with g++ ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Headers and tests, against a runtime that another compiler may have built.
//
//===----------------------------------------------------------------------===//
//
// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -pedantic -fsyntax-only %s
// RUN: %gxx -Wall -Wextra -Werror %S/formulas.cpp %runtime -o %t.formulas
// RUN: %t.formulas
// RUN: %gxx -Wall -Wextra -Werror %S/lbfgs.cpp %runtime -o %t.lbfgs
// RUN: %t.lbfgs

#include <retrograd/optimizers.h>
#include <retrograd/schedules.h>

int main() {}
