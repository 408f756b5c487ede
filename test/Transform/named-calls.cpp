//===- named-calls.cpp - Partials by their names --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of a sine and a cosine of one argument, each is the other's partial.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <cmath>
#include <retrograd/retrograd.h>

// CHECK-LABEL: void polar_grad(
// CHECK: const double c = std::cos(t);
// CHECK-NEXT: const double s = std::sin(t);
// CHECK-NOT: std::
// CHECK: *d_t += c * d_s - s * d_c;
// CHECK-NEXT: }
// CHECK-LABEL: double polar_jvp(
// CHECK: const double c = std::cos(t);
// CHECK-NEXT: const double s = std::sin(t);
// CHECK-NEXT: const double t_c = -(s * t_t);
// CHECK-NEXT: const double t_s = c * t_t;
// CHECK-NOT: std::
#pragma retrograd gradient
#pragma retrograd jvp
double polar(double r, double t) {
  const double c = std::cos(t), s = std::sin(t);
  return r * c * c + s * s * s;
}

// CHECK-LABEL: void changed_grad(
// CHECK: double d_y = -(std::sin(y) * s);
// CHECK-NEXT: y = old;
// CHECK: std::cos(y) * d_s;
#pragma retrograd gradient
double changed(double x) {
  double y = x;
  const double s = std::sin(y);
  y *= 2 + y;
  const double c = std::cos(y);
  return s * c + s * s;
}

// CHECK-LABEL: double root_jvp(
// CHECK: const double seed = 2.0 * (t_x * x) + 2.0 * (t_y * y);
// CHECK-NEXT: const double t_result = seed != 0 ? seed / (2 * result) : 0;
#pragma retrograd jvp
double root(double x, double y) {
  const double result = std::sqrt(x * x + y * y);
  return result;
}
