//===- plan-hoist.cpp - A local of a branch -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Outside of loops a local that the reverse sweep needs is declared at the top.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK: keep: t: hoist
#pragma retrograd gradient
double f(double x) {
  double s = x;
  if (x > 0) {
    double t = std::exp(x);
    s += t * t;
  }
  return s;
}
