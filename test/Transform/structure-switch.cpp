//===- structure-switch.cpp - Switch --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The label that is entered is found once; each section runs if the entry is at
// or before it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=structure -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd gradient wrt(x)
double f(double x, int n) {
  // CHECK: const int entry = n == 0 ? 0 : n == 1 ? 1 : 2;
  switch (n) {
  // CHECK: if (entry <= 0) {
  // CHECK-NEXT: if ([[X:x[0-9]*]] > 1) {
  // CHECK-NEXT: stop = true;
  case 0:
    if (x > 1)
      break;
    x *= 2;
    [[fallthrough]];
  // CHECK: if (!stop) {
  // CHECK-NEXT: if (entry <= 1) {
  // CHECK-NEXT: result = [[X]] * [[X]];
  // CHECK-NEXT: done = true;
  case 1:
    return x * x;
  // CHECK-NEXT: } else if (entry <= 2) {
  // CHECK-NEXT: [[X]] = [[X]] * 3;
  default:
    x *= 3;
  }
  // CHECK: if (!done) {
  // CHECK-NEXT: result = [[X]];
  return x;
}
