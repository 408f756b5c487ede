//===- DerivativeRemarks.h - What became of a function's code -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares a finished derivative with its primal and tells what is not there
// any more, such as the forward sweep of a loop that is reversed in place, and
// which loops of the reverse sweep a compiler can vectorise. A query: it
// changes nothing.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_DERIVATIVEREMARKS_H
#define RETROGRAD_TRANSFORM_DERIVATIVEREMARKS_H

#include "../IR/Remark.h"

namespace retrograd {

/// Sweeps are the functions of the derivative: one, or two halves. Uncounted
/// are the remarks about loops that are not counted: those about loops that are
/// reversed here are passed on.
Remarks derivativeRemarks(const ir::Function &Primal,
                          llvm::ArrayRef<const ir::Function *> Sweeps,
                          const Remarks &Uncounted);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_DERIVATIVEREMARKS_H
