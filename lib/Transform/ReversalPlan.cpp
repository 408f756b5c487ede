//===- ReversalPlan.cpp - What the reverse sweep needs --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A save adds values that must themselves survive (the address of what is
// restored), so the walk is repeated until no decision is added. Decisions are
// never taken back.
//
//===----------------------------------------------------------------------===//

#include "ReversalPlan.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Counted loops
//===----------------------------------------------------------------------===//

const Expr *retrograd::tripCount(Context &Ctx, const Stmt &Loop) {
  const Expr *Low = Loop.Lower, *High = Loop.Upper;
  if (Loop.Negative)
    std::swap(Low, High);
  const Type *Ty = Loop.Var->Ty;
  auto Arithmetic = [&](const char *Op, const Expr *L, const Expr *R) {
    return Ctx.binary(Op, L, R, Ty);
  };
  const Expr *Distance = Low->isLiteral(0) ? High : Arithmetic("-", High, Low);
  bool UnitStep = Loop.Descending || Loop.Step->isLiteral(1);
  const Expr *Count = Distance;
  if (!UnitStep) {
    // ceil(distance / step), or one more where the bound is included.
    const Expr *Last = Loop.Inclusive
                           ? Distance
                           : Arithmetic("-", Distance, Ctx.intLiteral(1));
    Count =
        Arithmetic("+", Arithmetic("/", Last, Loop.Step), Ctx.intLiteral(1));
  } else if (Loop.Inclusive) {
    Count = Arithmetic("+", Distance, Ctx.intLiteral(1));
  }
  if (Low->isLiteral(0) && High->is(ExprKind::Literal))
    return Count;
  const Expr *Enters =
      Ctx.binary(Loop.Inclusive ? "<=" : "<", Low, High, Ctx.boolType());
  return Ctx.conditional(Enters, Count, Ctx.intLiteral(0));
}

const Expr *retrograd::iterationIndex(Context &Ctx, const Stmt &Loop) {
  const Expr *I = Ctx.var(Loop.Var);
  const Type *Ty = Loop.Var->Ty;
  const Expr *Index = I;
  if (Loop.Negative)
    Index = Ctx.binary("-", Loop.Lower, I, Ty);
  else if (!Loop.Lower->isLiteral(0))
    Index = Ctx.binary("-", I, Loop.Lower, Ty);
  if (!Loop.Descending && !Loop.Step->isLiteral(1))
    Index = Ctx.binary("/", Index, Loop.Step, Ty);
  return Index;
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

ReversalPlan::ReversalPlan(Context &Ctx, Function &F, MemoryModel &Memory,
                           const Activity &Active, Diagnostics &Diags,
                           bool Split)
    : Ctx(Ctx), F(F), Memory(Memory), Active(Active), Diags(Diags),
      Split(Split) {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Var)
      ++WriteCounts[S.Var];
    if (S.Target && S.Target->is(ExprKind::Var))
      ++WriteCounts[S.Target->Var];
  });
}

const Carry *ReversalPlan::carry(const Variable *V) const {
  auto It = Carried.find(V);
  return It == Carried.end() ? nullptr : &It->second;
}

bool ReversalPlan::hasReverse(const Block &B) const {
  for (const Stmt *S : B)
    if (hasReverse(*S))
      return true;
  return false;
}

bool ReversalPlan::hasReverse(const Stmt &S) const {
  auto It = Reversed.find(&S);
  if (It != Reversed.end() && !It->second.Code.empty())
    return true;
  if (Saved.count(&S) || Inverted.contains(&S))
    return true;
  // What the forward sweep pushes the reverse sweep must pop.
  const Carry *C = S.Var ? carry(S.Var) : nullptr;
  if (C && C->How == Keep::Tape && S.Kind != StmtKind::While)
    return true;
  if (S.Kind == StmtKind::Call)
    return callMode(&S) != CallMode::Plain;
  if (S.Kind == StmtKind::Reserve)
    return true;
  if (S.Kind == StmtKind::Allocate)
    return Active.needsShadow(S.Var);
  return hasReverse(S.Body) || hasReverse(S.Else);
}

