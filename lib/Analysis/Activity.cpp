//===- Activity.cpp - Where derivatives flow ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each statement says which objects its targets are and which its sources are;
// varied flows from sources to targets, useful from targets to sources.
//
//===----------------------------------------------------------------------===//

#include "Activity.h"
#include "../IR/Walk.h"
#include "../Rules/Rules.h"

using namespace retrograd;
using namespace retrograd::ir;

Activity::Activity(const Function &F, const MemoryModel &Memory,
                   const ActivityRequest &Request)
    : F(F), Memory(Memory) {
  // What one half of a function pushes the other half pops.
  TapeVaried = F.TakesTape;
  seed(Request);
  solve();
  closeOverPointers();
}

ObjectSet Activity::onlyReal(const ObjectSet &Set) const {
  ObjectSet Real;
  for (unsigned O : Set)
    if (Memory.objects()[O].Element->isReal())
      Real.set(O);
  return Real;
}

void Activity::seed(const ActivityRequest &Request) {
  for (unsigned O = 0; O < Memory.objects().size(); ++O) {
    const Object &Obj = Memory.objects()[O];
    for (const Variable *V : Request.Independents)
      if (Obj.Var == V && !V->Inactive)
        Shadowed.set(O);
  }
  Varied = onlyReal(Shadowed);
  if (Request.OutputsThroughMemory)
    for (unsigned O : Varied)
      if (Memory.objects()[O].Outside)
        Useful.set(O);
  if (F.Result && F.Result->Ty->carriesReal())
    Useful |= Memory.objectsOf(F.Result);
  if (F.Result && F.Result->Ty->isPointer())
    Useful |= onlyReal(Memory.content(Memory.objectOf(F.Result)));
}

//===----------------------------------------------------------------------===//
// Sources and targets
//===----------------------------------------------------------------------===//

void Activity::collectSources(const Expr *E, ObjectSet &Sources) const {
  if (!E->Ty->isReal())
    return;
  switch (E->Kind) {
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    Sources |= Memory.denotes(E);
    return;
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Cast:
    for (const Expr *Operand : E->Operands)
      collectSources(Operand, Sources);
    return;
  case ExprKind::Conditional:
    collectSources(E->op(1), Sources);
    collectSources(E->op(2), Sources);
    return;
  case ExprKind::Call:
    if (E->Rule)
      for (size_t I = 0; I < E->Operands.size(); ++I)
        if (!E->Rule->Partials[I].Zero)
          collectSources(E->op(I), Sources);
    return;
  case ExprKind::Literal:
  case ExprKind::AddressOf:
  case ExprKind::Opaque:
    return;
  }
}

/// A call whose callee can carry a derivative from its arguments to its
/// result or to memory.
bool Activity::carriesDerivatives(const Stmt &S) const {
  return !S.Callee->Inactive;
}

ObjectSet Activity::realTargets(const Stmt &S) const {
  if (S.Kind != StmtKind::Call)
    return onlyReal(Memory.writes(S));
  ObjectSet Targets;
  if (!carriesDerivatives(S))
    return Targets;
  if (S.Var)
    Targets = Memory.objectsOf(S.Var);
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (mayWriteArgument(*S.Callee, I) && !movesArgumentOnly(*S.Callee, I))
      Targets |= Memory.provenance(S.Args[I]);
  return onlyReal(Targets);
}

void Activity::collectCallSources(const Stmt &S, ObjectSet &Sources) const {
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Variable *P =
        I < S.Callee->Params.size() ? S.Callee->Params[I] : nullptr;
    if (P && P->Inactive)
      continue;
    const Expr *Arg = S.Args[I];
    if (Arg->Ty->isPointer() || (P && P->Reference) || Arg->Ty->isAggregate())
      Sources |= onlyReal(Memory.provenance(Arg));
    else
      collectSources(Arg, Sources);
  }
}

/// No derivative flows into memory that is declared inactive.
ObjectSet Activity::withoutInactive(const ObjectSet &Set) const {
  ObjectSet Rest = Set;
  for (unsigned O : Set)
    if (Memory.objects()[O].Var->Inactive)
      Rest.reset(O);
  return Rest;
}

/// The tape carries derivatives from one half of a function to the other.
bool Activity::variesThroughTape(const Stmt &S, const ObjectSet &Sources) {
  if (!TapeVaried && !Sources.intersects(Varied))
    return false;
  bool Changed = !TapeVaried;
  TapeVaried = true;
  return (Varied |= withoutInactive(realTargets(S))) || Changed;
}

/// What a record holds: the real value itself, or the memory that a recorded
/// address leads to.
ObjectSet Activity::recordSources(const Stmt &S) const {
  ObjectSet Sources;
  if (S.Value->Ty->isReal())
    collectSources(S.Value, Sources);
  else if (S.Value->Ty->isPointer() || S.Value->Ty->isAggregate())
    Sources = onlyReal(Memory.provenance(S.Value));
  return Sources;
}

