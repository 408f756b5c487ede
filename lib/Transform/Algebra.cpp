//===- Algebra.cpp - Building arithmetic that reads well ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only identities that hold exactly in floating point, for NaN and infinity
// too, are applied to values that the user computes; 0 * p = 0 is applied only
// where the zero is a literal derivative.
//
//===----------------------------------------------------------------------===//

#include "Algebra.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::isAtom(const Expr *E) {
  if (E->is(ExprKind::Unary))
    return isAtom(E->op(0));
  if (E->is(ExprKind::Deref))
    return E->op(0)->is(ExprKind::Var);
  return E->is(ExprKind::Var) || E->is(ExprKind::Literal);
}

static bool isNegated(const Expr *E) {
  return E->is(ExprKind::Unary) && E->Text == "-";
}

/// Where both operands are real, they have one type: mixed ones are converted
/// explicitly.
const Expr *Algebra::arithmetic(llvm::StringRef Op, const Expr *L,
                                const Expr *R) {
  return Ctx.binary(Op, L, R, L->Ty->isReal() ? L->Ty : R->Ty);
}

const Expr *Algebra::number(const Type *Ty, llvm::StringRef Digits) {
  static const char *const Suffixes[] = {"", ".0f", ".0", ".0L"};
  if (Ty->Precision == 0)
    return Ctx.literal(Ty, "static_cast<_Float16>(" + Digits.str() + ")");
  return Ctx.literal(Ty, Digits.str() + Suffixes[Ty->Precision]);
}

static bool isDecimal(const Expr *E) {
  return E->is(ExprKind::Literal) && E->Ty->isInteger() &&
         llvm::all_of(E->Text, llvm::isDigit) &&
         (E->Text.size() == 1 || E->Text[0] != '0');
}

const Expr *Algebra::explicitly(const Expr *E) {
  if (!E->is(ExprKind::Cast) || !E->Implicit)
    return E;
  if (E->Ty->isReal() && isDecimal(E->op(0)))
    return number(E->Ty, E->op(0)->Text);
  return Ctx.cast(E->op(0), E->Ty, /*Implicit=*/false);
}

const Expr *Algebra::mul(const Expr *L, const Expr *R) {
  if (L->isLiteral(0) || R->isLiteral(0))
    return Ctx.intLiteral(0);
  if (L->isLiteral(1))
    return R;
  if (R->isLiteral(1))
    return L;
  if (isNegated(L) && isNegated(R))
    return mul(L->op(0), R->op(0));
  if (isNegated(L))
    return neg(mul(L->op(0), R));
  if (isNegated(R))
    return neg(mul(L, R->op(0)));
  // (1 / a) * b is written b / a.
  if (L->is(ExprKind::Binary) && L->Text == "/" && L->op(0)->isLiteral(1))
    return div(R, L->op(1));
  return arithmetic("*", L, R);
}

const Expr *Algebra::div(const Expr *L, const Expr *R) {
  if (L->isLiteral(0))
    return L;
  if (isNegated(L))
    return neg(div(L->op(0), R));
  return arithmetic("/", L, R);
}

const Expr *Algebra::neg(const Expr *E) {
  if (E->isLiteral(0))
    return E;
  return isNegated(E) ? E->op(0) : Ctx.unary("-", E);
}

const Expr *Algebra::add(const Expr *L, const Expr *R) {
  if (L->isLiteral(0))
    return R;
  if (R->isLiteral(0))
    return L;
  return isNegated(R) ? arithmetic("-", L, R->op(0)) : arithmetic("+", L, R);
}

const Expr *Algebra::sub(const Expr *L, const Expr *R) {
  return add(L, neg(R));
}

const Expr *Algebra::convert(const Expr *E, const Type *Ty) {
  if (E->is(ExprKind::Literal) && !E->Ty->isReal())
    return E;
  if (isNegated(E))
    return neg(convert(E->op(0), Ty));
  return Ctx.cast(E, Ty, /*Implicit=*/false);
}

//===----------------------------------------------------------------------===//
// Partials
//===----------------------------------------------------------------------===//

static const Type *realOperandType(const std::vector<const Expr *> &Operands,
                                   const Type *Default) {
  for (const Expr *E : Operands)
    if (E->Ty->isReal())
      return E->Ty;
  return Default;
}

