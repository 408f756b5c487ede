//===- remarks-vectorised.cpp - Which loops of the reverse sweep can be vectorised -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What we say of a loop, clang's vectoriser does: the second run asks it.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass=retrograd -Rpass-missed=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t
// RUN: %rgcxx -O2 -c -Wno-unused -Rpass=loop-vectorize %s -o %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LOOP
// RUN: %rgcxx -O2 -c -Wno-unused -Rpass=loop-vectorize %s -o %t.o \
// RUN:     -fassociative-math -fno-signed-zeros -fno-trapping-math 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SUM
// RUN: %rgcxx -O2 -c -Wno-unused -Rpass=loop-vectorize %s -o %t.o \
// RUN:     -fno-math-errno -fveclib=libmvec 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LIBRARY

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double squares(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop has independent iterations and can be vectorised [-Rpass=retrograd]
    s += x[i] * x[i];
  return s;
}
// LOOP-DAG: squares_grad.retrograd.cpp:{{.*}} remark: vectorized loop

// The adjoint that is carried from an iteration to the next is no obstacle.
#pragma retrograd gradient
double rosenbrock(const double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop has independent iterations
    double a = x[i + 1] - x[i] * x[i];
    s += 100 * a * a;
  }
  return s;
}
// LOOP-DAG: rosenbrock_grad.retrograd.cpp:{{.*}} remark: vectorized loop

#pragma retrograd gradient
double absolute(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop has independent iterations
    s += std::fabs(x[i]) * x[i];
  return s;
}
// LOOP-DAG: absolute_grad.retrograd.cpp:{{.*}} remark: vectorized loop

// The order of a derivative's terms is ours.
#pragma retrograd gradient
double weighted(const double *x, double w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop has independent iterations and can be vectorised [-Rpass=retrograd]
    s += w * x[i] * x[i];
  return s;
}
// LOOP-DAG: weighted_grad.retrograd.cpp:{{.*}} remark: vectorized loop

// That of the primal's is the user's.
#pragma retrograd gradient wrt(x) value
double quotients(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: the derivative of this loop cannot be vectorised as it is: its iterations add to 's' [-Rpass-missed=retrograd]
    const double q = x[i] / y[i]; // CHECK-DAG: :[[#@LINE-1]]:3: note: '-fassociative-math -fno-signed-zeros -fno-trapping-math' lets the compiler reorder the sum
    s += q * q;
  }
  return s;
}
// SUM-DAG: quotients_grad.retrograd.cpp:{{.*}} remark: vectorized loop

#pragma retrograd gradient wrt(x)
double roots(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the derivative of this loop cannot be vectorised as it is: it calls 'std::sqrt', which may set 'errno'
    s += std::sqrt(x[i]); // CHECK-DAG: :[[#@LINE-1]]:3: note: with '-fno-math-errno' the square root is an instruction
  return s;
}
// LIBRARY-DAG: roots_grad.retrograd.cpp:{{.*}} remark: vectorized loop

#pragma retrograd gradient wrt(x)
double exponentials(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the derivative of this loop cannot be vectorised as it is: it calls 'std::exp'
    s += std::exp(x[i]); // CHECK-DAG: :[[#@LINE-1]]:3: note: '-fno-math-errno -fveclib=libmvec' has vector versions of many functions
  return s;
}
// LIBRARY-DAG: exponentials_grad.retrograd.cpp:{{.*}} remark: vectorized loop

#pragma retrograd gradient
double recurrence(double x, int n) {
  double y = x;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: each iteration needs what the one before left in 'd_y'
    y = y * y;
  return y;
}

#pragma retrograd gradient
double branches(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: it branches
    if (x[i] > 0)
      s += x[i] * x[i];
  return s;
}

#pragma retrograd gradient
double gathers(const double *x, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: 'd_x[k[i]]' may be the same place in several iterations
    s += x[k[i]] * x[k[i]];
  return s;
}

#pragma retrograd gradient
double neighbours(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: its iterations share elements: 'd_x[i{{.*}}]' and 'd_x[i{{.*}}]'
    s += x[i] * x[i + 5] * x[i + 2];
  return s;
}

#pragma retrograd gradient
double behind(const double *x, int n) {
  double s = 1, *p = &s;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: its iterations write to '*p'
    *p = *p * x[i];
  return s;
}

#pragma retrograd vjp
void in_place(double *y, int n) {
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: it restores memory of the caller
    y[i] = y[i] * y[i];
}

#pragma retrograd gradient
double general(double x) {
  double y = x;
  while (y < 100) // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: it uses the tape
    y = y * y;
  return y;
}

static double twice(double x);
static void twice_pullback(double, double seed, double *d_x) { *d_x += 2 * seed; }
static double twice(double x) { return x + x; }
#pragma retrograd rule(twice)
static void twice_pullback(double x, double seed, double *d_x);

#pragma retrograd gradient
double calls(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the {{.*}} of this loop cannot be vectorised as it is: it calls 'twice_pullback'
    s += twice(x[i]);
  return s;
}

#pragma retrograd gradient
double allocates(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) { // CHECK-DAG: :[[#@LINE]]:3: remark: the reverse sweep of this loop cannot be vectorised as it is: it uses the tape
    double *copy = new double[1];
    copy[0] = x[i] * x[i];
    s += copy[0] * copy[0];
    delete[] copy;
  }
  return s;
}
