//===- LowerMemory.cpp - Allocation, release and copies of memory ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Memory is allocated by a statement that declares the pointer to it, and
// counted in elements. Copies of bytes become loops over elements.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

//===----------------------------------------------------------------------===//
// new
//===----------------------------------------------------------------------===//

static bool isZeroInitializer(const Expr *Init) {
  Init = lookThrough(Init);
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 0;
  return isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(Init);
}

const ir::Expr *FunctionLowering::newExpr(const CXXNewExpr *E,
                                          ir::Variable *Into) {
  if (E->getNumPlacementArgs() != 0)
    return reject(E, "placement new is not supported", "use plain 'new'");
  if (AST.getBaseElementType(E->getAllocatedType())->isRecordType())
    return reject(E, "'new' of a class is not supported yet",
                  "allocate an array of numbers");
  const ir::Type *Ty = type(E->getType(), E->getExprLoc());
  ir::Stmt *S = Ctx.stmt(ir::StmtKind::Allocate, loc(E));
  S->Allocation = E->isArray() ? ir::AllocationKind::NewArray
                               : ir::AllocationKind::NewScalar;
  if (E->isArray() && E->getArraySize())
    S->Count = rvalue(*E->getArraySize());
  const Expr *Init = E->getInitializer();
  if (Failed)
    return poison();
  if (E->isArray() && Init && !isZeroInitializer(Init))
    return reject(Init, "initial values in 'new' of an array are not supported",
                  "assign the elements after the allocation");

  S->ZeroInit = E->isArray() && Init;
  S->Var = Into && Into->Ty == Ty ? Into : temporary(Ty, loc(E));
  if (S->Var != Into)
    Fixed.insert(S->Var);
  const ir::Expr *Value =
      !E->isArray() && Init
          ? (isZeroInitializer(Init) ? zero(E->getAllocatedType(), E)
                                     : rvalue(Init))
          : nullptr;
  emit(S);
  const ir::Expr *Pointer = Ctx.var(S->Var, loc(E));
  if (Value)
    store(Ctx.deref(Pointer, loc(E)), Value, ir::AssignOp::Set, E);
  return Pointer;
}

//===----------------------------------------------------------------------===//
// malloc
//===----------------------------------------------------------------------===//

static std::optional<QualType> sizeofOperand(const Expr *E) {
  const auto *S = dyn_cast<UnaryExprOrTypeTraitExpr>(E->IgnoreParenImpCasts());
  if (!S || S->getKind() != UETT_SizeOf)
    return std::nullopt;
  return S->getTypeOfArgument();
}

/// The number of elements in so many bytes: n for n * sizeof(T).
const ir::Expr *FunctionLowering::countOf(const Expr *Bytes,
                                          const ir::Type *Element) {
  std::string Spelling = ir::printType(Element);
  auto IsElement = [&](const Expr *E) {
    std::optional<QualType> T = sizeofOperand(E);
    std::string Why;
    return T && M.lowerType(*T, Why) == Element;
  };
  if (IsElement(Bytes))
    return Ctx.intLiteral(1);
  if (const auto *B = dyn_cast<BinaryOperator>(Bytes->IgnoreParenImpCasts());
      B && B->getOpcode() == BO_Mul) {
    if (IsElement(B->getRHS()))
      return rvalue(B->getLHS()->IgnoreParenImpCasts());
    if (IsElement(B->getLHS()))
      return rvalue(B->getRHS()->IgnoreParenImpCasts());
  }
  const ir::Expr *All = rvalue(Bytes);
  return Ctx.binary("/", All,
                    opaqueText("sizeof(" + Spelling + ")", All->Ty, Bytes),
                    All->Ty, loc(Bytes));
}

