//===- kernels_x86_64_v3.cpp - The loops for x86-64-v3 --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See kernels.h; compiled for x86-64-v3 by kernels.cmake.
//
//===----------------------------------------------------------------------===//

#define RETROGRAD_KERNELS kernels_x86_64_v3
#include "kernels.h"
