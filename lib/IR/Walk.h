//===- Walk.h - Visiting and rewriting the IR -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The traversals that analyses and transforms share.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_WALK_H
#define RETROGRAD_IR_WALK_H

#include "IR.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace retrograd::ir {

/// Every statement of a block and of the blocks inside it, in source order.
void forEachStmt(const Block &B, llvm::function_ref<void(Stmt &)> Visit);

/// The same, in the opposite order.
void forEachStmtBackwards(const Block &B,
                          llvm::function_ref<void(Stmt &)> Visit);

/// Every expression node of one statement (not of its nested blocks), parents
/// before children.
void forEachExpr(const Stmt &S, llvm::function_ref<void(const Expr &)> Visit);
void forEachExpr(const Expr *E, llvm::function_ref<void(const Expr &)> Visit);

/// Rewrites bottom-up: Replace gets each node with its operands already
/// rewritten and returns the node to use in its place.
const Expr *rewrite(Context &Ctx, const Expr *E,
                    llvm::function_ref<const Expr *(const Expr *)> Replace);
/// Rewrites all expressions of one statement in place.
void rewriteStmt(Context &Ctx, Stmt &S,
                 llvm::function_ref<const Expr *(const Expr *)> Replace);

/// A deep copy of a block; variables stay the same objects.
Block cloneBlock(Context &Ctx, const Block &B);

/// The statement itself, or the function it calls, uses the tape that it is
/// given.
bool recordsOnTape(const Stmt &S);

/// The two are written alike, over the same variables and types.
bool sameExpr(const Expr *A, const Expr *B);

/// The variables that a function pushes onto the tape. What it pops into one of
/// them is what the variable held before.
llvm::DenseSet<const Variable *> pushedVariables(const Function &F);

/// The variables an expression mentions include V.
bool mentions(const Expr *E, const Variable *V);
/// The same of a statement's own expressions, without its nested blocks.
bool mentions(const Stmt &S, const Variable *V);

/// There is no other loop in the loop.
bool isInnermost(const Stmt &Loop);

/// An integer plus a constant; a literal if it is one.
const Expr *shifted(Context &Ctx, const Expr *E, long By);

/// Break or Return occurs in a loop's body and leaves the loop.
bool leavesLoop(const Block &Body);

/// Removes all assignments to V from a block and the blocks inside it.
void eraseAssignments(Block &B, const Variable *V);

} // namespace retrograd::ir

#endif // RETROGRAD_IR_WALK_H
