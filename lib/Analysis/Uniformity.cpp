//===- Uniformity.cpp - What is the same in all lanes ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// First the variables whose memory is of one sort are united. Then the whole
// function is visited until nothing becomes varying any more: each visit only
// adds, so it ends.
//
//===----------------------------------------------------------------------===//

#include "Uniformity.h"
#include "../IR/Walk.h"
#include "Memory.h"
#include "llvm/ADT/StringSwitch.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Memory of one sort
//===----------------------------------------------------------------------===//

const Variable *Uniformity::rootOf(const Expr *E) {
  switch (E->Kind) {
  case ExprKind::Var:
    return E->Var;
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::AddressOf:
  case ExprKind::Field:
  case ExprKind::Cast:
    return rootOf(E->op(0));
  case ExprKind::Binary:
    return rootOf(E->op(E->op(0)->Ty->Element ? 0 : 1));
  case ExprKind::Conditional: {
    const Variable *Root = rootOf(E->op(1));
    return Root ? Root : rootOf(E->op(2));
  }
  case ExprKind::Literal:
  case ExprKind::Unary:
  case ExprKind::Call:
  case ExprKind::Opaque:
    return nullptr;
  }
  llvm_unreachable("covered switch");
}

const Variable *Uniformity::find(const Variable *V) const {
  const Variable *Root = V;
  for (const Variable *Up; (Up = Parent.lookup(Root)) && Up != Root;)
    Root = Up;
  return Root;
}

/// What A points to and what the pointer points to is of one sort.
void Uniformity::join(const Variable *A, const Expr *Pointer) {
  if (Pointer->is(ExprKind::Conditional)) {
    join(A, Pointer->op(1));
    join(A, Pointer->op(2));
    return;
  }
  // What a function returns may point to whatever it gets a pointer to.
  if (Pointer->is(ExprKind::Call) || Pointer->is(ExprKind::Opaque))
    for (const Expr *Operand : Pointer->Operands)
      if (Operand->Ty->Element)
        join(A, Operand);
  const Variable *B = rootOf(Pointer);
  if (!B)
    return;
  A = find(A);
  B = find(B);
  if (A == B)
    return;
  Parent[B] = A;
  if (Lanes.contains(B))
    Lanes.insert(A);
  if (Shared.contains(B))
    Shared.insert(A);
}

void Uniformity::unify() {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Value && S.Value->Ty->Element) {
      if (S.Kind == StmtKind::Declare)
        join(S.Var, S.Value);
      else if (S.Target)
        if (const Variable *Root = rootOf(S.Target))
          join(Root, S.Value);
    }
    if (S.Kind == StmtKind::Call && S.Var && S.Var->Ty->isPointer())
      for (const Expr *Argument : S.Args)
        if (Argument->Ty->Element)
          join(S.Var, Argument);
    // The sides of a choice between pointers, wherever it stands.
    forEachExpr(S, [&](const Expr &E) {
      if (E.is(ExprKind::Conditional) && E.Ty->isPointer())
        if (const Variable *Root = rootOf(&E))
          join(Root, &E);
    });
  });
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

bool Uniformity::inLanes(const Variable *V) const {
  return Lanes.contains(find(V));
}

bool Uniformity::addressVaries(const Expr *E) const {
  switch (E->Kind) {
  case ExprKind::Index:
    return isVarying(E->op(1)) || addressVaries(E->op(0));
  case ExprKind::Deref:
  case ExprKind::AddressOf:
  case ExprKind::Field:
  case ExprKind::Cast:
    return addressVaries(E->op(0));
  case ExprKind::Binary:
    return (E->op(0)->Ty->Element ? addressVaries(E->op(0))
                                  : isVarying(E->op(0))) ||
           (E->op(1)->Ty->Element ? addressVaries(E->op(1))
                                  : isVarying(E->op(1)));
  case ExprKind::Conditional:
    return isVarying(E->op(0)) || addressVaries(E->op(1)) ||
           addressVaries(E->op(2));
  case ExprKind::Call:
  case ExprKind::Opaque:
    return isVarying(E);
  case ExprKind::Var:
  case ExprKind::Literal:
  case ExprKind::Unary:
    return false;
  }
  llvm_unreachable("covered switch");
}

