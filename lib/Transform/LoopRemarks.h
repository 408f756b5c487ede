//===- LoopRemarks.h - Why a loop is not counted --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse sweep of a counted loop knows how often it runs. Where a loop is
// not counted its iterations are, and what they leave is on the tape; this says
// what in the user's loop is in the way. A query, to be asked behind countLoops
// and before structureExits, while break and return are still there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_LOOPREMARKS_H
#define RETROGRAD_TRANSFORM_LOOPREMARKS_H

#include "../IR/Remark.h"

namespace retrograd {

/// A remark for each loop that is not counted.
Remarks uncountedLoops(const ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_LOOPREMARKS_H
