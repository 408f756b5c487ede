//===- PrepareReversal.h - A function that can be run backwards -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rewrites the working copy of a primal so that its control flow can be
// retraced and its pointers stay valid in the reverse sweep. Everything added
// here is an ordinary local variable, so the plan keeps it like any other
// value.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PREPAREREVERSAL_H
#define RETROGRAD_TRANSFORM_PREPAREREVERSAL_H

#include "../Analysis/Memory.h"
#include <set>

namespace retrograd {

/// Moves locals whose address is kept in a pointer, and variable-length arrays,
/// out of scopes that the reverse sweep enters anew, to memory on the tape:
///
///   double h[n];      =>     double *h = tape.reserve<double>(n);
void reserveEscapingLocals(ir::Context &Ctx, ir::Function &F, bool Split);

/// Locals whose address outlives the expression that takes it: it is kept in a
/// pointer, or the forward half of a call moves a shadow of it.
std::set<const ir::Variable *> escapingLocals(const ir::Function &F,
                                              const MemoryModel &Memory);

/// Gives a name to each condition that its own branches change, to each bound
/// that could not be evaluated again, and a trip counter (Stmt::Var) to each
/// uncounted loop:
///
///   if (x > 0) x = -x;     =>     const bool taken = x > 0;
///                                 if (taken) x = -x;
void nameControlFlow(ir::Context &Ctx, ir::Function &F,
                     const MemoryModel &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PREPAREREVERSAL_H
