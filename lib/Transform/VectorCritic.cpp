//===- VectorCritic.cpp - What keeps a loop from being vectorised ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorCritic.h"
#include "../Emit/Printer.h"
#include "../IR/Walk.h"
#include "llvm/ADT/StringSwitch.h"

using namespace retrograd;
using namespace retrograd::ir;

VectorCritic::VectorCritic(const Stmt &Loop) : Loop(Loop) {
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare || S.Kind == StmtKind::Pop)
      Own.insert(S.Var);
  });
  Own.insert(Loop.Var);
  forEachStmt(Loop.Body, [&](const Stmt &S) { visit(S); });
  if (Why.empty())
    compareSubscripts();
}

void VectorCritic::blame(std::string Reason, std::string Remedy) {
  if (Why.empty()) {
    Why = std::move(Reason);
    WayOut = std::move(Remedy);
  }
}

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

bool retrograd::mayReorder(const Stmt &Update) {
  return Update.Kind == StmtKind::Assign && Update.Op != AssignOp::Set &&
         Update.Target->is(ExprKind::Var) && Update.Target->Var->Shadow &&
         Update.Target->Ty->isReal() && Update.Value->Ty == Update.Target->Ty;
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
    if (mayReorder(S))
      return;
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
