//===- InlineCalls.h - Small functions in the place of their calls --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A called function that is differentiated becomes two halves, which share
// nothing but the tape. Where the function is small, its body in the place of
// the call costs nothing of that, and analyses see what it really does:
//
//   static double square(const double &v) { return v * v; }
//
//   const double t = square(x[i]);   =>   const double t = x[i] * x[i];
//
// Inlined are calls that derivatives flow through, of functions that have a
// body and no rule, do not call themselves, and return no pointers to reals.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_INLINECALLS_H
#define RETROGRAD_TRANSFORM_INLINECALLS_H

#include "../Analysis/Activity.h"
#include "SplitCalls.h"

namespace retrograd {

/// F has been through StructureExits. UnknownCode as in MemoryModel.
void inlineCalls(ir::Context &Ctx, ir::Function &F,
                 const ActivityRequest &Request, bool UnknownCode,
                 DerivativeProvider &Provider);

/// The body of the function can stand in the place of a call, whatever its
/// size.
bool canInline(const ir::Function &Callee);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_INLINECALLS_H
