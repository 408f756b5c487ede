//===- kernels_plain.cpp - The loops for any processor of the target ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See kernels.h; compiled for the instruction set that the library is built
// for.
//
//===----------------------------------------------------------------------===//

#define RETROGRAD_KERNELS kernels_plain
#include "kernels.h"
