//===- activity-varied.cpp - What varies and is useful --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable is active if it depends on an independent and the result depends
// on it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

// CHECK: active: x
// CHECK-NEXT: active: both
// CHECK-NEXT: active: result
// CHECK-NOT: active:
#pragma retrograd gradient wrt(x)
double f(double x, double w) {
  double both = x * w;
  double not_varied = w * w;
  double not_useful = x;
  not_useful *= 2;
  return both + not_varied;
}
