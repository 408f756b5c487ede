//===- injection-cuda.cpp - Derivatives of device code ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivative runs where its primal runs.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -x cuda --cuda-device-only --cuda-gpu-arch=sm_70 -nocudainc -nocudalib -Wno-unknown-cuda-version -S -emit-llvm %s -o - | FileCheck %s

#define __device__ __attribute__((device))

// CHECK: define{{.*}} void @_Z6f_gradddPdS_(
#pragma retrograd gradient
__device__ double f(double x, double y) { return x * y; }