llvm::ArrayRef<Stmt *> ReversalPlan::recordsOf(const Stmt *Loop) const {
  auto It = Records.find(Loop);
  if (It == Records.end())
    return {};
  return It->second;
}

/// What the reverse of a statement reads, if it has one.
ObjectSet ReversalPlan::required(const Stmt &S) const {
  ObjectSet Set;
  auto It = Reversed.find(&S);
  if (It == Reversed.end() || It->second.Code.empty())
    return Set;
  for (const Expr *E : It->second.Required.Values)
    Set |= Memory.reads(E);
  for (const Expr *E : It->second.Required.Addresses)
    Set |= Memory.addressReads(E);
  return Set;
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

/// One walk is enough: what is decided for a statement depends on what is
/// required there alone, and what it requires in turn is required from there
/// on.
void ReversalPlan::compute() {
  ObjectSet R;
  // The caller's own reverse sweep may need all memory it shares with us.
  if (Split)
    for (unsigned O = 0; O < Memory.objects().size(); ++O)
      if (Memory.objects()[O].Outside)
        R.set(O);
  flow(Scope{&F.Body, nullptr, true}, R);
}

ObjectSet ReversalPlan::flow(const Scope &At, ObjectSet R) {
  for (Stmt *S : *At.Code)
    R = flow(*S, At, std::move(R));
  return close(At, std::move(R));
}

ObjectSet ReversalPlan::flow(Stmt &S, const Scope &At, ObjectSet R) {
  switch (S.Kind) {
  case StmtKind::Declare: {
    R |= required(S);
    return R;
  }
  case StmtKind::Assign:
    return flowAssign(S, std::move(R));
  case StmtKind::Call:
    return flowCall(S, std::move(R));
  case StmtKind::If: {
    ObjectSet Result = flow(Scope{&S.Body, At.Loop, false}, R);
    Result |= flow(Scope{&S.Else, At.Loop, false}, R);
    if (hasReverse(S))
      Result |= Memory.reads(S.Value);
    return Result;
  }
  case StmtKind::For:
  case StmtKind::While:
    return flowLoop(S, std::move(R));
  case StmtKind::Reserve:
  case StmtKind::Allocate:
    // Releasing the memory, or that of its shadow, takes the size again.
    if (S.Count && hasReverse(S))
      R |= Memory.reads(S.Count);
    return R;
  default:
    return R;
  }
}

ObjectSet ReversalPlan::flowLoop(Stmt &S, ObjectSet R) {
  // An outer loop comes here again with more than before. To begin anew each
  // time would take time that doubles with each loop around this one.
  R |= LoopHeads[&S];
  ObjectSet Before;
  do {
    Before = R;
    R |= flow(Scope{&S.Body, &S, false}, R);
  } while (R != Before);
  LoopHeads[&S] = R;
  if (!hasReverse(S))
    return R;
  if (S.Kind == StmtKind::While) {
    R.set(Memory.objectOf(S.Var)); // the trip counter
    return R;
  }
  R.reset(Memory.objectOf(S.Var));
  for (const Expr *Bound : {S.Lower, S.Upper, S.Step})
    if (Bound)
      R |= Memory.reads(Bound);
  for (Stmt *Record : recordsOf(&S))
    R.set(Memory.objectOf(Record->Var));
  return R;
}

ObjectSet ReversalPlan::flowAssign(const Stmt &S, ObjectSet R) {
  R |= required(S);
  ObjectSet Written = Memory.denotes(S.Target);
  bool Overwrites = Memory.mayOverlap(R, Written);
  if (Overwrites && !Saved.count(&S) && !Inverted.contains(&S)) {
    bool Steps = S.Op != AssignOp::Set && !S.Target->Ty->isReal() &&
                 !S.Target->Ty->isBool() &&
                 !Memory.mayOverlap(Memory.reads(S.Value), Written) &&
                 !Memory.mayOverlap(Memory.addressReads(S.Target), Written);
    if (Steps) {
      Inverted.insert(&S);
    } else {
      Variable *Old =
          F.addVariable("old", S.Target->Ty, VariableKind::Local, S.Loc);
      Old->Generated = Old->Const = true;
      Memory.addCopy(Old, S.Target);
      ++WriteCounts[Old];
      Saved[&S] = Old;
    }
  }
  if (Inverted.contains(&S)) {
    R |= Written;
    R |= Memory.reads(S.Value);
    R |= Memory.addressReads(S.Target);
    return R;
  }
  for (unsigned O : Written)
    if (Memory.objects()[O].Scalar)
      R.reset(O);
  if (Variable *Old = savedIn(&S)) {
    R.set(Memory.objectOf(Old));
    R |= Memory.addressReads(S.Target);
  }
  return R;
}

void ReversalPlan::rejectLoss(const Stmt &S) {
  Diags.error(S.Loc,
              "'" + S.Callee->Name +
                  "' may overwrite values that the derivative needs",
              "its body is not differentiated: copy what it changes to another "
              "variable before the call");
}

static bool restoresMemory(const Function &Callee) {
  return llvm::any_of(Callee.Restored, [](const Expr *E) { return E; });
}

/// What a call with a rule overwrites and its reverse does not put back.
ObjectSet ReversalPlan::writesForGood(const Stmt &S) const {
  ObjectSet Set;
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (mayWriteArgument(*S.Callee, I) && !S.Callee->Restored[I])
      Set |= Memory.reachable(S.Args[I]);
  return Set;
}

ObjectSet ReversalPlan::flowCall(const Stmt &S, ObjectSet R) {
  bool Differentiable =
      S.Callee->Kind != FunctionKind::External && !S.Callee->Inactive;
  bool HasRule = S.Callee->Pullback && Active.isActiveCall(S);
  bool Restores = HasRule && restoresMemory(*S.Callee);
  bool Loses =
      Memory.mayOverlap(R, Restores ? writesForGood(S) : Memory.writes(S));
  CallMode Mode = callMode(&S);
  if (Mode == CallMode::Plain && Active.isActiveCall(S))
    Mode = HasRule && !Restores ? CallMode::Rule : CallMode::Split;
  else if (Mode == CallMode::Plain && Loses && Differentiable)
    Mode = CallMode::Split;
  Calls[&S] = Mode;
  if (Loses && (Mode != CallMode::Split || Restores))
    rejectLoss(S);
  if (Mode == CallMode::Plain)
    return R;
  for (const Expr *Arg : S.Args) {
    R |= Memory.reads(Arg);
    if (Arg->Ty->isPointer() || Arg->Ty->isArray() || Arg->isLValue())
      R |= Memory.reachable(Arg);
  }
  return R;
}

//===----------------------------------------------------------------------===//
// Locals that leave their scope
//===----------------------------------------------------------------------===//

/// The local that a statement brings into scope.
static const Variable *declaredBy(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Call:
  case StmtKind::Allocate:
  case StmtKind::Reserve:
    return S.Var;
  default:
    return nullptr;
  }
}

