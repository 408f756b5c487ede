//===- lower-expressions.cpp - Expressions without an IR ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An operator or operand that the IR has no word for is refused where it
// stands.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -Wno-gnu-conditional-omitted-operand -Wno-unused-value \
// RUN:   -fsyntax-only -Xclang -verify %s

#include <compare>

#pragma retrograd gradient
double complex(double x) {
  _Complex double z = x; // expected-error {{the type '_Complex double' is not supported in a function that is differentiated}}
                         // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x;
}

#pragma retrograd gradient
double three_way(double x, double y) {
  return x <=> y < 0 ? x : y; // expected-error {{'<=>' is not supported}}
                              // expected-note@-1 {{compare with '<' and '=='}}
}

#pragma retrograd gradient
double statement_expression(double x) {
  return ({ x * x; }); // expected-error {{a statement expression is not supported}}
                       // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

struct point {
  int i;
};
#pragma retrograd gradient
double member_pointer(double x, point p, int point::*i) {
  return x * p.*i; // expected-error {{a pointer to a member is not supported}}
                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}
