//===- operators.cpp - Expressions as the IR writes them ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An expression has the parentheses that its operators need, and no others but
// where a reader would miss them.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=lower -- -std=c++20 -I%include | FileCheck %s

#pragma retrograd gradient wrt(x)
double f(double x, int n, unsigned k) {
  // CHECK: int i = (n + 1) * 2 - (n - (3 - n));
  int i = (n + 1) * 2 - (n - ((3) - n));
  // CHECK: bool b = !(n > 1 && (n < 3 || k == 2u));
  bool b = !((n > 1) && (n < 3 || k == 2u));
  // CHECK: double y = -([[X:x[0-9]*]] + 1) * (b ? [[X]] : -[[X]]) / ([[X]] * [[X]]);
  double y = -(x + 1) * (b ? x : -x) / (x * x);
  // CHECK: y = [[X]] - (y - [[X]]) - -y;
  y = x - (y - x) - -y;
  // CHECK: y += (&[[X]])[0] * static_cast<double>(i + n);
  y += *(&x + 0) * (double)(i + n);
  return y;
}
