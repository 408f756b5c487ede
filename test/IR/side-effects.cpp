//===- side-effects.cpp - Side effects become statements ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Expressions of the IR are pure: each effect is a statement of its own, in the
// order that C++17 gives them.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=lower -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd vjp wrt(x)
double f(double *x, int i) {
  // The right side of an assignment comes first.
  // CHECK: x[[[I:i[0-9]*]]] = 2 * x[0];
  // CHECK-NEXT: const double [[VALUE:t[0-9]*]] = x[[[I]]];
  // CHECK-NEXT: const int [[OLD:t[0-9]*]] = [[I]];
  // CHECK-NEXT: ++[[I]];
  // CHECK-NEXT: x[[[OLD]]] = [[VALUE]];
  x[i++] = x[i] = 2 * x[0];
  // CHECK-NEXT: ++[[I]];
  // CHECK-NEXT: double a = x[[[I]]];
  double a = x[++i];
  // CHECK: b = x[1];
  // CHECK-NEXT: a = b * 2;
  double b = 0;
  a = (b = x[1], b * 2);
  // An operand of && that is not reached has no effect.
  // CHECK: bool [[BOTH:t[0-9]*]] = [[I]] > 2;
  // CHECK-NEXT: if ([[BOTH]]) {
  // CHECK-NEXT: a = a * 2;
  // CHECK-NEXT: [[BOTH]] = a > 3;
  // CHECK-NEXT: }
  // CHECK-NEXT: return [[BOTH]] ? a : b;
  return i > 2 && (a *= 2) > 3 ? a : b;
}
