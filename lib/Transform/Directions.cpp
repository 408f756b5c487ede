//===- Directions.cpp - Derivatives in several directions at once ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The second step: variables get their new types, and all that mentions them is
// written anew for these. A number that one loop declares and nothing else
// mentions needs no array: it stays a number inside the loop.
//
//===----------------------------------------------------------------------===//

#include "Directions.h"
#include "../IR/Walk.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class Directions {
public:
  Directions(Context &Ctx, Function &F, unsigned Count, bool Public)
      : Ctx(Ctx), F(F), Number(Count), Count(Ctx.intLiteral(Count)),
        Public(Public) {}

  void run();

private:
  void findScalars();
  void retype();
  const Type *widened(const Type *Ty) const;
  bool isFlat(const Expr *E) const { return E->Var && Flat.contains(E->Var); }

  const Expr *pointer(const Expr *E);
  const Expr *place(const Expr *E);
  const Expr *element(const Expr *E);
  const Expr *argument(const Expr *E);
  const Expr *rows(Variable *V);
  const Expr *address(const Expr *Place);

  void convert(Block &B);
  void convertLoop(Stmt &Loop, Block &Out);
  void convertInLoop(Stmt &S, Block &Before, Block &Inside);
  void convertStmt(Stmt &S);

  Context &Ctx;
  Function &F;
  unsigned Number;
  const Expr *Count;
  bool Public;
  llvm::DenseSet<const Stmt *> Loops;
  /// Stay one number, inside their loop.
  llvm::DenseSet<const Variable *> Scalars;
  /// Parameters that point to numbers, the directions of one behind those of
  /// the other, and not to rows of them.
  llvm::DenseSet<const Variable *> Flat;
  llvm::DenseMap<const Variable *, Variable *> Rows;
  /// The direction of the loop that is being converted.
  const Expr *K = nullptr;
};

} // namespace

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

void Directions::findScalars() {
  llvm::DenseMap<const Variable *, int> All;
  forEachStmt(F.Body, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var)
        ++All[E.Var];
      if (E.is(ExprKind::AddressOf) && E.op(0)->Var)
        ++All[E.op(0)->Var];
    });
  });
  for (const Stmt *Loop : Loops) {
    llvm::DenseMap<const Variable *, int> Here;
    for (const Stmt *S : Loop->Body)
      forEachExpr(*S, [&](const Expr &E) {
        if (E.Var)
          ++Here[E.Var];
      });
    for (const Stmt *S : Loop->Body)
      if (S->Kind == StmtKind::Declare &&
          Here.lookup(S->Var) == All.lookup(S->Var))
        Scalars.insert(S->Var);
  }
}

/// The type with one more dimension.
const Type *Directions::widened(const Type *Ty) const {
  if (Ty->isReal())
    return Ctx.arrayOf(Ty, Count);
  if (Ty->isArray())
    return Ctx.arrayOf(widened(Ty->Element), Ty->Extent);
  return Ty->isPointer() ? Ctx.pointerTo(widened(Ty->Element), Ty->ConstElement)
                         : Ty;
}

void Directions::retype() {
  for (Variable &V : F.Variables) {
    if (!V.Shadow || Scalars.contains(&V))
      continue;
    bool Number = V.Ty->isReal();
    if (V.isParameter() && Number)
      V.Ty = Ctx.pointerTo(V.Ty, /*ConstElement=*/true);
    else if (!(V.isParameter() && Public && V.Ty->isPointer() &&
               V.Ty->Element->isReal())) {
      V.Ty = widened(V.Ty);
      if (!V.Ty->isPointer())
        V.Const = false;
      continue;
    }
    Flat.insert(&V);
  }
}

