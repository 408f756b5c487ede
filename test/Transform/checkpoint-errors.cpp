//===- checkpoint-errors.cpp - What cannot be run again -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A wrong pragma, a statement that it is not for, effects, and memory whose
// extent nobody knows.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -ferror-limit=0 -fsyntax-only -Xclang -verify %s

#include <cstdio>
#include <retrograd/retrograd.h>

double helper(double x) { return x * x; }
double opaque(double x);
#pragma retrograd rule(opaque)
void opaque_pullback(double x, double seed, double *d_x);
#pragma retrograd inactive
void report(double x);
double reporting(double x) {
  report(x);
  return x;
}

#pragma retrograd gradient
double no_loop(double x) {
#pragma retrograd checkpoint // expected-error {{'checkpoint' needs a statement that calls exactly one function with a body}}
                             // expected-note@-1 {{write one call a statement}}
  x *= 2;
  return x;
}

#pragma retrograd gradient
double two_calls(double x) {
#pragma retrograd checkpoint // expected-error {{'checkpoint' needs a statement that calls exactly one function with a body}}
                             // expected-note@-1 {{write one call a statement}}
  x = helper(x) + helper(2 * x);
  return x;
}

#pragma retrograd gradient
double a_branch(double x) {
#pragma retrograd checkpoint // expected-error {{no loop or call follows 'checkpoint'}}
                             // expected-note@-1 {{write it directly before a 'for', 'while' or 'do' loop, or before a statement that calls one function with a body}}
  if (x > 0)
    x = helper(x);
  return x;
}

#pragma retrograd gradient
double at_the_end(double x) {
  return x * x;
#pragma retrograd checkpoint // expected-error {{no loop or call follows 'checkpoint'}}
                             // expected-note@-1 {{write it directly before}}
}

#pragma retrograd checkpoint // expected-error {{'checkpoint' stands outside of functions}}
                             // expected-note@-1 {{write it directly before}}

#pragma retrograd gradient
double twice(double x, int n) {
#pragma retrograd checkpoint // expected-note {{the first one is here; remove one}}
#pragma retrograd checkpoint // expected-error {{a second 'checkpoint' for the same statement}}
  for (int i = 0; i < n; ++i)
    x *= x;
  return x;
}

#pragma retrograd gradient
double wrong_clauses(double x, int n) {
  double *p = &x;
#pragma retrograd checkpoint snapshot(3) // expected-error {{unknown clause 'snapshot'; did you mean 'snapshots'?}}
                                         // expected-note@-1 {{the clauses of 'checkpoint' are 'snapshots(k)', 'memory(bytes)', 'disk(folder)' and 'state(x[n], ...)'}}
#pragma retrograd checkpoint 3 // expected-error {{unexpected '3' after 'checkpoint'}}
                               // expected-note@-1 {{the clauses of 'checkpoint' are}}
#pragma retrograd checkpoint snapshots() // expected-error {{expected an expression}}
                                         // expected-note@-1 {{write it between the parentheses of 'snapshots(...)'}}
#pragma retrograd checkpoint memory(1) memory(2) // expected-error {{duplicate clause 'memory'}}
                                                 // expected-note@-1 {{the first one is here; remove one}}
#pragma retrograd checkpoint snapshots(x) // expected-error {{'x' is no integer}}
                                          // expected-note@-1 {{write an integer expression over variables that are in scope, literals and constants, as in 'snapshots(2 * k)'}}
#pragma retrograd checkpoint disk(n) // expected-error {{'disk' needs the name of a folder}}
                                     // expected-note@-1 {{write a string, or a variable of type 'const char *' that is in scope}}
#pragma retrograd checkpoint state(n[2]) // expected-error {{'n' is no pointer in scope}}
                                         // expected-note@-1 {{'state' takes pointers with their numbers of elements; what other variables hold is known}}
#pragma retrograd checkpoint state(p) // expected-error {{'p' has no number of elements}}
                                      // expected-note@-1 {{write 'state(p[n])'}}
  for (int i = 0; i < n; ++i)
    x *= x;
  return x;
}

#pragma retrograd gradient
double printing(double x, int n) {
#pragma retrograd checkpoint
  for (int i = 0; i < n; ++i) {
    x *= x;
    std::printf("%d\n", i); // expected-error {{the loop marked 'checkpoint' has an effect besides its values}}
                            // expected-note@-1 {{it is run more than once: move this out of the loop, or remove the pragma}}
  }
  return x;
}

