//===- pragma-inside.cpp - A pragma inside of what another annotates ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pragma that waits for the end of a function cannot meet a second one there.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#pragma retrograd gradient
double f(double x) {
// expected-error@+2 {{the pragma stands inside of a declaration}}
// expected-note@+1 {{write it directly before a function}}
#pragma retrograd gradient
  return x * x;
}
