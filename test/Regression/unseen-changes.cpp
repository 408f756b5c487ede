//===- unseen-changes.cpp - Changes by code that is not read --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An index, a factor or a condition that the reverse sweep reads again must be
// what it was, also where a statement changed it whose effect is easy to miss.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "Inputs/expect.h"
#include <cstring>
#include <retrograd/retrograd.h>
#include <vector>

// The statement changes an inner index of its own target.
#pragma retrograd gradient
double nested_index(const double *x) {
  int m[2][2] = {{0, 1}, {1, 0}};
  double s = x[m[0][0]] * x[m[0][0]];
  m[m[0][0]][0] = 1;
  return s * x[m[0][0]];
}

// memcpy of integers.
#pragma retrograd gradient
double copied_index(const double *x) {
  int i[1] = {0}, j[1] = {1};
  double y = x[i[0]] * x[i[0]];
  std::memcpy(i, j, sizeof i);
  return y * x[i[0]];
}

// An object of a class, seen only through its member functions.
#pragma retrograd gradient
double changed_object(const double *x) {
  std::vector<int> v;
  double s = x[v.size()] * x[v.size()];
  v.push_back(1);
  return s * x[v.size()];
}

// A global that an inactive function changes.
static int factor = 2;
#pragma retrograd inactive
static void next() { ++factor; }
#pragma retrograd gradient
double changed_global(double x) {
  double y = x * factor;
  next();
  return y * factor;
}

// The index of what is written, and what is written, may change unseen.
static double selector = 0;
#pragma retrograd inactive
static void select() { selector = 1; }
#pragma retrograd gradient wrt(x[2])
double changed_selector(double *x) {
  x[static_cast<int>(selector)] *= x[1];
  select();
  x[static_cast<int>(selector)] *= x[0];
  return x[1];
}

int main() {
  const double x[] = {2, 3};
  void (*gradients[])(const double *, double *) = {
      nested_index_grad, copied_index_grad, changed_object_grad};
  for (auto *gradient : gradients) {
    double d[2] = {};
    gradient(x, d);
    expect("by x[0]", d[0], 12);
    expect("by x[1]", d[1], 4);
  }
  double d = 0;
  changed_global_grad(5, &d);
  expect("changed_global", d, 6);

  double y[] = {2, 3}, d_y[2] = {};
  changed_selector_grad(y, d_y);
  expect("changed_selector by x[0]", d_y[0], 9);
  expect("changed_selector by x[1]", d_y[1], 12);
  return failures != 0;
}
