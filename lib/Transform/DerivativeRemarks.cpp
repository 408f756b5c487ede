//===- DerivativeRemarks.cpp - What became of a function's code -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loops are recognised by their places in the source, and variables by their
// numbers, which a derivative shares with its primal.
//
//===----------------------------------------------------------------------===//

#include "DerivativeRemarks.h"
#include "../IR/Walk.h"
#include "VectorCritic.h"
#include "llvm/ADT/DenseSet.h"

using namespace retrograd;
using namespace retrograd::ir;

static bool isLoop(const Stmt &S) {
  return S.Kind == StmtKind::For || S.Kind == StmtKind::While;
}

namespace {

class Comparison {
public:
  Comparison(const Function &Primal, llvm::ArrayRef<const Function *> Sweeps,
             const Remarks &Uncounted)
      : Primal(Primal) {
    for (const Function *F : Sweeps)
      forEachStmt(F->Body, [&](const Stmt &S) { note(S); });
    for (const Remark &R : Uncounted)
      if (Reversed.contains(R.Loc))
        Found.push_back(R);
    visit(Primal.Body);
    reportResult(Sweeps);
    for (const Function *F : Sweeps)
      forEachStmt(F->Body, [&](const Stmt &S) { judge(S); });
  }

  Remarks Found;

private:
  void note(const Stmt &S);
  void visit(const Block &B);
  bool visitLoop(const Stmt &S);
  void visitVariable(const Variable *V);
  void reportResult(llvm::ArrayRef<const Function *> Sweeps);
  void judge(const Stmt &S);
  bool isKnown(Location Loc) const { return Loc != 0; }

  const Function &Primal;
  /// Places of loops in the two sweeps, and numbers of variables that get a
  /// value.
  llvm::DenseSet<Location> Forward, Reversed, Fused;
  llvm::DenseSet<unsigned> Computed, Told;
};

} // namespace

void Comparison::note(const Stmt &S) {
  if (isLoop(S) && S.In != Sweep::Reverse)
    Forward.insert(S.Loc);
  if (isLoop(S) && S.In != Sweep::Forward)
    Reversed.insert(S.Loc);
  if (isLoop(S) && S.In == Sweep::Both)
    Fused.insert(S.Loc);
  if (S.Var)
    Computed.insert(S.Var->Id);
  if (S.Target && S.Target->Var)
    Computed.insert(S.Target->Var->Id);
}

/// Returns whether anything of the loop is left to talk about.
bool Comparison::visitLoop(const Stmt &S) {
  if (Fused.contains(S.Loc) && isKnown(S.Loc))
    Found.push_back(
        passed(S.Loc, "each iteration of this loop is followed by its reverse: "
                      "one pass instead of two sweeps"));
  if (!isKnown(S.Loc) || Forward.contains(S.Loc))
    return true;
  if (!Reversed.contains(S.Loc)) {
    Found.push_back(passed(
        S.Loc, "this loop is left out: the derivative needs nothing that "
               "it computes"));
    return false;
  }
  Found.push_back(
      passed(S.Loc, "the forward sweep of this loop is left out: the reverse "
                    "sweep computes what it needs"));
  return true;
}

void Comparison::visitVariable(const Variable *V) {
  if (V->Generated || !isKnown(V->Loc) || !V->Ty->isArithmetic() ||
      Computed.contains(V->Id) || !Told.insert(V->Id).second)
    return;
  Found.push_back(
      passed(V->Loc, "'" + V->Name +
                         "' is not computed: the derivative does not need it"));
}

void Comparison::visit(const Block &B) {
  for (const Stmt *S : B) {
    if (isLoop(*S) && !visitLoop(*S))
      continue;
    if (S->Kind == StmtKind::Declare || S->Kind == StmtKind::Call)
      if (S->Var)
        visitVariable(S->Var);
    visit(S->Body);
    visit(S->Else);
  }
}

/// A derivative that does not return the value of the primal may not need it.
void Comparison::reportResult(llvm::ArrayRef<const Function *> Sweeps) {
  const Variable *Result = Primal.Result;
  if (!Result || Sweeps.size() != 1 || Sweeps.front()->Result ||
      Computed.contains(Result->Id))
    return;
  // Of a variable that is returned it has been told already.
  bool Variable = true;
  forEachStmt(Primal.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Assign && S.Target->Var == Result)
      Variable &= S.Value->is(ExprKind::Var);
  });
  if (Variable)
    return;
  Found.push_back(passed(
      Primal.Loc, "the value of '" + Primal.Name +
                      "' is not computed: the derivative does not need it"));
}

void Comparison::judge(const Stmt &S) {
  if (S.In == Sweep::Forward || S.Kind != StmtKind::For || !isKnown(S.Loc))
    return;
  if (!isInnermost(S))
    return;
  std::string Which = S.In == Sweep::Both ? "the derivative of this loop"
                                          : "the reverse sweep of this loop";
  VectorCritic Critic(S);
  if (Critic.Why.empty()) {
    Found.push_back(passed(S.Loc, Which +
                                      " has independent iterations and can be "
                                      "vectorised"));
    return;
  }
  Remark R =
      missed(S.Loc, Which + " cannot be vectorised as it is: " + Critic.Why);
  if (!Critic.WayOut.empty())
    R.Notes.push_back({S.Loc, Critic.WayOut});
  Found.push_back(std::move(R));
}

Remarks retrograd::derivativeRemarks(const Function &Primal,
                                     llvm::ArrayRef<const Function *> Sweeps,
                                     const Remarks &Uncounted) {
  return Comparison(Primal, Sweeps, Uncounted).Found;
}
