//===- lanes-call.cpp - Calls --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A called function is made for what varies in each call, and its halves agree about
// what is on the tape; a call in which nothing varies is made once.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=lanes --inline-limit=0 %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

static float twice(float a, const float *w) {
  float s = a * w[0];
  return std::tanh(s);
}
#pragma retrograd batch sample(x[4]) shared(w[4])
float calls(const float *x, const float *w) {
  return twice(x[0], w) + twice(w[1], w);
}

// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] static inline retrograd::lanes<float, W> twice_lanes({{\[\[}}maybe_unused]] Mask active, retrograd::lanes<float, W> a, const float *w) {
// CHECK-NEXT:   const retrograd::lanes<float, W> s = a * w[0];
// CHECK-NEXT:   const retrograd::lanes<float, W> result = retrograd::tanh(s);
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> calls_lanes(Mask active, const retrograd::lanes<float, W> *x, const float *w) {
// CHECK-NEXT:   retrograd::lanes<float, W> t = twice_lanes<W>(active, x[0], w);
// CHECK-NEXT:   float t1 = twice(w[1], w);
// CHECK-NEXT:   const retrograd::lanes<float, W> result = t + t1;
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] static inline retrograd::lanes<float, W> twice_forward_lanes(retrograd::tape &tape, {{\[\[}}maybe_unused]] Mask active, retrograd::lanes<float, W> a, const float *__restrict w) {
// CHECK-NEXT:   const retrograd::lanes<float, W> s = a * w[0];
// CHECK-NEXT:   const retrograd::lanes<float, W> t = retrograd::tanh(s);
// CHECK-NEXT:   const retrograd::lanes<float, W> result = t;
// CHECK-NEXT:   tape.push(result);
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] static inline float twice_forward1_lanes(retrograd::tape &tape, {{\[\[}}maybe_unused]] Mask active, float a, const float *__restrict w) {
// CHECK-NEXT:   const float s = a * w[0];
// CHECK-NEXT:   const float t = std::tanh(s);
// CHECK-NEXT:   const float result = t;
// CHECK-NEXT:   tape.push(retrograd::lanes<float, W>(result));
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] static inline void twice_reverse1_lanes(retrograd::tape &tape, Mask active, float a, const float *__restrict w, float seed, retrograd::lanes<float, W> *d_a, retrograd::lanes<float, W> *d_w) {
// CHECK-NEXT:   retrograd::lanes<float, W> result = tape.pop<retrograd::lanes<float, W>>();
// CHECK-NEXT:   const retrograd::lanes<float, W> t = result;
// CHECK-NEXT:   const retrograd::lanes<float, W> d_s = (1 - t * t) * seed;
// CHECK-NEXT:   retrograd::where(active, *d_a) += w[0] * d_s;
// CHECK-NEXT:   retrograd::where(active, d_w[0]) += a * d_s;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] static inline void twice_reverse_lanes(retrograd::tape &tape, Mask active, retrograd::lanes<float, W> a, {{\[\[}}maybe_unused]] const float *__restrict w, float seed, retrograd::lanes<float, W> *__restrict d_w) {
// CHECK-NEXT:   retrograd::lanes<float, W> result = tape.pop<retrograd::lanes<float, W>>();
// CHECK-NEXT:   const retrograd::lanes<float, W> t = result;
// CHECK-NEXT:   const retrograd::lanes<float, W> d_s = (1 - t * t) * seed;
// CHECK-NEXT:   retrograd::where(active, d_w[0]) += a * d_s;
// CHECK-NEXT: }
// CHECK: template <int W, class Mask>
// CHECK-NEXT: {{\[\[}}gnu::always_inline]] inline retrograd::lanes<float, W> calls_batch_grad_lanes(Mask active, const retrograd::lanes<float, W> *__restrict x, const float *__restrict w, retrograd::lanes<float, W> *__restrict d_w) {
// CHECK-NEXT:   retrograd::tape &tape = retrograd::tape::local();
// CHECK-NEXT:   const retrograd::tape::scope tape_scope(tape);
// CHECK-NEXT:   retrograd::lanes<float, W> t = twice_forward_lanes<W>(tape, active, x[0], w);
// CHECK-NEXT:   float t1 = twice_forward1_lanes<W>(tape, active, w[1], w);
// CHECK-NEXT:   const retrograd::lanes<float, W> result = t + t1;
// CHECK-NEXT:   twice_reverse1_lanes<W>(tape, active, w[1], w, 1.0f, &d_w[1], d_w);
// CHECK-NEXT:   twice_reverse_lanes<W>(tape, active, x[0], w, 1.0f, d_w);
// CHECK-NEXT:   return result;
// CHECK-NEXT: }
