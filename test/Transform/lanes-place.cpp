//===- lanes-place.cpp - Places that vary --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An index that varies gathers and scatters; a place that a condition guards is read
// in a branch; what has no vector version is called lane by lane.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=lanes %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[4], k) shared(w[4])
float places(const float *x, int k, const float *w) {
  float own[4] = {};
  own[k] = w[k] * x[3];
  return own[0] + std::erf(own[1]) / (k > 0 ? x[k] : 1);
}

// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> places_lanes(Mask active, const retrograd::lanes<float, W> *x, retrograd::lanes<int, W> k, const float *w) {
// CHECK-NEXT:   retrograd::lanes<float, W> own[4] = {};
// CHECK-NEXT:   retrograd::scatter(active, own, k) = retrograd::gather(active, w, k) * x[3];
// CHECK-NEXT:   retrograd::lanes<float, W> side = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken = active & (k > 0);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others = active & !taken;
// CHECK-NEXT:   if (retrograd::any(taken)) {
// CHECK-NEXT:     retrograd::where(taken, side) = retrograd::gather(taken, x, k);
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::where(others, side) = 1;
// CHECK-NEXT:   const retrograd::lanes<float, W> result = own[0] + (retrograd::each_lane(active, [](float v1) { return std::erf(v1); }, own[1])) / side;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> places_batch_grad_lanes(Mask active, const retrograd::lanes<float, W> *__restrict x, retrograd::lanes<int, W> k, const float *__restrict w, retrograd::lanes<float, W> *__restrict d_w) {
// CHECK-NEXT:   retrograd::lanes<float, W> own[4] = {};
// CHECK-NEXT:   retrograd::scatter(active, own, k) = retrograd::gather(active, w, k) * x[3];
// CHECK-NEXT:   retrograd::lanes<float, W> side = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken = active & (k > 0);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others = active & !taken;
// CHECK-NEXT:   if (retrograd::any(taken)) {
// CHECK-NEXT:     retrograd::where(taken, side) = retrograd::gather(taken, x, k);
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::where(others, side) = 1;
// CHECK-NEXT:   const retrograd::lanes<float, W> result = own[0] + (retrograd::each_lane(active, [](float v1) { return std::erf(v1); }, own[1])) / side;
// CHECK-NEXT:   retrograd::lanes<float, W> d_own[4] = {};
// CHECK-NEXT:   d_own[0] += 1.0f;
// CHECK-NEXT:   retrograd::lanes<float, W> side1 = 0;
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken1 = active & (k > 0);
// CHECK-NEXT:   const retrograd::lane_mask<float, W> others1 = active & !taken1;
// CHECK-NEXT:   if (retrograd::any(taken1)) {
// CHECK-NEXT:     retrograd::where(taken1, side1) = retrograd::gather(taken1, x, k);
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::where(others1, side1) = 1;
// CHECK-NEXT:   d_own[1] += retrograd::constants::two_over_sqrt_pi<float> * retrograd::exp(-own[1] * own[1]) * (1.0f / side1);
// CHECK-NEXT:   const retrograd::lanes<float, W> seed = retrograd::gather(active, d_own, k);
// CHECK-NEXT:   retrograd::scatter(active, d_w, k) += x[3] * seed;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
