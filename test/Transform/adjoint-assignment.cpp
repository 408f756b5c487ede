//===- adjoint-assignment.cpp - The adjoint of an assignment --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The adjoint of the target is read, then zeroed, before any is incremented;
// the target is restored first.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

// CHECK-LABEL: void set_grad(
// CHECK: const double [[OLD:old[0-9]*]] = a;
// CHECK-NEXT: a = a * y;
// CHECK: a = [[OLD]];
// CHECK-NEXT: const double [[SEED:seed[0-9]*]] = d_a;
// CHECK-NEXT: d_a = 0;
// CHECK-NEXT: d_a += y * [[SEED]];
// CHECK-NEXT: *d_y += a * [[SEED]];
// CHECK-NEXT: *d_x += d_a;
#pragma retrograd gradient
double set(double x, double y) {
  double a = x;
  a = a * y;
  return a;
}

// An update keeps the adjoint of its target.
// CHECK-LABEL: void update_grad(
// CHECK: *d_y -= d_a;
// CHECK-NEXT: *d_x += y * d_a;
// CHECK-NEXT: *d_y += x * d_a;
// CHECK-NEXT: *d_x += d_a;
#pragma retrograd gradient
double update(double x, double y) {
  double a = x;
  a += x * y;
  a -= y;
  return a;
}
