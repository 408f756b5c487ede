//===- remarks-uncounted.cpp - Why a loop is not counted ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first thing that is in the way, with the place where it is and a way out.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass-missed=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=NOT

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double leaves(const double *x, int n) {
  double p = 1;
  for (int i = 0; i < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since a 'break' leaves it [-Rpass-missed=retrograd]
    if (x[i] < 0)
      break; // CHECK-DAG: :[[#@LINE]]:7: note: an 'if' around the rest of the body, in its place, keeps the loop counted
    p *= x[i];
  }
  return p;
}

#pragma retrograd gradient
double returns(const double *x, int n) {
  double p = 1;
  for (int i = 0; i < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since a 'return' leaves it
    if (x[i] < 0)
      return p; // CHECK-DAG: :[[#@LINE]]:7: note: an 'if' around the rest
    p *= x[i];
  }
  return p * p;
}

#pragma retrograd gradient
double newton(double a) {
  double x = a;
  while (std::fabs(x * x - a) > 1e-12) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its condition does not compare a counter with a bound
    x = 0.5 * (x + a / x); // CHECK-DAG: :[[#@LINE-1]]:3: note: where the number of iterations is known when the loop begins, write 'for (int i = 0; i < n; ++i)'
  return x;
}

#pragma retrograd gradient
double skips(const double *x, int n) {
  double s = 1;
  int k = 0;
  while (k < n) { // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its counter 'k' is changed in several places
    s = s * x[k];
    k += 1; // CHECK-DAG: :[[#@LINE]]:7: note: it is changed here
    if (x[k] > 3)
      k += 2; // CHECK-DAG: :[[#@LINE]]:9: note: and here
  }
  return s;
}

#pragma retrograd gradient
double doubles(const double *x, int n) {
  double s = 1;
  for (int k = 1; k < n; k *= 2) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its counter 'k' does not take equal steps towards the bound
    s = s * x[k]; // CHECK-DAG: :[[#@LINE-1]]:28: note: it is changed here; a counted loop adds or subtracts a literal at the end of each iteration
  return s;
}

#pragma retrograd gradient
double shrinks(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its bound 'n' may change
    s = s * x[i];
    if (x[i] > 2)
      --n; // CHECK-DAG: :[[#@LINE]]:7: note: it may be changed here; copy the bound to a local variable before the loop
  }
  return s;
}

#pragma retrograd gradient
double forever(double x, int n) {
  double s = x;
  int i = 0;
  while (i < n) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its counter 'i' does not change
    s = s * x;
  return s;
}

#pragma retrograd gradient
double callers(const double *x, int &i, int n) { // CHECK-DAG: :[[#@LINE]]:38: note: count with a local variable whose address is not taken
  double s = 1;
  for (i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its counter 'i' is no local variable
    s = s * x[i];
  return s;
}

#pragma retrograd inactive
void look(const int *i);

#pragma retrograd gradient
double watched(const double *x, int n) {
  double s = 1;
  int i = 0; // CHECK-DAG: :[[#@LINE]]:7: note: count with a local variable whose address is not taken
  look(&i);
  for (i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since the address of its counter 'i' is taken
    s = s * x[i];
  return s;
}

#pragma retrograd gradient
double last(const double *x, int n) {
  double s = 1;
  int i = 0;
  do { // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since it tests its condition at the end
    s = s * x[i];
    ++i;
  } while (i < n);
  return s;
}

#pragma retrograd inactive
int next(int i);

#pragma retrograd gradient
double asks(const double *x, int n) {
  double s = 1;
  int i = 0;
  while ((i = next(i)) < n) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is not counted, since its condition has an effect
    s = s * x[i]; // CHECK-DAG: :[[#@LINE-1]]:3: note: move the effect to the body of the loop
  return s;
}

// No derivative flows through this loop.
#pragma retrograd gradient
double elsewhere(double x, int n) {
  int k = 0;
  while (n > 1) { // NOT-NOT: :[[#@LINE]]:3: remark: this loop is not counted
    n = n % 2 ? 3 * n + 1 : n / 2;
    ++k;
  }
  return x * x * k;
}
