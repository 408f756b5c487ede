//===- errors.cpp - What the activity analysis refuses --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative that flows into memory needs a place to be kept.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#pragma retrograd gradient wrt(x)
double no_adjoint(double x, double *y) { // expected-error {{a derivative flows through memory of 'y', which has no adjoint}}
                                         // expected-note@-1 {{add 'y' to 'wrt(...)', or mark it inactive if no derivative shall flow through it}}
  y[0] = x * x;
  return y[0];
}

double hidden(double x);
#pragma retrograd gradient
double no_body(double x) {
  return hidden(x); // expected-error {{a derivative flows through 'hidden', whose body is not visible here}}
                    // expected-note@-1 {{give its derivative with '#pragma retrograd rule(hidden)', or mark it '#pragma retrograd inactive'}}
}

#pragma retrograd inactive
void reset(double *p);
#pragma retrograd gradient
double overwritten(double x) {
  double y = x * x;
  reset(&y); // expected-error {{inactive function 'reset' may write to a variable that a derivative flows through}}
             // expected-note@-1 {{pass it a copy, or give its derivative with '#pragma retrograd rule(reset)'}}
  return x * y;
}

double forward_only(double x);
#pragma retrograd rule(forward_only)
double forward_only_pushforward(double x, double t_x);
#pragma retrograd gradient
double no_pullback(double x) {
  return forward_only(x); // expected-error {{a derivative flows through 'forward_only', which has a rule, but no pullback}}
                          // expected-note@-1 {{give its derivative with '#pragma retrograd rule(forward_only)', or mark it '#pragma retrograd inactive'}}
}
