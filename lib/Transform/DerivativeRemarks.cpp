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
// A loop of the reverse sweep can be vectorised if each iteration writes
// elements of its own, or what no other iteration sees; sums over iterations
// would have to be reordered. That is what the IR can say: whether it is worth
// it the compiler decides, and -Rpass=loop-vectorize tells.
//
//===----------------------------------------------------------------------===//

#include "DerivativeRemarks.h"
#include "../Emit/Printer.h"
#include "../IR/Walk.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSwitch.h"

using namespace retrograd;
using namespace retrograd::ir;

static bool isLoop(const Stmt &S) {
  return S.Kind == StmtKind::For || S.Kind == StmtKind::While;
}

//===----------------------------------------------------------------------===//
// Vectorisation
//===----------------------------------------------------------------------===//

namespace {

/// Looks for what keeps the iterations of one innermost loop from running side
/// by side.
class VectorCritic {
public:
  explicit VectorCritic(const Stmt &Loop) : Loop(Loop) {
    forEachStmt(Loop.Body, [&](const Stmt &S) {
      if (S.Kind == StmtKind::Declare || S.Kind == StmtKind::Pop)
        Own.insert(S.Var);
    });
    Own.insert(Loop.Var);
    forEachStmt(Loop.Body, [&](const Stmt &S) { visit(S); });
    if (Why.empty())
      compareSubscripts();
  }

  /// Empty if there is nothing.
  std::string Why, WayOut;

private:
  void blame(std::string Reason, std::string Remedy = "") {
    if (Why.empty()) {
      Why = std::move(Reason);
      WayOut = std::move(Remedy);
    }
  }
  void visit(const Stmt &S);
  void visitCall(const Expr &Call);
  void visitWrite(const Stmt &S);
  bool isSum(const Variable *V) const;
  bool lags(const Variable *V) const;
  bool variesBySteps(const Expr *Subscript) const;
  void compareSubscripts();

  const Stmt &Loop;
  /// Variables that each iteration has for itself.
  llvm::DenseSet<const Variable *> Own;
  /// The places in arrays that the loop mentions, by the text of the array.
  llvm::MapVector<std::string, std::vector<const Expr *>,
                  std::map<std::string, unsigned>>
      Places;
  std::map<std::string, const Expr *> WrittenArrays;
};

} // namespace

/// The compiler knows these as instructions, or inlines them.
static bool isInstruction(llvm::StringRef Function) {
  return llvm::StringSwitch<bool>(Function)
      .Cases({"fabs", "abs", "copysign", "fmin", "fmax", "sign"}, true)
      .Default(false);
}

/// As found with clang 22: compilers may leave out errno, and have vector
/// versions of functions in libraries.
void VectorCritic::visitCall(const Expr &Call) {
  llvm::StringRef Name = Call.Text;
  Name = Name.substr(Name.rfind(':') + 1);
  if (isInstruction(Name))
    return;
  if (Name == "sqrt")
    return blame("it calls '" + Call.Text + "', which may set 'errno'",
                 "with '-fno-math-errno' the square root is an instruction");
  blame("it calls '" + Call.Text + "'",
        "'-fno-math-errno -fveclib=libmvec' has vector versions of many "
        "functions");
}

/// V gets a value that does not depend on the one before, so that it just lags
/// an iteration behind. Vectorisers know this as a first-order recurrence.
bool VectorCritic::lags(const Variable *V) const {
  llvm::DenseSet<const Variable *> Dependent = {V};
  unsigned Writes = 0;
  bool Lags = true;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    const Variable *Written = S.Kind == StmtKind::Declare ? S.Var
                              : S.Target                  ? S.Target->Var
                                                          : nullptr;
    bool Depends = false;
    forEachExpr(S, [&](const Expr &E) {
      Depends |= &E != S.Target && Dependent.contains(E.Var);
    });
    if (Written == V) {
      ++Writes;
      Lags &= !Depends && S.Op == AssignOp::Set;
    } else if (Written && Depends) {
      Dependent.insert(Written);
    }
  });
  return Lags && Writes == 1;
}