ObjectSet Activity::recordTargets(const Stmt &S) const {
  if (S.Target)
    return onlyReal(Memory.provenance(S.Target));
  ObjectSet Own;
  if (S.Var)
    Own = Memory.objectsOf(S.Var);
  return onlyReal(Memory.closure(Own));
}

bool Activity::recordVaries(const Stmt &S) {
  ObjectSet Sources = recordSources(S);
  // The two halves must agree on what is on the tape: all or nothing.
  if (TapeVaried)
    return !S.Value->Ty->isReal() && (Varied |= withoutInactive(Sources));
  return TapeVaried = Sources.intersects(Varied);
}

bool Activity::varies(const Stmt &S) {
  ObjectSet Sources;
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Assign:
  case StmtKind::Rewind:
    if (S.Value)
      collectSources(S.Value, Sources);
    break;
  case StmtKind::Call:
    if (carriesDerivatives(S))
      collectCallSources(S, Sources);
    if (S.Callee->TakesTape)
      return variesThroughTape(S, Sources);
    break;
  case StmtKind::Push:
  case StmtKind::PushArray:
    return recordVaries(S);
  case StmtKind::Pop:
  case StmtKind::PopArray:
    return TapeVaried && (Varied |= withoutInactive(recordTargets(S)));
  default:
    return false;
  }
  if (!Sources.intersects(Varied))
    return false;
  return Varied |= withoutInactive(realTargets(S));
}

bool Activity::uses(const Stmt &S) {
  ObjectSet Sources;
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Assign:
  case StmtKind::Rewind:
    if (!S.Value || !realTargets(S).intersects(Useful))
      return false;
    collectSources(S.Value, Sources);
    return Useful |= Sources;
  case StmtKind::Call:
    if (!realTargets(S).intersects(Useful) && !S.Callee->TakesTape)
      return false;
    collectCallSources(S, Sources);
    return Useful |= Sources;
  case StmtKind::Push:
  case StmtKind::PushArray:
    // What is recorded is read back by the reverse sweep.
    return Useful |= recordSources(S);
  case StmtKind::Pop:
  case StmtKind::PopArray:
    return (!S.Var || S.Var->Ty->holdsPointer()) &&
           (Useful |= recordTargets(S));
  default:
    return false;
  }
}

void Activity::solve() {
  for (bool Changed = true; Changed;) {
    Changed = false;
    forEachStmt(F.Body, [&](const Stmt &S) { Changed |= varies(S); });
  }
  for (bool Changed = true; Changed;) {
    Changed = false;
    // Against the order in which values flow, a walk finds nearly all.
    forEachStmtBackwards(F.Body, [&](const Stmt &S) { Changed |= uses(S); });
    // Independents may be the same memory, f(x, x), and then so are their
    // shadows: what one of them stores another one may read.
    ObjectSet Independent = Useful;
    Independent &= Shadowed;
    Independent = Memory.withOverlaps(Independent);
    Independent &= Shadowed;
    Changed |= Useful |= onlyReal(Independent);
  }
  Active = Varied;
  Active &= Useful;
}