const ir::Expr *FunctionLowering::malloc(const CallExpr *E, const ir::Type *Ty,
                                         ir::Variable *Into) {
  ir::Stmt *S = Ctx.stmt(ir::StmtKind::Allocate, loc(E));
  bool Zeroed = E->getNumArgs() == 2;
  S->Allocation =
      Zeroed ? ir::AllocationKind::Calloc : ir::AllocationKind::Malloc;
  S->ZeroInit = Zeroed;
  if (!Zeroed) {
    S->Count = countOf(E->getArg(0), Ty->Element);
  } else {
    std::optional<QualType> Size = sizeofOperand(E->getArg(1));
    std::string Why;
    if (!Size || M.lowerType(*Size, Why) != Ty->Element)
      return reject(E,
                    "the element size of this 'calloc' is not the size of "
                    "what the pointer points to",
                    "write 'calloc(n, sizeof(" + ir::printType(Ty->Element) +
                        "))'");
    S->Count = rvalue(E->getArg(0)->IgnoreParenImpCasts());
  }
  S->Var = Into && Into->Ty == Ty ? Into : temporary(Ty, loc(E));
  if (S->Var != Into)
    Fixed.insert(S->Var);
  if (!Failed)
    emit(S);
  return Ctx.var(S->Var, loc(E));
}

static bool isAllocator(const FunctionDecl *FD) {
  return FD && FD->getIdentifier() &&
         (FD->getName() == "malloc" || FD->getName() == "calloc" ||
          FD->getName() == "realloc");
}

/// Allocates memory for E if E does so; Into is the variable it initialises.
const ir::Expr *FunctionLowering::allocation(const Expr *E, ir::Variable *Into,
                                             bool &Handled) {
  E = lookThrough(E);
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    Handled = true;
    return newExpr(New, Into);
  }
  const auto *Cast = dyn_cast<CastExpr>(E);
  if (!Cast || !E->getType()->isPointerType())
    return poison();
  if (Cast->getCastKind() == CK_NoOp)
    return allocation(Cast->getSubExpr(), Into, Handled);
  const auto *Call = dyn_cast<CallExpr>(lookThrough(Cast->getSubExpr()));
  if (Cast->getCastKind() != CK_BitCast || !Call ||
      !isAllocator(Call->getDirectCallee()) ||
      !M.isLibrary(Call->getDirectCallee()))
    return poison();
  Handled = true;
  if (Call->getDirectCallee()->getName() == "realloc")
    return rvalue(Call); // which is an error
  if (AST.getBaseElementType(E->getType()->getPointeeType())->isRecordType())
    return reject(E, "allocating objects of class type is not supported yet",
                  "allocate an array of numbers");
  const ir::Type *Ty = type(E->getType(), E->getExprLoc());
  return Failed ? poison() : malloc(Call, Ty, Into);
}

