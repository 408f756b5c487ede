//===- loops.cpp - Counted and general loops ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop is counted if its bounds and its step are known at its entry and
// nothing in it leaves it or moves the counter; it is a general loop otherwise.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=lower -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x)
double f(const double *x, int n) {
  double s = 0;
  // CHECK: for (int i = 0; i < n; ++i) {
  for (int i = 0; i < n; ++i)
    s += x[i];
  // CHECK: for (int i = 1; i <= n; i += 2) {
  for (int i = 1; i <= n; i += 2)
    s += x[i];
  // CHECK: for (int i = n - 1; i >= 0; --i) {
  for (int i = n - 1; i >= 0; --i)
    s += x[i];
  // CHECK: for (int i = n; i-- > 0;) {
  for (int i = n; i-- > 0;)
    s += x[i];
  // CHECK: for (int i = n; i > 0; i -= 3) {
  for (int i = n; i > 0; i -= 3)
    s += x[i];

  // CHECK: unsigned int [[I:i[0-9]*]] = 0;
  // CHECK-NEXT: while ([[I]] != 4) {
  // CHECK: ++[[I]];
  for (unsigned i = 0; i != 4; i++)
    s += x[i];
  // The counter moves in the body.
  // CHECK: int [[J:i[0-9]*]] = 0;
  // CHECK-NEXT: while ([[J]] < n) {
  // CHECK: [[J]] += n > 3;
  // CHECK-NEXT: ++[[J]];
  for (int i = 0; i < n; ++i) {
    s += x[i];
    i += n > 3;
  }
  // CHECK: while (s > 1) {
  while (s > 1)
    s /= 2;
  // CHECK: do {
  // CHECK: } while (s < 1);
  do
    s *= x[0];
  while (s < 1);
  // CHECK: while (true) {
  // CHECK-NEXT: if (s > 4) {
  // CHECK-NEXT: break;
  for (;;) {
    if (s > 4)
      break;
    s += x[0];
  }
  return s;
}