ObjectSet ReversalPlan::close(const Scope &At, ObjectSet R) {
  const Block &B = *At.Code;
  auto Leave = [&](const Variable *V, const Stmt &S, size_t Position) {
    unsigned Id = Memory.objectOf(V);
    if (!R.test(Id))
      return;
    if (!Carried.count(V)) {
      Carried[V] = decide(S, Position, At);
      rejectMovedArray(V);
    }
    const Carry &C = Carried[V];
    R.reset(Id);
    if (C.Recipe)
      R |= Memory.reads(C.Recipe);
    if (C.Array)
      R.set(Memory.objectOf(C.Array));
  };
  for (size_t I = B.size(); I-- > 0;) {
    if (const Variable *V = declaredBy(*B[I]))
      Leave(V, *B[I], I);
    if (Variable *Old = savedIn(B[I]))
      Leave(Old, *B[I], I);
    for (Stmt *Record : recordsOf(B[I]))
      Leave(Record->Var, *Record, I);
  }
  return R;
}

/// The extents of an array that is declared again elsewhere must be known
/// there.
void ReversalPlan::rejectMovedArray(const Variable *V) {
  Keep How = Carried[V].How;
  if (How == Keep::InScope || How == Keep::Recompute)
    return;
  for (const Type *T = V->Ty; T->isArray(); T = T->Element)
    if (!T->Extent->is(ExprKind::Literal)) {
      Diags.error(V->Loc,
                  "variable-length array '" + V->Name +
                      "' of several dimensions inside a loop, a branch or a "
                      "called function",
                  "declare it at the top of the differentiated function, or "
                  "with one dimension");
      return;
    }
}

