//===- lanes-branch.cpp - Branches that vary -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both sides run under masks, one that is not cheap only if a lane takes it.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=lanes %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[4], label) shared(w[4])
float branch(const float *x, int label, const float *w) {
  float z = 0;
  if (label == 1) {
    z = x[0] * w[0];
  } else {
    z = w[1];
    z += std::exp(w[2]);
  }
  if (z > 1)
    z = 1;
  return z;
}

// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> branch_lanes(Mask active, const retrograd::lanes<float, W> *x, retrograd::lanes<int, W> label, const float *w) {
// CHECK-NEXT:   retrograd::lanes<float, W> z = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken = active & (label == 1);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others = active & !taken;
// CHECK-NEXT:   if (retrograd::any(taken)) {
// CHECK-NEXT:     retrograd::where(taken, z) = x[0] * w[0];
// CHECK-NEXT:   }
// CHECK-NEXT:   if (retrograd::any(others)) {
// CHECK-NEXT:     retrograd::where(others, z) = w[1];
// CHECK-NEXT:     retrograd::where(others, z) += std::exp(w[2]);
// CHECK-NEXT:   }
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken1 = active & (z > 1);
// CHECK-NEXT:   retrograd::where(taken1, z) = 1;
// CHECK-NEXT:   const retrograd::lanes<float, W> result = z;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> branch_batch_grad_lanes(Mask active, const retrograd::lanes<float, W> *__restrict x, retrograd::lanes<int, W> label, const float *__restrict w, retrograd::lanes<float, W> *__restrict d_w) {
// CHECK-NEXT:   retrograd::lanes<float, W> t = 0;
// CHECK-NEXT:   retrograd::lanes<float, W> z = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken = active & (label == 1);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others = active & !taken;
// CHECK-NEXT:   if (retrograd::any(taken)) {
// CHECK-NEXT:     retrograd::where(taken, z) = x[0] * w[0];
// CHECK-NEXT:   }
// CHECK-NEXT:   if (retrograd::any(others)) {
// CHECK-NEXT:     retrograd::where(others, z) = w[1];
// CHECK-NEXT:     retrograd::where(others, t) = std::exp(w[2]);
// CHECK-NEXT:     retrograd::where(others, z) += t;
// CHECK-NEXT:   }
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken1 = z > 1;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken2 = active & taken1;
// CHECK-NEXT:   retrograd::where(taken2, z) = 1;
// CHECK-NEXT:   const retrograd::lanes<float, W> result = z;
// CHECK-NEXT:   retrograd::lanes<float, W> d_z = 1.0f;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken3 = active & taken1;
// CHECK-NEXT:   retrograd::where(taken3, d_z) = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken4 = active & (label == 1);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others1 = active & !taken4;
// CHECK-NEXT:   if (retrograd::any(taken4)) {
// CHECK-NEXT:     retrograd::where(taken4, d_w[0]) += x[0] * d_z;
// CHECK-NEXT:   }
// CHECK-NEXT:   if (retrograd::any(others1)) {
// CHECK-NEXT:     const retrograd::lanes<float, W> d_t = d_z;
// CHECK-NEXT:     retrograd::where(others1, d_w[2]) += t * d_t;
// CHECK-NEXT:     retrograd::where(others1, d_w[1]) += d_z;
// CHECK-NEXT:   }
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
