//===- object-names.cpp - Names of member functions hide nothing ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is called for an object is looked up in its class, so that a parameter
// may have the same name.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

struct Box {
  double a;
#pragma retrograd inactive
  double total() const;
};

// CHECK: void f_grad(const Box &b, {{.*}}double total, double *d_total) {
// CHECK-NEXT: double t = b.total();
// CHECK-NEXT: *d_total += t;
#pragma retrograd gradient wrt(total)
#pragma retrograd jvp wrt(b, total)
double f(const Box &b, double total) { return b.total() * total; }
#pragma retrograd jvp(f_grad) wrt(total) name(second)
