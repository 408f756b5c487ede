//===- adjoint-call.cpp - The adjoint of a call ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A callee runs as two halves: the first keeps on the tape what the second
// needs.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint --inline-limit=0 -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

static void square(double &r) { r *= r; }

// CHECK: square_forward(tape, y);
// CHECK: square_reverse(tape, y, &d_y);
// CHECK-NEXT: *d_x += 2.0 * d_y;
#pragma retrograd gradient
double f(double x) {
  double y = 2 * x;
  square(y);
  return y;
}
