//===- unaliased.cpp - Pointer parameters that are __restrict ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Memory that is only read may be reached by several restrict pointers. Memory
// that is written may not, so what else could lead there decides.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <cstdio>
#include <retrograd/retrograd.h>

// Adjoints of two parameters may be the same memory, as the parameters may.
// CHECK-LABEL: void both_grad(const double *__restrict x, const double *__restrict y,
// CHECK-NEXT: double *d_x, double *d_y) {
#pragma retrograd gradient
double both(const double *x, const double *y) { return *x * *y; }

// Not if the types tell them apart, or the only other one is constant.
// CHECK-LABEL: void types_grad(const double *__restrict x, const float *__restrict y,
// CHECK-NEXT: double *__restrict d_x, float *__restrict d_y) {
#pragma retrograd gradient
double types(const double *x, const float *y) { return *x * *y; }

// CHECK-LABEL: void one_grad(
// CHECK-SAME: const double *__restrict x,
// CHECK-NEXT: const double *__restrict y, double *__restrict d_x) {
#pragma retrograd gradient wrt(x)
double one(const double *x, const double *y) { return *x * *y; }

// The user's promise about x holds for its adjoint.
// CHECK-LABEL: void promised_grad(const double *__restrict x, const double *__restrict y,
// CHECK-NEXT: double *__restrict d_x, double *__restrict d_y) {
#pragma retrograd gradient
double promised(const double *__restrict x, const double *y) {
  return *x * *y;
}

// A parameter that is written may be what the others point to.
// CHECK-LABEL: void writes_vjp(double *x, const double *y, const int *k, double *d_x,
// CHECK-NEXT: double *d_y) {
#pragma retrograd vjp
void writes(double *x, const double *y, const int *k) { x[*k] *= *y; }

// CHECK-LABEL: void writes_apart_vjp(double *__restrict x, const double *__restrict y,
// CHECK-NEXT: double *__restrict d_x, double *__restrict d_y) {
#pragma retrograd vjp
void writes_apart(double *__restrict x, const double *y) { *x *= *y; }

// CHECK-LABEL: void writes_apart_jvp(double *__restrict x, const double *__restrict y,
// CHECK-NEXT: double *__restrict t_x, const double *__restrict t_y) {
#pragma retrograd jvp(writes_apart)

// One that is written may be a global that a callee reads.
// CHECK-LABEL: void alone_vjp(double *x, double *__restrict d_x) {
#pragma retrograd vjp
void alone(double *x) { *x *= *x; }

// Code that is not seen may reach anything.
// CHECK-LABEL: void unseen_grad(const double *x, double *d_x) {
#pragma retrograd gradient
double unseen(const double *x) {
  std::puts("");
  return *x * *x;
}

// What is behind a second pointer is not reached by the first, as C sees it.
// CHECK-LABEL: void rows_grad(const double *const *x, double *const *d_x) {
#pragma retrograd gradient
double rows(const double *const *x) { return x[0][1] * x[1][0]; }

// A reverse half takes shadows off the tape that its caller's pointers made.
// CHECK-LABEL: static void moves_reverse(
// CHECK-SAME: retrograd::tape &tape, const double *__restrict x,
// CHECK-NEXT: double seed, double *d_x)
static double moves(const double *x) {
  double s = *x > 1 ? moves(x + 1) : 1;
  const double *p = x;
  while (*p > 0)
    s += s * *p++;
  return s;
}
#pragma retrograd gradient
double calls(const double *x) { return moves(x); }

// The user's code may pass one array for two parameters that are only read:
// in a callee, restrict says nothing about adjoints.
// CHECK-LABEL: static void inner_reverse(
// CHECK: double *d_a, double *d_b) {
static double inner(const double *__restrict a, const double *__restrict b,
                    int n) {
  double s = n > 0 ? inner(a, b, n - 1) : 0;
  return s + a[n] * b[n];
}
#pragma retrograd gradient
double outer(const double *x) { return inner(x, x, 3); }

// Second order: adjoints and tangents are told from the primal only.
// CHECK-LABEL: void square_hvp(const double *__restrict x, double *d_x, const double *t_x,
// CHECK-NEXT: double *t_d_x) {
#pragma retrograd gradient
double square(const double *x) { return *x * *x * *x; }
#pragma retrograd jvp(square_grad) name(square_hvp)
