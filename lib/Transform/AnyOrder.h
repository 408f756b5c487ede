//===- AnyOrder.h - Sums of derivatives that may be reordered -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop whose iterations share nothing but sums would run in vectors if the
// terms could be added in another order, which C++ does not allow for reals.
// The order in which derivatives are summed up is ours. So it is left to the
// compiler where nothing else stands in the way:
//
//   for (int j = 0; j < n; ++j)         for (int j = 0; j < n; ++j)
//     d_c += a[j] * seed[j];      =>      retrograd::add(d_c, a[j] * seed[j]);
//
// The primal's own sums stay as they are written.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_ANYORDER_H
#define RETROGRAD_TRANSFORM_ANYORDER_H

#include "../IR/IR.h"

namespace retrograd {

void addInAnyOrder(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_ANYORDER_H