void FunctionLowering::release(const Expr *Pointer, ir::AllocationKind Kind,
                               const Expr *E) {
  const ir::Expr *Value = rvalue(Pointer->IgnoreParenImpCasts());
  ir::Stmt *S = Ctx.stmt(ir::StmtKind::Free, loc(E));
  S->Allocation = Kind;
  S->Value = Value;
  if (!Failed)
    emit(S);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The address of a location depends on more than plain local variables that a
/// swap of other locations cannot write.
static bool readsMemoryForAddress(const ir::Expr *Place) {
  unsigned Locations = 0;
  bool Variables = false;
  ir::forEachExpr(Place, [&](const ir::Expr &E) {
    Locations += E.is(ir::ExprKind::Index) || E.is(ir::ExprKind::Deref) ||
                 E.is(ir::ExprKind::Field);
    Variables |= E.Var && (E.Var->AddressTaken || E.Var->Reference);
  });
  return Locations > 1 || (Locations == 1 && Variables);
}

const ir::Expr *FunctionLowering::swapCall(const CallExpr *E) {
  if (E->getNumArgs() != 2 || !E->getArg(0)->getType()->isScalarType())
    return reject(E,
                  "'swap' of anything but numbers and pointers is not "
                  "supported",
                  "swap the elements in a loop");
  Operand Operands[] = {
      operand([&] { return lvalue(E->getArg(0)); }, /*IsLocation=*/true),
      operand([&] { return lvalue(E->getArg(1)); }, /*IsLocation=*/true)};
  std::vector<const ir::Expr *> Places = sequence(Operands);
  if (Failed)
    return poison();
  // The first write must not change where the second one goes.
  for (unsigned I : {0, 1}) {
    const ir::Expr *Other = Places[1 - I];
    bool Moves = Other->is(ir::ExprKind::Var) &&
                 !Places[I]->is(ir::ExprKind::Var) &&
                 ir::mentions(Places[I], Other->Var);
    if (Moves || readsMemoryForAddress(Places[I]))
      Places[I] =
          Ctx.deref(keepValue(Ctx.addressOf(Places[I], loc(E))), loc(E));
  }
  ir::Variable *T = temporary(Places[0]->Ty, loc(E));
  emit(Ctx.declare(T, Places[0], loc(E)));
  store(Places[0], Places[1], ir::AssignOp::Set, E);
  store(Places[1], Ctx.var(T, loc(E)), ir::AssignOp::Set, E);
  return poison();
}

/// for (i = 0; i < Count; ++i) Body(i)
void FunctionLowering::elementLoop(
    const ir::Expr *Count, const Expr *E,
    llvm::function_ref<void(const ir::Expr *)> Body) {
  ir::Stmt *For = Ctx.stmt(ir::StmtKind::For, loc(E));
  For->Var = F.addVariable("i", Count->Ty, ir::VariableKind::Local, loc(E));
  For->Var->Generated = true;
  Fixed.insert(For->Var);
  For->Lower = Ctx.intLiteral(0);
  For->Upper = Count;
  For->Step = Ctx.intLiteral(1);
  For->Body = within([&] { Body(Ctx.var(For->Var, loc(E))); });
  emit(For);
}

/// The element type that a pointer to raw memory was converted from, or null.
static QualType elementOf(const Expr *Pointer) {
  QualType T = Pointer->IgnoreParenImpCasts()->getType();
  if (T->isArrayType())
    return T->getAsArrayTypeUnsafe()->getElementType();
  return T->isPointerType() ? T->getPointeeType() : QualType();
}

const ir::Expr *FunctionLowering::copyMemory(const CallExpr *E) {
  QualType To = elementOf(E->getArg(0)), From = elementOf(E->getArg(1));
  if (To.isNull() || From.isNull() || !To->isArithmeticType() ||
      !AST.hasSameUnqualifiedType(To, From))
    return reject(E,
                  "'memcpy' between different types, or of rows, is not "
                  "supported",
                  "copy the elements in a loop");
  const ir::Type *Element = type(To, E->getExprLoc());
  Operand Operands[] = {
      operand([&] { return rvalue(E->getArg(0)->IgnoreParenImpCasts()); }),
      operand([&] { return rvalue(E->getArg(1)->IgnoreParenImpCasts()); }),
      operand([&] { return countOf(E->getArg(2), Element); })};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  if (Failed)
    return poison();
  for (const ir::Expr *&Value : Values)
    if (!Value->is(ir::ExprKind::Var) || !Value->Ty->isArray())
      Value = keepValue(Value);
  elementLoop(Values[2], E, [&](const ir::Expr *I) {
    store(Ctx.index(Values[0], I, loc(E)), Ctx.index(Values[1], I, loc(E)),
          ir::AssignOp::Set, E);
  });
  return Values[0];
}

const ir::Expr *FunctionLowering::fillMemory(const CallExpr *E) {
  QualType To = elementOf(E->getArg(0));
  Expr::EvalResult Byte;
  if (To.isNull() || !To->isArithmeticType() ||
      !E->getArg(1)->EvaluateAsInt(Byte, AST) || !Byte.Val.getInt().isZero())
    return reject(E, "this 'memset' is not supported",
                  "assign the elements in a loop");
  const ir::Type *Element = type(To, E->getExprLoc());
  Operand Operands[] = {
      operand([&] { return rvalue(E->getArg(0)->IgnoreParenImpCasts()); }),
      operand([&] { return countOf(E->getArg(2), Element); })};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  if (Failed)
    return poison();
  for (const ir::Expr *&Value : Values)
    if (!Value->is(ir::ExprKind::Var) || !Value->Ty->isArray())
      Value = keepValue(Value);
  const ir::Expr *Zero = zero(To, E);
  elementLoop(Values[1], E, [&](const ir::Expr *I) {
    store(Ctx.index(Values[0], I, loc(E)), Zero, ir::AssignOp::Set, E);
  });
  return Values[0];
}
