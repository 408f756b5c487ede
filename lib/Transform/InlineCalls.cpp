//===- InlineCalls.cpp - Small functions in the place of their calls ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A parameter becomes the argument itself where that has the same meaning all
// through the body, and otherwise a local: of the parameter's type, or for a
// reference a pointer to what it is bound to.
//
//===----------------------------------------------------------------------===//

#include "InlineCalls.h"
#include "../IR/Clone.h"
#include "../IR/Records.h"
#include "../IR/Walk.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// What can be inlined
//===----------------------------------------------------------------------===//

static bool reaches(const Function &From, const Function &To,
                    std::set<const Function *> &Seen) {
  bool Found = false;
  forEachStmt(From.Body, [&](const Stmt &S) {
    if (S.Callee && (S.Callee == &To || (Seen.insert(S.Callee).second &&
                                         reaches(*S.Callee, To, Seen))))
      Found = true;
  });
  return Found;
}

bool retrograd::canInline(const Function &Callee) {
  if (Callee.Kind != FunctionKind::Primal || Callee.Pullback ||
      Callee.Pushforward || Callee.IsRule || Callee.Checkpoint ||
      (Callee.ReturnType->holdsPointer() && Callee.ReturnType->carriesReal()))
    return false;
  for (const Variable &V : Callee.Variables)
    if (V.Inactive || V.Ty->hasVariableExtent())
      return false;
  bool Checkpoints = false;
  forEachStmt(Callee.Body, [&](const Stmt &S) {
    Checkpoints |= S.Kind == StmtKind::Checkpoint;
  });
  std::set<const Function *> Seen;
  return !Checkpoints && !reaches(Callee, Callee, Seen);
}

//===----------------------------------------------------------------------===//
// Inlining
//===----------------------------------------------------------------------===//

namespace {

class Inliner {
public:
  Inliner(Context &Ctx, Function &F, DerivativeProvider &Provider)
      : Ctx(Ctx), F(F), Provider(Provider) {}

  /// Inlines the calls of one level; false if there is none.
  bool run(const Activity &Activities);

private:
  void visit(Block &B);
  bool inlineCall(const Stmt &S, const Function &Callee, Block &Out);
  bool bindParameters(const Stmt &S, const Function &Callee, Block &Out);
  const Expr *bindValue(const Variable &P, const Expr *Arg, Block &Out);
  const Expr *bindReference(const Variable &P, const Expr *Arg, Block &Out);
  void bindLocals(const Stmt &S, const Function &Callee);
  bool isFixed(const Variable *V) const;
  bool isFixedPlace(const Expr *Place) const;
  const Expr *replace(const Expr *E) const;
  void declareResultAtItsValue(Block &Body, Variable *Result);
  void forgetAddresses();

  Context &Ctx;
  Function &F;
  DerivativeProvider &Provider;
  std::set<const Stmt *> Active;
  llvm::DenseMap<const Variable *, unsigned> Writes;
  /// Of the call being inlined.
  llvm::DenseMap<const Variable *, const Expr *> Parameters;
  VariableMap Locals;
  bool Changed = false;
};

} // namespace

/// The variable has one value as long as it is in scope.
bool Inliner::isFixed(const Variable *V) const {
  if (V->Reference || V->AddressTaken || V->isGlobal())
    return false;
  return Writes.lookup(V) == (V->isParameter() ? 0 : 1);
}

/// The expression denotes the same place all through the callee's body.
bool Inliner::isFixedPlace(const Expr *Place) const {
  bool Fixed = true;
  forEachExpr(Place, [&](const Expr &E) {
    switch (E.Kind) {
    case ExprKind::Var:
      // Arrays, records and the place itself do not move.
      Fixed &= &E == Place || E.Ty->isAggregate() || isFixed(E.Var);
      break;
    case ExprKind::Index:
    case ExprKind::Deref:
    case ExprKind::Field:
      // A pointer that is loaded may change.
      Fixed &= &E == Place || E.Ty->isAggregate();
      break;
    case ExprKind::Call:
    case ExprKind::Opaque:
      Fixed = false;
      break;
    case ExprKind::Literal:
    case ExprKind::AddressOf:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Conditional:
    case ExprKind::Cast:
      break;
    }
  });
  return Fixed;
}

