//===- members.cpp - Derivatives of members and of templates --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// They are functions of the namespace around, and inline where their primal may
// be in many files.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

namespace a {
struct Line {
  double slope;
  struct Start {
    double y;
// CHECK: namespace a {
// CHECK: inline void at_grad(const a::Line::Start &self, double x,
// CHECK-NEXT: a::Line::Start *d_self, double *d_x) {
// CHECK-NEXT: *d_x += self.y;
// CHECK-NEXT: d_self->y += x;
// CHECK-NEXT: }
#pragma retrograd gradient
    double at(double x) const { return x * y; }
  };
// CHECK: inline void at_grad({{.*}} const a::Line &self, double x,
// CHECK-NEXT: a::Line *d_self) {
// CHECK-NEXT: d_self->slope += x;
#pragma retrograd gradient wrt(this)
  double at(double x) const { return x * slope; }
// CHECK: inline void square_grad(double x, double *__restrict d_x) {
#pragma retrograd gradient
  static double square(double x) { return x * x; }
  void turn(double by);
};
// CHECK: {{^}}void turn_vjp(a::Line &self, double by, a::Line *d_self,
#pragma retrograd vjp
void Line::turn(double by) { slope *= by; }

// CHECK: inline void twice_grad({{.*}}float x, float *__restrict d_x) {
// CHECK-NEXT: *d_x += 2.0f;
#pragma retrograd gradient
template <class T> T twice(T x) { return 2 * x; }
template float twice(float);

namespace {
// CHECK: inline void hidden_grad({{.*}}double x
template <class T> T hidden(T x) { return 2 * x; }
} // namespace
#pragma retrograd gradient(hidden<double>)
} // namespace a
