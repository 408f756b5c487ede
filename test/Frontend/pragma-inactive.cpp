//===- pragma-inactive.cpp - An inactive parameter ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A parameter is either independent or declared inactive.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#pragma retrograd inactive(w)
double f(double x, double w) { return x * w; }
// expected-error@+2 {{'w' was declared inactive for 'f'}}
// expected-note@+1 {{remove it from this pragma or from the 'inactive' one}}
#pragma retrograd gradient(f) wrt(w)

// expected-error@+2 {{'something_else' is no parameter of 'g'}}
// expected-note@+1 {{'inactive' alone declares the whole function inactive}}
#pragma retrograd inactive(something_else)
double g(double x);
