//===- AnyOrder.cpp - Sums of derivatives that may be reordered -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AnyOrder.h"
#include "../IR/Walk.h"
#include "Algebra.h"
#include "VectorCritic.h"

using namespace retrograd;
using namespace retrograd::ir;

/// The sums that are all that is in the way; there may be none.
static std::vector<Stmt *> sumsOf(const Stmt &Loop) {
  std::vector<Stmt *> Sums;
  if (!isInnermost(Loop) || !VectorCritic(Loop).Why.empty())
    return Sums;
  llvm::DenseSet<const Variable *> Own;
  for (const Stmt *S : Loop.Body)
    Own.insert(S->Var);
  for (Stmt *S : Loop.Body)
    if (mayReorder(*S) && !Own.contains(S->Target->Var))
      Sums.push_back(S);
  return Sums;
}

void retrograd::addInAnyOrder(Context &Ctx, Function &F) {
  forEachStmt(F.Body, [&](const Stmt &Loop) {
    if (Loop.Kind != StmtKind::For)
      return;
    for (Stmt *Sum : sumsOf(Loop)) {
      if (Sum->Op == AssignOp::Sub)
        Sum->Value = Algebra(Ctx).neg(Sum->Value);
      Sum->Op = AssignOp::Add;
      Sum->AnyOrder = true;
    }
  });
}
