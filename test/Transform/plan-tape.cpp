//===- plan-tape.cpp - The tape -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the trip count is not known at the entry of a loop, its values go to
// the tape, and its trips are counted.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=plan -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK: keep: t: tape
// CHECK: keep: [[TRIPS:trips]]: in scope
// CHECK: long [[TRIPS]] = 0;
// CHECK-NEXT: while (s < end) {
// CHECK: ++[[TRIPS]];
#pragma retrograd gradient wrt(x)
double f(double x, double end) {
  double s = 0;
  while (s < end) {
    double t = std::exp(s);
    s += t * x;
  }
  return s;
}
