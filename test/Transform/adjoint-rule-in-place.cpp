//===- adjoint-rule-in-place.cpp - Rules that get memory back -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the function overwrites is kept on the tape, and the pullback finds it
// as it was before the call.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: static void h_forward(retrograd::tape &tape, double *x, int n) {
// CHECK-NEXT: const int [[N:x_count[0-9]*]] = n;
// CHECK-NEXT: double *const [[B:x_before[0-9]*]] = tape.reserve<double>([[N]]);
// CHECK: [[B]][i] = x[i];
// CHECK: h(x, n);
// CHECK-NEXT: tape.push([[B]]);
// CHECK-LABEL: static void h_reverse(
// CHECK: tape.rewind(x[i], [[B:x_before[0-9]*]][i]);
// CHECK: h_pullback(x, n, d_x);
// CHECK: x[i] = [[B]][i];
// CHECK: tape.release<double>(
void h(double *x, int n);
#pragma retrograd rule(h) vjp writes(x[n])
void h_pullback(double *x, int n, double *d_x);
#pragma retrograd vjp
void k(double *x, int n) { h(x, n); }
