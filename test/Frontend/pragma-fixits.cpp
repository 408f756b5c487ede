//===- pragma-fixits.cpp - Fix-its for words that are evidently meant ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The replacement covers exactly the misspelled word.
//
//===----------------------------------------------------------------------===//

// RUN: not %rgcxx -fsyntax-only -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s

// CHECK: fix-it:"{{.*}}":{[[# @LINE + 1]]:19-[[# @LINE + 1]]:27}:"gradient"
#pragma retrograd gradeint
double a(double x) { return x; }

// CHECK: fix-it:"{{.*}}":{[[# @LINE + 1]]:28-[[# @LINE + 1]]:31}:"wrt"
#pragma retrograd gradient wtr(x)
double b(double x) { return x; }

// CHECK: fix-it:"{{.*}}":{[[# @LINE + 1]]:33-[[# @LINE + 1]]:33}:")"
#pragma retrograd gradient wrt(x
double c(double x) { return x; }

// CHECK: fix-it:"{{.*}}":{[[# @LINE + 1]]:32-[[# @LINE + 1]]:38}:"weight"
#pragma retrograd gradient wrt(wieght)
double d(double weight) { return weight; }

// CHECK: fix-it:"{{.*}}":{[[# @LINE + 1]]:19-[[# @LINE + 1]]:27}:"vjp"
#pragma retrograd gradient
void e(double *y) { *y = 2 * *y; }
