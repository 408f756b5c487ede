//===- LowerCasts.cpp - Conversions ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Conversions between arithmetic types stay visible in the IR, those that only
// change how a value is looked at vanish, and those that give memory another
// type are refused where real numbers live in it.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace retrograd;

static bool isImplicit(const CastExpr *E) {
  const auto *I = dyn_cast<ImplicitCastExpr>(E);
  return I && !I->isPartOfExplicitCast();
}

/// An array where a pointer to its first element is expected.
const ir::Expr *FunctionLowering::decay(const Expr *Array) {
  Array = lookThrough(Array);
  if (const auto *C = dyn_cast<ConditionalOperator>(Array))
    return choose(
        rvalue(C->getCond()), [&] { return decay(C->getTrueExpr()); },
        [&] { return decay(C->getFalseExpr()); },
        type(AST.getArrayDecayedType(C->getType()), C->getExprLoc()), loc(C));
  const ir::Expr *Location = lvalue(Array);
  escape(Location, Array, ReadOnly);
  return Location;
}

const ir::Expr *FunctionLowering::pointerCast(const CastExpr *E) {
  QualType From = E->getSubExpr()->getType(), To = E->getType();
  if (!From->isPointerType() && !From->isArrayType())
    return reject(E, "making a pointer from an integer is not supported",
                  InactiveNote);
  QualType Source = From->getPointeeType(), Target = To->getPointeeType();
  bool Same = AST.hasSameUnqualifiedType(Source, Target);
  bool Real = M.carriesReal(Source) || M.carriesReal(Target);
  if (Real && !Same && !(Target->isVoidType() && AllowUntyped))
    return reject(E,
                  "converting '" + From.getAsString(M.Policy) + "' to '" +
                      To.getAsString(M.Policy) +
                      "' would hide real numbers from differentiation",
                  "keep the pointer's own type, or move the conversion to a "
                  "function marked '#pragma retrograd inactive'");
  llvm::SaveAndRestore Reading(ReadOnly, ReadOnly || Target.isConstQualified());
  const ir::Expr *Value = rvalue(E->getSubExpr());
  const ir::Type *Ty = type(To, E->getExprLoc());
  return Failed ? poison() : Ctx.cast(Value, Ty, isImplicit(E), loc(E));
}

bool retrograd::isPlainThis(const Expr *E) {
  while (true) {
    E = lookThrough(E);
    const auto *C = dyn_cast<ImplicitCastExpr>(E);
    if (!C || C->getCastKind() != CK_NoOp)
      return isa<CXXThisExpr>(E);
    E = C->getSubExpr();
  }
}

/// The part of an object that is its base class.
const ir::Expr *FunctionLowering::baseOf(const ir::Expr *Object, QualType Base,
                                         const Expr *E) {
  std::string Name = M.typeName(Base) + "::";
  for (const ir::RecordField &Field : Object->Ty->Fields)
    if (!Failed && Field.Name == Name)
      return Ctx.field(Object, Name, Field.Ty, loc(E));
  return reject(E, "this conversion to a base class is not supported",
                "pass the numbers that the function needs as parameters");
}

const ir::Expr *FunctionLowering::baseOf(const ir::Expr *Object,
                                         const CastExpr *E) {
  for (const CXXBaseSpecifier *Step : E->path())
    Object = baseOf(Object, Step->getType(), E);
  return Object;
}

/// The address of the same object as that of a base class.
const ir::Expr *FunctionLowering::basePointer(const CastExpr *E) {
  const ir::Expr *Pointer = rvalue(E->getSubExpr());
  if (Failed)
    return poison();
  const ir::Expr *Object = Pointer->is(ir::ExprKind::AddressOf)
                               ? Pointer->op(0)
                               : dereference(Pointer, loc(E));
  Object = baseOf(Object, E);
  return Failed ? poison() : Ctx.addressOf(Object, loc(E));
}

const ir::Expr *FunctionLowering::cast(const CastExpr *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getCastKind()) {
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
    return E->getType()->isPointerType() ? basePointer(E) : lvalue(E);
  case CK_LValueToRValue:
  case CK_UserDefinedConversion: // the call of a conversion function
    return rvalue(Sub);
  case CK_NoOp: {
    if (!E->getType()->isPointerType())
      return rvalue(Sub);
    // Losing const is a conversion; gaining it is none.
    QualType From = Sub->getType()->getPointeeType();
    QualType To = E->getType()->getPointeeType();
    if (!From.isNull() && From.isConstQualified() && !To.isConstQualified())
      return pointerCast(E);
    llvm::SaveAndRestore Reading(ReadOnly, ReadOnly || To.isConstQualified());
    return rvalue(Sub);
  }
  case CK_ArrayToPointerDecay:
    return decay(Sub);
  case CK_IntegralCast:
  case CK_FloatingCast:
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_FloatingToBoolean:
  case CK_IntegralToBoolean:
  case CK_PointerToBoolean: {
    const ir::Expr *Value = rvalue(Sub);
    const ir::Type *Ty = type(E->getType(), E->getExprLoc());
    return Failed ? poison() : Ctx.cast(Value, Ty, isImplicit(E), loc(E));
  }
  case CK_NullToPointer:
    return Ctx.literal(type(E->getType(), E->getExprLoc()), "nullptr", loc(E));
  case CK_BitCast: {
    bool Handled = false;
    const ir::Expr *Memory = allocation(E, nullptr, Handled);
    return Handled ? Memory : pointerCast(E);
  }
  case CK_ToVoid:
    effect(Sub);
    return poison();
  case CK_FunctionToPointerDecay:
  case CK_BuiltinFnToFnPtr:
    return reject(E, "a pointer to a function is not supported",
                  "call the function by its name");
  case CK_IntegralToPointer:
  case CK_PointerToIntegral:
    return reject(E,
                  "converting between pointers and integers is not "
                  "supported",
                  InactiveNote);
  case CK_LValueBitCast:
  case CK_LValueToRValueBitCast:
    return reject(E, "looking at a value as another type is not supported",
                  InactiveNote);
  default:
    return reject(E,
                  std::string("a conversion of the kind '") +
                      E->getCastKindName() + "' is not supported",
                  InactiveNote);
  }
}
