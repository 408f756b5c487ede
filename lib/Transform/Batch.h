//===- Batch.h - Gradients of functions of samples ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two ends of a request for a batch. Before the gradient is made, the
// function is replaced by a copy whose outputs overlap no other memory, as the
// contract of a batch says, and is checked for what samples must not do to each
// other. When it is made, the description gathers what is known of both.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_BATCH_H
#define RETROGRAD_TRANSFORM_BATCH_H

#include "Pipeline.h"

namespace retrograd {

/// R has a batch, and its primal no early exits. False after an error.
bool prepareBatch(ir::Context &Ctx, Request &R, Diagnostics &Diags);

/// R has been prepared; Gradient is what it asked for. Reasons gets, for each
/// shared parameter, an expression that makes it indexed, or null.
BatchDescription describeBatch(ir::Context &Ctx, const Request &R,
                               const ir::Function &Gradient,
                               std::vector<const ir::Expr *> &Reasons);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_BATCH_H