bool ReversalPlan::isWrittenOnce(const Variable *V) const {
  return WriteCounts.lookup(V) == 1 && !V->AddressTaken;
}

bool ReversalPlan::unchangedAfter(const ObjectSet &Reads, size_t Position,
                                  const Block &B) const {
  Block After(B.begin() + Position + 1, B.end());
  return !Memory.mayOverlap(Memory.writes(After), Reads);
}

bool retrograd::isCheapAndPure(const Expr *E) {
  bool Fine = true;
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.is(ExprKind::Call))
      Fine &= Node.Rule && !Node.Rule->Expensive;
    if (Node.is(ExprKind::Opaque))
      for (const Expr *Operand : Node.Operands)
        Fine &= Operand->Ty->isArithmetic();
  });
  return Fine;
}

const Expr *ReversalPlan::recipe(const Stmt &S, size_t Position,
                                 const Block &B) const {
  if (S.Kind == StmtKind::Declare && S.Value && isWrittenOnce(S.Var) &&
      isCheapAndPure(S.Value) && !Memory.isUnstable(S.Value) &&
      unchangedAfter(Memory.reads(S.Value), Position, B))
    return S.Value;
  const Variable *V = declaredBy(S);
  if (V && V->Ty->isReal() && isWrittenOnce(V))
    return storedCopy(V, Position, B);
  return nullptr;
}

/// A later statement of the block stores V where it stays: h[j] = V. V itself
/// and what is declared after it come back too late to be read for that.
const Expr *ReversalPlan::storedCopy(const Variable *V, size_t Position,
                                     const Block &B) const {
  ObjectSet Late;
  Late.set(Memory.objectOf(V));
  for (size_t I = Position + 1; I < B.size(); ++I) {
    const Stmt &S = *B[I];
    if (const Variable *Declared = declaredBy(S))
      Late.set(Memory.objectOf(Declared));
    if (S.Kind != StmtKind::Assign || S.Op != AssignOp::Set ||
        !S.Value->is(ExprKind::Var) || S.Value->Var != V ||
        S.Target->Ty != V->Ty)
      continue;
    ObjectSet Needs = Memory.reads(S.Target);
    if (unchangedAfter(Needs, I, B) && !Needs.intersects(Late) &&
        !Memory.mayOverlap(Memory.addressReads(S.Target),
                           Memory.denotes(S.Target)))
      return S.Target;
  }
  return nullptr;
}

Variable *ReversalPlan::newRecord(const Variable *V, Stmt *Loop) {
  const Type *Element = V->Ty;
  Variable *Array = F.addVariable(V->Name + "_record", Ctx.pointerTo(Element),
                                  VariableKind::Local, V->Loc);
  Array->Generated = Array->Const = true;
  Memory.addArray(Array);
  ++WriteCounts[Array];
  Stmt *Reserve = Ctx.stmt(StmtKind::Reserve, Loop->Loc);
  Reserve->Var = Array;
  Reserve->Count = tripCount(Ctx, *Loop);
  Records[Loop].push_back(Reserve);
  return Array;
}

Carry ReversalPlan::decide(const Stmt &S, size_t Position, const Scope &At) {
  const Variable *V = savedIn(&S) ? savedIn(&S) : declaredBy(S);
  if (At.Outermost && !Split)
    return {Keep::InScope};
  if (!savedIn(&S))
    if (const Expr *Recipe = recipe(S, Position, *At.Code))
      return {Keep::Recompute, Recipe};
  if (!At.Loop && !Split)
    return {Keep::Hoist};
  if (At.Loop && At.Loop->Kind == StmtKind::For && V->Ty->isArithmetic())
    return {Keep::Record, nullptr, At.Loop, newRecord(V, At.Loop)};
  return {Keep::Tape};
}
