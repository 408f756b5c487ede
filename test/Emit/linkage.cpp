//===- linkage.cpp - Linkage and namespaces -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative has the linkage of its primal; the halves of a callee have none.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --inline-limit=0 %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: namespace model {
namespace model {
// CHECK: static void internal_grad(
#pragma retrograd gradient
static double internal(double x) { return x * x; }
// CHECK: inline void shared_grad(
#pragma retrograd gradient
inline double shared(double x) { return internal(x); }
} // namespace model

static void square(double &r) { r *= r; }
// CHECK: static void square_forward(retrograd::tape &tape, double &r) {
// CHECK: static void square_reverse(retrograd::tape &tape, double &r,
// CHECK-NEXT: double *__restrict d_r) {
// CHECK: void outer_grad(double x, double *__restrict d_x) {
#pragma retrograd gradient
double outer(double x) {
  double y = x;
  square(y);
  return y;
}
