//===- Cleanup.h - What a careful person would not have written -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The transforms are uniform and so write more than is needed: results nobody
// asked for, adjoints set to zero that die, a declaration far from its first
// use. This pass removes what is dead, the dead primal of a gradient included,
// and brings declarations together with what initialises them.
//
//   double d_t = 0;  ...  d_t += y * d_z;     =>     double d_t = y * d_z;
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_CLEANUP_H
#define RETROGRAD_TRANSFORM_CLEANUP_H

#include "../IR/IR.h"

namespace retrograd {

void cleanUp(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_CLEANUP_H
