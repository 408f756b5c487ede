//===- kernels_x86_64_v2.cpp - The loops for x86-64-v2 --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See kernels.h; compiled for x86-64-v2 by kernels.cmake.
//
//===----------------------------------------------------------------------===//

#define RETROGRAD_KERNELS kernels_x86_64_v2
#include "kernels.h"
