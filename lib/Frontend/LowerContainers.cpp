//===- LowerContainers.cpp - Elements of std::array and std::vector -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An element is an element of the array or pointer that the container has as a
// field:
//
//   x.back()     =>    x.data()[x.size() - 1], which prints as x[x.size() - 1]
//
//===----------------------------------------------------------------------===//

#include "Containers.h"
#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

/// Copies of such objects share no memory.
static bool ownsMemory(const ir::Type *Ty) {
  while (Ty->isArray())
    Ty = Ty->Element;
  return Ty->isRecord() &&
         llvm::any_of(Ty->Fields, [](const ir::RecordField &Field) {
           return (Field.Name == "data()" && Field.Ty->isPointer()) ||
                  ownsMemory(Field.Ty);
         });
}

bool FunctionLowering::rejectOwner(const ir::Type *Ty, SourceLocation Loc) {
  if (Failed || !ownsMemory(Ty))
    return false;
  error(Loc,
        "making or copying an object of class '" + Ty->Spelling +
            "' is not supported yet",
        "pass it by reference, or use an array");
  return true;
}

/// The array, or the pointer to the first element.
const ir::Expr *FunctionLowering::elements(const ir::Expr *Object, bool Const) {
  const ir::Type *Ty = Object->Ty->Fields[0].Ty;
  if (Ty->isPointer() && Const)
    Ty = Ctx.pointerTo(Ty->Element, /*ConstElement=*/true);
  return Ctx.field(Object, "data()", Ty, Object->Loc);
}

/// How many there are, as a number of the type that size() has.
const ir::Expr *FunctionLowering::elementCount(const ir::Expr *Object,
                                               const ContainerCall &Call) {
  const ir::Type *Size = type(AST.getSizeType(), SourceLocation());
  return Call.Type.Extent
             ? Ctx.literal(Size, std::to_string(*Call.Type.Extent) + "ul",
                           Object->Loc)
             : Ctx.field(Object, "size()", Size, Object->Loc);
}

/// The object of a call, and an index if it has one, in the order of C++.
std::pair<const ir::Expr *, const ir::Expr *>
FunctionLowering::containerOperands(const ContainerCall &Call) {
  Operand Operands[] = {
      operand([&] { return objectOf(Call.Object); },
              /*IsLocation=*/true),
      operand([&] { return Call.Index ? rvalue(Call.Index) : poison(); })};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  return {Values[0], Values[1]};
}

/// A location for what is a reference in C++, else a value.
const ir::Expr *FunctionLowering::containerCall(const ContainerCall &Call,
                                                const CallExpr *E) {
  if (Call.Use == ContainerUse::Other)
    return otherContainerCall(Call, E);
  auto [Object, Index] = containerOperands(Call);
  if (Failed)
    return poison();
  switch (Call.Use) {
  case ContainerUse::Size:
    return elementCount(Object, Call);
  case ContainerUse::Pointer:
    return elementPointer(Object, Call, E);
  case ContainerUse::CheckedElement:
    // What is out of range throws, as in the function itself.
    Index = keepValue(Index);
    emitCheck(Object, Index, E);
    break;
  case ContainerUse::Element:
  case ContainerUse::Other:
    break;
  }
  if (Call.FromEnd)
    Index = Call.Type.Extent
                ? Ctx.intLiteral(static_cast<long>(*Call.Type.Extent) - 1)
                : Ctx.binary("-", elementCount(Object, Call), Ctx.intLiteral(1),
                             elementCount(Object, Call)->Ty, loc(E));
  else if (Call.KnownIndex)
    Index = Ctx.intLiteral(static_cast<long>(*Call.KnownIndex));
  return Ctx.index(elements(Object, Call.Const), Index, loc(E));
}

/// static_cast<void>(a.at(i));
void FunctionLowering::emitCheck(const ir::Expr *Object, const ir::Expr *Index,
                                 const Expr *E) {
  ir::Stmt *S = Ctx.stmt(ir::StmtKind::Opaque, loc(E));
  S->Value = Ctx.opaque({"static_cast<void>(", ".at(", "))"}, {Object, Index},
                        Ctx.voidType(), loc(E));
  if (!Failed)
    emit(S);
}

/// data(), and the iterators of arrays that are pointers.
const ir::Expr *FunctionLowering::elementPointer(const ir::Expr *Object,
                                                 const ContainerCall &Call,
                                                 const Expr *E) {
  const ir::Expr *First = elements(Object, Call.Const);
  if (Call.Type.Extent)
    escape(First, E, ReadOnly || Call.Const);
  if (!Call.FromEnd)
    return First;
  return Ctx.binary("+", First,
                    Ctx.intLiteral(static_cast<long>(*Call.Type.Extent)),
                    Ctx.decayed(First), loc(E));
}

/// Of an array: fill and swap. All else changes the size, or has iterators.
const ir::Expr *FunctionLowering::otherContainerCall(const ContainerCall &Call,
                                                     const CallExpr *E) {
  const FunctionDecl *FD = E->getDirectCallee();
  llvm::StringRef Name = FD->getIdentifier() ? FD->getName() : "";
  if (Name == "empty") {
    const ir::Expr *Object = containerOperands(Call).first;
    return Failed ? poison()
                  : Ctx.binary("==", elementCount(Object, Call),
                               Ctx.intLiteral(0), Ctx.boolType(), loc(E));
  }
  if (Call.Type.Extent && Name == "fill")
    return fillContainer(Call, E), poison();
  return reject(E,
                "'" + FD->getNameAsString() +
                    "' of a container of the library is not supported yet",
                "read and write its elements by '[]', or by a range-based for");
}

/// a.fill(v)   =>   for (int i = 0; i < 3; ++i)
///                    a[i] = v;
void FunctionLowering::fillContainer(const ContainerCall &Call,
                                     const CallExpr *E) {
  Operand Operands[] = {
      operand([&] { return objectOf(Call.Object); }, /*IsLocation=*/true),
      operand([&] {
        const Expr *Value = E->getArg(0);
        return isRecordType(Value->getType()) ? recordValue(Value)
                                              : rvalue(Value);
      })};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  if (Failed)
    return;
  checkWritable(Values[0], E);
  const ir::Expr *Object = keepLocation(Values[0]);
  // The value may be one of the elements.
  const ir::Expr *Value = intoTemporary(Values[1]);
  elementLoop(Ctx.intLiteral(static_cast<long>(*Call.Type.Extent)), E,
              [&](const ir::Expr *I) {
                const ir::Expr *Element =
                    Ctx.index(elements(Object, false), I, loc(E));
                if (Value->Ty->isRecord())
                  copyRecord(Element, Value, loc(E));
                else
                  emit(Ctx.assign(Element, Value, ir::AssignOp::Set, loc(E)));
              });
}

/// *__begin in a range-based for over a vector, whose iterator is a class.
const ir::Expr *FunctionLowering::rangeElement(const CallExpr *E) {
  const auto *Star = dyn_cast<CXXOperatorCallExpr>(E);
  if (!Star || Star->getOperator() != OO_Star || Star->getNumArgs() != 1)
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Star->getArg(0)->IgnoreParenImpCasts());
  const ir::Expr *Address = Ref ? Bindings.lookup(Ref->getDecl()) : nullptr;
  return Address && Address->is(ir::ExprKind::AddressOf) ? Address->op(0)
                                                         : nullptr;
}
