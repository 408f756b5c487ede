//===- Outline.h - A function of its own for a piece of another one -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a piece of code only reads it gets by value, what it writes by
// reference, and arrays as pointers to their elements, since they may have
// become memory of the tape where the function is called; the new function is
// told their extents. Only where the code itself needs an array is it passed as
// one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_OUTLINE_H
#define RETROGRAD_TRANSFORM_OUTLINE_H

#include "../IR/Clone.h"
#include "llvm/ADT/SetVector.h"

namespace retrograd {

using VariableList = llvm::SmallSetVector<ir::Variable *, 16>;

/// The variables that a piece of code mentions and does not declare, in the
/// order of their first mention. Globals count if a derivative may flow through
/// them.
VariableList freeVariables(const ir::Block &Code);
/// The same for an expression.
void addFreeVariables(const ir::Expr *E, VariableList &Into);

/// Makes Into a function with this body and a parameter for each of the given
/// variables, and returns the variables in the order of the parameters.
/// Written: those that must be passed by reference, since the code or somebody
/// it calls changes them. Map gets where each variable of the code is in Into.
std::vector<ir::Variable *> outline(ir::Context &Ctx, const ir::Block &Code,
                                    const VariableList &Parameters,
                                    const VariableList &Written,
                                    ir::Function &Into, ir::VariableMap &Map);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_OUTLINE_H
