//===- literals.cpp - Literals --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A literal is written as the user wrote it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

// CHECK: const double a = 1e-3;
// CHECK-NEXT: const double b = 0x1p-3;
// CHECK-NEXT: const float c = 2.5f;
// CHECK-NEXT: const long double d = 1.5L;
// CHECK: static_cast<double>(true)
// CHECK: static_cast<double>('a')
// CHECK: static_cast<double>(0x10)
// CHECK: static_cast<double>(10u)
#pragma retrograd gradient
double f(double x) {
  const double a = 1e-3, b = 0x1p-3;
  const float c = 2.5f;
  const long double d = 1.5L;
  x *= 10u;
  x *= 0x10;
  x *= 'a';
  x *= true;
  return x * a * b * c * d;
}
