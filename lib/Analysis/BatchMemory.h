//===- BatchMemory.h - What the calls of a batch may write ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The calls for the samples of a batch run in any order, several at a time, and
// see the same memory but for their samples and outputs. So a call may write to
// its outputs and to nothing else of the caller's, and what it reads of an
// output it must have written itself.
//
// A read of an output comes after a write if, on every way to it,
//
//   * the same place was assigned, and nothing that its address mentions was
//     changed since, or
//   * a loop from 0 to some n assigned each element, and the read is in such a
//     loop with the same n, or n is what the pragma says there is.
//
// Other reads are refused, although they may be of elements that have been
// written: the number of an element is not computed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_BATCHMEMORY_H
#define RETROGRAD_ANALYSIS_BATCHMEMORY_H

#include "../IR/Batch.h"
#include "../IR/Diagnostics.h"
#include "Activity.h"

namespace retrograd {

/// Reports the first thing that the calls of a batch must not do, and returns
/// false then. The roles are those of F's own parameters, and Active is about
/// the shared ones.
bool checkBatchMemory(const ir::Function &F, const MemoryModel &Memory,
                      const Activity &Active, const BatchRoles &Roles,
                      Diagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_BATCHMEMORY_H
