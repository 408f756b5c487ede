//===- ReverseSweep.cpp - The program run backwards -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse half of Sweeps.
//
//===----------------------------------------------------------------------===//

#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "Sweeps.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

Block Sweeps::reverse(const Block &B, bool InScope) {
  Block Out;
  popCarried(B, Out);
  declareAdjoints(B, InScope, Out);
  for (const Stmt *S : llvm::reverse(B))
    reverseStmt(*S, Out);
  if (!InScope)
    declareRestored(B, Out);
  return Out;
}

void Sweeps::collectMentioned(const Block &B) {
  for (const Stmt *S : B) {
    if (!Seen.insert(S).second)
      continue;
    forEachExpr(*S, [&](const Expr &E) { Mentioned.insert(E.Var); });
    collectMentioned(S->Body);
    collectMentioned(S->Else);
  }
}

/// Locals whose last value nobody needs, but an earlier one that is restored.
/// What the rest of the reverse sweep mentions is none of the block's locals.
void Sweeps::declareRestored(const Block &B, Block &Out) {
  collectMentioned(Out);
  Block Declarations;
  for (const Stmt *S : B) {
    if (S->Kind != StmtKind::Declare || Plan.carry(S->Var))
      continue;
    bool Shadow = movesShadow(S->Var) && !S->Var->Ty->holdsRecord();
    for (Variable *V : {S->Var, Shadow ? Adjoints.of(S->Var) : nullptr})
      if (V && Mentioned.contains(V))
        Declarations.push_back(Ctx.declare(V));
  }
  Out.insert(Out.begin(), Declarations.begin(), Declarations.end());
}

void Sweeps::declareAdjoints(const Block &B, bool InScope, Block &Out) {
  for (const Stmt *S : B)
    if (S->Kind == StmtKind::Declare || S->Kind == StmtKind::Call)
      if (S->Var && S->Var != F.Result && !Escaping.count(S->Var) &&
          !hasMovedShadow(S->Var, InScope))
        declareAdjoint(S->Var, Out);
}

/// The shadow of a record with pointers, where the reverse sweep sees that of
/// the forward sweep. Its reals are still zero.
bool Sweeps::hasMovedShadow(const Variable *V, bool InScope) const {
  return V->Ty->holdsRecord() && movesShadow(V) && (InScope || Plan.carry(V));
}

