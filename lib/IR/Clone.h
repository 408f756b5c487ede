//===- Clone.h - Copies of whole functions --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A transform works on a copy of the primal with variables of its own, so that
// it can add, rename and retype them, and every request starts from the same
// primal.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_CLONE_H
#define RETROGRAD_IR_CLONE_H

#include "IR.h"
#include "llvm/ADT/DenseMap.h"

namespace retrograd::ir {

using VariableMap = llvm::DenseMap<const Variable *, Variable *>;

/// Copies F with all its variables; Map gets the copies. Globals stay.
Function *cloneFunction(Context &Ctx, const Function &F, VariableMap &Map);

/// The same expression and type over other variables.
const Expr *remapExpr(Context &Ctx, const Expr *E, const VariableMap &Map);
const Type *remapType(Context &Ctx, const Type *Ty, const VariableMap &Map);

/// Replaces variables throughout a statement and its nested blocks.
void remap(Context &Ctx, Block &B, const VariableMap &Map);

} // namespace retrograd::ir

#endif // RETROGRAD_IR_CLONE_H
