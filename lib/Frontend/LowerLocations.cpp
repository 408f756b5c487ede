//===- LowerLocations.cpp - What names memory -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Variables, elements, what pointers point to, members, and the addresses of
// all of them.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "RecordTypes.h"

using namespace clang;
using namespace retrograd;

static const char *const ClassNote =
    "pass the members that the function needs as parameters";

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

const ir::Expr *FunctionLowering::variable(const VarDecl *V, const Expr *E) {
  if (V->isLocalVarDeclOrParm() && !V->hasExternalStorage())
    return reject(E,
                  "'" + V->getNameAsString() +
                      "' is used where its declaration is not reached",
                  "declare it before the statement that uses it");
  std::string Why;
  ir::Variable *G = M.global(V, Why);
  if (!G)
    return reject(E, Why + " not supported", InactiveNote);
  return Ctx.var(G, loc(E));
}

const ir::Expr *FunctionLowering::rejectPrivate(const NamedDecl *D,
                                                const Expr *E) {
  return reject(E,
                "'" + D->getNameAsString() +
                    "' is private, so a derivative, which is no member of the "
                    "class, cannot name it",
                "make it public, or move it out of the class");
}

const ir::Expr *FunctionLowering::named(const DeclRefExpr *E) {
  const ValueDecl *D = E->getDecl();
  if (const ir::Expr *Known = Bindings.lookup(D))
    return Known->is(ir::ExprKind::Var) ? Ctx.var(Known->Var, loc(E)) : Known;
  if (isPrivate(D))
    return rejectPrivate(D, E);
  if (const auto *Constant = dyn_cast<EnumConstantDecl>(D)) {
    const ir::Type *Ty = type(E->getType(), E->getExprLoc());
    const auto *Enum = cast<EnumDecl>(Constant->getDeclContext());
    if (!Enum->getDeclContext()->isFunctionOrMethod())
      return opaqueText(M.qualifiedName(Constant), Ty, E);
    llvm::SmallString<16> Text;
    Constant->getInitVal().toString(Text, 10);
    return Ctx.literal(Ty, Text, loc(E));
  }
  if (const auto *V = dyn_cast<VarDecl>(D))
    return variable(V, E);
  if (isa<FunctionDecl>(D))
    return reject(E, "a pointer to a function is not supported",
                  "call the function by its name");
  return reject(E, "'" + D->getNameAsString() + "' is not supported here",
                InactiveNote);
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

/// The base of a subscript or dereference: an array does not become a pointer
/// first.
const ir::Expr *FunctionLowering::subscriptBase(const Expr *E) {
  const Expr *Plain = lookThrough(E);
  if (const auto *C = dyn_cast<ImplicitCastExpr>(Plain);
      C && C->getCastKind() == CK_ArrayToPointerDecay)
    return lvalue(C->getSubExpr());
  return rvalue(E);
}

const ir::Expr *FunctionLowering::subscript(const ArraySubscriptExpr *E) {
  // C++17 sequences the base of E1[E2] before the index.
  auto [Base, Index] = sequence([&] { return subscriptBase(E->getBase()); },
                                [&] { return rvalue(E->getIdx()); });
  if (Failed)
    return poison();
  if (!Base->Ty->Element)
    return reject(E,
                  "subscripting '" + E->getBase()->getType().getAsString() +
                      "' is not supported",
                  InactiveNote);
  return Ctx.index(Base, Index, loc(E));
}

/// *(p + i) is p[i].
const ir::Expr *FunctionLowering::dereference(const ir::Expr *Pointer,
                                              ir::Location Loc) {
  if (Pointer->is(ir::ExprKind::Binary) && Pointer->Text == "+") {
    const ir::Expr *L = Pointer->op(0), *R = Pointer->op(1);
    if (R->Ty->Element)
      std::swap(L, R);
    return Ctx.index(L, R, Loc);
  }
  if (Pointer->Ty->isArray())
    return Ctx.index(Pointer, Ctx.intLiteral(0), Loc);
  return Ctx.deref(Pointer, Loc);
}

static QualType objectType(const MemberExpr *E) {
  QualType T = E->getBase()->getType();
  return E->isArrow() ? T->getPointeeType() : T;
}

const ir::Expr *FunctionLowering::member(const MemberExpr *E) {
  const ValueDecl *D = E->getMemberDecl();
  if (const auto *V = dyn_cast<VarDecl>(D)) {
    effect(E->getBase());
    return variable(V, E);
  }
  const auto *Field = dyn_cast<FieldDecl>(D);
  if (!Field || Field->getParent()->isUnion() || Field->getName().empty())
    return reject(E,
                  "the member '" + D->getNameAsString() +
                      "' is of a kind that is not supported",
                  InactiveNote);
  bool IsThis = isPlainThis(E->getBase());
  if (IsThis && !This)
    return reject(E, "members of the object itself are not supported yet",
                  ClassNote);
  const ir::Type *Ty = type(Field->getType(), E->getExprLoc());
  const ir::Expr *Base = IsThis         ? This
                         : E->isArrow() ? rvalue(E->getBase())
                                        : lvalue(E->getBase());
  if (Failed)
    return poison();
  if (M.carriesReal(Field->getType()) && !isRecord(objectType(E), AST))
    return reject(
        E,
        "the member '" + Field->getNameAsString() +
            "' holds real numbers; its class is not supported yet, since " +
            whyNoRecord(cast<CXXRecordDecl>(Field->getParent()), AST),
        ClassNote);
  if (E->isArrow() && Base->is(ir::ExprKind::AddressOf))
    Base = Base->op(0);
  else if (E->isArrow() && !IsThis)
    Base = Base->Ty->Element ? dereference(Base, loc(E)) : Base;
  return Ctx.field(Base, Field->getName(), Ty, loc(E));
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

/// Notes that a pointer to the location now exists.
void FunctionLowering::escape(const ir::Expr *Location, const Expr *E,
                              bool ReadOnly) {
  while (Location->is(ir::ExprKind::Field) ||
         (Location->is(ir::ExprKind::Index) && Location->op(0)->Ty->isArray()))
    Location = Location->op(0);
  if (Failed || !Location->is(ir::ExprKind::Var))
    return;
  ir::Variable *V = Location->Var;
  if (!V->isGlobal()) {
    V->AddressTaken = true;
    return;
  }
  if (!V->Const && !ReadOnly)
    error(E->getExprLoc(),
          "the global variable '" + V->Name +
              "' could be written through this pointer or reference",
          "pass it as a parameter, or use a pointer to const");
}

const ir::Expr *FunctionLowering::addressOf(const ir::Expr *Location,
                                            const Expr *E) {
  if (Failed)
    return poison();
  escape(Location, E, ReadOnly);
  if (!Location->isLValue())
    return reject(E, "taking the address of this is not supported",
                  "give it a name first");
  const ir::Expr *Address = Ctx.addressOf(Location, loc(E));
  rejectPointerToArray(Address->Ty, E->getExprLoc());
  return Address;
}

///   (c ? a : b) = x      =>      t = c ? &a : &b;      *t
const ir::Expr *
FunctionLowering::conditionalLocation(const AbstractConditionalOperator *E) {
  if (isa<BinaryConditionalOperator>(E))
    return reject(E,
                  "'?:' without a middle operand is not supported as a "
                  "place",
                  "write both operands");
  const ir::Expr *Condition = rvalue(E->getCond());
  const ir::Type *Ty = Ctx.pointerTo(type(E->getType(), E->getExprLoc()),
                                     E->getType().isConstQualified());
  const ir::Expr *Pointer = choose(
      Condition, [&] { return addressOf(lvalue(E->getTrueExpr()), E); },
      [&] { return addressOf(lvalue(E->getFalseExpr()), E); }, Ty, loc(E));
  return Failed ? poison() : Ctx.deref(keepValue(Pointer), loc(E));
}

/// A named temporary for a value that a reference is bound to.
const ir::Expr *FunctionLowering::temporaryFor(const Expr *E) {
  if (isRecordType(E->getType())) {
    const ir::Expr *Object = freshRecord(E);
    if (!Failed)
      Object->Var->AddressTaken = true;
    return Object;
  }
  const ir::Expr *Value = rvalue(E);
  if (Failed)
    return poison();
  ir::Variable *T = temporary(Ctx.decayed(Value), loc(E));
  T->AddressTaken = true;
  emit(Ctx.declare(T, Value, loc(E)));
  return Ctx.var(T, loc(E));
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

static bool isReferenceCast(const CastExpr *E) {
  if (E->getCastKind() != CK_NoOp && E->getCastKind() != CK_LValueToRValue)
    return false;
  // A cast that drops const would let a write through a const reference.
  QualType From = E->getSubExpr()->getType(), To = E->getType();
  return To.isConstQualified() || !From.isConstQualified();
}

const ir::Expr *FunctionLowering::lvalue(const Expr *E) {
  E = lookThrough(E);
  if (Failed)
    return poison();
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    return named(D);
  if (const auto *S = dyn_cast<ArraySubscriptExpr>(E))
    return subscript(S);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return member(Member);
  if (const auto *T = dyn_cast<MaterializeTemporaryExpr>(E))
    return temporaryFor(T->getSubExpr());
  if (const auto *V = dyn_cast<OpaqueValueExpr>(E)) {
    const ir::Expr *Shared = SharedValues.lookup(V);
    return Shared ? Shared
           : V->getSourceExpr()
               ? lvalue(V->getSourceExpr())
               : reject(E, "this expression is not supported", InactiveNote);
  }
  if (isa<StringLiteral, PredefinedExpr>(E))
    return opaque(E, Ctx.pointerTo(Ctx.integerType("char", false), true));
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(E))
    return conditionalLocation(C);
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_Deref) {
      if (This && isPlainThis(U->getSubExpr()))
        return This;
      const ir::Expr *Pointer = subscriptBase(U->getSubExpr());
      return Failed ? poison() : dereference(Pointer, loc(E));
    }
    if (U->isIncrementDecrementOp())
      return increment(U, /*Discarded=*/false);
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() == BO_Comma) {
      effect(B->getLHS());
      return lvalue(B->getRHS());
    }
    if (B->isAssignmentOp())
      return binary(B);
  }
  if (const auto *C = dyn_cast<CastExpr>(E); C && isReferenceCast(C))
    return lvalue(C->getSubExpr());
  if (const auto *C = dyn_cast<CastExpr>(E);
      C && (C->getCastKind() == CK_DerivedToBase ||
            C->getCastKind() == CK_UncheckedDerivedToBase)) {
    const ir::Expr *Object = lvalue(C->getSubExpr());
    return Failed ? poison() : baseOf(Object, C);
  }
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *FD = C->getDirectCallee();
    if (rangeElement(C))
      return rangeElement(C);
    if (auto Container = asContainerCall(C);
        Container && isContainer(*Container))
      return call(C, /*Discarded=*/false);
    if (FD && FD->isInStdNamespace() && FD->getIdentifier() &&
        C->getNumArgs() == 1 &&
        (FD->getName() == "move" || FD->getName() == "forward"))
      return lvalue(C->getArg(0));
    if (isRecordAssignment(C) || (FD && mustInline(FD)))
      return call(C, /*Discarded=*/false);
    return reject(E, "a reference to the result of a call is not supported",
                  "copy the result into a variable");
  }
  if (!E->isGLValue())
    return rvalue(E);
  return reject(E, "this way to name a variable is not supported",
                "use the variable itself, or a pointer to it");
}