void Sweeps::declareAdjoint(const Variable *V, Block &Out) {
  const Type *Element = V->Ty;
  bool Variable = false;
  for (; Element->isArray(); Element = Element->Element)
    Variable |= !Element->Extent->is(ExprKind::Literal);
  bool HoldsAdjoint = Element->isReal() || Element->isRecord();
  if (!HoldsAdjoint || !Active.needsShadow(V) || Adjoints.isBound(V))
    return;
  if (!Variable)
    return declareZero(Ctx, F, Adjoints.of(V), Out);
  Out.push_back(Ctx.declare(Adjoints.of(V)));
  // C++ does not initialise variable-length arrays.
  const Expr *Place = Ctx.var(Adjoints.of(V));
  Block *Into = &Out;
  for (const Type *T = V->Ty; T->isArray(); T = T->Element) {
    Stmt *Loop = Ctx.stmt(StmtKind::For);
    Loop->Var = F.addVariable("i", Ctx.intType(), VariableKind::Local);
    Loop->Lower = Ctx.intLiteral(0);
    Loop->Upper = T->Extent;
    Loop->Step = Ctx.intLiteral(1);
    Into->push_back(Loop);
    Into = &Loop->Body;
    Place = Ctx.index(Place, Ctx.var(Loop->Var));
  }
  Into->push_back(Ctx.assign(Place, Ctx.intLiteral(0)));
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// Undoes the write of an assignment that the plan saves or inverts.
void Sweeps::restore(const Stmt &S, Block &Out) {
  bool Pointer = movesShadow(S.Target);
  if (Plan.isInverted(&S)) {
    AssignOp Undo = S.Op == AssignOp::Add ? AssignOp::Sub : AssignOp::Add;
    Out.push_back(Ctx.assign(S.Target, S.Value, Undo));
    if (Pointer)
      Out.push_back(Ctx.assign(Adjoints.location(S.Target), S.Value, Undo));
    return;
  }
  Variable *Old = Plan.savedIn(&S);
  if (!Old)
    return;
  bool Rewinds = reachesUser(Memory.denotes(S.Target));
  auto PutBack = [&](const Expr *Place, Variable *From) {
    if (!Rewinds) {
      Out.push_back(Ctx.assign(Place, Ctx.var(From)));
      return;
    }
    Stmt *Rewind = Ctx.stmt(StmtKind::Rewind);
    Rewind->Target = Place;
    Rewind->Value = Ctx.var(From);
    Out.push_back(Rewind);
  };
  PutBack(S.Target, Old);
  if (Pointer)
    PutBack(Adjoints.location(S.Target), Adjoints.of(Old));
}

void Sweeps::reverseStmt(const Stmt &S, Block &Out) {
  if (!Plan.hasReverse(S))
    return;
  switch (S.Kind) {
  case StmtKind::Assign:
    restore(S, Out);
    [[fallthrough]];
  case StmtKind::Declare: {
    const Block &Code = Plan.Reversed[&S].Code;
    Out.insert(Out.end(), Code.begin(), Code.end());
    return;
  }
  case StmtKind::Call:
    // What a plain call returns may be on the tape, but it has no reverse.
    if (Plan.callMode(&S) != CallMode::Plain)
      reverseCall(S, Out);
    return;
  case StmtKind::If: {
    Stmt *If = Ctx.stmt(StmtKind::If);
    If->Value = S.Value;
    If->Body = reverse(S.Body);
    If->Else = reverse(S.Else);
    Out.push_back(If);
    return;
  }
  case StmtKind::For:
    return reverseFor(S, Out);
  case StmtKind::While:
    return reverseWhile(S, Out);
  case StmtKind::Reserve:
  case StmtKind::Allocate:
    return release(S, Out);
  default:
    return;
  }
}

void Sweeps::release(const Stmt &S, Block &Out) {
  auto ReleaseOne = [&](Variable *V) {
    Stmt *Release = Ctx.stmt(StmtKind::Release);
    Release->Var = V;
    Release->Count = S.Count ? S.Count : Ctx.intLiteral(1);
    Out.push_back(Release);
  };
  if (Active.needsShadow(S.Var))
    ReleaseOne(Adjoints.of(S.Var));
  if (S.Kind == StmtKind::Reserve)
    ReleaseOne(S.Var);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// for (i = lo; i < up; ++i)    =>  for (i = up; i-- > lo;)
/// for (i = up; i-- > lo;)      =>  for (i = lo; i < up; ++i)
/// for (i = up; i > lo; --i)    =>  for (i = lo + 1; i <= up; ++i)
/// for (i = lo; i < up; i += s) =>  for (k = trips; k-- > 0;) i = lo + k * s
void Sweeps::reverseFor(const Stmt &S, Block &Out) {
  Stmt *Loop = Ctx.stmt(StmtKind::For);
  *Loop = S;
  Loop->In = Sweep::Reverse;
  Loop->Body.clear();
  const Type *Ty = S.Var->Ty;
  bool UnitStep = S.Descending || S.Step->isLiteral(1);
  if (S.Descending) {
    Loop->Descending = false;
    Loop->Step = Ctx.intLiteral(1);
  } else if (UnitStep && S.Negative) {
    Loop->Negative = false;
    Loop->Inclusive = true;
    Loop->Lower =
        S.Inclusive ? S.Upper : Ctx.binary("+", S.Upper, Ctx.intLiteral(1), Ty);
    Loop->Upper = S.Lower;
  } else if (UnitStep) {
    Loop->Descending = Loop->Backwards = true;
    Loop->Inclusive = false;
    if (S.Inclusive)
      Loop->Upper = Ctx.binary("+", S.Upper, Ctx.intLiteral(1), Ty);
  } else {
    Loop->Descending = true;
    Loop->Inclusive = Loop->Negative = false;
    Loop->Var = F.addVariable("k", Ty, VariableKind::Local);
    Loop->Var->Generated = true;
    Loop->Lower = Ctx.intLiteral(0);
    Loop->Upper = tripCount(Ctx, S);
    const Expr *Offset = Ctx.binary("*", Ctx.var(Loop->Var), S.Step, Ty);
    const Expr *I =
        S.Lower->isLiteral(0) && !S.Negative
            ? Offset
            : Ctx.binary(S.Negative ? "-" : "+", S.Lower, Offset, Ty);
    Loop->Body.push_back(Ctx.declare(S.Var, I));
  }
  Block Body = reverse(S.Body);
  Loop->Body.insert(Loop->Body.end(), Body.begin(), Body.end());
  Out.push_back(Loop);
  for (Stmt *Record : llvm::reverse(Plan.recordsOf(&S))) {
    Stmt *Release = Ctx.stmt(StmtKind::Release);
    Release->Var = Record->Var;
    Release->Count = Record->Count;
    Out.push_back(Release);
  }
}

void Sweeps::reverseWhile(const Stmt &S, Block &Out) {
  Stmt *Loop = Ctx.stmt(StmtKind::For, S.Loc);
  Loop->In = Sweep::Reverse;
  Loop->Descending = true;
  Loop->Var = F.addVariable("k", S.Var->Ty, VariableKind::Local);
  Loop->Var->Generated = true;
  Loop->Lower = Ctx.intLiteral(0);
  Loop->Upper = Ctx.var(S.Var);
  Loop->Body = reverse(S.Body);
  Out.push_back(Loop);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

const Expr *Sweeps::adjointArgument(const Variable *P, const Expr *Arg) {
  if (P->Ty->isPointer() && !P->Reference)
    return Adjoints.pointer(Arg);
  if (Arg->Ty->isArray())
    return Adjoints.location(Arg);
  const Expr *Place = Adjoints.location(Arg);
  return Place->is(ExprKind::Deref) ? Place->op(0) : Ctx.addressOf(Place);
}

/// A user's pullback takes an adjoint for every parameter that carries reals.
/// What the caller has no use for goes to a variable that nobody reads, but an
/// array's size is not known.
bool Sweeps::checkRuleArguments(const Stmt &S) {
  if (Provider.directions() && !checkRuleDirections(S, Diags))
    return false;
  for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
    const Variable *P = S.Callee->Params[I];
    if (P->Ty->isReal() || !P->Ty->carriesReal() ||
        Active.isActiveArgument(*S.Callee, I, S.Args[I]))
      continue;
    Diags.error(S.Loc,
                "the rule of '" + S.Callee->Name +
                    "' needs an adjoint of its parameter '" + P->Name +
                    "', which is not active here",
                "add what is passed there to 'wrt(...)'");
    return false;
  }
  return true;
}

void Sweeps::reverseCall(const Stmt &S, Block &Out) {
  bool HasRule = S.Callee->Pullback && Active.isActiveCall(S);
  if (HasRule && !checkRuleArguments(S))
    return;
  if (Plan.callMode(&S) == CallMode::Rule)
    return reverseRuleCall(S, Out);
  reverseSplitCall(S, Out);
}

/// The adjoint of what the callee returns.
void Sweeps::addSeed(const Stmt &S, Stmt &Call, Block &Out) {
  const Type *Ty = S.Callee->ReturnType;
  if (!Ty->isReal() && !Ty->isRecord())
    return;
  if (S.Var && Active.needsShadow(S.Var)) {
    Call.Args.push_back(Ctx.var(Adjoints.of(S.Var)));
  } else if (Ty->isReal()) {
    Call.Args.push_back(Ctx.intLiteral(0));
  } else {
    Variable *None = F.addVariable("zero", Ty, VariableKind::Local, S.Loc);
    None->Generated = None->Shadow = true;
    declareZero(Ctx, F, None, Out);
    Call.Args.push_back(Ctx.var(None));
  }
}

void Sweeps::reverseSplitCall(const Stmt &S, Block &Out) {
  const SplitFunctions *Halves = split(S);
  if (!Halves)
    return;
  Stmt *Call = Ctx.stmt(StmtKind::Call, S.Loc);
  Call->Callee = Halves->Reverse;
  Call->Args = S.Args;
  addSeed(S, *Call, Out);
  for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
    if (!Active.isActiveArgument(*S.Callee, I, S.Args[I]))
      continue;
    Call->Args.push_back(adjointArgument(S.Callee->Params[I], S.Args[I]));
  }
  Out.push_back(Call);
}

void Sweeps::reverseRuleCall(const Stmt &S, Block &Out) {
  Stmt *Call = Ctx.stmt(StmtKind::Call, S.Loc);
  Call->Callee = S.Callee->Pullback;
  Call->Args = S.Args;
  addSeed(S, *Call, Out);
  for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
    const Variable *P = S.Callee->Params[I];
    if (!P->Ty->carriesReal())
      continue;
    if (Active.isActiveArgument(*S.Callee, I, S.Args[I])) {
      Call->Args.push_back(adjointArgument(P, S.Args[I]));
      continue;
    }
    Variable *Unused =
        F.addVariable("unused", P->Ty, VariableKind::Local, S.Loc);
    Unused->Generated = true;
    Out.push_back(Ctx.declare(Unused, Ctx.intLiteral(0)));
    Call->Args.push_back(Ctx.addressOf(Ctx.var(Unused)));
  }
  Out.push_back(Call);
}
