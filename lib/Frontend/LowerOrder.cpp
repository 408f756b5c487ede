//===- LowerOrder.cpp - Values that survive side effects ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C++ fixes the order of side effects; the IR has none in expressions. When an
// operand is lowered, the statements of later operands may change what it
// reads. Then, and only then, it moves into a temporary:
//
//   a[i] + (i = 3)      =>      t = a[i]; i = 3;      value: t + i
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "LowerFunction.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace retrograd;

//===----------------------------------------------------------------------===//
// What statements write and expressions read
//===----------------------------------------------------------------------===//

namespace {
struct Writes {
  llvm::SmallPtrSet<const ir::Variable *, 8> Variables;
  /// What pointers and references may reach.
  bool Memory = false;
};
} // namespace

/// The variable that holds a location itself, or null behind a pointer.
static const ir::Variable *holder(const ir::Expr *Location) {
  while (true) {
    if (Location->is(ir::ExprKind::Var))
      return Location->Var;
    bool Within =
        Location->is(ir::ExprKind::Field) ||
        (Location->is(ir::ExprKind::Index) && Location->op(0)->Ty->isArray());
    if (!Within)
      return nullptr;
    Location = Location->op(0);
  }
}

bool retrograd::isShared(const ir::Variable *V) {
  return V->AddressTaken || V->Reference || (V->isGlobal() && !V->Const);
}

static void addWrite(Writes &W, const ir::Expr *Target) {
  const ir::Variable *V = holder(Target);
  if (V)
    W.Variables.insert(V);
  if (!V || isShared(V))
    W.Memory = true;
}

static void addCall(Writes &W, const ir::Stmt &S) {
  const ir::Function &Callee = *S.Callee;
  if (Callee.Kind == ir::FunctionKind::External && !Callee.Inactive)
    W.Memory = true;
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const ir::Expr *Arg = S.Args[I];
    bool Known = I < Callee.Params.size();
    if (Known && Callee.Params[I]->Reference) {
      if (!Callee.Params[I]->Const)
        addWrite(W, Arg);
      continue;
    }
    if (!Arg->Ty->isPointer() && !Arg->Ty->isArray())
      continue;
    if (Known && Callee.Params[I]->Ty->ConstElement)
      continue;
    W.Memory = true;
    const ir::Expr *Place = Arg->is(ir::ExprKind::AddressOf) ? Arg->op(0) : Arg;
    if (const ir::Variable *V = holder(Place))
      W.Variables.insert(V);
  }
}

static void addWrites(Writes &W, const ir::Block &B) {
  ir::forEachStmt(B, [&](ir::Stmt &S) {
    if (S.Kind == ir::StmtKind::Assign)
      addWrite(W, S.Target);
    else if (S.Kind == ir::StmtKind::Call)
      addCall(W, S);
    else if (S.Kind == ir::StmtKind::Free || S.Kind == ir::StmtKind::Opaque)
      W.Memory = true;
  });
}

bool retrograd::isThroughPointer(const ir::Expr &E) {
  return E.is(ir::ExprKind::Deref) ||
         (E.is(ir::ExprKind::Index) && E.op(0)->Ty->isPointer());
}

static bool mayChange(const Writes &W, const ir::Expr *E) {
  // Long sums would be walked from each of their terms.
  if (!W.Memory && W.Variables.empty())
    return false;
  // The address of a variable never changes.
  if (E->is(ir::ExprKind::Var) && E->Ty->isArray())
    return false;
  if (E->is(ir::ExprKind::AddressOf) && E->op(0)->is(ir::ExprKind::Var))
    return false;
  bool Changes = false;
  ir::forEachExpr(E, [&](const ir::Expr &Node) {
    if (Node.is(ir::ExprKind::Var))
      Changes |=
          W.Variables.contains(Node.Var) || (W.Memory && isShared(Node.Var));
    else if (isThroughPointer(Node) || Node.is(ir::ExprKind::Opaque))
      Changes |= W.Memory;
  });
  return Changes;
}

bool FunctionLowering::readsMemory(const ir::Expr *E) const {
  bool Reads = false;
  ir::forEachExpr(E, [&](const ir::Expr &Node) {
    Reads |= isThroughPointer(Node) ||
             (Node.is(ir::ExprKind::Var) && isShared(Node.Var));
  });
  return Reads;
}

