//===- BeginSums.h - Sums that begin with their first term ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The adjoints of a local array are zero where it comes to life, all of them.
// Often a loop then adds a first term to each that is used:
//
//   double d_a[64] = {};                      double d_a[64];
//   for (int i = 0; i < n; ++i)        =>     for (int i = 0; i < n; ++i)
//     d_a[i] += c[i] * seed;                    d_a[i] = c[i] * seed;
//
// The loop must be the first that mentions the array, and go over all that is
// ever mentioned (Analysis/UsedExtent), with the same bound. Elements that are
// mentioned by their number are set to zero one by one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_BEGINSUMS_H
#define RETROGRAD_TRANSFORM_BEGINSUMS_H

#include "../IR/IR.h"

namespace retrograd {

void beginSums(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_BEGINSUMS_H
