//===- pragma-ambiguous.cpp - Functions of two namespaces -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two functions with the same parameters are told apart by their namespaces.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

namespace first {
double f(double x) { return x * x; } // expected-note {{candidate: 'first::f(double)'}}
} // namespace first
namespace second {
double f(double x) { return 2 * x; } // expected-note {{candidate: 'second::f(double)'}}
} // namespace second
using namespace first;
using namespace second;

// expected-error@+1 {{'f' is ambiguous with these parameter types}}
#pragma retrograd gradient(f(double))
#pragma retrograd gradient(first::f)
