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
  // (0 - 1) / 2 + 1 is one, but there is no iteration.
  bool Rounds = !UnitStep && !Loop.Inclusive && High->isLiteral(0);
  if (Low->isLiteral(0) && High->is(ExprKind::Literal) && !Rounds)
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
                           bool Split, bool Disposable)
    : Ctx(Ctx), F(F), Memory(Memory), Active(Active), Diags(Diags), Elements(F),
      Split(Split), Disposable(Disposable), Extents(Ctx, F, Memory, Writes) {
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

//===----------------------------------------------------------------------===//
// What is required
//===----------------------------------------------------------------------===//

void ReversalPlan::addReader(const Expr *Place,
                             const Dependence::Moment &When) {
  if (!KnownReaders.insert({Place, When.Order}).second)
    return;
  for (unsigned O : Memory.denotes(Place))
    if (!Memory.objects()[O].Scalar)
      Readers[O].push_back({Place, When});
}

ObjectSet ReversalPlan::needAddress(const Expr *LValue,
                                    const Dependence::Moment &When) {
  switch (LValue->Kind) {
  case ExprKind::Index:
    need(LValue->op(1), When);
    [[fallthrough]];
  case ExprKind::Field:
    if (LValue->op(0)->Ty->isPointer())
      need(LValue->op(0), When);
    else
      needAddress(LValue->op(0), When);
    break;
  case ExprKind::Deref:
    need(LValue->op(0), When);
    break;
  default:
    break;
  }
  return Memory.addressReads(LValue);
}

/// Reversed code reads the value of an expression as it was at a moment.
/// Returns the objects that it reads.
ObjectSet ReversalPlan::need(const Expr *Value,
                             const Dependence::Moment &When) {
  if (Value->is(ExprKind::AddressOf))
    return needAddress(Value->op(0), When);
  if (Value->isLValue()) {
    if (!Value->Ty->isArray())
      addReader(Value, When);
    needAddress(Value, When);
  } else {
    for (const Expr *Operand : Value->Operands)
      need(Operand, When);
  }
  return Memory.reads(Value);
}

/// The same of any element of some objects.
ObjectSet ReversalPlan::needUnknown(const ObjectSet &Set) {
  Whole |= Set;
  return Set;
}

/// The statement may change an element that reversed code reads.
bool ReversalPlan::hitsRequired(const Stmt &S, const ObjectSet &Written) const {
  if (Memory.isScalar(S.Target) || Memory.mayOverlap(Whole, Written))
    return true;
  // To compare each write of long straight code with each read would take
  // quadratic time.
  unsigned Tries = 256;
  for (unsigned O : Memory.withOverlaps(Written)) {
    auto It = Readers.find(O);
    if (It == Readers.end())
      continue;
    for (const Reader &R : It->second)
      if (Tries-- == 0 || Elements.mayHit(S, R.Place, R.When))
        return true;
  }
  return false;
}

/// What the reverse of a statement reads, if it has one.
ObjectSet ReversalPlan::required(const Stmt &S) {
  ObjectSet Set;
  auto It = Reversed.find(&S);
  if (It == Reversed.end() || It->second.Code.empty())
    return Set;
  for (const Expr *E : It->second.Required.Values)
    Set |= need(E, Elements.before(S));
  for (const Expr *E : It->second.Required.Addresses)
    Set |= needAddress(E, Elements.before(S));
  return Set;
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

void ReversalPlan::compute() {
  indexBlock(F.Body);
  do {
    Changed = false;
    LoopHeads.clear();
    ObjectSet R;
    // The caller's own reverse sweep may need all memory it shares with us.
    if (Split && !Disposable)
      for (unsigned O = 0; O < Memory.objects().size(); ++O)
        if (Memory.objects()[O].Outside)
          R.set(O);
    needUnknown(R);
    flow(Scope{&F.Body, nullptr, true}, R);
  } while (Changed && !Diags.hadError());
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
      Result |= need(S.Value, Elements.before(S));
    return Result;
  }
  case StmtKind::For:
  case StmtKind::While:
    return flowLoop(S, std::move(R));
  case StmtKind::Reserve:
  case StmtKind::Allocate:
    // Releasing the memory, or that of its shadow, takes the size again.
    if (S.Count && hasReverse(S))
      R |= need(S.Count, Elements.before(S));
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
  // The same object may be required for another element than before.
  auto Known = [&] { return KnownReaders.size() + Whole.count(); };
  size_t KnownBefore;
  do {
    Before = R;
    KnownBefore = Known();
    R |= flow(Scope{&S.Body, &S, false}, R);
  } while (R != Before || Known() != KnownBefore);
  LoopHeads[&S] = R;
  dropOverwritten(S, R);
  if (!hasReverse(S))
    return R;
  if (S.Kind == StmtKind::While) {
    R.set(Memory.objectOf(S.Var)); // the trip counter
    return R;
  }
  R.reset(Memory.objectOf(S.Var));
  for (const Expr *Bound : {S.Lower, S.Upper, S.Step})
    if (Bound)
      R |= need(Bound, Elements.before(S));
  for (Stmt *Record : recordsOf(&S))
    R.set(Memory.objectOf(Record->Var));
  return R;
}

static ObjectSet only(unsigned Object) {
  ObjectSet Set;
  Set.set(Object);
  return Set;
}

/// Something in the block reads the object, or may do so.
bool ReversalPlan::mayRead(const Block &B, unsigned Object) const {
  ObjectSet Reads;
  bool Calls = false;
  forEachStmt(B, [&](const Stmt &S) {
    Calls |= S.Kind == StmtKind::Call || S.Kind == StmtKind::Opaque;
    for (const Expr *E : {S.Value, S.Lower, S.Upper, S.Step, S.Count})
      if (E)
        Reads |= Memory.reads(E);
    if (S.Target) {
      Reads |= Memory.addressReads(S.Target);
      if (S.Op != AssignOp::Set)
        Reads |= Memory.denotes(S.Target);
    }
  });
  return Calls || Memory.mayOverlap(Reads, Memory.withOverlaps(only(Object)));
}

/// After a loop that saves and overwrites each element of an array that is
/// required, nothing of the array is.
void ReversalPlan::dropOverwritten(const Stmt &Loop, ObjectSet &R) const {
  if (Loop.Kind != StmtKind::For)
    return;
  for (const Stmt *S : Loop.Body) {
    if (!Saved.count(S) || S->Op != AssignOp::Set ||
        !S->Target->is(ExprKind::Index))
      continue;
    ObjectSet Written = Memory.denotes(S->Target);
    auto It = Readers.find(Written.find_first());
    if (Written.count() != 1 || It == Readers.end() ||
        Memory.mayOverlap(Whole, Written) || mayRead(Loop.Body, It->first))
      continue;
    bool All = llvm::all_of(It->second, [&](const Reader &Each) {
      return Elements.overwrites(Loop, *S, Each.Place, Each.When);
    });
    if (All)
      R.reset(It->first);
  }
}

ObjectSet ReversalPlan::flowAssign(const Stmt &S, ObjectSet R) {
  R |= required(S);
  ObjectSet Written = Memory.denotes(S.Target);
  bool Overwrites = Memory.mayOverlap(R, Written) && hitsRequired(S, Written);
  if (Overwrites && !Saved.count(&S) && !Inverted.contains(&S)) {
    Changed = true;
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
    R |= needUnknown(Written);
    R |= need(S.Value, Elements.before(S));
    R |= needAddress(S.Target, Elements.before(S));
    return R;
  }
  for (unsigned O : Written)
    if (Memory.objects()[O].Scalar)
      R.reset(O);
  if (Variable *Old = savedIn(&S)) {
    R.set(Memory.objectOf(Old));
    R |= needAddress(S.Target, Elements.before(S));
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
  if (Mode != callMode(&S)) {
    Calls[&S] = Mode;
    Changed = true;
  }
  if (Loses && (Mode != CallMode::Split || Restores))
    rejectLoss(S);
  if (Mode == CallMode::Plain)
    return R;
  for (const Expr *Arg : S.Args) {
    R |= need(Arg, Elements.before(S));
    if (Arg->Ty->isPointer() || Arg->Ty->isAggregate() || Arg->isLValue())
      R |= needUnknown(Memory.reachable(Arg));
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
    ObjectSet Own = Memory.objectsOf(V);
    if (!R.intersects(Own))
      return;
    if (!Carried.count(V)) {
      Carried[V] = decide(S, Position, At);
      Changed = true;
      rejectMovedArray(V);
    }
    const Carry &C = Carried[V];
    R.intersectWithComplement(Own);
    if (C.Recipe)
      R |= need(C.Recipe, Elements.atEndOfBlock(S));
    if (C.Count)
      R |= need(C.Count, Elements.atEndOfBlock(S));
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

/// A division of reals takes longer than storing the quotient and reading it.
static bool isDivision(const Expr &E) {
  return E.is(ExprKind::Binary) && E.Text == "/" && E.Ty->isReal() &&
         !E.op(1)->is(ExprKind::Literal);
}

bool retrograd::isCheapAndPure(const Expr *E) {
  bool Fine = true;
  forEachExpr(E, [&](const Expr &Node) {
    Fine &= !isDivision(Node);
    if (Node.is(ExprKind::Call))
      Fine &= Node.Rule && !Node.Rule->Expensive;
    if (Node.is(ExprKind::Opaque))
      for (const Expr *Operand : Node.Operands)
        Fine &= Operand->Ty->isArithmetic();
  });
  return Fine;
}

const Expr *ReversalPlan::recipe(const Stmt &S, size_t Position,
                                 const Block &B) {
  if (S.Kind == StmtKind::Declare && S.Value && isWrittenOnce(S.Var) &&
      isCheapAndPure(S.Value) && !Memory.isUnstable(S.Value) &&
      Writes.unchangedAfter(Memory.reads(S.Value), Position, B))
    return S.Value;
  const Variable *V = declaredBy(S);
  if (V && V->Ty->isReal() && isWrittenOnce(V))
    return storedCopy(V, Position, B);
  return nullptr;
}

/// A later statement of the block stores V where it stays: h[j] = V. V itself
/// and what is declared after it come back too late to be read for that.
const Expr *ReversalPlan::storedCopy(const Variable *V, size_t Position,
                                     const Block &B) {
  auto AnyLate = [&](const ObjectSet &Needs) {
    for (unsigned O : Needs) {
      auto [Where, I] = Declared.lookup(O);
      if (Where == &B && I >= Position)
        return true;
    }
    return false;
  };
  for (auto [Where, I] : Copies.lookup(V)) {
    const Expr *Place = Where == &B && I > Position ? B[I]->Target : nullptr;
    if (!Place || Place->Ty != V->Ty)
      continue;
    ObjectSet Needs = Memory.reads(Place);
    if (Writes.unchangedAfter(Needs, I, B) && !AnyLate(Needs) &&
        !Memory.mayOverlap(Memory.addressReads(Place), Memory.denotes(Place)))
      return Place;
  }
  return nullptr;
}

void ReversalPlan::indexBlock(const Block &B) {
  for (size_t I = 0; I < B.size(); ++I) {
    const Stmt &S = *B[I];
    if (const Variable *V = declaredBy(S))
      for (unsigned O : Memory.objectsOf(V))
        Declared[O] = {&B, I};
    if (S.Kind == StmtKind::Assign && S.Op == AssignOp::Set &&
        S.Value->is(ExprKind::Var))
      Copies[S.Value->Var].push_back({&B, I});
    indexBlock(S.Body);
    indexBlock(S.Else);
  }
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
  Carry Pushed{Keep::Tape};
  if (V->Ty->isArray())
    Pushed.Count = Extents.count(V, Position, *At.Code);
  return Pushed;
}
