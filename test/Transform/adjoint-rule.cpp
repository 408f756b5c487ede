//===- adjoint-rule.cpp - The adjoint of a call with a rule ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The function itself runs forward, the user's pullback backward.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

double g(double x, double w);
#pragma retrograd rule(g)
void g_pullback(double x, double w, double seed, double *d_x, double *d_w);

// CHECK: double [[R:t[0-9]*]] = g(x, w);
// CHECK: double [[UNUSED:unused[0-9]*]] = 0;
// CHECK-NEXT: g_pullback(x, w, d_[[R]], d_x, &[[UNUSED]]);
#pragma retrograd gradient wrt(x)
double f(double x, double w) { return g(x, w); }
