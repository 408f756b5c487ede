//===- aliasing-parameters.cpp - Parameters that may overlap --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two pointers from outside may point to the same memory, so a store through
// one overwrites what was read through the other; not so if they are restrict
// or of different types.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: // plain after plan
// CHECK: save: y[0] before y[0] = x[0] * x[0]
#pragma retrograd vjp wrt(x, y)
void plain(double *x, double *y) { y[0] = x[0] * x[0]; }

// CHECK-LABEL: // separate after plan
// CHECK-NOT: save:
// CHECK: void separate(
#pragma retrograd vjp wrt(x, y)
void separate(double *__restrict x, double *__restrict y) {
  y[0] = x[0] * x[0];
}

// CHECK-LABEL: // other_type after plan
// CHECK-NOT: save:
// CHECK: void other_type(
#pragma retrograd vjp wrt(x, y)
void other_type(const float *x, double *y) { y[0] = x[0] * x[0]; }
