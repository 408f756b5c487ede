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

// A text can only be read between two declarations.
double g(double x) { return x; }
double in_parameters(double x,
// expected-error@+2 {{the pragma stands inside of a declaration}}
// expected-note@+1 {{write it before or behind the declaration}}
#pragma retrograd gradient(g)
                     double y);
enum in_enumerators {
// expected-error@+2 {{the pragma stands inside of a declaration}}
// expected-note@+1 {{write it before or behind the declaration}}
#pragma retrograd gradient(g)
  red
};
double in_values[] = {1,
// expected-error@+2 {{the pragma stands inside of a declaration}}
// expected-note@+1 {{write it before or behind the declaration}}
#pragma retrograd gradient(g)
                      2};

// Another pragma is no function.
// expected-error@+2 {{no function follows '#pragma retrograd vjp'}}
// expected-note@+1 {{write the pragma directly before a function, or name one: 'vjp(f)'}}
#pragma retrograd vjp
#pragma retrograd gradient(g)
double h(double x) { return x; }
