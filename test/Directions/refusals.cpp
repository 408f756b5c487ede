//===- refusals.cpp - Rules that know no more than one direction ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rule with derivatives of memory would need them apart, for one direction at
// a time, where those of several stand together.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -Wno-unused-function -fsyntax-only -Xclang -verify %s

#include <retrograd/retrograd.h>

static double sum(const double *x) { return x[0] + x[1]; }
#pragma retrograd rule(sum)
static void sum_pullback(const double *, double seed, double *d_x) {
  d_x[0] += seed, d_x[1] += seed;
}
#pragma retrograd rule(sum)
static double sum_pushforward(const double *, const double *t_x) {
  return t_x[0] + t_x[1];
}

static void square(double &x) { x *= x; }
#pragma retrograd rule(square) vjp
static void square_pullback(double &x, double *d_x) { *d_x *= 2 * x; }
#pragma retrograd rule(square) jvp
static void square_pushforward(double &x, double *t_x) {
  *t_x *= 2 * x, x *= x;
}

// One direction is differentiated by the same rules.
#pragma retrograd vjp
#pragma retrograd jvp
double one(const double *x) { return sum(x); }

#pragma retrograd vjp directions(2)
double pulled(const double *x) {
  return sum(x); // expected-error {{'sum' has a rule, which knows one direction, for arrays or for memory that is written}} expected-note {{leave out 'directions', or let 'sum' be differentiated without its rule}}
}
#pragma retrograd jvp directions(2)
double pushed(const double *x) {
  return sum(x); // expected-error {{'sum' has a rule, which knows one direction}} expected-note {{leave out}}
}
#pragma retrograd vjp directions(2)
void pulled_back(double *x) {
  square(*x); // expected-error {{'square' has a rule, which knows one direction}} expected-note {{leave out}}
}
#pragma retrograd jvp directions(2)
void pushed_forward(double *x) {
  square(*x); // expected-error {{'square' has a rule, which knows one direction}} expected-note {{leave out}}
}
