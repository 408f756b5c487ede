//===- memory.cpp - Allocations -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Allocation and release are statements; malloc has the type of what it is
// converted to.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=lower -- -std=c++20 -I%include | FileCheck %s

#include <cstdlib>
#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x)
double f(double x, int n) {
  // CHECK: double *p = new double[n];
  double *p = new double[n];
  // CHECK-NEXT: double *q = new double;
  // CHECK-NEXT: *q = [[X:x[0-9]*]];
  double *q = new double(x);
  // CHECK-NEXT: double *m = static_cast<double *>(std::malloc({{.*}}n{{.*}} * sizeof(double)));
  double *m = static_cast<double *>(std::malloc(n * sizeof(double)));
  // CHECK-NEXT: double *c = static_cast<double *>(std::calloc(n, sizeof(double)));
  double *c = (double *)std::calloc(n, sizeof(double));
  p[0] = c[0] = m[0] = *q;
  double y = p[0];
  // CHECK: delete[] p;
  delete[] p;
  // CHECK-NEXT: delete q;
  delete q;
  // CHECK-NEXT: std::free(m);
  std::free(m);
  std::free(c);
  return y;
}