const Expr *Inliner::bindValue(const Variable &P, const Expr *Arg, Block &Out) {
  bool Literal = Arg->is(ExprKind::Literal);
  bool Name = Arg->is(ExprKind::Var) && isFixed(Arg->Var);
  if (Arg->Ty == P.Ty && (Literal || Name))
    return Arg;
  // A local array is named directly: its adjoint is an array, too.
  if (Arg->is(ExprKind::Var) && Arg->Ty->isArray() && !Arg->Var->Reference &&
      !Arg->Var->isGlobal() && P.Ty->isPointer())
    return Arg;
  Variable *V = F.addVariable(P.Name, P.Ty, VariableKind::Local, P.Loc);
  V->Const = true;
  V->AddressTaken = P.AddressTaken;
  ++Writes[V];
  if (P.Ty->isRecord()) {
    V->Const = false;
    Out.push_back(Ctx.declare(V, nullptr, Arg->Loc));
    copyScalars(Ctx, F, Ctx.var(V), Arg, Out, Arg->Loc);
    return Ctx.var(V);
  }
  Out.push_back(Ctx.declare(V, Arg, Arg->Loc));
  return Ctx.var(V);
}

/// Null if the reference can be bound to nothing that has a name.
const Expr *Inliner::bindReference(const Variable &P, const Expr *Arg,
                                   Block &Out) {
  if (!Arg->isLValue())
    return P.Const ? bindValue(P, Arg, Out) : nullptr;
  if (isFixedPlace(Arg))
    return Arg;
  if (Arg->Ty->isArray() ||
      (Arg->is(ExprKind::Field) && !Arg->op(0)->Ty->isRecord()))
    return nullptr;
  Variable *V = F.addVariable(P.Name, Ctx.pointerTo(P.Ty, P.Const),
                              VariableKind::Local, P.Loc);
  V->Const = true;
  ++Writes[V];
  Out.push_back(Ctx.declare(V, Ctx.addressOf(Arg), Arg->Loc));
  return Ctx.deref(Ctx.var(V));
}

bool Inliner::bindParameters(const Stmt &S, const Function &Callee,
                             Block &Out) {
  if (S.Args.size() != Callee.Params.size())
    return false;
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Variable &P = *Callee.Params[I];
    const Expr *Bound = P.Reference ? bindReference(P, S.Args[I], Out)
                                    : bindValue(P, S.Args[I], Out);
    if (!Bound)
      return false;
    Parameters[&P] = Bound;
  }
  return true;
}

void Inliner::bindLocals(const Stmt &S, const Function &Callee) {
  for (const Variable &V : Callee.Variables) {
    if (Parameters.count(&V))
      continue;
    if (&V == Callee.Result && S.Var) {
      Locals[&V] = S.Var;
      S.Var->Const = false;
      continue;
    }
    Variable *New = F.addVariable(V.Name, V.Ty, V.Kind, V.Loc);
    unsigned Id = New->Id;
    *New = V;
    New->Id = Id;
    Locals[&V] = New;
  }
}

const Expr *Inliner::replace(const Expr *E) const {
  if (E->is(ExprKind::Var)) {
    if (const Expr *Bound = Parameters.lookup(E->Var))
      return Bound;
    if (Variable *New = Locals.lookup(E->Var))
      return Ctx.var(New, E->Loc);
    return E;
  }
  // &*p, where p is what a reference has become.
  if (E->is(ExprKind::AddressOf) && E->op(0)->is(ExprKind::Deref))
    return E->op(0)->op(0);
  return E;
}

