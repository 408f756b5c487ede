//===- hidden-writes.cpp - Writes under another name ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Something that the reverse sweep reads again is overwritten where its own
// name does not occur: through a pointer that came by a table, a call or the
// last iteration, or by a parameter that is the same memory.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>
#include <utility>

// Only from the third iteration on, q points to b.
#pragma retrograd gradient
#pragma retrograd jvp
double chased(double x) {
  double a = x, b = x * x, y = 0;
  double *p = &a, *q = &a;
  for (int i = 0; i < 5; ++i) {
    y += b * b;
    *q = x * (i + 2);
    q = p;
    p = &b;
  }
  return y + a;
}

static void point_to(double **where, double *what) { *where = what; }

#pragma retrograd gradient
#pragma retrograd jvp
double pointed_by_call(double x) {
  double a = x, b = x * x;
  double *p = &a;
  point_to(&p, &b);
  double y = b * b;
  *p = x * 3;
  return y * b + a;
}

static int *second(int *, int *b) { return b; }

#pragma retrograd gradient
#pragma retrograd jvp
double returned_pointer(const double *x) {
  int i = 0, j = 0;
  int *p = second(&i, &j);
  double y = x[j] * x[j] + x[i];
  *p = 1;
  return y * x[j];
}

static void set_behind(int *const *p) { **p = 1; }
static void set_behind_reference(int *const &p) { *p = 2; }

#pragma retrograd gradient
#pragma retrograd jvp
double two_levels(const double *x) {
  int j = 0;
  int *p = &j;
  double y = x[j] * x[j];
  set_behind(&p);
  y *= x[j] * x[j];
  set_behind_reference(p);
  return y * x[j];
}

static int factor = 2;
#pragma retrograd inactive
static void next() { factor = 5 - factor; }
static void next_of_next() { next(); }

#pragma retrograd gradient
#pragma retrograd jvp
double changed_by_callee(double x) {
  double y = x * x * factor;
  next_of_next();
  y *= x * factor;
  next_of_next();
  return y;
}

// Elements are saved one by one.
#pragma retrograd gradient
#pragma retrograd jvp
double two_elements(double x) {
  double a[2] = {x, x * x};
  double y = a[0] * a[0] * a[1];
  a[1] = x * 2;
  a[0] = x * 5;
  return y * a[0] * a[1];
}

// b gets its derivative in the second iteration.
#pragma retrograd gradient
#pragma retrograd jvp
double varied_late(double x) {
  double a = 1, b = 1;
  for (int i = 0; i < 3; ++i) {
    b = b + a * a * b;
    a = x;
  }
  return b;
}

// Integers, too, may be the same memory.
#pragma retrograd gradient wrt(x)
double same_index(const double *x, int *i, int *j) {
  double y = x[*i] * x[*i];
  *j = 1;
  return y * x[*i];
}

// p and q may be the same table.
#pragma retrograd vjp
void same_table(double **p, double **q) {
  double *first = p[0];
  p[0] = p[1];
  *q[0] = *q[0] * *q[0];
  p[0] = first;
}

// A row of the table may be x.
#pragma retrograd vjp
double row_of_table(double **p, double *x) {
  double y = *p[0] * *p[0];
  x[0] = 0;
  return y;
}

static void check_tables() {
  double a[] = {3}, b[] = {5}, da[] = {1}, db[] = {2};
  double *table[] = {a, b}, *d_table[] = {da, db};
  same_table_vjp(table, table, d_table, d_table);
  oracle::equal("same_table, a", 1, da[0]);
  oracle::equal("same_table, b", 2 * 2 * 5, db[0]);
  oracle::require("same_table", "the table is as it was",
                  table[0] == a && d_table[0] == da && b[0] == 25);

  a[0] = 3;
  row_of_table_vjp(table, a, 7, d_table, da);
  oracle::equal("row_of_table", 2 * 3 * 7, da[0]);

  double x[] = {3, 5}, d[] = {0, 0};
  int i = 0;
  same_index_grad(x, &i, &i, d);
  oracle::equal("same_index, x[0]", 2 * 3 * 5, d[0]);
  oracle::equal("same_index, x[1]", 3 * 3, d[1]);
}

// The callee moves the index that its own argument was found by.
static void bump(double &y, int *k) {
  y *= y;
  ++*k;
}

#pragma retrograd gradient
#pragma retrograd jvp
double indexed_by_memory(double x, double y) {
  double a[3] = {x, y, x * y};
  int k[1] = {0};
  bump(a[*k], k);
  bump(a[k[0]], k);
  int i = 1; int *p = &i;
  bump(a[i], p);
  bump(a[i], &i);
  return a[0] * a[1] * a[2] * *(1 + a) * i;
}

static double position[2] = {0, 1};
#pragma retrograd inactive
static void move_position() { std::swap(position[0], position[1]); }

// Elements whose index is read from memory that unseen code changes.
#pragma retrograd gradient
#pragma retrograd jvp
double moving_index(double x, double y) {
  double a[2] = {x, y};
  a[static_cast<int>(position[0])] = a[static_cast<int>(position[1])] * x;
  move_position();
  a[static_cast<int>(position[0])] *= a[static_cast<int>(position[0])] * y;
  move_position();
  return a[0] * a[1];
}

int main() {
  CHECK_GRADIENT(moving_index, 0.5, 0.75);
  CHECK_GRADIENT(indexed_by_memory, 0.5, 0.75);
  CHECK_GRADIENT(chased, 0.7);
  CHECK_GRADIENT(pointed_by_call, 0.7);
  double x[] = {0.5, -1.25, 0.75};
  CHECK_GRADIENT(returned_pointer, x);
  CHECK_GRADIENT(two_levels, x);
  CHECK_GRADIENT(changed_by_callee, 0.7);
  CHECK_GRADIENT(two_elements, 0.7);
  CHECK_GRADIENT(varied_late, 0.7);
  check_tables();
  return oracle::result();
}
