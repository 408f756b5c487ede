//===- tangent-tape.cpp - The tangent of an adjoint -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A record on the tape is followed by its tangent, and comes back before it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=emit -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x)
double f(double x, int n) {
  double y = 1;
  while (n > 0) {
    y *= x;
    n /= 2;
  }
  return y;
}

// CHECK-LABEL: void f_grad_jvp(
// CHECK: tape.push([[OLD:old[0-9]*]]);
// CHECK-NEXT: tape.push(t_[[OLD]]);
// CHECK: const double t_[[OLD]] = tape.pop<double>();
// CHECK-NEXT: const double [[OLD]] = tape.pop<double>();
// CHECK-NEXT: t_y = t_[[OLD]];
// CHECK-NEXT: y = [[OLD]];
#pragma retrograd jvp(f_grad)
