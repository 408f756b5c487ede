//===- PrivateSums.h - Sums of a loop in variables of their own -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop that adds to one element of an adjoint in each iteration writes memory
// each time, and waits for what it has written. Nothing else in the loop reads
// that element, so that a variable can have the sum until the loop ends:
//
//   double sum = 0;
//   for (int j = 0; j < n; ++j)
//     sum += b[k * n + j] * seed[j];
//   if (0 < n)
//     d_a[i * n + k] += sum;
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PRIVATESUMS_H
#define RETROGRAD_TRANSFORM_PRIVATESUMS_H

#include "DerivativeMemory.h"

namespace retrograd {

/// Returns whether the function has changed.
bool privatiseSums(ir::Context &Ctx, ir::Function &F,
                   const DerivativeMemory &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PRIVATESUMS_H
