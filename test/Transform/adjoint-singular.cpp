//===- adjoint-singular.cpp - Where a partial is infinite -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No derivative that is zero is multiplied with a partial that may be infinite.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s --print-after=adjoint -- -std=c++20 -I%include | FileCheck %s

#include <cmath>

// CHECK: *d_x += [[SEED:d_[a-z0-9]+]] != 0 ? [[SEED]] / (2 * {{t[0-9]*}}) : 0;
#pragma retrograd gradient
double f(double x) { return std::sqrt(x); }

// CHECK: != 0 ? {{.*}} : 0;
#pragma retrograd gradient
double of_asin(double x) { return std::asin(x); }

// CHECK: != 0 ? {{.*}} : 0;
#pragma retrograd gradient
double of_acos(double x) { return std::acos(x); }

// CHECK: != 0 ? {{.*}} : 0;
#pragma retrograd gradient
double of_acosh(double x) { return std::acosh(x); }

// CHECK: *d_y {{.*}} != 0 ? {{.*}} : 0;
// CHECK-NEXT: *d_x {{.*}} != 0 ? {{.*}} : 0;
#pragma retrograd gradient
double of_atan2(double y, double x) { return std::atan2(y, x); }