/// A pointer that may point to active memory has one shadow for all that it may
/// point to.
void Activity::closeOverPointers() {
  for (bool Changed = true; Changed;) {
    Changed = false;
    auto Close = [&](const ObjectSet &Pointees) {
      if (Pointees.intersects(Active))
        Changed |= Active |= onlyReal(Pointees);
    };
    for (unsigned O = 0; O < Memory.objects().size(); ++O)
      Close(Memory.content(O));
    forEachStmt(F.Body, [&](const Stmt &S) {
      forEachExpr(S, [&](const Expr &E) {
        if (E.isLValue() && E.Ty->isReal())
          Close(Memory.denotes(&E));
      });
    });
  }
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

/// One of the operands through which derivatives flow is active.
bool Activity::hasActiveOperand(const Expr *E) const {
  auto Any = [&](llvm::ArrayRef<const Expr *> Operands) {
    return llvm::any_of(Operands,
                        [&](const Expr *Each) { return isActive(Each); });
  };
  switch (E->Kind) {
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    return Memory.denotes(E).intersects(Active);
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Cast:
    return Any(E->Operands);
  case ExprKind::Conditional:
    return isActive(E->op(1)) || isActive(E->op(2));
  case ExprKind::Call:
    for (size_t I = 0; E->Rule && I < E->Operands.size(); ++I)
      if (!E->Rule->Partials[I].Zero && isActive(E->op(I)))
        return true;
    return false;
  case ExprKind::Literal:
  case ExprKind::AddressOf:
  case ExprKind::Opaque:
    return false;
  }
  llvm_unreachable("covered switch");
}

bool Activity::isActive(const Expr *E) const {
  if (!E->Ty->isReal())
    return false;
  if (E->Operands.empty())
    return hasActiveOperand(E);
  auto Known = ActiveExprs.find(E);
  if (Known != ActiveExprs.end())
    return Known->second;
  bool Found = hasActiveOperand(E);
  ActiveExprs[E] = Found;
  return Found;
}

bool Activity::hasAdjoint(const Expr *LValue) const {
  return LValue->Ty->isReal() && Memory.denotes(LValue).intersects(Active);
}

bool Activity::needsShadow(const Variable *V) const {
  if (!V->Ty->carriesReal() || !Memory.hasObject(V))
    return false;
  return Memory.closure(Memory.objectsOf(V)).intersects(Active);
}

bool Activity::pointsToActive(const Expr *Pointer) const {
  if (!Pointer->Ty->carriesReal())
    return false;
  return Memory.closure(Memory.pointsTo(Pointer)).intersects(Active);
}

bool Activity::isActiveArgument(const Function &Callee, unsigned I,
                                const Expr *Arg) const {
  if (I >= Callee.Params.size() || Callee.Params[I]->Inactive)
    return false;
  if (Arg->Ty->isRecord())
    return Memory.provenance(Arg).intersects(Active);
  if (Callee.Params[I]->Reference && !Arg->Ty->isPointer())
    return Memory.denotes(Arg).intersects(Active);
  if (Arg->Ty->isPointer() || Arg->Ty->isArray())
    return pointsToActive(Arg);
  return isActive(Arg);
}

bool Activity::isActiveCall(const Stmt &S) const {
  if (!carriesDerivatives(S))
    return false;
  if (S.Callee->TakesTape)
    return TapeVaried;
  bool AnyActive = false;
  for (size_t I = 0; I < S.Args.size(); ++I)
    AnyActive |= isActiveArgument(*S.Callee, I, S.Args[I]);
  return AnyActive && realTargets(S).intersects(Active);
}

/// A call whose body is not differentiated writes what has a derivative.
bool Activity::overwritesActive(const Stmt &S) const {
  if (carriesDerivatives(S))
    return false;
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (mayWriteArgument(*S.Callee, I) &&
        Memory.reachable(S.Args[I]).intersects(Active))
      return true;
  return false;
}

bool Activity::checkCalls(Diagnostics &Diags, DerivativeRule Rule) const {
  bool Fine = true;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (!Fine || S.Kind != StmtKind::Call)
      return;
    if (overwritesActive(S)) {
      Fine = false;
      Diags.error(S.Loc,
                  "inactive function '" + S.Callee->Name +
                      "' may write to a variable that a derivative flows "
                      "through",
                  "pass it a copy, or give its derivative with '#pragma "
                  "retrograd rule(" +
                      S.Callee->Name + ")'");
      return;
    }
    if (S.Var && S.Var->Ty->holdsPointer() && needsShadow(S.Var)) {
      Fine = false;
      Diags.error(S.Loc,
                  "'" + S.Callee->Name +
                      "' returns a pointer to memory that derivatives flow "
                      "through",
                  "pass the pointer out through a parameter, or compute it in "
                  "the caller");
      return;
    }
    if (S.Callee->Kind != FunctionKind::External || S.Callee->*Rule ||
        !isActiveCall(S))
      return;
    Fine = false;
    const std::string &Name = S.Callee->Name;
    bool Other = S.Callee->Pullback || S.Callee->Pushforward;
    const char *Wanted =
        Rule == &Function::Pullback ? "pullback" : "pushforward";
    std::string What = "a derivative flows through '" + Name + "', ";
    if (Other)
      What += std::string("which has a rule, but no ") + Wanted;
    else if (S.Callee->IsRule)
      What += "a rule, whose body is not differentiated";
    else
      What += "whose body is not visible here";
    Diags.error(S.Loc, What,
                "give its derivative with '#pragma retrograd rule(" + Name +
                    ")', or mark it '#pragma retrograd inactive'");
  });
  return Fine;
}

bool Activity::check(Diagnostics &Diags, DerivativeRule Rule) const {
  if (!checkCalls(Diags, Rule))
    return false;
  for (unsigned O : Active) {
    const Object &Obj = Memory.objects()[O];
    if (!Obj.Outside || Shadowed.test(O))
      continue;
    std::string Name = Obj.Var->Name;
    Diags.error(Obj.Var->Loc,
                "a derivative flows through memory of '" + Name +
                    "', which has no adjoint",
                "add '" + Name +
                    "' to 'wrt(...)', or mark it inactive if no derivative "
                    "shall flow through it");
    return false;
  }
  return true;
}