/// Nothing can change the value any more.
bool FunctionLowering::isFixed(const ir::Expr *E) const {
  bool Holds = true;
  ir::forEachExpr(E, [&](const ir::Expr &Node) {
    if (Node.is(ir::ExprKind::Var))
      Holds &=
          Fixed.contains(Node.Var) || (Node.Var->isGlobal() && Node.Var->Const);
    else if (isThroughPointer(Node))
      Holds = false;
    else if (Node.is(ir::ExprKind::Opaque))
      Holds &= Node.Operands.empty();
  });
  return Holds;
}

/// Later evaluations denote the same location.
bool FunctionLowering::isFixedLocation(const ir::Expr *E) const {
  switch (E->Kind) {
  case ir::ExprKind::Var:
    return true;
  case ir::ExprKind::Field:
    return isFixedLocation(E->op(0));
  case ir::ExprKind::Deref:
    return isFixed(E->op(0));
  case ir::ExprKind::Index: {
    const ir::Expr *Base = E->op(0);
    return isFixed(E->op(1)) &&
           (Base->Ty->isArray() ? isFixedLocation(Base) : isFixed(Base));
  }
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// Sequences of operands
//===----------------------------------------------------------------------===//

/// The same location, with the values it is computed from kept.
const ir::Expr *FunctionLowering::keepLocation(const ir::Expr *E) {
  switch (E->Kind) {
  case ir::ExprKind::Index: {
    const ir::Expr *Base = E->op(0)->Ty->isArray() && E->op(0)->isLValue()
                               ? keepLocation(E->op(0))
                               : keepValue(E->op(0));
    return Ctx.withOperands(E, {Base, keepValue(E->op(1))});
  }
  case ir::ExprKind::Deref:
    return Ctx.withOperands(E, {keepValue(E->op(0))});
  case ir::ExprKind::Field:
    return Ctx.withOperands(E, {keepLocation(E->op(0))});
  default:
    return E;
  }
}

/// The location is another one after the writes.
static bool mayMove(const Writes &W, const ir::Expr *Location) {
  switch (Location->Kind) {
  case ir::ExprKind::Field:
    return mayMove(W, Location->op(0));
  case ir::ExprKind::Deref:
    return mayChange(W, Location->op(0));
  case ir::ExprKind::Index: {
    const ir::Expr *Base = Location->op(0);
    return mayChange(W, Location->op(1)) ||
           (Base->Ty->isArray() && Base->isLValue() ? mayMove(W, Base)
                                                    : mayChange(W, Base));
  }
  default:
    return false;
  }
}

/// What an assignment denotes as a value is where it has written, even if that
/// has changed what the location is computed from: y = p[k[0]] = v.
const ir::Expr *FunctionLowering::keepOwnLocation(const ir::Expr *Target) {
  Writes Own;
  addWrite(Own, Target);
  return !Failed && mayMove(Own, Target) ? keepLocation(Target) : Target;
}

FunctionLowering::Operand FunctionLowering::operand(Lazy Work,
                                                    bool IsLocation) {
  Operand O;
  O.Before = within([&] { O.Value = Work(); });
  O.IsLocation = IsLocation;
  return O;
}

/// Emits the statements of all operands in order and returns values that hold
/// after the last one.
std::vector<const ir::Expr *>
FunctionLowering::sequence(llvm::MutableArrayRef<Operand> Operands) {
  std::vector<Writes> Later(Operands.size());
  Writes Sum;
  for (size_t I = Operands.size(); I-- > 0;) {
    Later[I] = Sum;
    addWrites(Sum, Operands[I].Before);
  }
  std::vector<const ir::Expr *> Values;
  for (size_t I = 0; I < Operands.size(); ++I) {
    emit(Operands[I].Before);
    const ir::Expr *Value = Operands[I].Value;
    if (mayChange(Later[I], Value))
      Value = Operands[I].IsLocation ? keepLocation(Value) : keepValue(Value);
    Values.push_back(Value);
  }
  return Values;
}

std::pair<const ir::Expr *, const ir::Expr *>
FunctionLowering::sequence(Lazy First, Lazy Second) {
  Operand Operands[] = {operand(First), operand(Second)};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  return {Values[0], Values[1]};
}