/// A flat parameter as a pointer to rows.
const Expr *Directions::rows(Variable *V) {
  Variable *&Local = Rows[V];
  if (!Local) {
    Local = F.addVariable(
        V->Name + "_rows",
        Ctx.pointerTo(widened(V->Ty->Element), V->Ty->ConstElement),
        VariableKind::Local, V->Loc);
    Local->Generated = Local->Const = Local->Shadow = true;
  }
  return Ctx.var(Local);
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

/// Where the directions of a number are: an array, or a pointer to the first.
const Expr *Directions::place(const Expr *E) {
  switch (E->Kind) {
  case ExprKind::Var:
    return Ctx.var(E->Var, E->Loc);
  case ExprKind::Index:
    return Ctx.index(pointer(E->op(0)), E->op(1), E->Loc);
  case ExprKind::Deref:
    return isFlat(E->op(0)) ? Ctx.var(E->op(0)->Var, E->Loc)
                            : Ctx.deref(pointer(E->op(0)), E->Loc);
  default:
    llvm_unreachable("not a location that has a derivative");
  }
}

/// The address of a row.
const Expr *Directions::address(const Expr *Place) {
  return isFlat(Place) ? rows(Place->Var) : Ctx.addressOf(Place);
}

/// A pointer to shadows, or an array of them, as it is now.
const Expr *Directions::pointer(const Expr *E) {
  if (!mentionsShadow(E))
    return E;
  switch (E->Kind) {
  case ExprKind::Var:
    return isFlat(E) ? rows(E->Var) : Ctx.var(E->Var, E->Loc);
  case ExprKind::Index:
    return Ctx.index(pointer(E->op(0)), E->op(1), E->Loc);
  case ExprKind::Deref:
    return Ctx.deref(pointer(E->op(0)), E->Loc);
  case ExprKind::AddressOf:
    return E->op(0)->Ty->isReal() ? address(place(E->op(0)))
                                  : Ctx.addressOf(pointer(E->op(0)), E->Loc);
  case ExprKind::Binary: {
    const Expr *L = pointer(E->op(0)), *R = pointer(E->op(1));
    const Expr *Pointer = mentionsShadow(E->op(0)) ? L : R;
    return Ctx.binary(E->Text, L, R, Ctx.decayed(Pointer), E->Loc);
  }
  case ExprKind::Conditional:
    return Ctx.conditional(E->op(0), pointer(E->op(1)), pointer(E->op(2)),
                           E->Loc);
  case ExprKind::Cast:
    return Ctx.cast(pointer(E->op(0)), widened(E->Ty), E->Implicit, E->Loc);
  default:
    llvm_unreachable("not an address of a derivative");
  }
}

/// Direction K of an expression.
const Expr *Directions::element(const Expr *E) {
  if (!mentionsShadow(E))
    return E;
  if (E->is(ExprKind::Var) && Scalars.contains(E->Var))
    return E;
  if (E->isLValue())
    return Ctx.index(place(E), K, E->Loc);
  std::vector<const Expr *> Operands;
  for (const Expr *Operand : E->Operands)
    Operands.push_back(element(Operand));
  return Ctx.withOperands(E, std::move(Operands));
}

/// What a rule gets for one direction: a number or the address of one.
const Expr *Directions::argument(const Expr *E) {
  if (!mentionsShadow(E) || E->Ty->isReal())
    return element(E);
  return Ctx.addressOf(element(Ctx.deref(E)));
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// A statement of a loop over directions. Before is what precedes the loop.
void Directions::convertInLoop(Stmt &S, Block &Before, Block &Inside) {
  if (S.Kind == StmtKind::Declare && !Scalars.contains(S.Var)) {
    Stmt *Declare = Ctx.declare(S.Var, nullptr, S.Loc);
    bool Zero = S.Value && S.Value->isLiteral(0);
    Declare->ZeroInit = S.ZeroInit || Zero;
    Before.push_back(Declare);
    if (S.Value && !Zero) {
      const Expr *Place = Ctx.index(Ctx.var(S.Var), K);
      Inside.push_back(
          Ctx.assign(Place, element(S.Value), AssignOp::Set, S.Loc));
    }
    return;
  }
  if (S.Target)
    S.Target = element(S.Target);
  if (S.Value)
    S.Value = element(S.Value);
  for (const Expr *&Arg : S.Args)
    Arg = argument(Arg);
  Inside.push_back(&S);
}

void Directions::convertLoop(Stmt &Loop, Block &Out) {
  K = Ctx.var(Loop.Var);
  Block Inside;
  for (Stmt *S : Loop.Body)
    convertInLoop(*S, Out, Inside);
  Loop.Body = std::move(Inside);
  if (!Loop.Body.empty())
    Out.push_back(&Loop);
}

/// A statement that is not repeated for each direction: it moves addresses, or
/// handles all directions at once.
void Directions::convertStmt(Stmt &S) {
  switch (S.Kind) {
  case StmtKind::PushArray:
  case StmtKind::PopArray: {
    const Expr *&Array = S.Kind == StmtKind::PushArray ? S.Value : S.Target;
    if (!mentionsShadow(Array))
      return;
    Array = pointer(Array);
    if (Array->Ty->Element->isArray()) {
      Array = Ctx.index(Array, Ctx.intLiteral(0));
      S.Count = Ctx.binary("*", S.Count, Count, S.Count->Ty);
    }
    return;
  }
  case StmtKind::Allocate:
  case StmtKind::Free: {
    if (S.Value)
      S.Value = pointer(S.Value);
    // What was one number is an array now.
    const Type *Pointer = S.Value ? S.Value->Ty : S.Var->Ty;
    if (S.Allocation == AllocationKind::NewScalar &&
        Pointer->Element->isArray()) {
      S.Allocation = AllocationKind::NewArray;
      S.Count = Ctx.intLiteral(1);
    }
    return;
  }
  case StmtKind::Call:
    for (const Expr *&Arg : S.Args)
      if (mentionsShadow(Arg))
        Arg = Arg->Ty->isReal() ? place(Arg) : pointer(Arg);
    return;
  default:
    if (S.Target)
      S.Target = pointer(S.Target);
    if (S.Value)
      S.Value = pointer(S.Value);
    return;
  }
}

void Directions::convert(Block &B) {
  Block Old = std::move(B);
  B.clear();
  for (Stmt *S : Old) {
    if (Loops.contains(S)) {
      convertLoop(*S, B);
      continue;
    }
    convertStmt(*S);
    convert(S->Body);
    convert(S->Else);
    B.push_back(S);
  }
}

void Directions::run() {
  for (const Stmt *Loop : groupDirections(Ctx, F, Number))
    Loops.insert(Loop);
  findScalars();
  retype();
  convert(F.Body);
  Block Casts;
  for (Variable *P : F.Params)
    if (Variable *Local = Rows.lookup(P))
      Casts.push_back(Ctx.declare(
          Local, Ctx.cast(Ctx.var(P), Local->Ty, /*Implicit=*/false)));
  F.Body.insert(F.Body.begin(), Casts.begin(), Casts.end());
}

void retrograd::addDirections(Context &Ctx, Function &F, unsigned Count,
                              bool Public) {
  Directions(Ctx, F, Count, Public).run();
}
