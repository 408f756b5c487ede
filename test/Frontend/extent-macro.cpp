//===- extent-macro.cpp - Macros in extents -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Macros are expanded between the brackets of an extent, and nowhere else.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only %s

#define HALF(n) ((n) / 2)
#define gradient not_this_either
#pragma retrograd gradient wrt(x[HALF(n)])
double f(const double *x, int n) { return x[n - 1]; }
void call(const double *x, double *d) { f_grad(x, 1, d); }
