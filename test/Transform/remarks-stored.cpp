//===- remarks-stored.cpp - What the reverse sweep has from memory --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each value, with the bytes that it takes, where they are, and what is in the way
// of doing without; and the sum for each loop.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass-missed=retrograd -Rpass-analysis=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=NOT

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
float counted(float x, int n) {
  float y = x;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: each iteration of this loop stores 8 bytes for the reverse sweep [-Rpass-analysis=retrograd]
    y = std::sin(y) * x; // CHECK-DAG: :[[#@LINE]]:9: remark: the value of 'std::sin(y)' is stored in an array: 4 bytes in each iteration
  // CHECK-DAG: :[[#@LINE-1]]:7: remark: the value of 'y' overwritten here is stored in an array: 4 bytes in each iteration [-Rpass-missed=retrograd]
  return y;
}

#pragma retrograd gradient
double general(double x) {
  double y = x;
  while (y < 100) // CHECK-DAG: :[[#@LINE]]:3: remark: each iteration of this loop stores 8 bytes for the reverse sweep, on the tape
    y = y * y; // CHECK-DAG: :[[#@LINE]]:7: remark: the value of 'y' overwritten here is stored on the tape: 8 bytes in each iteration
  // CHECK-DAG: :[[#@LINE-2]]:3: note: values of a counted loop are stored in an array instead, but this loop is not counted
  // CHECK-DAG: :[[#@LINE-3]]:3: remark: the number of iterations of this loop stays in a local variable: 8 bytes
  return y;
}

// The caller may pass the same memory twice.
#pragma retrograd vjp
void aliased(double *y, const double *x, int n) { // CHECK-DAG: :[[#@LINE]]:22: note: 'y' and 'x' may be the same memory; if they never are, declare them '__restrict'
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i]; // CHECK-DAG: :[[#@LINE]]:10: remark: the value of 'y[i]' overwritten here is stored in an array
}

// Not so here, and nothing is said.
#pragma retrograd vjp
void apart(double *__restrict y, const double *__restrict x, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}
// NOT-NOT: :[[#@LINE-2]]:{{.*}} is stored

#pragma retrograd gradient
double changed(double x, int n) {
  double y = x, s = 0;
  for (int i = 0; i < n; ++i) {
    double u = y * 3; // CHECK-DAG: :[[#@LINE]]:12: remark: 'u' is stored in an array: 8 bytes in each iteration
    y = y + x * i; // CHECK-DAG: :[[#@LINE]]:7: note: what it is computed from is changed here
    s += u * u;
  }
  return s;
}

#pragma retrograd gradient
double condition(double x, int n) {
  double y = x;
  for (int i = 0; i < n; ++i)
    if (y > 1) // CHECK-DAG: :[[#@LINE]]:5: remark: the outcome of this condition is stored in an array: 1 byte in each iteration
      y = y * 0.5;
  return y;
}

// Of an array whose first elements are used, these are stored.
#pragma retrograd gradient wrt(x)
double partly(const double *x, int n) {
  double s = 1;
  for (int p = 0; p < 3; ++p) { // CHECK-DAG: :[[#@LINE]]:3: remark: each iteration of this loop stores at least
    double a[64]; // CHECK-DAG: :[[#@LINE]]:12: remark: 'a' is stored on the tape: as much as is used of 512 bytes in each iteration
    for (int i = 0; i < n; ++i)
      a[i] = x[i] * s;
    for (int i = 0; i < n; ++i)
      s *= a[i];
  }
  return s;
}

// A branch outside of loops.
#pragma retrograd gradient
double branch(double x) {
  double y = x;
  if (x > 1) {
    double u = std::exp(x); // CHECK-DAG: :[[#@LINE]]:12: remark: 'u' is kept in a local variable of the derivative: 8 bytes
    y = u * u;
  }
  return y;
}

// A recursive function, whose sweeps are two functions.
static double power(double x, int n) {
  double y = x;
  if (n > 1)
    y = x * power(x, n - 1); // CHECK-DAG: :[[#@LINE]]:13: remark: what 'power' returns here is stored on the tape: 8 bytes in each call
  // CHECK-DAG: :[[#@LINE-1]]:13: note: the function is called, so that its two sweeps share no local variables
  // CHECK-DAG: :[[#@LINE-2]]:13: remark: each sweep calls its half of the derivative of 'power', and the halves share the tape [-Rpass-analysis=retrograd]
  return y;
}
#pragma retrograd gradient
double recursive(double x, int n) { return power(x, n); }
