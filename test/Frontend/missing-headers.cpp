//===- missing-headers.cpp - Names that the text needs ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative that would not compile for lack of a header says which one.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

extern "C" double sin(double);

// expected-error@+2 {{the derivative needs 'std::cos', which is not declared here}}
// expected-note@+1 {{include the standard header that declares it, such as <cmath>}}
#pragma retrograd gradient
double f(double x) { return sin(x); }
