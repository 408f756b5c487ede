//===- adjoint-while.cpp - The adjoint of a general loop ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A general loop runs backwards as often as it ran forwards.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: long [[TRIPS:trips]] = 0;
// CHECK-NEXT: while ({{n[0-9]*}} > 0) {
// CHECK: ++[[TRIPS]];
// CHECK: for (long [[K:k[0-9]*]] = [[TRIPS]]; [[K]]-- > 0;) {
// CHECK-NEXT: d_x{{[a-z_]*}} += d_s;
#pragma retrograd gradient wrt(x)
double f(double x, int n) {
  double s = 1;
  while (n > 0) {
    s += x;
    n /= 2;
  }
  return s;
}
