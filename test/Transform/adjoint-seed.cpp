//===- adjoint-seed.cpp - What is in the adjoint of memory ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The buffers of a gradient only accumulate, so where a function writes to
// memory their content is set aside; those of a pullback hold the seed.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

// CHECK-LABEL: void accumulates_grad(
// CHECK: double *const d_p_before = {{.*}}reserve<double>(n);
// CHECK: d_p_before[i] = d_p[i];
// CHECK-NEXT: d_p[i] = 0;
// CHECK: d_p[0] += 2.0 * seed;
// CHECK: d_p[i] += d_p_before[i];
#pragma retrograd gradient wrt(p[n])
double accumulates(double *p, int n) {
  p[0] *= 2;
  return p[0];
}

// CHECK-LABEL: void seeded_vjp(
// CHECK: const double seed = d_p[0];
// CHECK-NEXT: d_p[0] = 0;
// CHECK-NEXT: d_p[0] += 2.0 * seed;
#pragma retrograd vjp wrt(p)
void seeded(double *p) { p[0] *= 2; }

// CHECK-LABEL: void used_twice_grad(
// CHECK: const double seed = z * d_result;
// CHECK-NEXT: *d_x += y * seed;
// CHECK-NEXT: *d_y += x * seed;
#pragma retrograd gradient
double used_twice(double x, double y, double z) { return z * (x * y); }

// CHECK-LABEL: void narrowed_grad(
// CHECK: *d_x += static_cast<float>(
#pragma retrograd gradient
double narrowed(float x, double y) { return x * y; }
