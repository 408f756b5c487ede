//===- remarks-left-out.cpp - What a derivative does not compute ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loops that are reversed in place or not needed at all, and variables that
// nothing needs.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -fno-caret-diagnostics -Rpass=retrograd %s 2>%t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=NOT

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
double squares(const double *x, int n) {
  double s = 0; // CHECK-DAG: :[[#@LINE]]:10: remark: 's' is not computed: the derivative does not need it [-Rpass=retrograd]
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: the forward sweep of this loop is left out: the reverse sweep computes what it needs
    s += x[i] * x[i];
  return s;
}

// With its value, s is computed.
#pragma retrograd gradient value name(with_value)
double valued(const double *x, int n) {
  double s = 0; // NOT-NOT: :[[#@LINE]]:10: remark: 's' is not computed
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}

#pragma retrograd gradient
double product(double x, double y) { return std::sin(x) * y; } // CHECK-DAG: :[[#@LINE]]:8: remark: the value of 'product' is not computed: the derivative does not need it

#pragma retrograd gradient wrt(x)
double unneeded(double x, const double *offsets, int n) {
  double offset = 0;
  for (int i = 0; i < n; ++i) // CHECK-DAG: :[[#@LINE]]:3: remark: this loop is left out: the derivative needs nothing that it computes
    offset += offsets[i];
  return x * x + offset;
}
