//===- PlanRemarks.h - What a derivative stores, and what it does not -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells the plan to the user: which values the reverse sweep gets back from
// memory, how many bytes that takes and where they are, which are computed
// again, and what would make storing unnecessary. Later steps may find that an
// iteration and its reverse can follow each other, and then nothing is stored,
// so the last word is left to the finished derivative. Queries: they change
// nothing.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PLANREMARKS_H
#define RETROGRAD_TRANSFORM_PLANREMARKS_H

#include "../IR/Remark.h"
#include "ReversalPlan.h"

namespace retrograd {

/// What the plan says of a function.
struct PlanRemarks {
  Remarks Certain;
  /// A value that an iteration or a call stores.
  struct Stored {
    Remark Told;
    /// How the remark calls the value.
    std::string What;
    /// The innermost loop, or 0.
    ir::Location Loop;
    /// 0 if not known.
    uint64_t Bytes;
    bool OnTape;
    /// The number of the array, or of the variable that is taken off the tape.
    unsigned Variable;
  };
  std::vector<Stored> Values;
};

/// F is the function as it was planned.
PlanRemarks planRemarks(const ir::Function &F, const ReversalPlan &Plan,
                        const MemoryModel &Memory);

/// The remarks about a derivative that consists of these functions.
Remarks settle(const PlanRemarks &Plan,
               llvm::ArrayRef<const ir::Function *> Sweeps);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PLANREMARKS_H
