//===- PrivateSums.cpp - Sums of a loop in variables of their own ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only updates that each iteration makes are moved: the element of one that is
// skipped need not exist. All loops are looked at before any is changed, since
// the memory model does not know the new variables.
//
//===----------------------------------------------------------------------===//

#include "PrivateSums.h"
#include "../IR/Walk.h"
#include "LoopAccesses.h"
#include <map>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class SumMover {
public:
  SumMover(Context &Ctx, Function &F, const DerivativeMemory &Memory)
      : Ctx(Ctx), F(F), Memory(Memory) {}
  bool run();

private:
  std::vector<Stmt *> findSums(const Stmt &Loop) const;
  void rewrite(Block &B);
  void move(Stmt &Update, Block &Before, Block &Behind);

  Context &Ctx;
  Function &F;
  const DerivativeMemory &Memory;
  std::map<const Stmt *, std::vector<Stmt *>> Sums;
};

} // namespace

std::vector<Stmt *> SumMover::findSums(const Stmt &Loop) const {
  std::vector<Stmt *> Found;
  if (Loop.Kind != StmtKind::For || Loop.Negative || !isInnermost(Loop))
    return Found;
  LoopAccesses Accesses(Memory, Loop);
  if (!Accesses.isSimple() || !Accesses.isInvariant(Loop.Lower) ||
      !Accesses.isInvariant(Loop.Upper))
    return Found;
  auto IsInvariantPlace = [&](const Expr *Place) {
    return llvm::all_of(Place->Operands, [&](const Expr *Operand) {
      return Accesses.isInvariant(Operand);
    });
  };
  for (Stmt *S : Loop.Body) {
    bool Adds =
        isRealUpdate(*S) && isShadowPlace(S->Target) &&
        (S->Target->is(ExprKind::Index) || S->Target->is(ExprKind::Deref));
    if (Adds && IsInvariantPlace(S->Target) && Accesses.isSum(S->Target) &&
        (Found.empty() || !sameExpr(Found.back()->Target, S->Target)))
      Found.push_back(S);
  }
  return Found;
}

void SumMover::move(Stmt &Update, Block &Before, Block &Behind) {
  const Expr *Place = Update.Target;
  Variable *Sum = F.addVariable("sum", Place->Ty, VariableKind::Local);
  Sum->Generated = Sum->Shadow = true;
  Before.push_back(Ctx.declare(Sum));
  Before.back()->ZeroInit = true;
  Update.Target = Ctx.var(Sum);
  Behind.push_back(Ctx.assign(Place, Ctx.var(Sum), AssignOp::Add));
}

void SumMover::rewrite(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    rewrite(S->Body);
    rewrite(S->Else);
    auto Found = Sums.find(S);
    if (Found == Sums.end()) {
      Out.push_back(S);
      continue;
    }
    Block Behind;
    for (Stmt *Update : Found->second)
      move(*Update, Out, Behind);
    Out.push_back(S);
    addIfRun(Ctx, *S, std::move(Behind), Out);
  }
  B = std::move(Out);
}

bool SumMover::run() {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (std::vector<Stmt *> Found = findSums(S); !Found.empty())
      Sums.emplace(&S, std::move(Found));
  });
  if (!Sums.empty())
    rewrite(F.Body);
  return !Sums.empty();
}

bool retrograd::privatiseSums(Context &Ctx, Function &F,
                              const DerivativeMemory &Memory) {
  return SumMover(Ctx, F, Memory).run();
}
