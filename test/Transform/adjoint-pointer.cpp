//===- adjoint-pointer.cpp - The adjoint of pointer code ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shadow of a pointer moves with it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK: double *d_p = d_a;
// CHECK-NEXT: double *p = a;
// CHECK: d_p = d_q;
// CHECK-NEXT: p = q;
// CHECK: const double [[SEED:seed[0-9]*]] = *d_q;
// CHECK-NEXT: *d_q = 0;
// CHECK-NEXT: *d_q += *p * [[SEED]];
// CHECK-NEXT: *d_p += *q * [[SEED]];
#pragma retrograd gradient wrt(x)
double f(double x, double w) {
  double a[1] = {x}, b[1] = {w};
  double *p = a, *q = b;
  double *t = p;
  p = q;
  q = t;
  *q *= *p;
  return *q;
}

// What restores memory of the caller restores t, too, after its scope is left.
// CHECK-LABEL: void own_or_callers_grad(
// CHECK: double *const t = tape.reserve<double>(1);
// CHECK: double *q = which ? &*t : p;
// CHECK: tape.rewind(*q, old);
#pragma retrograd gradient wrt(x, p[1])
double own_or_callers(double x, double *p, bool which) {
  double t = 2 * x;
  double *q = which ? &t : p;
  *q *= *q;
  return t * p[0];
}