#pragma retrograd gradient
double calling(double x) {
#pragma retrograd checkpoint
  x = reporting(x) * x; // expected-error {{the call marked 'checkpoint' calls 'reporting', which calls 'report', which may have effects}}
                        // expected-note@-1 {{it is run more than once: move this out of the call, or remove the pragma}}
  return x;
}

#pragma retrograd gradient
double allocating(double x, int n) {
#pragma retrograd checkpoint
  for (int i = 0; i < n; ++i) {
    double *t = new double[2]; // expected-error {{the loop marked 'checkpoint' allocates or frees memory}}
                               // expected-note@-1 {{it is run more than once}}
    t[0] = x;
    x *= t[0];
    delete[] t;
  }
  return x;
}

/// A rule says that there is a derivative, and so no effect.
#pragma retrograd gradient
double with_rule(double x, int n) {
#pragma retrograd checkpoint
  for (int i = 0; i < n; ++i)
    x = opaque(x);
  return x;
}

#pragma retrograd vjp
void unknown_extent(double *x, int n) {
#pragma retrograd checkpoint // expected-error {{the loop marked 'checkpoint' changes memory of 'x', whose number of elements is not known}}
                             // expected-note@-1 {{write 'state(x[n])' behind 'checkpoint', or 'wrt(x[n])' at the function}}
  for (int i = 0; i < n; ++i)
    x[i] *= x[i];
}

/// The number of elements was that of another moment.
#pragma retrograd gradient
double shrunk(double x, int n, int steps) {
  int m = n;
  double *h = new double[m];
  for (int i = 0; i < n; ++i)
    h[i] = x;
  m = m - 1;
#pragma retrograd checkpoint // expected-error {{the loop marked 'checkpoint' changes memory of 'h', whose number of elements is not known}}
                             // expected-note@-1 {{write 'state(h[n])'}}
  for (int t = 0; t < steps; ++t)
    for (int i = 0; i < m; ++i)
      h[i] *= x;
  double s = h[0];
  delete[] h;
  return s;
}

static void shrink(int &m) { m = m - 1; }

#pragma retrograd gradient
double shrunk_by_call(double x, int n, int steps) {
  int m = n;
  double *h = new double[m];
  for (int i = 0; i < n; ++i)
    h[i] = x;
  shrink(m);
#pragma retrograd checkpoint // expected-error {{the loop marked 'checkpoint' changes memory of 'h', whose number of elements is not known}}
                             // expected-note@-1 {{write 'state(h[n])'}}
  for (int t = 0; t < steps; ++t)
    for (int i = 0; i < m; ++i)
      h[i] *= x;
  double s = h[0];
  delete[] h;
  return s;
}

/// Two memories, of which the clause names one.
#pragma retrograd vjp
void one_of_two(double *x, double *y, int n) {
  double *p = x, *q = y;
#pragma retrograd checkpoint state(p[n]) // expected-error {{the loop marked 'checkpoint' changes memory of 'x', whose number of elements is not known}}
                                         // expected-note@-1 {{write 'state(x[n])'}}
  for (int i = 0; i < n; ++i) {
    p[i] *= q[i];
    double *t = p;
    p = q;
    q = t;
  }
}

#pragma retrograd vjp
void behind_pointers(double **rows, int n) {
#pragma retrograd checkpoint state(rows[n]) // expected-error {{the loop marked 'checkpoint' changes memory behind the pointers of 'rows'}}
                                            // expected-note@-1 {{pass that memory by a pointer to its first element, or remove the pragma}}
  for (int i = 0; i < n; ++i)
    rows[i][0] *= 2;
}

#pragma retrograd gradient
double pointers_in_memory(double x, double y, int n) {
  double *p[2] = {&x, &y};
#pragma retrograd checkpoint // expected-error {{the loop marked 'checkpoint' changes pointers in the memory of 'p'}}
                             // expected-note@-1 {{use indices in the place of pointers, or remove the pragma}}
  for (int i = 0; i < n; ++i) {
    double *t = p[0];
    *t *= *p[1];
    p[0] = p[1];
    p[1] = t;
  }
  return *p[0];
}