/// Comparisons of literals, and what follows from them: the exponent of
/// pow(x, 2.0) is not zero.
const Expr *Algebra::foldCondition(llvm::StringRef Op, const Expr *L,
                                   const Expr *R) {
  auto Truth = [&](bool Value) {
    return Ctx.literal(Ctx.boolType(), Value ? "true" : "false");
  };
  auto Is = [](const Expr *E, const char *Text) {
    return E->is(ExprKind::Literal) && E->Text == Text;
  };
  if ((Op == "==" || Op == "!=") && R->isLiteral(0) &&
      L->is(ExprKind::Literal) && llvm::isDigit(L->Text[0]))
    return Truth(L->isLiteral(0) == (Op == "=="));
  if (Op == "&&" && (Is(L, "false") || Is(R, "false")))
    return Truth(false);
  if (Op == "&&" && Is(R, "true"))
    return L;
  if (Op == "||" && (Is(L, "true") || Is(R, "true")))
    return Truth(true);
  if (Op == "||" && Is(R, "false"))
    return L;
  return nullptr;
}

const Expr *Algebra::instantiate(const PartialExpr &P, const Expr *Call,
                                 const Expr *Result) {
  const Type *Ty = Call->Ty;
  std::vector<const Expr *> Operands;
  for (const PartialExpr &Operand : P.Operands)
    Operands.push_back(instantiate(Operand, Call, Result));
  switch (P.Kind) {
  case PartialExpr::Number:
    if (P.Text.find('.') == std::string::npos)
      return Ctx.literal(Ctx.intType(), P.Text);
    return Ctx.literal(Ty, P.Text + (Ty->Precision == 1   ? "f"
                                     : Ty->Precision == 3 ? "L"
                                                          : ""));
  case PartialExpr::Constant:
    return Ctx.literal(Ty, constantSpelling(P.Text, Ty->Spelling));
  case PartialExpr::Argument:
    return explicitly(Call->op(P.Index));
  case PartialExpr::Result:
    return Result;
  case PartialExpr::Unary:
    return P.Text == "-" ? neg(Operands[0]) : Ctx.unary(P.Text, Operands[0]);
  case PartialExpr::Binary: {
    if (const Expr *Known = foldCondition(P.Text, Operands[0], Operands[1]))
      return Known;
    bool Arithmetic =
        P.Text == "+" || P.Text == "-" || P.Text == "*" || P.Text == "/";
    return Ctx.binary(P.Text, Operands[0], Operands[1],
                      Arithmetic ? realOperandType(Operands, Ctx.intType())
                                 : Ctx.boolType());
  }
  case PartialExpr::Conditional:
    if (Operands[0]->is(ExprKind::Literal))
      return Operands[Operands[0]->Text == "true" ? 1 : 2];
    return Ctx.conditional(Operands[0], Operands[1], Operands[2]);
  case PartialExpr::Call: {
    const Rule *R = findRule(P.Text, Operands.size());
    // An integer argument alone would choose a double overload.
    for (size_t I = 0; I < Operands.size(); ++I)
      if (Operands[I]->is(ExprKind::Literal) && !Operands[I]->Ty->isReal() &&
          (Operands.size() == 1 || I == 0))
        Operands[I] = Ctx.cast(Operands[I], Ty, /*Implicit=*/false);
    return Ctx.call(R->Spelling, std::move(Operands), Ty, R);
  }
  }
  llvm_unreachable("covered switch");
}

const Expr *Algebra::partial(const Expr *Call, unsigned I, const Expr *Result) {
  return instantiate(Call->Rule->Partials[I].Expr, Call, Result);
}

const Expr *Algebra::chain(const Expr *Partial, const Expr *Seed,
                           bool Singular) {
  const Expr *Product = mul(Partial, Seed);
  if (!Singular || Seed->is(ExprKind::Literal) ||
      Product->is(ExprKind::Literal))
    return Product;
  const Expr *Zero = Ctx.cast(Ctx.intLiteral(0), Product->Ty, true);
  const Expr *Guarded = Ctx.conditional(
      Ctx.binary("!=", Seed, Ctx.intLiteral(0), Ctx.boolType()), Product, Zero);
  // The product may not have the form of one any more: an operand that is not
  // printed remembers the partial.
  std::vector<const Expr *> Operands = Guarded->Operands;
  Operands.push_back(Partial);
  return Ctx.withOperands(Guarded, std::move(Operands));
}

std::optional<GuardedProduct> retrograd::guardedProduct(const Expr *E) {
  if (!E->is(ExprKind::Conditional) || E->Operands.size() != 4)
    return std::nullopt;
  return GuardedProduct{E->op(0)->op(0), E->op(3)};
}
