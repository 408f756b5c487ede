//===- MergeUpdates.h - One update of an adjoint instead of several -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reversed statements add to an adjoint each on their own. Where nothing in
// between reads it, they become one statement, which reads and writes memory
// once, and equal terms become one:
//
//   d_x[i] -= d_b;
//   d_x[i + 1] += d_a;
//   d_x[i] -= x[i] * d_a;          d_x[i + 1] += d_a;
//   d_x[i] -= x[i] * d_a;    =>    d_x[i] -= d_b + 2.0 * (x[i] * d_a);
//
// Sums of derivatives may change in their last digits by that. What the primal
// computes does not: only shadows are updated otherwise than was written.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_MERGEUPDATES_H
#define RETROGRAD_TRANSFORM_MERGEUPDATES_H

#include "DerivativeMemory.h"

namespace retrograd {

/// Returns whether the function has changed.
bool mergeUpdates(ir::Context &Ctx, ir::Function &F,
                  const DerivativeMemory &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_MERGEUPDATES_H
