//===- PrepareReversal.cpp - A function that can be run backwards ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two independent rewrites, described in the header.
//
//===----------------------------------------------------------------------===//

#include "PrepareReversal.h"
#include "../Analysis/BlockWrites.h"
#include "../IR/Walk.h"
#include "Adjoint.h"
#include "ReversalPlan.h"
#include "llvm/ADT/DenseMap.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Escaping locals
//===----------------------------------------------------------------------===//

std::set<const Variable *>
retrograd::escapingLocals(const Function &F, const MemoryModel &Memory) {
  std::set<const Variable *> Set;
  for (unsigned O : Memory.storedAddresses())
    if (const Object &Obj = Memory.objects()[O];
        Obj.Depth == 0 && Obj.Var->isLocal())
      Set.insert(Obj.Var);
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind != StmtKind::Call || !movesPointers(*S.Callee))
      return;
    for (size_t I = 0; I < S.Args.size(); ++I) {
      const Expr *Arg = S.Args[I];
      bool Address =
          Arg->Ty->isPointer() || Arg->Ty->isArray() ||
          (I < S.Callee->Params.size() && S.Callee->Params[I]->Reference);
      if (!Address)
        continue;
      ObjectSet Passed =
          Arg->Ty->isPointer() ? Memory.pointsTo(Arg) : Memory.denotes(Arg);
      for (unsigned O : Passed)
        if (Memory.objects()[O].Depth == 0)
          Set.insert(Memory.objects()[O].Var);
    }
  });
  return Set;
}

namespace {

class Reserver {
public:
  Reserver(Context &Ctx, Function &F, bool Split)
      : Ctx(Ctx), F(F), Memory(F), Escaping(escapingLocals(F, Memory)),
        Split(Split) {}

  void run() {
    visit(F.Body, /*InLoop=*/false, /*Outermost=*/true);
    if (Moved.empty())
      return;
    forEachStmt(F.Body, [&](Stmt &S) {
      rewriteStmt(Ctx, S, [&](const Expr *E) { return replace(E); });
    });
  }

private:
  void visit(Block &B, bool InLoop, bool Outermost);
  bool mustMove(const Variable *V, bool InLoop, bool Outermost) const;
  void move(Block &Out, Stmt *S);
  const Expr *replace(const Expr *E);

  Context &Ctx;
  Function &F;
  MemoryModel Memory;
  std::set<const Variable *> Escaping;
  bool Split;
  /// From a moved local to the pointer that replaces it.
  llvm::DenseMap<const Variable *, Variable *> Moved;
};

} // namespace

bool Reserver::mustMove(const Variable *V, bool InLoop, bool Outermost) const {
  if (V->Ty->isArray() && V->Ty->Element->hasVariableExtent())
    return false;
  bool Reentered = InLoop || Split;
  if (V->Ty->hasVariableExtent() && (Reentered || !Outermost))
    return true;
  if (!Escaping.count(V))
    return false;
  return Reentered || !Outermost || Memory.sharesPointerWithOutside(V);
}

/// before: T v[n];       T v = e;
/// after:  T *v = reserve<T>(n);      T *v = reserve<T>(1); *v = e;
void Reserver::move(Block &Out, Stmt *S) {
  Variable *Old = S->Var;
  bool IsArray = Old->Ty->isArray();
  const Type *Element = IsArray ? Old->Ty->Element : Old->Ty;
  Variable *New = F.addVariable(Old->Name, Ctx.pointerTo(Element),
                                VariableKind::Local, Old->Loc);
  New->Const = true;
  Moved[Old] = New;
  Stmt *Reserve = Ctx.stmt(StmtKind::Reserve, S->Loc);
  Reserve->Var = New;
  Reserve->Count = IsArray ? Old->Ty->Extent : Ctx.intLiteral(1);
  Out.push_back(Reserve);
  if (S->Value)
    Out.push_back(Ctx.assign(Ctx.var(Old), S->Value, AssignOp::Set, S->Loc));
}

