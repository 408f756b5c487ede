//===- StatementAdjoint.cpp - The adjoint of one assignment ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The walk goes from the root of the expression to its leaves and carries the
// adjoint of each node on its way down as an expression, the seed.
//
//===----------------------------------------------------------------------===//

#include "StatementAdjoint.h"
#include "../IR/Walk.h"
#include <utility>

using namespace retrograd;
using namespace retrograd::ir;

const Expr *StatementAdjoint::value(const Expr *E) {
  Required->Values.push_back(E);
  return Math.explicitly(E);
}

const Expr *StatementAdjoint::readNow(const Expr *E) {
  Variable *V = F.addVariable("seed", E->Ty, VariableKind::Local);
  V->Generated = V->Const = V->Shadow = true;
  Out->push_back(Ctx.declare(V, E));
  return Ctx.var(V);
}

const Expr *StatementAdjoint::bind(const Expr *Seed, const Type *Ty) {
  return isAtom(Seed) ? Seed : readNow(Ctx.cast(Seed, Ty, /*Implicit=*/true));
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

void StatementAdjoint::accumulateLeaf(const Expr *E, const Expr *Seed) {
  Required->Addresses.push_back(E);
  AssignOp Op = AssignOp::Add;
  Seed = Math.convert(Seed, E->Ty);
  if (Seed->is(ExprKind::Unary) && Seed->Text == "-") {
    Op = AssignOp::Sub;
    Seed = Seed->op(0);
  }
  Out->push_back(Ctx.assign(Adjoints.location(E), Seed, Op));
}

/// q = l / r: dl = dq / r, dr = -dq / r * q.
void StatementAdjoint::accumulateQuotient(const Expr *E, const Expr *Seed) {
  const Expr *L = E->op(0), *R = E->op(1);
  const Expr *Quotient = std::exchange(Result, nullptr);
  bool LeftActive = Active.isActive(L), RightActive = Active.isActive(R);
  const Expr *Over = Math.div(Seed, value(R));
  if (LeftActive && RightActive)
    Over = bind(Over, E->Ty);
  if (LeftActive)
    accumulate(L, Over);
  if (!RightActive)
    return;
  const Expr *Value = Quotient ? value(Quotient) : Math.div(value(L), value(R));
  accumulate(R, Math.neg(Math.mul(Over, Value)));
}

void StatementAdjoint::accumulateBinary(const Expr *E, const Expr *Seed) {
  if (E->Text == "/")
    return accumulateQuotient(E, Seed);
  const Expr *L = E->op(0), *R = E->op(1);
  // d(l * l) = 2 * l * dl; the factor 2, applied last, rounds nothing.
  if (auto Base = squareOf(E)) {
    const Expr *Once = Math.mul(value(Base->first), Seed);
    const Expr *Twice = Math.mul(Math.number(E->Ty, "2"), Once);
    return accumulate(Base->first, Base->second ? Math.neg(Twice) : Twice);
  }
  bool LeftActive = Active.isActive(L), RightActive = Active.isActive(R);
  if (LeftActive && RightActive)
    Seed = bind(Seed, E->Ty);
  if (E->Text == "+" || E->Text == "-") {
    if (LeftActive)
      accumulate(L, Seed);
    if (RightActive)
      accumulate(R, E->Text == "+" ? Seed : Math.neg(Seed));
    return;
  }
  if (LeftActive)
    accumulate(L, Math.mul(value(R), Seed));
  if (RightActive)
    accumulate(R, Math.mul(value(L), Seed));
}

/// r = d != 0 ? d * p : 0: dd = dr * p, even if d is zero; dp = dr * d, and
/// where d is zero, nothing, since the partials of p may be infinite.
void StatementAdjoint::accumulateGuarded(const GuardedProduct &Product,
                                         const Expr *E, const Expr *Seed) {
  Seed = bind(Seed, E->Ty);
  if (Active.isActive(Product.Seed))
    accumulate(Product.Seed,
               Math.chain(value(Product.Partial), Seed, /*Singular=*/true));
  if (!Active.isActive(Product.Partial))
    return;
  Stmt *If = Ctx.stmt(StmtKind::If);
  If->Value = E->op(0);
  Block *Outer = std::exchange(Out, &If->Body);
  accumulate(Product.Partial, Math.mul(value(Product.Seed), Seed));
  Out = Outer;
  Out->push_back(If);
}

void StatementAdjoint::accumulateConditional(const Expr *E, const Expr *Seed) {
  if (auto Product = guardedProduct(E))
    return accumulateGuarded(*Product, E, Seed);
  Stmt *If = Ctx.stmt(StmtKind::If);
  If->Value = value(E->op(0));
  Seed = bind(Seed, E->Ty);
  Block *Outer = Out;
  for (auto [Side, Branch] :
       {std::pair{E->op(1), &If->Body}, std::pair{E->op(2), &If->Else}}) {
    Out = Branch;
    if (Active.isActive(Side))
      accumulate(Side, Seed);
  }
  Out = Outer;
  Out->push_back(If);
}

/// The partial of a call by its argument I, and what it requires.
const Expr *StatementAdjoint::slope(const Expr *Call, unsigned I,
                                    const Expr *Value) {
  const Partial &P = Call->Rule->Partials[I];
  const Expr *Slope = Math.partial(Call, I, Value);
  llvm::SmallVector<const Stmt *, 2> Found;
  const Expr *Named = Names.replace(Slope, *Statement, Found);
  for (const Stmt *Name : Found)
    Required->Values.push_back(Ctx.var(Name->Var));
  // Where a name is all of the partial, nothing else is required.
  if (!Found.empty() && isAtom(Named))
    return Named;
  for (size_t J = 0; J < Call->Operands.size(); ++J)
    if (P.MentionsArguments >> J & 1)
      Required->Values.push_back(Call->op(J));
  if (P.MentionsResult)
    Required->Values.push_back(Value);
  return Named;
}

void StatementAdjoint::accumulateCall(const Expr *E, const Expr *Seed) {
  const Rule &R = *E->Rule;
  unsigned ActiveArguments = 0;
  for (size_t I = 0; I < E->Operands.size(); ++I)
    ActiveArguments += !R.Partials[I].Zero && Active.isActive(E->op(I));
  if (ActiveArguments > 1)
    Seed = bind(Seed, E->Ty);
  // Only the root of a statement has a name for its result.
  const Expr *Value = Result ? Result : E;
  Result = nullptr;
  for (size_t I = 0; I < E->Operands.size(); ++I) {
    const Partial &P = R.Partials[I];
    if (P.Zero || !Active.isActive(E->op(I)))
      continue;
    if (P.Unknown) {
      Diags.error(E->Loc,
                  "no closed form is known for the derivative of '" + R.Name +
                      "' with respect to its argument " + std::to_string(I + 1),
                  "keep that argument constant, or give a rule of your own "
                  "with '#pragma retrograd rule(...)'");
      return;
    }
    accumulate(E->op(I), Math.chain(slope(E, I, Value), Seed, R.Singular));
  }
}

void StatementAdjoint::accumulate(const Expr *E, const Expr *Seed) {
  switch (E->Kind) {
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    return accumulateLeaf(E, Seed);
  case ExprKind::Unary:
    return accumulate(E->op(0), Math.neg(Seed));
  case ExprKind::Cast:
    return accumulate(E->op(0), Math.convert(Seed, E->op(0)->Ty));
  case ExprKind::Binary:
    return accumulateBinary(E, Seed);
  case ExprKind::Conditional:
    return accumulateConditional(E, Seed);
  case ExprKind::Call:
    return accumulateCall(E, Seed);
  case ExprKind::Literal:
  case ExprKind::AddressOf:
  case ExprKind::Opaque:
    llvm_unreachable("never active");
  }
}

void StatementAdjoint::accumulate(const Expr *E, const Expr *Seed, Block &Into,
                                  RequiredValues &Needs, const Expr *Named) {
  Out = &Into;
  Required = &Needs;
  bool HasName = E->is(ExprKind::Call) || isQuotient(E);
  Result = HasName ? Named : nullptr;
  if (Active.isActive(E))
    accumulate(E, Seed);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// An adjoint that the statement increments may be that of its target.
bool StatementAdjoint::readsTarget(const Expr *Value,
                                   const Expr *Target) const {
  ObjectSet Place = Memory.denotes(Target);
  bool Found = false;
  forEachExpr(Value, [&](const Expr &E) {
    if (E.isLValue() && E.Ty->isReal())
      Found |= Memory.mayOverlap(Memory.denotes(&E), Place);
  });
  return Found;
}

void StatementAdjoint::reverse(const Stmt &S, Block &Into,
                               RequiredValues &Needs) {
  const Expr *Target = S.Kind == StmtKind::Declare ? Ctx.var(S.Var) : S.Target;
  if (!Active.hasAdjoint(Target))
    return;
  Out = &Into;
  Required = &Needs;
  Statement = &S;
  Result = nullptr;
  const Expr *Adjoint = Adjoints.location(Target);
  bool ValueActive = S.Value && Active.isActive(S.Value);
  if (S.Kind == StmtKind::Declare) {
    // The variable and its adjoint begin here: there is nothing to zero.
    if (ValueActive)
      accumulate(S.Value, Adjoint, Into, Needs, Target);
    return;
  }
  Required->Addresses.push_back(Target);
  if (S.Op == AssignOp::Set)
    return reverseSet(S, Adjoint);
  if (!ValueActive)
    return;
  bool Reread = readsTarget(S.Value, Target) || !Target->is(ExprKind::Var);
  const Expr *Seed = Reread ? readNow(Adjoint) : Adjoint;
  accumulate(S.Value, S.Op == AssignOp::Add ? Seed : Math.neg(Seed));
}

void StatementAdjoint::reverseSet(const Stmt &S, const Expr *Adjoint) {
  Stmt *Zero = Ctx.assign(Adjoint, Ctx.intLiteral(0));
  if (!S.Value || !Active.isActive(S.Value)) {
    Out->push_back(Zero);
    return;
  }
  bool Simple = S.Target->is(ExprKind::Var) && !readsTarget(S.Value, S.Target);
  if (Simple) {
    accumulate(S.Value, Adjoint);
    Out->push_back(Zero);
    return;
  }
  const Expr *Seed = readNow(Adjoint);
  Out->push_back(Zero);
  accumulate(S.Value, Seed);
}
