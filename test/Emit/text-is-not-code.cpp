//===- text-is-not-code.cpp - Identifiers in string literals --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Words in a string are no names, so the user's variable keeps its name.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <cstdio>

// CHECK: void f_grad(const double *x, int n, double *d_x) {
// CHECK: std::printf("n = %d\n", n);
#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  std::printf("n = %d\n", n);
  return x[n] * x[n];
}
