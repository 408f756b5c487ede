//===- ForwardSweep.cpp - The primal, recording what the plan asks for ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The forward half of Sweeps, and what both halves share.
//
//===----------------------------------------------------------------------===//

#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "Sweeps.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Shared
//===----------------------------------------------------------------------===//

void Sweeps::reverseStatements() {
  StatementAdjoint Adjoint(Ctx, F, Memory, Active, Adjoints, Diags);
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind != StmtKind::Declare && S.Kind != StmtKind::Assign)
      return;
    ReversedStmt &R = Plan.Reversed[&S];
    Adjoint.reverse(S, R.Code, R.Required);
  });
}

bool Sweeps::movesShadow(const Variable *V) const {
  return V->Ty->holdsPointer() && Active.needsShadow(V);
}

bool Sweeps::movesShadow(const Expr *Target) const {
  return Target->Ty->isPointer() && Active.pointsToActive(Target);
}

/// The memory that a parameter is bound to, or points to: a pointer.
static bool isPassedPointer(const Object &Obj) {
  const Variable *P = Obj.Var;
  const Type *Ty = P->Reference ? P->Ty : P->Ty->Element;
  while (Ty && Ty->isArray())
    Ty = Ty->Element;
  return Ty && Ty->isPointer() && Obj.Depth == (P->Reference ? 0u : 1u);
}

bool Sweeps::reachesUser(const ObjectSet &Objects) const {
  for (unsigned O : Objects) {
    const Object &Obj = Memory.objects()[O];
    if (!Obj.Outside)
      continue;
    for (size_t I = 0; I < F.Params.size(); ++I)
      if (F.Params[I] == Obj.Var && User[I] != UserMemory::None &&
          !(User[I] == UserMemory::Behind && isPassedPointer(Obj)))
        return true;
    if (Obj.Var->isGlobal())
      return true;
  }
  return false;
}

const SplitFunctions *Sweeps::split(const Stmt &S) {
  SplitRequest Request;
  Request.Callee = S.Callee;
  Request.UnknownCode = Memory.seesUnknownCode();
  for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
    Request.Active.push_back(Active.isActiveArgument(*S.Callee, I, S.Args[I]));
    const Variable *P = S.Callee->Params[I];
    ObjectSet Passed;
    if (P->Reference)
      Passed = Memory.denotes(S.Args[I]);
    else if (P->Ty->isPointer())
      Passed = Memory.pointsTo(S.Args[I]);
    else if (P->Ty->isRecord())
      for (unsigned O : Memory.denotes(S.Args[I]))
        Passed |= Memory.content(O);
    // A region has a parameter of its own for whatever it overwrites.
    bool Behind = !S.Callee->Checkpoint && reachesUser(Memory.closure(Passed));
    Request.User.push_back(reachesUser(Passed) ? UserMemory::Direct
                           : Behind            ? UserMemory::Behind
                                               : UserMemory::None);
  }
  return Provider.split(Request);
}

//===----------------------------------------------------------------------===//
// Forward statements
//===----------------------------------------------------------------------===//

void Sweeps::forwardDeclare(const Stmt &S, Block &Out) {
  if (Escaping.count(S.Var) && !movesShadow(S.Var))
    declareAdjoint(S.Var, Out);
  const Carry *C = Plan.carry(S.Var);
  Stmt *Copy = Ctx.declare(S.Var, S.Value, S.Loc);
  Copy->ZeroInit = S.ZeroInit;
  if (movesShadow(S.Var)) {
    Variable *Shadow = Adjoints.of(S.Var);
    Stmt *ShadowCopy = Ctx.declare(
        Shadow, S.Value ? Adjoints.pointer(S.Value) : nullptr, S.Loc);
    ShadowCopy->ZeroInit = S.ZeroInit;
    Shadow->Const = S.Var->Const;
    if (C && C->How == Keep::Hoist) {
      Shadow->Const = false;
      declareZero(Ctx, F, Shadow, Hoisted);
      if (S.Value)
        Out.push_back(Ctx.assign(Ctx.var(Shadow), ShadowCopy->Value));
    } else if (S.Var->Ty->holdsRecord()) {
      declareZero(Ctx, F, Shadow, Out);
    } else {
      Out.push_back(ShadowCopy);
    }
  }
  if (!C || C->How != Keep::Hoist) {
    Out.push_back(Copy);
    return;
  }
  S.Var->Const = false;
  Hoisted.push_back(Ctx.declare(S.Var));
  Hoisted.back()->ZeroInit = true;
  if (S.Value)
    Out.push_back(Ctx.assign(Ctx.var(S.Var), S.Value, AssignOp::Set, S.Loc));
}

