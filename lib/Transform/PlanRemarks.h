//===- PlanRemarks.h - What a derivative stores, and what it does not -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells the plan to the user: which values the reverse sweep gets back from
// memory, how many bytes that takes and where they are, which are computed
// again, and what would make storing unnecessary. A query: it changes nothing.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PLANREMARKS_H
#define RETROGRAD_TRANSFORM_PLANREMARKS_H

#include "../IR/Remark.h"
#include "ReversalPlan.h"

namespace retrograd {

/// F is the function as it was planned.
Remarks planRemarks(const ir::Function &F, const ReversalPlan &Plan,
                    const MemoryModel &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PLANREMARKS_H
