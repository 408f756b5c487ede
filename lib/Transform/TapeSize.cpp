//===- TapeSize.cpp - How much a derivative keeps on the tape -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call of a half of a split adjoint is entered with what its arguments are
// known to be. Recursion has no bound that this analysis would see.
//
//===----------------------------------------------------------------------===//

#include "TapeSize.h"
#include "../IR/Walk.h"
#include "ReversalPlan.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class TapeCounter {
public:
  TapeCounter(Context &Ctx, const Function &F, KnownValues Parameters,
              TapeSize &Sum, std::set<const Function *> &Entered)
      : Ctx(Ctx), F(F), Known(std::move(Parameters)), Sum(Sum),
        Entered(Entered) {}

  void run(std::vector<const Expr *> Outer) {
    Trips = std::move(Outer);
    findConstants();
    visit(F.Body);
  }

private:
  void findConstants();
  const Expr *resolve(const Expr *E) const;
  void visit(const Block &B);
  void visit(const Stmt &S);
  void visitLoop(const Stmt &S);
  void visitCall(const Stmt &S);
  void add(TapeRecord::Kind Kind, const Type *Element,
           const Expr *Count = nullptr);

  Context &Ctx;
  const Function &F;
  KnownValues Known;
  TapeSize &Sum;
  std::set<const Function *> &Entered;
  /// Null for a loop whose iterations are not known.
  std::vector<const Expr *> Trips;
};

} // namespace

/// Locals that hold one value from their declaration on.
void TapeCounter::findConstants() {
  std::set<const Variable *> Changed;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Target && S.Target->is(ExprKind::Var))
      Changed.insert(S.Target->Var);
  });
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind != StmtKind::Declare || !S.Value || S.Var->AddressTaken ||
        Changed.count(S.Var))
      return;
    if (const Expr *Value = resolve(S.Value))
      Known[S.Var] = Value;
  });
}

/// The same integer over known values, or null.
const Expr *TapeCounter::resolve(const Expr *E) const {
  if (!E->Ty->isInteger() && !E->Ty->isBool())
    return nullptr;
  switch (E->Kind) {
  case ExprKind::Literal:
    return E;
  case ExprKind::Var: {
    auto Found = Known.find(E->Var);
    if (Found != Known.end())
      return Found->second;
    return E->Var->isGlobal() && E->Var->Const ? E : nullptr;
  }
  case ExprKind::Opaque:
    // The name of a constant, or an extent; a call is not to be repeated.
    for (const std::string &Piece : E->Pieces)
      if (Piece.find('(') != std::string::npos)
        return nullptr;
    break;
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Conditional:
  case ExprKind::Cast:
    break;
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::AddressOf:
  case ExprKind::Field:
  case ExprKind::Call:
    return nullptr;
  }
  std::vector<const Expr *> Operands;
  for (const Expr *Operand : E->Operands) {
    Operands.push_back(resolve(Operand));
    if (!Operands.back())
      return nullptr;
  }
  return Ctx.withOperands(E, std::move(Operands));
}

void TapeCounter::add(TapeRecord::Kind Kind, const Type *Element,
                      const Expr *Count) {
  const Expr *Resolved = Count ? resolve(Count) : nullptr;
  if ((Count && !Resolved) || llvm::is_contained(Trips, nullptr))
    Sum.Known = false;
  else
    Sum.Records.push_back({Kind, Element, Resolved, Trips});
}

void TapeCounter::visitLoop(const Stmt &S) {
  bool Counted = S.Kind == StmtKind::For;
  Trips.push_back(Counted ? resolve(tripCount(Ctx, S)) : nullptr);
  visit(S.Body);
  Trips.pop_back();
}

void TapeCounter::visitCall(const Stmt &S) {
  const Function &Callee = *S.Callee;
  if (!Callee.TakesTape && !Callee.OpensTape)
    return;
  if (!Entered.insert(&Callee).second) {
    Sum.Known = false;
    return;
  }
  KnownValues Arguments;
  for (size_t I = 0; I < S.Args.size() && I < Callee.Params.size(); ++I)
    if (const Expr *Value = resolve(S.Args[I]))
      Arguments[Callee.Params[I]] = Value;
  TapeCounter(Ctx, Callee, std::move(Arguments), Sum, Entered).run(Trips);
  Entered.erase(&Callee);
}

void TapeCounter::visit(const Block &B) {
  for (const Stmt *S : B)
    visit(*S);
}

void TapeCounter::visit(const Stmt &S) {
  using Kind = TapeRecord::Kind;
  switch (S.Kind) {
  case StmtKind::Push:
    return add(Kind::Value, S.Value->Ty);
  case StmtKind::PushArray: {
    const Type *Element = S.Value->Ty->Element;
    return add(Kind::Block, Element, S.Count);
  }
  case StmtKind::Reserve:
    return add(Kind::Array, S.Var->Ty->Element, S.Count);
  case StmtKind::Rewind:
    return add(Kind::Rewound, S.Target->Ty);
  case StmtKind::Free:
    return add(Kind::Deferred, S.Value->Ty);
  case StmtKind::For:
  case StmtKind::While:
    return visitLoop(S);
  case StmtKind::If:
    visit(S.Body);
    return visit(S.Else);
  case StmtKind::Call:
    return visitCall(S);
  case StmtKind::Declare:
  case StmtKind::Assign:
  case StmtKind::Once:
  case StmtKind::Allocate:
  case StmtKind::Opaque:
  case StmtKind::Return:
  case StmtKind::Break:
  case StmtKind::Continue:
  case StmtKind::Checkpoint:
  case StmtKind::Pop:
  case StmtKind::PopArray:
  case StmtKind::Release:
    return;
  }
}

TapeSize retrograd::tapeSize(Context &Ctx, const Function &Derivative,
                             const KnownValues &Parameters) {
  TapeSize Sum;
  std::set<const Function *> Entered = {&Derivative};
  TapeCounter(Ctx, Derivative, Parameters, Sum, Entered).run({});
  return Sum;
}
