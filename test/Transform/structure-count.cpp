//===- structure-count.cpp - While loops that count are for loops ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counters that are declared elsewhere, `!=`, and counting down while testing.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=structure -- -std=c++20 -I%include | FileCheck %s

// CHECK-LABEL: double f(
// CHECK-NEXT: double result;
// CHECK-NEXT: double s = 0;
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: s += x[i];
// CHECK-NEXT: }
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT: if (x[i] < 0) {
// CHECK-NEXT: } else {
// CHECK-NEXT: s += x[i] * x[i];
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: int k = n;
// CHECK-NEXT: for (int k1 = n; k1-- > 0;) {
// CHECK-NEXT: s += x[k1];
// CHECK-NEXT: }
// CHECK-NEXT: k = (n > 0 ? 0 : n) - 1;
// CHECK-NEXT: result = s + k;
#pragma retrograd gradient
double f(const double *x, int n) {
  double s = 0;
  int i;
  for (i = 0; i < n; i++)
    s += x[i];
  i = 0;
  while (i != n) {
    if (x[i] < 0) {
      ++i;
      continue;
    }
    s += x[i] * x[i];
    ++i;
  }
  int k = n;
  while (k-- > 0)
    s += x[k];
  return s + k;
}