void Reserver::visit(Block &B, bool InLoop, bool Outermost) {
  Block Out;
  for (Stmt *S : B) {
    if (S->Kind == StmtKind::Declare && mustMove(S->Var, InLoop, Outermost)) {
      move(Out, S);
      continue;
    }
    bool Loop = S->Kind == StmtKind::For || S->Kind == StmtKind::While;
    visit(S->Body, InLoop || Loop, false);
    visit(S->Else, InLoop, false);
    Out.push_back(S);
  }
  B = std::move(Out);
}

const Expr *Reserver::replace(const Expr *E) {
  Variable *New = E->is(ExprKind::Var) ? Moved.lookup(E->Var) : nullptr;
  if (!New)
    return E;
  const Expr *Pointer = Ctx.var(New, E->Loc);
  return E->Ty->isArray() ? Pointer : Ctx.deref(Pointer, E->Loc);
}

void retrograd::reserveEscapingLocals(Context &Ctx, Function &F, bool Split) {
  Reserver(Ctx, F, Split).run();
}

//===----------------------------------------------------------------------===//
// Conditions and trip counts
//===----------------------------------------------------------------------===//

namespace {

class ControlFlowNamer {
public:
  ControlFlowNamer(Context &Ctx, Function &F, const MemoryModel &Memory)
      : Ctx(Ctx), F(F), Memory(Memory), Writes(Memory) {}

  void visit(Block &B);

private:
  void nameCondition(Block &Out, Stmt &If);
  void nameBounds(Block &Out, Stmt &For);
  void countTrips(Block &Out, Stmt &While);

  Context &Ctx;
  Function &F;
  const MemoryModel &Memory;
  BlockWrites Writes;
};

} // namespace

void ControlFlowNamer::nameCondition(Block &Out, Stmt &If) {
  if (isCheapAndPure(If.Value) && !Memory.isUnstable(If.Value) &&
      !Memory.mayOverlap(Memory.reads(If.Value), Writes.of(If)))
    return;
  Variable *Taken =
      F.addVariable("taken", Ctx.boolType(), VariableKind::Local, If.Loc);
  Taken->Generated = Taken->Const = true;
  Out.push_back(Ctx.declare(Taken, If.Value, If.Loc));
  If.Value = Ctx.var(Taken, If.Loc);
}

void ControlFlowNamer::nameBounds(Block &Out, Stmt &For) {
  for (const Expr **Bound : {&For.Lower, &For.Upper}) {
    if (isCheapAndPure(*Bound) && !Memory.isUnstable(*Bound))
      continue;
    Variable *V =
        F.addVariable("bound", (*Bound)->Ty, VariableKind::Local, For.Loc);
    V->Generated = V->Const = true;
    Out.push_back(Ctx.declare(V, *Bound, For.Loc));
    *Bound = Ctx.var(V, For.Loc);
  }
}

void ControlFlowNamer::countTrips(Block &Out, Stmt &While) {
  const Type *Long = Ctx.integerType("long", /*Unsigned=*/false);
  Variable *Trips =
      F.addVariable("trips", Long, VariableKind::Local, While.Loc);
  Trips->Generated = true;
  Out.push_back(Ctx.declare(Trips, Ctx.intLiteral(0), While.Loc));
  While.Body.push_back(
      Ctx.assign(Ctx.var(Trips), Ctx.intLiteral(1), AssignOp::Add, While.Loc));
  While.Var = Trips;
}

void ControlFlowNamer::visit(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    // The memory model only knows the bodies as they are before they are named.
    if (S->Kind == StmtKind::If)
      nameCondition(Out, *S);
    else if (S->Kind == StmtKind::While)
      countTrips(Out, *S);
    else if (S->Kind == StmtKind::For)
      nameBounds(Out, *S);
    visit(S->Body);
    visit(S->Else);
    Out.push_back(S);
  }
  B = std::move(Out);
}

void retrograd::nameControlFlow(Context &Ctx, Function &F,
                                const MemoryModel &Memory) {
  ControlFlowNamer(Ctx, F, Memory).visit(F.Body);
}