void Sweeps::forwardAssign(const Stmt &S, Block &Out) {
  bool Pointer = movesShadow(S.Target);
  if (Variable *Old = Plan.savedIn(&S)) {
    Stmt Declare{StmtKind::Declare, S.Loc};
    Declare.Var = Old;
    Declare.Value = S.Target;
    forwardDeclare(Declare, Out);
  }
  if (Pointer)
    Out.push_back(Ctx.assign(
        Adjoints.location(S.Target),
        S.Op == AssignOp::Set ? Adjoints.pointer(S.Value) : S.Value, S.Op));
  Out.push_back(Ctx.assign(S.Target, S.Value, S.Op, S.Loc));
}

void Sweeps::forwardCall(const Stmt &S, Block &Out) {
  if (S.Var && Escaping.count(S.Var))
    declareAdjoint(S.Var, Out);
  Stmt *Call = Ctx.stmt(StmtKind::Call, S.Loc);
  Call->Var = S.Var;
  Call->Callee = S.Callee;
  Call->Args = S.Args;
  if (Plan.callMode(&S) == CallMode::Split) {
    const SplitFunctions *Halves = split(S);
    if (!Halves)
      return;
    Call->Callee = Halves->Forward;
    if (Halves->ForwardTakesShadows)
      for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
        const Variable *P = S.Callee->Params[I];
        if ((P->Reference || P->Ty->isPointer() || P->Ty->isRecord()) &&
            Active.isActiveArgument(*S.Callee, I, S.Args[I]))
          Call->Args.push_back(adjointArgument(P, S.Args[I]));
      }
  }
  declareHere(Call, Out);
}

/// A statement that declares its variable, or, if the plan hoists that,
///
///   before:  { const T t = g(x); }      after:  T t = 0; { t1 = g(x); t = t1;
///   }
void Sweeps::declareHere(Stmt *S, Block &Out) {
  const Variable *V = S->Var;
  const Carry *C = V ? Plan.carry(V) : nullptr;
  Out.push_back(S);
  if (C && C->How == Keep::Hoist)
    hoist(S, Out);
}

/// Moves the declaration of S's variable to the top of the derivative.
void Sweeps::hoist(Stmt *S, Block &Out) {
  Variable *V = S->Var;
  S->Var = F.addVariable(V->Name, V->Ty, VariableKind::Local, V->Loc);
  S->Var->Generated = S->Var->Const = true;
  S->Var->Shadow = V->Shadow;
  V->Const = false;
  Hoisted.push_back(Ctx.declare(V));
  Hoisted.back()->ZeroInit = true;
  copyScalars(Ctx, F, Ctx.var(V), Ctx.var(S->Var), Out);
}

/// The shadow's memory has the size of the primal's.
void Sweeps::forwardReserve(const Stmt &S, Block &Out) {
  const Carry *C = Plan.carry(S.Var);
  Stmt *Copy = Ctx.stmt(S.Kind, S.Loc);
  *Copy = S;
  declareHere(Copy, Out);
  if (!Active.needsShadow(S.Var))
    return;
  Stmt *Shadow = Ctx.stmt(StmtKind::Reserve, S.Loc);
  Shadow->Var = Adjoints.of(S.Var);
  Shadow->Var->Const = S.Var->Const;
  Shadow->Count = S.Count ? S.Count : Ctx.intLiteral(1);
  Out.push_back(Shadow);
  if (C && C->How == Keep::Hoist)
    hoist(Shadow, Out);
}

void Sweeps::forwardLoop(const Stmt &S, Block &Out) {
  for (const Stmt *Record : Plan.recordsOf(&S))
    forwardReserve(*Record, Out);
  Stmt *Loop = Ctx.stmt(S.Kind, S.Loc);
  *Loop = S;
  Loop->Body = forward(S.Body);
  Out.push_back(Loop);
}

void Sweeps::forwardStmt(const Stmt &S, Block &Out) {
  switch (S.Kind) {
  case StmtKind::Declare:
    return forwardDeclare(S, Out);
  case StmtKind::Assign:
    return forwardAssign(S, Out);
  case StmtKind::Call:
    return forwardCall(S, Out);
  case StmtKind::Reserve:
  case StmtKind::Allocate:
    return forwardReserve(S, Out);
  case StmtKind::For:
  case StmtKind::While:
    return forwardLoop(S, Out);
  case StmtKind::If: {
    Stmt *If = Ctx.stmt(StmtKind::If, S.Loc);
    If->Value = S.Value;
    If->Body = forward(S.Body);
    If->Else = forward(S.Else);
    Out.push_back(If);
    return;
  }
  default: {
    Stmt *Copy = Ctx.stmt(S.Kind, S.Loc);
    *Copy = S;
    Out.push_back(Copy);
    return;
  }
  }
}

