//===- lanes-names.cpp - Template parameters are no names of the user's --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A global that the function mentions keeps its name, a local one gives way.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=lanes %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

constexpr float W = 2;
#pragma retrograd batch sample(x, Mask) shared(w)
float names(float x, float Mask, float w) {
  float active = x * w * W;
  return active * Mask;
}

// CHECK: template <int W_, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W_> names_lanes({{\[\[}}maybe_unused]] Mask active, retrograd::lanes<float, W_> x, retrograd::lanes<float, W_> Mask1, float w) {
// CHECK-NEXT:   const retrograd::lanes<float, W_> active1 = x * w * W;
// CHECK-NEXT:   const retrograd::lanes<float, W_> result = active1 * Mask1;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W_, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W_> names_batch_grad_lanes(Mask active, retrograd::lanes<float, W_> x, retrograd::lanes<float, W_> Mask1, float w, retrograd::lanes<float, W_> *__restrict d_w) {
// CHECK-NEXT:   const retrograd::lanes<float, W_> active1 = x * w * W;
// CHECK-NEXT:   const retrograd::lanes<float, W_> result = active1 * Mask1;
// CHECK-NEXT:   retrograd::where(active, *d_w) += x * (W * Mask1);
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
