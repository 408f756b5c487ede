//===- TurnLoops.h - Reversed loops that may run forwards -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse of a loop visits its iterations from the last to the first. Where
// they do not depend on each other it need not, and upwards is what processors
// prefetch, vectorisers expect and people read:
//
//   for (int i = n; i-- > 0;)            for (int i = 0; i < n; ++i)
//     d_x[i] += y[i] * d_s;        =>      d_x[i] += y[i] * d_s;
//
// Sums are added up in another order by that, and so may differ in their last
// digits.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_TURNLOOPS_H
#define RETROGRAD_TRANSFORM_TURNLOOPS_H

#include "DerivativeMemory.h"

namespace retrograd {

/// Returns whether the function has changed.
bool turnLoops(ir::Context &Ctx, ir::Function &F,
               const DerivativeMemory &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_TURNLOOPS_H