bool Uniformity::isVarying(const Expr *E) const {
  if (E->isLValue() && !E->Ty->Element) {
    const Variable *Root = rootOf(E);
    return (Root && inLanes(Root)) || addressVaries(E);
  }
  if (E->Ty->Element && !E->is(ExprKind::Call) && !E->is(ExprKind::Opaque))
    return addressVaries(E);
  for (const Expr *Operand : E->Operands)
    if (isVarying(Operand))
      return true;
  return false;
}

CallShape Uniformity::shape() const {
  CallShape Shape;
  for (const Variable *P : F.Params)
    Shape.Parameters.push_back(inLanes(P));
  Shape.Result = F.Result && inLanes(F.Result);
  return Shape;
}

bool Uniformity::hasLanes(const Type *Ty) {
  if (Ty->isReal())
    return Ty->Precision == 1 || Ty->Precision == 2;
  if (!Ty->isInteger())
    return Ty->isBool();
  // An enumeration is an integer here, too.
  llvm::StringRef Word = Ty->Spelling;
  for (llvm::StringRef Sign : {"unsigned ", "signed "})
    Word.consume_front(Sign);
  return llvm::StringSwitch<bool>(Word)
      .Cases({"char", "short", "int", "long", "long long"}, true)
      .Default(Ty->Spelling == "unsigned");
}

std::string Uniformity::tapeKey(const Type *Ty) { return printType(Ty); }

//===----------------------------------------------------------------------===//
// The fixed point
//===----------------------------------------------------------------------===//

Uniformity::Uniformity(const Function &F, const UniformityRequest &Request,
                       TapeShapes &Tape, CalleeShapes &Callees)
    : F(F), Tape(Tape), Callees(Callees) {
  for (size_t I = 0; I < F.Params.size(); ++I) {
    if (Request.InLanes[I])
      Lanes.insert(F.Params[I]);
    else if (Request.OthersAreShared)
      Shared.insert(F.Params[I]);
    Declared[F.Params[I]] = Outside;
  }
  unify();
  for (const Variable *P : F.Params)
    if (Lanes.contains(find(P)) && Shared.contains(find(P)))
      refuse(P->Loc, "a pointer may point to shared memory and to that of a "
                     "sample");
  do {
    Changed = false;
    visit(F.Body, 0);
  } while (Changed && !Refused);
}

void Uniformity::refuse(Location Loc, const std::string &Why) {
  if (!Refused)
    Refused = LaneRefusal{Loc ? Loc : F.Loc, Why};
}

/// V, or the memory that it leads to, needs a value for each lane.
void Uniformity::mark(const Variable *V, Location Loc) {
  const Variable *Root = find(V);
  if (!Lanes.insert(Root).second)
    return;
  Changed = true;
  if (V->isGlobal())
    refuse(Loc, "the global '" + V->Name + "' is written");
  else if (Shared.contains(Root))
    refuse(Loc, "'" + V->Name +
                    "' leads to memory that all samples share, and "
                    "is written");
  const Type *Scalar = V->Ty->scalar();
  if (!hasLanes(Scalar))
    refuse(Loc, "'" + V->Name + "', of type '" + Scalar->Spelling +
                    "', differs from sample to sample");
}

Uniformity::Region Uniformity::regionOf(const Variable *Root) const {
  auto It = Declared.find(Root);
  return It == Declared.end() ? Outside : It->second;
}

/// Memory behind a pointer is older than any region that we know of.
Uniformity::Region Uniformity::regionOfTarget(const Expr *Target) const {
  const Variable *Root = rootOf(Target);
  if (!Root || (Root->Ty->isPointer() && !Target->is(ExprKind::Var)) ||
      Root->Reference)
    return Outside;
  return regionOf(Root);
}

