//===- lanes-refusals.cpp - What has no lanes, and why ----------------- -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A remark names what cannot be done for several samples at once, where it stands.
// The batch is as it would be without.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-unused -Rpass-missed=retrograd -Xclang -verify %s

#include <cmath>
#include <cstdio>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

// expected-note@* 0+ {{its samples run one at a time}}
// expected-note@* 0+ {{the function is called, so}}
// expected-remark@* 0+ {{what 'power' returns here is stored}}
// expected-remark@* 0+ {{the reverse sweep of this loop cannot be vectorised}}

static float power(float x, int n) {
  if (n == 0)
    return 1;
  return x * power(x, n - 1); // expected-remark@-3 {{'recursive' is not vectorised, since 'power' is recursive}}
}
#pragma retrograd batch sample(x, n) shared(w)
float recursive(float x, int n, float w) { return power(x * w, n); }

#pragma retrograd batch sample(x[4], k) shared(w[4])
float moved(const float *x, int k, const float *w) {
  const float *p = w + k; // expected-remark {{'moved' is not vectorised, since the pointer 'p' differs from sample to sample}}
  return p[0] * x[0];
}

#pragma retrograd batch sample(x[4], k) shared(w[4])
float chosen(const float *x, int k, const float *w) {
  const float *p = w;
  if (k > 0)
    p = w + 1; // expected-remark {{'chosen' is not vectorised, since a pointer is assigned that differs from sample to sample}}
  return p[0] * x[0];
}

#pragma retrograd batch sample(x[4], k) shared(w[4])
float row(const float *x, int k, const float *w) {
  const float *rows[2] = {w, w + 2};
  return rows[k][1] * x[0]; // expected-remark {{'row' is not vectorised, since a pointer differs from sample to sample}}
}

static float first(const float *p) { return *p; }
#pragma retrograd batch sample(x[4], k) shared(w[4])
float passed(const float *x, int k, const float *w) {
  return first(w + k) * x[0]; // expected-remark {{'passed' is not vectorised, since a pointer that differs from sample to sample is passed to 'first'}}
}

#pragma retrograd inactive
int lookup(int key);
#pragma retrograd batch sample(x, k) shared(w)
float opaque(float x, int k, float w) {
  return x * w * lookup(k); // expected-remark {{'opaque' is not vectorised, since the call of 'lookup' is not seen into}}
}

#pragma retrograd batch sample(x) shared(w)
float prints(float x, float w) {
  std::printf("%g\n", x); // expected-remark {{'prints' is not vectorised, since this statement is not seen into}}
  return x * w;
}

#pragma retrograd batch sample(x) shared(w)
double precise(double x, double w) {
  long double s = x * w; // expected-remark {{'precise' is not vectorised, since a value of type 'long double' differs from sample to sample}}
  return static_cast<double>(s * s);
}

#pragma retrograd batch sample(x, flag) shared(w) // expected-remark {{'flagged' is not vectorised, since 'flag' is of type 'bool'}}
float flagged(float x, bool flag, float w) { return flag ? x * w : w; }

#pragma retrograd batch sample(x[4], n) shared(w[4])
float sized(const float *x, int n, const float *w) {
  float s = 0;
  float *const copy = new float[n]; // expected-remark {{'sized' is not vectorised, since the size of an allocation differs from sample to sample}}
  for (int i = 0; i < n; ++i)
    copy[i] = x[i] * w[i];
  for (int i = 0; i < n; ++i)
    s += copy[i];
  delete[] copy;
  return s;
}

#pragma retrograd batch sample(x[9], n) shared(w[9])
float strided(const float *x, int n, const float *w) {
  float s = 0;
  for (int i = n; i < 9; i += 2) // expected-remark {{'strided' is not vectorised, since the steps of a loop lead over different values for different samples}}
    s += x[i] * w[i];
  return s;
}

#pragma retrograd batch sample(x[4]) shared(w[4])
float mixed(const float *x, const float *w, const float *offsets, int from) { // expected-remark {{'mixed' is not vectorised, since a pointer may point to shared memory and to that of a sample}}
  const float *p = from ? x : offsets;
  return p[0] * w[0];
}
