//===- batch-memory.cpp - What the calls of a batch must not write ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The samples of a batch run in any order, several at a time: a call writes to its
// outputs and to nothing else of the caller's, and reads of an output only what it has
// written.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// Writes
//===----------------------------------------------------------------------===//

#pragma retrograd batch sample(x) shared(w)
double scratch(double x, double w, double *s) {
  // expected-error@+2 {{'scratch' writes through 's', which all samples of a batch would write to}}
  // expected-note@+1 {{give each sample memory of its own with 'outputs(s[n])', or use a local array}}
  *s = x * w;
  return w * x;
}

static void fill(double *s, double x) { s[0] = x; }
#pragma retrograd batch sample(x) shared(w)
double filled(double x, double w, double *s) {
  // expected-error@+2 {{'filled' writes through 's', which all samples of a batch would write to}}
  // expected-note@+1 {{give each sample memory of its own}}
  fill(s, x);
  return w * x;
}

// It could be written, but it is not.
#pragma retrograd batch sample(x) shared(w)
double only_read(double x, double w, double *s) { return w * x * s[1]; }

// expected-error@+2 {{'forgotten' never writes the output 'y'}}
// expected-note@+1 {{remove it from 'outputs'}}
#pragma retrograd batch sample(x) shared(w) outputs(y[2])
double forgotten(double x, double w, double *y) { return y ? w * x : 0; }

//===----------------------------------------------------------------------===//
// Reads of outputs
//===----------------------------------------------------------------------===//

#pragma retrograd batch sample(x) shared(w) outputs(count)
double counted(double x, double w, int &count) {
  // expected-error@+2 {{'counted' may read the output 'count' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call: compute in a local variable, and write the output last}}
  count += x > 0;
  return w * x;
}

#pragma retrograd batch sample(x) shared(w) outputs(y[3])
double other_place(double x, double w, double *y) {
  y[0] = x;
  // expected-error@+2 {{'other_place' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  y[1] = y[2] > 0;
  return w * x;
}

#pragma retrograd batch sample(x) shared(w) outputs(y[3])
double on_one_way(double x, double w, double *y) {
  if (x > 0)
    y[0] = 1;
  // expected-error@+2 {{'on_one_way' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  if (y[0] > 1)
    y[1] = 2;
  return w * x;
}

#pragma retrograd batch sample(x) shared(w) outputs(y[n])
double perhaps_none(double x, double w, int n, double *y) {
  for (int i = 1; i < n; ++i)
    y[i] = x;
  // expected-error@+2 {{'perhaps_none' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  if (y[0] > 1)
    y[1] = 2;
  return w * x;
}

#pragma retrograd batch sample(x) shared(w) outputs(y[3])
double too_few(double x, double w, double *y) {
  for (int i = 0; i < 2; ++i)
    y[i] = x;
  // expected-error@+2 {{'too_few' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  if (y[2] > 1)
    y[1] = 2;
  return w * x;
}

#pragma retrograd batch sample(x, k) shared(w) outputs(y[3])
double moved_place(double x, int k, double w, double *y) {
  y[k] = 1;
  k = 2 * k;
  // expected-error@+2 {{'moved_place' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  y[k] += x;
  return w * x;
}

static double read_first(double *y) { return y[0] = 2 * y[0]; }
#pragma retrograd batch sample(x) shared(w) outputs(y[1])
double in_callee(double x, double w, double *y) {
  // expected-error@+2 {{'in_callee' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  read_first(y);
  return w * x;
}

static double sum(const double *y) { return y[0] + y[1]; }
#pragma retrograd batch sample(x) shared(w) outputs(y[2])
double given_on(double x, double w, double *y) {
  y[0] = x;
  // expected-error@+2 {{'given_on' may read the output 'y' before it has written it}}
  // expected-note@+1 {{an output holds nothing before the call}}
  if (sum(y) > 1)
    y[1] = 2;
  return w * x;
}

#pragma retrograd batch sample(x) shared(w) outputs(y[2 * n])
double other_bound(double x, double w, int n, int m, double *y) {
  for (int i = 0; i < n; ++i)
    y[i] = x;
  // expected-error@+3 {{'other_bound' may read the output 'y' before it has written it}}
  // expected-note@+2 {{an output holds nothing before the call}}
  for (int i = 0; i < m; ++i)
    y[i] /= 2;
  return w * x;
}

// These come after a write.
static void normalise(double *y, double x, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    y[i] = x * i;
    sum += y[i];
  }
  for (int i = 0; i < n; ++i)
    y[i] /= sum;
}
#pragma retrograd batch sample(x) shared(w) outputs(y[2 * n])
double in_two_loops(double x, double w, int n, double *y) {
  normalise(y, x, n);
  for (int i = 0; i < n; ++i)
    y[n + i] = x;
  return w * x;
}
static void set_first(double *y, double x) {
  y[0] = x;
  y[0] *= 2;
}
#pragma retrograd batch sample(x, k) shared(w) outputs(y[n], z[2 * n], best)
double in_order(double x, int k, double w, int n, double *y, double *z,
                int &best) {
  set_first(z, x);
  y[k] = 0;
  y[k] += x;
  for (int i = 0; i < n; ++i) {
    y[i] = 0;
    for (int j = 0; j < 3; ++j)
      y[i] += x * j;
  }
  best = 0;
  for (int i = 0; i < n; ++i)
    if (y[i] > y[best])
      best = i;
  if (x > 0)
    z[1] = 1;
  else
    z[1] = 2;
  z[1] += 1;
  for (int i = 0; i < 2 * n; ++i)
    z[i] = 1;
  if (sum(z) > 1)
    z[0] = 2;
  return w * x;
}

//===----------------------------------------------------------------------===//
// No derivative of an output
//===----------------------------------------------------------------------===//

// expected-error@+2 {{a derivative flows through the output 'y'}}
// expected-note@+1 {{compute in a local array, and copy that to the output}}
#pragma retrograd batch sample(x) shared(w) outputs(y[1])
double flows(double x, double w, double *y) {
  y[0] = w * x;
  return y[0] * y[0];
}

#pragma retrograd batch sample(x) shared(w) outputs(y[1])
double copied(double x, double w, double *y) {
  const double product = w * x;
  y[0] = product;
  return product * product;
}
