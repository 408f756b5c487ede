//===- CarryUpdates.h - Sums that wait for the next iteration -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the primal gathers from neighbours, x[i] and x[i + 1], its reverse
// scatters to them: each adjoint is updated by two iterations, one after the
// other. A variable carries the first part over, so that memory is written
// once; and unlike two stores that overlap, such a loop vectorises (its carry
// is what LLVM calls a first-order recurrence):
//
//                                        double carry = 0;
//   for (int i = 0; i < n; ++i) {        for (int i = 0; i < n; ++i) {
//     d_x[i] += a;                =>       const double next = b * c;
//     d_x[i + 1] += b * c;                 d_x[i] += carry + a;
//   }                                      carry = next;
//                                        }
//                                        if (0 < n)
//                                          d_x[n] += carry;
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_CARRYUPDATES_H
#define RETROGRAD_TRANSFORM_CARRYUPDATES_H

#include "DerivativeMemory.h"

namespace retrograd {

/// Returns whether the function has changed.
bool carryUpdates(ir::Context &Ctx, ir::Function &F,
                  const DerivativeMemory &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_CARRYUPDATES_H