/// before:  double t; u = ...; t = u * x;     after:  u = ...; const t = u * x;
void Inliner::declareResultAtItsValue(Block &Body, Variable *Result) {
  unsigned Assignments = 0;
  forEachStmt(Body, [&](const Stmt &S) {
    Assignments += S.Target && S.Target->Var == Result;
  });
  Stmt *Last = Body.empty() ? nullptr : Body.back();
  bool Once = Assignments == 1 && Last->Kind == StmtKind::Assign &&
              Last->Target->Var == Result && Last->Op == AssignOp::Set;
  if (!Once)
    return;
  std::erase_if(Body, [&](const Stmt *S) {
    return S->Kind == StmtKind::Declare && S->Var == Result;
  });
  Body.back() = Ctx.declare(Result, Last->Value, Last->Loc);
  Result->Const = true;
}

bool Inliner::inlineCall(const Stmt &S, const Function &Callee, Block &Out) {
  Parameters.clear();
  Locals.clear();
  Block Body;
  if (!bindParameters(S, Callee, Body))
    return false;
  bindLocals(S, Callee);
  Block Inner = cloneBlock(Ctx, Callee.Body);
  forEachStmt(Inner, [&](Stmt &Each) {
    if (Variable *New = Each.Var ? Locals.lookup(Each.Var) : nullptr)
      Each.Var = New;
    rewriteStmt(Ctx, Each, [&](const Expr *E) { return replace(E); });
  });
  if (Callee.Result)
    declareResultAtItsValue(Inner, Locals.lookup(Callee.Result));
  Out.insert(Out.end(), Body.begin(), Body.end());
  Out.insert(Out.end(), Inner.begin(), Inner.end());
  return true;
}

void Inliner::visit(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    visit(S->Body);
    visit(S->Else);
    const Function *Callee =
        Active.count(S) ? Provider.inlined(S->Callee) : nullptr;
    if (Callee && inlineCall(*S, *Callee, Out))
      Changed = true;
    else
      Out.push_back(S);
  }
  B = std::move(Out);
}

/// Locals whose address nobody takes any more, now that the functions that took
/// it are inlined.
void Inliner::forgetAddresses() {
  std::set<const Variable *> Taken;
  auto TakeRoot = [&](const Expr *Place) {
    while (!Place->Operands.empty() &&
           (Place->is(ExprKind::Index) || Place->is(ExprKind::Field)))
      Place = Place->op(0);
    if (Place->Var)
      Taken.insert(Place->Var);
  };
  forEachStmt(F.Body, [&](const Stmt &S) {
    for (const Expr *Arg : S.Args)
      forEachExpr(Arg, [&](const Expr &E) { TakeRoot(&E); });
    forEachExpr(S, [&](const Expr &E) {
      if (E.is(ExprKind::AddressOf))
        TakeRoot(E.op(0));
      if (E.is(ExprKind::Opaque))
        for (const Expr *Operand : E.Operands)
          TakeRoot(Operand);
    });
  });
  for (Variable &V : F.Variables)
    if (V.isLocal() && !V.Ty->isArray() && !Taken.count(&V))
      V.AddressTaken = false;
}

bool Inliner::run(const Activity &Activities) {
  Active.clear();
  Writes.clear();
  Changed = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Call && Activities.isActiveCall(S))
      Active.insert(&S);
    if (S.Var)
      ++Writes[S.Var];
    if (S.Target && S.Target->is(ExprKind::Var))
      ++Writes[S.Target->Var];
  });
  if (!Active.empty())
    visit(F.Body);
  if (Changed)
    forgetAddresses();
  return Changed;
}

void retrograd::inlineCalls(Context &Ctx, Function &F,
                            const ActivityRequest &Request, bool UnknownCode,
                            DerivativeProvider &Provider) {
  Inliner Pass(Ctx, F, Provider);
  bool Calls = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    Calls |= S.Kind == StmtKind::Call && Provider.inlined(S.Callee);
  });
  while (Calls) {
    MemoryModel Memory(F, UnknownCode);
    Calls = Pass.run(Activity(F, Memory, Request));
  }
}
