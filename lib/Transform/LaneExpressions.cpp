//===- LaneExpressions.cpp - Expressions over lanes -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scalar converts to lanes of its kind by itself; conversions between lanes
// of different types are written, also those that C++ performs without being
// told. Evaluating an expression in lanes that are not active does no harm: it
// reads no memory and cannot trap, see LaneChoices.h.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "../Rules/Rules.h"
#include "LaneWriter.h"
#include "llvm/ADT/StringSet.h"

using namespace retrograd;
using namespace retrograd::ir;

const Expr *LaneWriter::make(llvm::StringRef Function,
                             std::vector<const Expr *> Arguments,
                             const Type *Ty) {
  return Ctx.call(Function, std::move(Arguments), Ty, nullptr);
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

const Expr *LaneWriter::convert(const Expr *New, const Type *From,
                                const Type *To) {
  if (From == To)
    return New;
  if (To->isBool())
    return Ctx.binary("!=", New, Ctx.intLiteral(0), inLanes(To));
  return make(spelling(To), {New}, inLanes(To));
}

const Expr *LaneWriter::value(const Expr *E, const Type *As) {
  // What C++ converts without being told, the constructor of lanes does.
  if (!Shapes.isVarying(E))
    return uniform(E);
  return convert(value(E), E->Ty, As);
}

const Expr *LaneWriter::spread(const Expr *E, const Type *As) {
  const Expr *New = value(E, As);
  return Shapes.isVarying(E) ? New : make(spelling(As), {New}, inLanes(As));
}

const Expr *LaneWriter::condition(const Expr *E) {
  return value(E, Ctx.boolType());
}

/// Stays as it is, but for casts to pointers to what is lanes now.
const Expr *LaneWriter::uniform(const Expr *E) {
  return rewrite(Ctx, E, [&](const Expr *Node) -> const Expr * {
    if (!Node->is(ExprKind::Cast) || !Node->Ty->isPointer())
      return Node;
    const Variable *Root = Uniformity::rootOf(Node);
    if (!Root || !Shapes.inLanes(Root))
      return Node;
    return Ctx.cast(Node->op(0), inLanes(Node->Ty), Node->Implicit, Node->Loc);
  });
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// To + Index, or To - Index. Indices of small types are promoted, as C++ does.
LaneWriter::Element LaneWriter::addIndex(Element To, const Expr *Index,
                                         const Type *Ty, const char *Op) {
  if (llvm::StringRef Name = Ty->Spelling;
      Ty->isBool() || Name.contains("char") || Name.contains("short")) {
    if (Index->Ty->Kind == TypeKind::Opaque)
      Index = convert(Index, Ty, Ctx.intType());
    Ty = Ctx.intType();
  }
  if (!To.Index) {
    bool Minus = llvm::StringRef(Op) == "-";
    return {To.Base, Minus ? Ctx.unary("-", Index) : Index, Ty};
  }
  const Type *Wide = Ty;
  if (To.IndexType != Ty) {
    // Both are converted as if by the subscript.
    Wide = Ctx.integerType("long", /*Unsigned=*/false);
    auto Widen = [&](const Expr *E) {
      return E->Ty->Kind == TypeKind::Opaque
                 ? make(spelling(Wide), {E}, inLanes(Wide))
                 : E;
    };
    To.Index = Widen(To.Index);
    Index = Widen(Index);
  }
  bool InLanes = To.Index->Ty->Kind == TypeKind::Opaque ||
                 Index->Ty->Kind == TypeKind::Opaque;
  return {To.Base,
          Ctx.binary(Op, To.Index, Index, InLanes ? inLanes(Wide) : Wide),
          Wide};
}

LaneWriter::Element LaneWriter::pointee(const Expr *Pointer) {
  if (!Shapes.addressVaries(Pointer))
    return {uniform(Pointer), nullptr};
  if (Pointer->is(ExprKind::AddressOf))
    return element(Pointer->op(0));
  if (Pointer->is(ExprKind::Cast))
    return pointee(Pointer->op(0));
  if (Pointer->is(ExprKind::Binary)) {
    unsigned P = Pointer->op(0)->Ty->Element ? 0 : 1;
    const Expr *Offset = Pointer->op(1 - P);
    return addIndex(pointee(Pointer->op(P)), value(Offset), Offset->Ty,
                    Pointer->Text.c_str());
  }
  return element(Pointer);
}

/// Rows of an array follow each other, so an element of a row whose index
/// varies is one of the whole array.
LaneWriter::Element LaneWriter::element(const Expr *LValue) {
  if (LValue->is(ExprKind::Deref))
    return pointee(LValue->op(0));
  if (!LValue->is(ExprKind::Index))
    return {Ctx.addressOf(LValue), nullptr};
  const Expr *Array = LValue->op(0), *Index = LValue->op(1);
  Element Row{nullptr, nullptr};
  if (Array->Ty->isPointer()) {
    Row = pointee(Array);
  } else if (Array->is(ExprKind::Index) && Shapes.addressVaries(Array)) {
    Row = element(Array);
    // The first row stands for the address of its first element.
    Row.Base = Ctx.index(Row.Base, Ctx.intLiteral(0));
    Row.Index = Ctx.binary("*", Row.Index, Array->Ty->Extent, Row.Index->Ty);
  } else {
    Row = {uniform(Array), nullptr};
  }
  return addIndex(Row, value(Index), Index->Ty, "+");
}

const Expr *LaneWriter::place(const Expr *LValue) { return uniform(LValue); }

const Expr *LaneWriter::read(const Expr *LValue) {
  if (!Shapes.addressVaries(LValue))
    return place(LValue);
  Element E = element(LValue);
  return make("retrograd::gather", {mask(), E.Base, E.Index},
              inLanes(LValue->Ty));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// The type that C++ computes in, where no conversion says so.
static const Type *commonType(const Expr *L, const Expr *R) {
  if (L->Ty->isReal() && R->Ty->isReal())
    return L->Ty->Precision < R->Ty->Precision ? R->Ty : L->Ty;
  if (L->Ty->isReal() || R->Ty->isReal())
    return L->Ty->isReal() ? L->Ty : R->Ty;
  if (L->Ty->isBool() || L->is(ExprKind::Literal))
    return R->Ty;
  return L->Ty;
}

const Expr *LaneWriter::comparison(const Expr *E) {
  const Type *Common = commonType(E->op(0), E->op(1));
  return Ctx.binary(E->Text, value(E->op(0), Common), value(E->op(1), Common),
                    inLanes(Ctx.boolType()), E->Loc);
}

/// The side that the left one guards is not evaluated where all lanes agree.
const Expr *LaneWriter::logical(const Expr *E) {
  const Type *Bool = Ctx.boolType();
  if (Shapes.isVarying(E->op(0)))
    return Ctx.binary(E->Text, condition(E->op(0)), condition(E->op(1)),
                      inLanes(Bool), E->Loc);
  bool And = E->Text == "&&";
  const Expr *Known =
      make(spelling(Bool), {Ctx.literal(Bool, And ? "false" : "true")},
           inLanes(Bool));
  const Expr *Second = condition(E->op(1));
  return Ctx.conditional(uniform(E->op(0)), And ? Second : Known,
                         And ? Known : Second, E->Loc);
}

const Expr *LaneWriter::binary(const Expr *E) {
  llvm::StringRef Op = E->Text;
  if (Op == "&&" || Op == "||")
    return logical(E);
  if (E->Ty->isBool() && !E->op(0)->Ty->isBool())
    return comparison(E);
  const Type *Ty = E->Ty->isBool() ? commonType(E->op(0), E->op(1)) : E->Ty;
  const Expr *L = value(E->op(0), Ty), *R = value(E->op(1), Ty);
  // Division of integers traps on what lanes that are not active may hold.
  if ((Op == "/" || Op == "%") && !E->Ty->isReal() &&
      Shapes.isVarying(E->op(1)))
    R = make("retrograd::safe_divisor", {mask(), R}, inLanes(E->Ty));
  return Ctx.binary(Op, L, R, inLanes(E->Ty), E->Loc);
}

const Expr *LaneWriter::choice(const Expr *E) {
  if (!Shapes.isVarying(E->op(0)))
    return Ctx.conditional(uniform(E->op(0)), spread(E->op(1), E->Ty),
                           spread(E->op(2), E->Ty), E->Loc);
  bool AnyVaries = Shapes.isVarying(E->op(1)) || Shapes.isVarying(E->op(2));
  const Expr *Then =
      AnyVaries ? value(E->op(1), E->Ty) : spread(E->op(1), E->Ty);
  return make("retrograd::select",
              {condition(E->op(0)), Then, value(E->op(2), E->Ty)},
              inLanes(E->Ty));
}

//===----------------------------------------------------------------------===//
// Library functions
//===----------------------------------------------------------------------===//

/// Whether lanes.h has a vector version, by the unqualified name.
static bool hasVectorVersion(llvm::StringRef Name) {
  static const llvm::StringSet<> Names = {
      "exp",   "exp2",     "expm1", "log",      "log2",   "log10",
      "log1p", "pow",      "sqrt",  "sin",      "cos",    "tan",
      "sinh",  "cosh",     "tanh",  "fabs",     "fmin",   "fmax",
      "floor", "ceil",     "trunc", "abs",      "min",    "max",
      "isnan", "copysign", "isinf", "isfinite", "signbit"};
  return Names.contains(Name);
}

/// The lanes one after the other:
///   retrograd::each_lane(active, [](float u) { return std::erf(u); }, x)
const Expr *LaneWriter::eachLane(const Expr *E) {
  std::vector<const Expr *> Operands = {mask()};
  std::string Parameters, Arguments;
  std::vector<std::string> Pieces = {"retrograd::each_lane(", ""};
  for (const Expr *Argument : E->Operands) {
    std::string Name = "v" + std::to_string(Operands.size());
    Parameters +=
        (Parameters.empty() ? "" : ", ") + printDeclarator(Argument->Ty, Name);
    Arguments += (Arguments.empty() ? "" : ", ") + Name;
    Operands.push_back(spread(Argument, Argument->Ty));
    Pieces.push_back(", ");
  }
  Pieces[1] = ", [](" + Parameters + ") { return " + E->Text + "(" + Arguments +
              "); }, ";
  Pieces.back() = ")";
  return Ctx.opaque(std::move(Pieces), std::move(Operands), inLanes(E->Ty),
                    E->Loc);
}

const Expr *LaneWriter::call(const Expr *E) {
  // With a rule, by its name: it is sqrt that sqrtf spells.
  llvm::StringRef Name = E->Text;
  bool Library = E->Rule || Name.consume_front("std::");
  if (E->Rule)
    Name = E->Rule->Name;
  bool Classifies = E->Ty->isBool();
  bool Reals = (E->Ty->isReal() || Classifies) && E->op(0)->Ty->isReal();
  bool Integers =
      E->Ty->isInteger() && (Name == "min" || Name == "max" || Name == "abs");
  if (!Library || !hasVectorVersion(Name) || !(Reals || Integers))
    return eachLane(E);
  const Type *Ty = Classifies ? E->op(0)->Ty : E->Ty;
  std::vector<const Expr *> Arguments;
  for (const Expr *Argument : E->Operands)
    Arguments.push_back(spread(Argument, Ty));
  return make("retrograd::" + Name.str(), std::move(Arguments), inLanes(E->Ty));
}

//===----------------------------------------------------------------------===//
// All of them
//===----------------------------------------------------------------------===//

const Expr *LaneWriter::value(const Expr *E) {
  if (!Shapes.isVarying(E))
    return uniform(E);
  switch (E->Kind) {
  case ExprKind::Var:
    return Ctx.var(E->Var, E->Loc);
  case ExprKind::Index:
  case ExprKind::Deref:
    return read(E);
  case ExprKind::Unary:
    if (E->Text == "!")
      return Ctx.unary("!", condition(E->op(0)), E->Loc);
    return Ctx.unary(E->Text, value(E->op(0), E->Ty), E->Loc);
  case ExprKind::Binary:
    return binary(E);
  case ExprKind::Conditional:
    return choice(E);
  case ExprKind::Cast:
    return convert(value(E->op(0)), E->op(0)->Ty, E->Ty);
  case ExprKind::Call:
    return call(E);
  case ExprKind::Literal:
  case ExprKind::AddressOf:
  case ExprKind::Field:
  case ExprKind::Opaque:
    // Uniformity has refused them.
    return uniform(E);
  }
  llvm_unreachable("covered switch");
}