Block Sweeps::forward(const Block &B) {
  Block Out;
  for (const Stmt *S : B)
    forwardStmt(*S, Out);
  pushCarried(B, Out);
  return Out;
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Locals that a block brings into scope, in order.
static void forEachLocal(const Block &B, const ReversalPlan &Plan,
                         llvm::function_ref<void(const Variable *)> Visit) {
  for (const Stmt *S : B) {
    if (const Variable *Old = Plan.savedIn(S))
      Visit(Old);
    for (const Stmt *Record : Plan.recordsOf(S))
      Visit(Record->Var);
    if (S->Var &&
        (S->Kind == StmtKind::Declare || S->Kind == StmtKind::Call ||
         S->Kind == StmtKind::Reserve || S->Kind == StmtKind::Allocate))
      Visit(S->Var);
  }
}

void Sweeps::pushCarried(const Block &B, Block &Out) {
  forEachLocal(B, Plan, [&](const Variable *V) {
    if (const Carry *C = Plan.carry(V))
      push(V, *C, Out);
  });
}

/// The address of an array's first scalar and the number of its scalars, in all
/// rows or in so many.
static std::pair<const Expr *, const Expr *>
flatten(Context &Ctx, const Variable *V, const Expr *Rows) {
  const Expr *First = Ctx.var(const_cast<Variable *>(V));
  const Expr *Count = nullptr;
  const Type *Ty = V->Ty;
  for (; Ty->isArray(); Ty = Ty->Element) {
    if (Count)
      Count = Ctx.binary("*", Count, Ty->Extent, Count->Ty);
    else
      Count = Rows ? Rows : Ty->Extent;
    if (Ty->Element->isArray())
      First = Ctx.index(First, Ctx.intLiteral(0));
  }
  return {First, Count};
}

void Sweeps::push(const Variable *V, const Carry &C, Block &Out) {
  if (C.How == Keep::Record) {
    Out.push_back(
        Ctx.assign(Ctx.index(Ctx.var(C.Array), iterationIndex(Ctx, *C.Loop)),
                   Ctx.var(const_cast<Variable *>(V))));
    return;
  }
  if (C.How != Keep::Tape)
    return;
  auto PushOne = [&](const Variable *Value) {
    Stmt *S =
        Ctx.stmt(Value->Ty->isArray() ? StmtKind::PushArray : StmtKind::Push);
    S->Value = Ctx.var(const_cast<Variable *>(Value));
    if (Value->Ty->isArray())
      std::tie(S->Value, S->Count) = flatten(Ctx, Value, C.Count);
    Out.push_back(S);
  };
  PushOne(V);
  if (movesShadow(V))
    PushOne(Adjoints.of(V));
}

void Sweeps::popCarried(const Block &B, Block &Out) {
  std::vector<const Variable *> Locals;
  forEachLocal(B, Plan, [&](const Variable *V) {
    if (Plan.carry(V))
      Locals.push_back(V);
  });
  // What was pushed last comes back first; a recipe may mention anything that
  // was popped and anything declared before it.
  for (const Variable *V : llvm::reverse(Locals))
    pop(V, *Plan.carry(V), Out);
  for (const Variable *V : Locals) {
    const Carry &C = *Plan.carry(V);
    if (C.How != Keep::Recompute)
      continue;
    if (movesShadow(V))
      Out.push_back(Ctx.declare(Adjoints.of(V), Adjoints.pointer(C.Recipe)));
    Out.push_back(Ctx.declare(const_cast<Variable *>(V), C.Recipe));
  }
}

void Sweeps::pop(const Variable *V, const Carry &C, Block &Out) {
  Variable *Local = const_cast<Variable *>(V);
  if (C.How == Keep::Record) {
    Out.push_back(Ctx.declare(
        Local, Ctx.index(Ctx.var(C.Array), iterationIndex(Ctx, *C.Loop))));
    return;
  }
  if (C.How != Keep::Tape)
    return;
  auto PopOne = [&](Variable *Value) {
    if (!Value->Ty->isArray()) {
      Stmt *S = Ctx.stmt(StmtKind::Pop);
      S->Var = Value;
      Out.push_back(S);
      return;
    }
    Out.push_back(Ctx.declare(Value));
    Stmt *S = Ctx.stmt(StmtKind::PopArray);
    std::tie(S->Target, S->Count) = flatten(Ctx, Value, C.Count);
    Out.push_back(S);
  };
  if (movesShadow(V))
    PopOne(Adjoints.of(V));
  PopOne(Local);
}
