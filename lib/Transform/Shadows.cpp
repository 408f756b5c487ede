//===- Shadows.cpp - Where the derivative of a location lives -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shadow expression mirrors the primal expression node by node.
//
//===----------------------------------------------------------------------===//

#include "Shadows.h"

using namespace retrograd;
using namespace retrograd::ir;

const Type *retrograd::adjointType(Context &Ctx, const Type *Ty) {
  if (Ty->isPointer())
    return Ctx.pointerTo(adjointType(Ctx, Ty->Element),
                         Ty->ConstElement && Ty->Element->isPointer());
  if (Ty->isArray())
    return Ctx.arrayOf(adjointType(Ctx, Ty->Element), Ty->Extent);
  return Ty;
}

bool retrograd::isPassedByAddress(const Variable &V) {
  return V.Reference || V.Ty->isAggregate() || (V.isGlobal() && V.Ty->isReal());
}

Variable *Shadows::of(const Variable *V) {
  Entry &E = Map[V];
  if (!E.Shadow) {
    E.Shadow = F.addVariable(Prefix + V->Name, shadowType(V->Ty),
                             VariableKind::Local, V->Loc);
    E.Shadow->Generated = E.Shadow->Shadow = true;
    E.Shadow->Apart = V->Apart;
    E.Shadow->AddressTaken = V->AddressTaken;
  }
  return E.Shadow;
}

void Shadows::bind(const Variable *V, Variable *Shadow, bool Indirect) {
  Shadow->Shadow = true;
  Shadow->AddressTaken = !Indirect && V->AddressTaken;
  Map[V] = {Shadow, Indirect, /*Bound=*/true};
}

const Expr *Shadows::location(const Expr *E) {
  switch (E->Kind) {
  case ExprKind::Var: {
    const Expr *Shadow = Ctx.var(of(E->Var));
    // The shadow of an array reference points to its first element already.
    if (!Map[E->Var].Indirect || E->Ty->isArray())
      return Shadow;
    return Ctx.deref(Shadow);
  }
  case ExprKind::Index: {
    const Expr *Base =
        E->op(0)->Ty->isPointer() ? pointer(E->op(0)) : location(E->op(0));
    return Ctx.index(Base, E->op(1));
  }
  case ExprKind::Deref:
    return Ctx.deref(pointer(E->op(0)));
  case ExprKind::Field: {
    // Whether elements are const depends on the container alone.
    bool OfContainer = isData(*E) && E->Ty->isPointer();
    return Ctx.field(location(E->op(0)), E->Text,
                     OfContainer ? shadowType(E->Ty) : E->Ty, E->Loc);
  }
  default:
    llvm_unreachable("not a location that has a derivative");
  }
}

const Expr *Shadows::pointer(const Expr *E) {
  if (E->Ty->isArray() || E->isLValue()) {
    const Expr *Place = location(E);
    // A field has the type that the class gives it: its const says that the
    // primal does not write there.
    const Type *Ty = shadowType(E->Ty);
    return E->is(ExprKind::Field) && E->Ty->isPointer() && Place->Ty != Ty
               ? Ctx.cast(Place, Ty, /*Implicit=*/false)
               : Place;
  }
  switch (E->Kind) {
  case ExprKind::AddressOf: {
    const Expr *Place = location(E->op(0));
    // The shadow of an array reference points to its first element.
    if (E->op(0)->Ty->isArray() && Place->Ty->isPointer())
      return Ctx.cast(Place, shadowType(E->Ty), /*Implicit=*/false);
    return Place->is(ExprKind::Deref) ? Place->op(0) : Ctx.addressOf(Place);
  }
  case ExprKind::Binary: {
    auto Side = [&](const Expr *Operand) {
      bool Pointer = Operand->Ty->isPointer() || Operand->Ty->isArray();
      return Pointer ? pointer(Operand) : Operand;
    };
    return Ctx.binary(E->Text, Side(E->op(0)), Side(E->op(1)),
                      shadowType(E->Ty));
  }
  case ExprKind::Conditional:
    return Ctx.conditional(E->op(0), pointer(E->op(1)), pointer(E->op(2)));
  case ExprKind::Cast:
    return E->Implicit ? pointer(E->op(0))
                       : Ctx.cast(pointer(E->op(0)), shadowType(E->Ty),
                                  /*Implicit=*/false);
  default:
    // A null pointer is its own shadow.
    return E;
  }
}