/// Nothing in the loop reads V but the statements that add to it.
bool VectorCritic::isSum(const Variable *V) const {
  bool Sum = true;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    bool Adds = S.Kind == StmtKind::Assign && S.Op != AssignOp::Set &&
                S.Target->is(ExprKind::Var) && S.Target->Var == V;
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var == V && !(Adds && &E == S.Target))
        Sum = false;
    });
  });
  return Sum;
}

void VectorCritic::visitWrite(const Stmt &S) {
  const Expr *Place = S.Target;
  if (Place->is(ExprKind::Var)) {
    const Variable *V = Place->Var;
    if (Own.contains(V))
      return;
    std::string Name = "'" + V->Name + "'";
    if (lags(V))
      return;
    if (!isSum(V))
      return blame("each iteration needs what the one before left in " + Name);
    return blame(
        "its iterations add to " + Name,
        "'-fassociative-math -fno-signed-zeros -fno-trapping-math' lets "
        "the compiler reorder the sum");
  }
  if (Place->is(ExprKind::Index)) {
    WrittenArrays[printExpr(Place->op(0))] = Place;
    return;
  }
  blame("its iterations write to '" + printExpr(Place) + "'");
}

void VectorCritic::visit(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Rewind:
    return blame("it restores memory of the caller");
  case StmtKind::Call:
    return blame("it calls '" + S.Callee->Name + "'");
  case StmtKind::Assign:
    visitWrite(S);
    break;
  case StmtKind::Declare:
    break;
  case StmtKind::If:
    blame("it branches");
    break;
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
  case StmtKind::Reserve:
  case StmtKind::Release:
    return blame("it uses the tape");
  case StmtKind::For:
  case StmtKind::While:
  case StmtKind::Once:
  case StmtKind::Allocate:
  case StmtKind::Free:
  case StmtKind::Opaque:
  case StmtKind::Return:
  case StmtKind::Break:
  case StmtKind::Continue:
  case StmtKind::Checkpoint:
    break; // None is in an innermost loop of a reverse sweep.
  }
  forEachExpr(S, [&](const Expr &E) {
    if (E.is(ExprKind::Call) && E.Ty->isReal())
      visitCall(E);
    if (E.is(ExprKind::Index))
      Places[printExpr(E.op(0))].push_back(&E);
  });
}

/// `i`, `i + e` or `e - i`, where nothing in e changes in the loop.
bool VectorCritic::variesBySteps(const Expr *E) const {
  unsigned Counters = 0;
  bool Steps = true;
  forEachExpr(E, [&](const Expr &Node) {
    bool Linear =
        Node.is(ExprKind::Var) || Node.is(ExprKind::Literal) ||
        (Node.is(ExprKind::Cast) && Node.Implicit) ||
        (Node.is(ExprKind::Binary) && (Node.Text == "+" || Node.Text == "-"));
    Counters += Node.Var == Loop.Var;
    Steps &= Linear && (Node.Var == Loop.Var || !Own.contains(Node.Var));
  });
  return Steps && Counters == 1;
}

/// All that is written or read of an array that is written must be the same
/// element in one iteration and another one in the next.
void VectorCritic::compareSubscripts() {
  for (const auto &[Array, Place] : WrittenArrays) {
    const Expr *Subscript = Place->op(1);
    if (mentions(Place->op(0), Loop.Var) || !variesBySteps(Subscript))
      return blame("'" + printExpr(Place) +
                   "' may be the same place in several iterations");
    for (const Expr *Other : Places[Array])
      if (printExpr(Other->op(1)) != printExpr(Subscript))
        return blame("its iterations share elements: '" + printExpr(Place) +
                     "' and '" + printExpr(Other) + "'");
  }
}

//===----------------------------------------------------------------------===//
// What is left of the primal
//===----------------------------------------------------------------------===//

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
  bool Innermost = true;
  forEachStmt(S.Body, [&](const Stmt &Inner) { Innermost &= !isLoop(Inner); });
  if (!Innermost)
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
