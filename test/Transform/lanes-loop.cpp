//===- lanes-loop.cpp - Loops that vary ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop runs over the values of its counter in all lanes, another one while
// a lane is left. What the last one keeps comes back in as many iterations.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=lanes %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[4], n) shared(w[4])
float loops(const float *x, int n, const float *w) {
  float y = w[0];
  for (int i = 0; i < n; ++i)
    y = y * w[1];
  while (y > x[0])
    y = y / (y + 2);
  return y;
}

// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> loops_lanes(Mask active, const retrograd::lanes<float, W> *x, retrograd::lanes<int, W> n, const float *w) {
// CHECK-NEXT:   retrograd::lanes<float, W> y = w[0];
// CHECK-NEXT:   const int end = retrograd::greatest(active, n);
// CHECK-NEXT:   for (int i = 0; i < end; ++i) {
// CHECK-NEXT:     const retrograd::lane_mask<float, W> running = active & (i < n);
// CHECK-NEXT:     retrograd::where(running, y) = y * w[1];
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::lane_mask<float, W> running = active & (y > x[0]);
// CHECK-NEXT:   while (retrograd::any(running)) {
// CHECK-NEXT:     retrograd::where(running, y) = y / (y + 2);
// CHECK-NEXT:     running = running & (y > x[0]);
// CHECK-NEXT:   }
// CHECK-NEXT:   const retrograd::lanes<float, W> result = y;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> loops_batch_grad_lanes(Mask active, const retrograd::lanes<float, W> *__restrict x, retrograd::lanes<int, W> n, const float *__restrict w, retrograd::lanes<float, W> *__restrict d_w) {
// CHECK-NEXT:   retrograd::tape &tape = retrograd::tape::local();
// CHECK-NEXT:   const retrograd::tape::scope tape_scope(tape);
// CHECK-NEXT:   retrograd::lanes<float, W> y = w[0];
// CHECK-NEXT:   retrograd::lanes<float, W> *const old_record = tape.reserve<retrograd::lanes<float, W>>(retrograd::greatest(active, retrograd::select(0 < n, n, 0)));
// CHECK-NEXT:   const int end = retrograd::greatest(active, n);
// CHECK-NEXT:   for (int i = 0; i < end; ++i) {
// CHECK-NEXT:     const retrograd::lane_mask<float, W> running = active & (i < n);
// CHECK-NEXT:     const retrograd::lanes<float, W> old = y;
// CHECK-NEXT:     retrograd::where(running, y) = y * w[1];
// CHECK-NEXT:     retrograd::where(running, old_record[i]) = old;
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::lanes<long, W> trips = 0;
// CHECK-NEXT:   retrograd::lane_mask<float, W> running = active & (y > x[0]);
// CHECK-NEXT:   while (retrograd::any(running)) {
// CHECK-NEXT:     const retrograd::lanes<float, W> t = y / (y + 2);
// CHECK-NEXT:     const retrograd::lanes<float, W> old = y;
// CHECK-NEXT:     retrograd::where(running, y) = t;
// CHECK-NEXT:     retrograd::where(running, trips) += 1;
// CHECK-NEXT:     tape.push(old);
// CHECK-NEXT:     running = running & (y > x[0]);
// CHECK-NEXT:   }
// CHECK-NEXT:   const retrograd::lanes<float, W> result = y;
// CHECK-NEXT:   retrograd::lanes<float, W> d_y = 1.0f;
// CHECK-NEXT:   const long end1 = retrograd::greatest(active, trips);
// CHECK-NEXT:   for (long k = end1; k-- > 0;) {
// CHECK-NEXT:     const retrograd::lane_mask<float, W> running1 = active & (k < trips);
// CHECK-NEXT:     const retrograd::lanes<float, W> old = tape.pop<retrograd::lanes<float, W>>();
// CHECK-NEXT:     const retrograd::lanes<float, W> t = y;
// CHECK-NEXT:     retrograd::where(running1, y) = old;
// CHECK-NEXT:     const retrograd::lanes<float, W> d_t = d_y;
// CHECK-NEXT:     const retrograd::lanes<float, W> seed = d_t / (y + 2);
// CHECK-NEXT:     retrograd::where(running1, d_y) = seed - seed * t;
// CHECK-NEXT:   }
// CHECK-NEXT:   retrograd::lanes<float, W> sum = 0;
// CHECK-NEXT:   const int end2 = retrograd::greatest(active, n);
// CHECK-NEXT:   for (int i = end2; i-- > 0;) {
// CHECK-NEXT:     const retrograd::lane_mask<float, W> running1 = active & (i < n);
// CHECK-NEXT:     const retrograd::lanes<float, W> old = old_record[i];
// CHECK-NEXT:     retrograd::where(running1, y) = old;
// CHECK-NEXT:     const retrograd::lanes<float, W> seed = d_y;
// CHECK-NEXT:     retrograd::where(running1, d_y) = w[1] * seed;
// CHECK-NEXT:     retrograd::where(running1, sum) += y * seed;
// CHECK-NEXT:   }
// CHECK-NEXT:   const retrograd::lane_mask<float, W> taken = active & (0 < n);
// CHECK-NEXT:   if (retrograd::any(taken)) {
// CHECK-NEXT:     retrograd::where(taken, d_w[1]) += sum;
// CHECK-NEXT:   }
// CHECK-NEXT:   tape.release<retrograd::lanes<float, W>>(retrograd::greatest(active, retrograd::select(0 < n, n, 0)));
// CHECK-NEXT:   retrograd::where(active, d_w[0]) += d_y;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