void Uniformity::visit(const Block &B, Region R) {
  for (const Stmt *S : B)
    if (!Refused)
      visit(*S, R);
}

void Uniformity::visitBodies(const Stmt &S, Region R, bool Divergent) {
  auto Inner = [&](bool Else) {
    if (!Divergent)
      return R;
    auto [It, New] = Regions.try_emplace({&S, Else}, Regions.size() + 1);
    Changed |= New;
    return It->second;
  };
  if (S.Kind == StmtKind::For)
    Declared[S.Var] = Inner(false);
  visit(S.Body, Inner(false));
  if (!S.Else.empty())
    visit(S.Else, Inner(true));
}

void Uniformity::visit(const Stmt &S, Region R) {
  if (S.Kind != StmtKind::Opaque)
    checkExpressions(S);
  switch (S.Kind) {
  case StmtKind::Declare:
    return visitDeclare(S, R);
  case StmtKind::Assign:
  case StmtKind::Rewind:
    if (S.Target->Ty->isPointer())
      return visitPointer(S, S.Target, R);
    if (S.Kind == StmtKind::Rewind && addressVaries(S.Target))
      refuse(S.Loc ? S.Loc : S.Target->Loc,
             "an output is overwritten at an index that differs from sample "
             "to sample");
    return visitAssign(S, S.Target, isVarying(S.Value), R);
  case StmtKind::Call:
    return visitCall(S, R);
  case StmtKind::If:
  case StmtKind::While:
    return visitBodies(S, R, isVarying(S.Value));
  case StmtKind::For:
    return visitFor(S, R);
  case StmtKind::Allocate:
  case StmtKind::Reserve:
  case StmtKind::Release:
  case StmtKind::Free:
    return visitAllocation(S, R);
  case StmtKind::Opaque:
    return refuse(S.Loc ? S.Loc : S.Value->Loc,
                  "this statement is not seen into");
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
    return visitTape(S, R);
    return;
  case StmtKind::Once:
  case StmtKind::Return:
  case StmtKind::Break:
  case StmtKind::Continue:
    return refuse(S.Loc, "its control flow has early exits");
  case StmtKind::Checkpoint:
    llvm_unreachable("no derivative has it");
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Uniformity::visitDeclare(const Stmt &S, Region R) {
  Declared[S.Var] = R;
  if (!S.Value)
    return;
  if (S.Var->Ty->isPointer()) {
    if (addressVaries(S.Value))
      refuse(S.Value->Loc,
             "the pointer '" + S.Var->Name + "' differs from sample to sample");
  } else if (isVarying(S.Value)) {
    mark(S.Var, S.Loc);
  }
}

/// Everything that writes one scalar.
void Uniformity::visitAssign(const Stmt &S, const Expr *Target,
                             bool ValueVaries, Region R) {
  const Variable *Root = rootOf(Target);
  if (!Root || Target->is(ExprKind::Field) ||
      Target->Ty->Kind == TypeKind::Opaque)
    return refuse(S.Loc ? S.Loc : Target->Loc,
                  "memory is written that is not seen into");
  bool Masks = regionOfTarget(Target) != R;
  if (Masks)
    Masked.insert(&S);
  if (Masks || ValueVaries || addressVaries(Target))
    mark(Root, S.Loc ? S.Loc : Target->Loc);
}

void Uniformity::visitPointer(const Stmt &S, const Expr *Target, Region R) {
  if (regionOfTarget(Target) != R || addressVaries(S.Value) ||
      addressVaries(Target))
    refuse(S.Loc ? S.Loc : Target->Loc,
           "a pointer is assigned that differs from sample to sample");
}

void Uniformity::visitFor(const Stmt &S, Region R) {
  bool LowerVaries = isVarying(S.Lower);
  bool Divergent = LowerVaries || isVarying(S.Upper);
  if (LowerVaries && !S.Descending && !S.Step->isLiteral(1))
    return refuse(S.Loc ? S.Loc : S.Lower->Loc,
                  "the steps of a loop lead over different values for "
                  "different samples");
  visitBodies(S, R, Divergent);
}

void Uniformity::visitAllocation(const Stmt &S, Region R) {
  if (S.Kind == StmtKind::Free)
    return;
  if (S.Kind == StmtKind::Allocate) {
    if (S.Count && isVarying(S.Count))
      return refuse(S.Loc, "the size of an allocation differs from sample to "
                           "sample");
    Declared[S.Var] = R;
    if (inLanes(S.Var) && (S.Allocation == AllocationKind::Malloc ||
                           S.Allocation == AllocationKind::Calloc))
      refuse(S.Loc, "memory of 'malloc' is not aligned for lanes");
    return;
  }
  if (S.Kind == StmtKind::Reserve)
    Declared[S.Var] = R;
  // The other half of a call releases what this one reserves.
  syncTape(tapeKey(S.Var->Ty), S.Var, S.Loc);
}

/// The tape knows whether memory of that type has lanes, and so does V.
void Uniformity::syncTape(const std::string &Key, const Variable *V,
                          Location Loc) {
  if (inLanes(V))
    Tape.add(Key);
  else if (Tape.contains(Key))
    mark(V, Loc);
}

void Uniformity::visitPop(const Stmt &S, Region R) {
  if (!S.Target && !S.Var)
    return;
  const Type *Ty = S.Target ? S.Target->Ty : S.Var->Ty;
  if (S.Var && !S.Target)
    Declared[S.Var] = R;
  if (Ty->isPointer()) {
    if (S.Target)
      visitPointer(S, S.Target, R);
    if (const Variable *Root = S.Target ? rootOf(S.Target) : S.Var)
      syncTape(tapeKey(Ty), Root, S.Loc);
    return;
  }
  bool Varies = Tape.contains(tapeKey(Ty));
  if (S.Target)
    visitAssign(S, S.Target, Varies, R);
  else if (Varies)
    mark(S.Var, S.Loc);
}

void Uniformity::visitTape(const Stmt &S, Region R) {
  switch (S.Kind) {
  case StmtKind::Push:
    if (!S.Value->Ty->Element) {
      if (isVarying(S.Value))
        Tape.add(tapeKey(S.Value->Ty));
    } else if (const Variable *Root = rootOf(S.Value)) {
      syncTape(tapeKey(S.Value->Ty), Root, S.Loc);
    }
    return;
  case StmtKind::Pop:
    return visitPop(S, R);
  default: {
    const Expr *Array = S.Kind == StmtKind::PushArray ? S.Value : S.Target;
    const Variable *Root = rootOf(Array);
    if (!Root || isVarying(S.Count))
      return refuse(S.Loc, "the size of an array differs from sample to "
                           "sample");
    // A whole array comes back, in lanes that are not active, too.
    if (S.Kind == StmtKind::PopArray && regionOfTarget(Array) != R)
      return refuse(S.Loc ? S.Loc : Array->Loc,
                    "an array is kept where control differs from sample to "
                    "sample");
    syncTape(tapeKey(Array->Ty->scalar()) + "[]", Root, S.Loc);
  }
  }
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static bool isByAddress(const Variable &Parameter) {
  return Parameter.Reference || Parameter.Ty->Element;
}

/// One call for all lanes does the same as one for each: nothing that it sees
/// differs, and what it writes lives and dies with the lanes that are active.
bool Uniformity::callStaysUniform(const Stmt &S, Region R,
                                  const std::vector<bool> &InLanes) const {
  if (S.Callee->TakesTape || llvm::is_contained(InLanes, true))
    return false;
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (isByAddress(*S.Callee->Params[I]) && mayWriteArgument(*S.Callee, I)) {
      const Variable *Root = rootOf(S.Args[I]);
      if (!Root || !Root->isLocal() || Root->Ty->isPointer() ||
          regionOf(Root) != R)
        return false;
    }
  return true;
}

/// Pointers and references are the same in all lanes.
bool Uniformity::argumentsFit(const Stmt &S) {
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (isByAddress(*S.Callee->Params[I]) &&
        (!rootOf(S.Args[I]) || addressVaries(S.Args[I]))) {
      refuse(S.Args[I]->Loc ? S.Args[I]->Loc : S.Loc,
             "a pointer that differs from sample to sample is passed to '" +
                 S.Callee->Name + "'");
      return false;
    }
  return true;
}

void Uniformity::visitCall(const Stmt &S, Region R) {
  if (S.Var)
    Declared[S.Var] = R;
  if (S.Callee->Inactive || S.Callee->Kind == FunctionKind::External)
    return refuse(S.Loc,
                  "the call of '" + S.Callee->Name + "' is not seen into");
  if (!argumentsFit(S))
    return;
  std::vector<bool> InLanes;
  for (size_t I = 0; I < S.Args.size(); ++I)
    InLanes.push_back(isByAddress(*S.Callee->Params[I])
                          ? inLanes(rootOf(S.Args[I]))
                          : isVarying(S.Args[I]));
  UniformCalls.erase(&S);
  if (callStaysUniform(S, R, InLanes)) {
    UniformCalls.insert(&S);
    return;
  }
  LaneRefusal Why;
  std::optional<CallShape> Shape = Callees.shapeOf(*S.Callee, InLanes, Why);
  if (!Shape)
    return refuse(Why.Loc, Why.Why);
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (Shape->Parameters[I] && isByAddress(*S.Callee->Params[I]))
      mark(rootOf(S.Args[I]), S.Loc);
  if (S.Var && Shape->Result)
    mark(S.Var, S.Loc);
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

void Uniformity::checkExpressions(const Stmt &S) {
  forEachExpr(S, [&](const Expr &E) { checkExpression(E, S.Loc); });
  if (S.Kind == StmtKind::Declare && S.Var->Ty->isArray())
    for (const Type *T = S.Var->Ty; T->isArray(); T = T->Element)
      if (isVarying(T->Extent))
        refuse(S.Loc, "the size of '" + S.Var->Name +
                          "' differs from sample to sample");
}

/// Memory in lanes is not passed to what expects plain memory.
void Uniformity::checkExpression(const Expr &E, Location Loc) {
  if (E.Loc)
    Loc = E.Loc;
  bool OfLanes = false;
  for (const Expr *Operand : E.Operands) {
    const Variable *Root = Operand->Ty->Element ? rootOf(Operand) : nullptr;
    OfLanes |= Root && inLanes(Root);
  }
  switch (E.Kind) {
  case ExprKind::Opaque:
    if (OfLanes || isVarying(&E))
      refuse(Loc, "an expression that is not seen into depends on the sample");
    return;
  case ExprKind::Call:
    if (OfLanes)
      refuse(Loc, "'" + E.Text + "' gets a pointer to memory of a sample");
    else if (E.Ty->Element && isVarying(&E))
      refuse(Loc, "'" + E.Text +
                      "' gives a pointer that differs from sample "
                      "to sample");
    break;
  case ExprKind::Cast:
    if (OfLanes && (!E.Ty->Element || E.Ty->scalar() != E.op(0)->Ty->scalar()))
      refuse(Loc, "a pointer to memory of a sample is converted to '" +
                      printType(E.Ty) + "'");
    break;
  case ExprKind::Field:
    if (isVarying(E.op(0)))
      refuse(Loc, "'" + E.Text +
                      "' is part of an object that differs from "
                      "sample to sample");
    return;
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Conditional:
    // What is not an offset from one pointer for all lanes.
    if (E.Ty->isPointer() && addressVaries(&E))
      refuse(Loc, "a pointer differs from sample to sample");
    break;
  default:
    break;
  }
  if (!E.Ty->Element && !hasLanes(E.Ty) && isVarying(&E))
    refuse(Loc, "a value of type '" + printType(E.Ty) +
                    "' differs from sample to sample");
}
