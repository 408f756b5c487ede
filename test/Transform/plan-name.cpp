//===- plan-name.cpp - Names for expensive values -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call whose value a partial mentions becomes a local, so that it is computed
// once.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK: const double [[T:t[0-9]*]] = std::exp(x);
// CHECK-NEXT: result = [[T]] * x;
#pragma retrograd gradient
double f(double x) { return std::exp(x) * x; }
