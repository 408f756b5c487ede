//===- plan-extent.cpp - What of an array goes to the tape ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As many elements as loops use; where a loop might go further than the array
// does, no more than it has.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: norms_grad
// CHECK: tape.push_array(a, 0 < d ? d : 0);
// CHECK: tape.pop_array(a, 0 < d ? d : 0);
#pragma retrograd gradient wrt(x)
double norms(const double *x, int d) {
  double s = 1;
  for (int p = 0; p < 3; ++p) {
    double a[64];
    for (int i = 0; i < d; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < d; ++i)
      for (int j = i + 1; j < d; ++j)
        a[j] += a[i] * x[j];
    for (int i = 0; i < d; ++i)
      s *= a[i];
  }
  return s;
}

// CHECK-LABEL: rows_grad
// CHECK: tape.push_array(a[0], (n < 8 ? n : 8) * 4);
// CHECK-NEXT: tape.push_array(b, 2 < (n + 1) ? n + 1 : 2);
#pragma retrograd gradient wrt(x)
double rows(const double *x, unsigned n) {
  double s = 1;
  for (int p = 0; p < 3; ++p) {
    double a[8][4], b[9];
    b[0] = b[1] = x[p];
    for (unsigned i = 0; i < n; ++i) {
      b[i + 1] = b[i] * x[i];
      for (int j = 0; j < 4; ++j)
        a[i][j] = x[i] * x[j] * (p + 1);
    }
    for (unsigned i = 0; i < n; ++i)
      for (int j = 0; j < 4; ++j)
        s *= a[i][j] * b[i];
  }
  return s;
}

// CHECK-LABEL: whole_grad
// CHECK: tape.push_array(a, 16);
#pragma retrograd gradient wrt(x)
double whole(const double *x, int n, int k) {
  double s = 1;
  for (int p = 0; p < 3; ++p) {
    double a[16] = {};
    for (int i = 0; i < n; ++i)
      a[i] = x[i] * (p + 1);
    for (int i = 0; i < n; ++i)
      s *= a[i] * a[k];
  }
  return s;
}
