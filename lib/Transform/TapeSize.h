//===- TapeSize.h - How much a derivative keeps on the tape ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Adds up what the statements of a finished derivative put on the tape:
//
//   double *const old_record = tape.reserve<double>(n);       n doubles
//   for (int i = 0; i < m; ++i) tape.push(u);          =>     m doubles
//   while (...) tape.push(v);                                 unknown
//
// Numbers are expressions over parameters that do not depend on a sample, and
// over constants. Whatever depends on something else makes the sum unknown.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_TAPESIZE_H
#define RETROGRAD_TRANSFORM_TAPESIZE_H

#include "../IR/Batch.h"
#include <map>

namespace retrograd {

/// What the known variables of a function stand for, in terms of the variables
/// that the sum shall be written in.
using KnownValues = std::map<const ir::Variable *, const ir::Expr *>;

TapeSize tapeSize(ir::Context &Ctx, const ir::Function &Derivative,
                  const KnownValues &Parameters);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_TAPESIZE_H
