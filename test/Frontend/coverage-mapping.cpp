//===- coverage-mapping.cpp - The user measures coverage ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// -fcoverage-mapping makes the preprocessor report the tokens of directives,
// too. They are no part of the function that a pragma annotates: neither the
// pragma's own words nor a brace in a macro's definition.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fprofile-instr-generate -fcoverage-mapping -S -emit-llvm %s \
// RUN:   -o - | FileCheck %s

// CHECK-DAG: define {{.*}}f_gradddPd
// CHECK-DAG: @__covrec_
#pragma retrograd gradient wrt(x)
double f(double x, double c) {
#define CLOSE }
  return x * c;
}

int main() {
  double d = 0;
  f_grad(2, 3, &d);
  return d == 3;
}
