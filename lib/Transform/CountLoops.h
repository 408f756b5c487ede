//===- CountLoops.h - While loops that count are for loops ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop is reversed without a record of its iterations, and what its
// iterations keep is in arrays of known size. Lowering sees the for statements
// that declare their counter; this pass finds the others:
//
//   int i;                               int i;
//   i = 0;                               i = 0;
//   while (i < n) {                      for (int i1 = 0; i1 < n; ++i1) {
//     if (x[i] < 0) { ++i; continue; }     if (x[i1] < 0) { continue; }
//     s += x[i];                    =>     s += x[i1];
//     ++i;                               }
//   }                                    i = 0 < n ? n : 0;
//
//   while (n-- > 0) s += x[n];      =>   for (int n1 = n; n1-- > 0;) s +=
//   x[n1];
//                                        n = n > 0 ? -1 : n - 1;
//
// The counter must be a local integer that nothing else reaches, changed by the
// same step at the end of every way through the body, and compared with a value
// that the body does not change. A loop that break or return leaves is none. A
// counter that nobody reads after this is removed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_COUNTLOOPS_H
#define RETROGRAD_TRANSFORM_COUNTLOOPS_H

#include "../IR/IR.h"

namespace retrograd {

/// F still has its Break, Continue and Return statements.
void countLoops(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_COUNTLOOPS_H
