//===- Polish.h - A derivative as one would write it ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What comes out of the adjoint of each statement is right, but says too much.
// The passes that polish it need one order: dead code hides what could be
// merged, loops are fused while they still run backwards, and registers are for
// what stays in memory then.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_POLISH_H
#define RETROGRAD_TRANSFORM_POLISH_H

#include "../IR/IR.h"

namespace retrograd {

/// F is a derivative, or a half of one, before it has directions.
void polish(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_POLISH_H
