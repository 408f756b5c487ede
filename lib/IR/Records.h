//===- Records.h - Records and arrays, scalar by scalar -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No statement copies, sets or adds a record as a whole, so that every analysis
// and transform only meets scalars. What the source writes as one is spelled
// out here:
//
//   a = b     =>     a.x = b.x;
//                    for (int i = 0; i < 3; ++i)
//                      a.at[i] = b.at[i];
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_RECORDS_H
#define RETROGRAD_IR_RECORDS_H

#include "IR.h"

namespace retrograd::ir {

/// Statements about the same scalar of several places of one type, which go
/// into a block.
using ScalarWork =
    llvm::function_ref<void(llvm::ArrayRef<const Expr *> Places, Block &Into)>;

/// Does the work for each scalar, pointer or opaque field of the memory that
/// the places name, in loops over arrays. The extents are literals.
void forEachScalar(Context &Ctx, Function &F,
                   llvm::ArrayRef<const Expr *> Places, Block &Into,
                   ScalarWork Work);

/// To = From, for all scalars.
void copyScalars(Context &Ctx, Function &F, const Expr *To, const Expr *From,
                 Block &Into, Location Loc = 0);

/// The same for the reals alone, which may be added.
void copyReals(Context &Ctx, Function &F, const Expr *To, const Expr *From,
               Block &Into, AssignOp Op = AssignOp::Set);

/// Declares a variable whose reals are zero. The extents of arrays are
/// literals.
void declareZero(Context &Ctx, Function &F, Variable *V, Block &Into);

/// A variable of the function, or of one that it calls, is a record or leads to
/// one; null if there is none.
const Variable *findRecord(const Function &F);

} // namespace retrograd::ir

#endif // RETROGRAD_IR_RECORDS_H
