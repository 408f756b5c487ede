//===- batch-access.cpp - Uniform and indexed shared parameters ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shared parameter is indexed if one of its elements is reached by an index or a
// pointer that depends on the data of a sample. In doubt it is.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=batch %s -- -std=c++20 | FileCheck %s

#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

// Counters and what is passed on are the same for all samples.
// CHECK-LABEL: // counters after batch
// CHECK-NEXT: // access: w: uniform
#pragma retrograd batch sample(x[n]) shared(w[n])
double counters(const double *x, const double *w, int n, int stride) {
  double sum = 0;
  const double *row = w + stride;
  for (int i = 0; i < n; i += 2)
    sum += row[i] * x[i] * w[n - 1 - i];
  return sum;
}

// CHECK-LABEL: // lookup after batch
// CHECK-NEXT: // access: table: indexed: table[row * 4 + i]
// CHECK-NEXT: // access: w: uniform
#pragma retrograd batch sample(row) shared(table[400], w[4])
double lookup(int row, const double *table, const double *w) {
  double sum = 0;
  for (int i = 0; i < 4; ++i)
    sum += table[row * 4 + i] * w[i];
  return sum;
}

// Through a pointer, and through memory.
// CHECK-LABEL: // through_pointer after batch
// CHECK-NEXT: // access: w: indexed: row[1]
#pragma retrograd batch sample(k) shared(w[9])
double through_pointer(int k, const double *w) {
  const double *row = w + 3 * k;
  return row[1];
}
// CHECK-LABEL: // through_memory after batch
// CHECK-NEXT: // access: w: indexed: w[places[1]]
#pragma retrograd batch sample(ids[2]) shared(w[9])
double through_memory(const int *ids, const double *w) {
  int places[2];
  for (int i = 0; i < 2; ++i)
    places[i] = ids[i];
  return w[places[1]];
}
// What lies at a divergent place is not known.
// CHECK-LABEL: // permuted after batch
// CHECK-NEXT: // access: w: indexed: w[order[0]]
#pragma retrograd batch sample(k) shared(w[2])
double permuted(int k, const double *w) {
  int order[2] = {0, 1};
  order[k] = 0;
  return w[order[0]];
}

// Whether an element is read at all may depend on the data; which one does not.
// CHECK-LABEL: // branches after batch
// CHECK-NEXT: // access: w: uniform
#pragma retrograd batch sample(x) shared(w[4])
double branches(double x, const double *w) {
  double sum = 0;
  if (x > 0)
    for (int i = 0; i < 4; ++i) {
      int j = 3 - i;
      sum += w[j] * x;
    }
  return x < 0 ? w[0] : sum;
}
// An index that one sample has changed and another has not.
// CHECK-LABEL: // chosen after batch
// CHECK-NEXT: // access: w: indexed: w[k]
#pragma retrograd batch sample(x) shared(w[2])
double chosen(double x, const double *w) {
  int k = 0;
  if (x > 0)
    k = 1;
  return w[k] * x;
}
// CHECK-LABEL: // selected after batch
// CHECK-NEXT: // access: w: indexed: w[x > 0 ? 1 : 0]
#pragma retrograd batch sample(x) shared(w[2])
double selected(double x, const double *w) { return w[x > 0 ? 1 : 0] * x; }

// Trips that depend on the data, counted and not.
// CHECK-LABEL: // some_trips after batch
// CHECK-NEXT: // access: w: indexed: w[i]
#pragma retrograd batch sample(count, x) shared(w[100])
double some_trips(int count, double x, const double *w) {
  double sum = 0;
  for (int i = 0; i < count; ++i)
    sum += w[i] * x;
  return sum;
}
// CHECK-LABEL: // until_small after batch
// CHECK-NEXT: // access: w: indexed: w[i]
#pragma retrograd batch sample(x) shared(w[100])
double until_small(double x, const double *w) {
  double rest = x;
  int i = 0;
  while (rest > 1) {
    rest *= w[i];
    ++i;
  }
  return rest;
}
// An early exit is a loop of the same kind.
// CHECK-LABEL: // early after batch
// CHECK-NEXT: // access: w: indexed
#pragma retrograd batch sample(x) shared(w[100])
double early(double x, const double *w) {
  double rest = x;
  for (int i = 0; i < 100; ++i) {
    if (rest < 1)
      return rest;
    rest *= w[i];
  }
  return rest;
}

// Called functions, with uniform and with divergent arguments.
static double dot(const double *a, const double *b, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += a[i] * b[i];
  return sum;
}
static double pick(const double *a, int k) { return a[k]; }
static int clamped(int k) { return k < 0 ? 0 : k; }
static void advance(int &k, int by) { k += by; }
// CHECK-LABEL: // calls after batch
// CHECK-NEXT: // access: w: uniform
// CHECK-NEXT: // access: v: uniform
#pragma retrograd batch sample(x[3], k) shared(w[3], v[3])
double calls(const double *x, int k, const double *w, const double *v) {
  int place = 0;
  advance(place, 2);
  return dot(w, x, 3) + pick(v, clamped(place)) + pick(x, k);
}
// CHECK-LABEL: // divergent_calls after batch
// CHECK-NEXT: // access: w: indexed: w
// CHECK-NEXT: // access: v: indexed: v + k
// CHECK-NEXT: // access: u: indexed: u[place]
// CHECK-NEXT: // access: t: uniform
#pragma retrograd batch sample(x[3], k) shared(w[3], v[9], u[9], t[3])
double divergent_calls(const double *x, int k, const double *w,
                       const double *v, const double *u, const double *t) {
  int place = 0;
  advance(place, k);
  return pick(w, clamped(k)) + dot(v + k, x, 3) + u[place] + dot(t, x, 3);
}

// A function that calls itself, and one that nobody sees, may do anything.
static double nested(const double *a, int n) {
  return n == 0 ? a[0] : a[n] * nested(a, n - 1);
}
// CHECK-LABEL: // recursion after batch
// CHECK-NEXT: // access: w: indexed: w
#pragma retrograd batch sample(x) shared(w[3])
double recursion(double x, const double *w) { return x * nested(w, 2); }

#pragma retrograd inactive
int hidden();
// CHECK-LABEL: // unknown after batch
// CHECK-NEXT: // access: w: indexed: w[k]
#pragma retrograd batch sample(x) shared(w[3])
double unknown(double x, const double *w) {
  const int k = hidden();
  return x * w[k];
}

// A shared scalar has no index; an output is as divergent as a sample.
// CHECK-LABEL: // others after batch
// CHECK-NEXT: // access: b: uniform
// CHECK-NEXT: // access: w: indexed: w[*y]
#pragma retrograd batch sample(x) shared(b, w[3]) outputs(y[1])
double others(double x, double b, const double *w, int *y) {
  *y = x > 1 ? 1 : 0;
  return b * w[*y];
}
