//===- lower-functions.cpp - Kinds of functions that are not lowered ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What cannot be differentiated yet is refused at its definition.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double sum(int n, ...) { return n; } // expected-error {{differentiating a function with '...' is not supported yet: 'sum'}}
                                     // expected-note@-1 {{write it as a free function, or give it a rule with '#pragma retrograd rule(sum)'}}
#pragma retrograd gradient
double of_variadic(double x) { return sum(2, x, x); }

double first(double (&a)[]);
#pragma retrograd gradient
double unknown_extent(double x, double (&a)[]) { // expected-error {{an array of unknown extent is not supported in a parameter}}
  // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * first(a);
}

#pragma retrograd vjp
double &largest(double *x, int n) { // expected-error {{a reference is not supported as the result of 'largest'}}
                                    // expected-note@-1 {{return a value or a pointer}}
  return x[n];
}
