//===- look-ahead.cpp - Pragmas where the parser looks ahead --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// While the parser looks for the end of what is no declaration, it keeps the
// tokens to read them again. A pragma that waited for a function was then ended
// by a file that entered between these tokens, and the last one came for ever.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double f(double x) { return x; }
unknown(b[c(d(1 // expected-error {{unknown type name 'unknown'}}
                // expected-note@-1 2 {{to match this '('}}
                // expected-note@-2 {{to match this '['}}
  }; // expected-error 2 {{expected ')'}} expected-error {{expected ']'}}
// expected-error@+2 {{no function follows '#pragma retrograd rule'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd rule(f)
#pragma retrograd jvp(f)
