//===- Products.cpp - Terms of a sum that differ by a coefficient ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product is flattened as long as its parts have one type: a conversion in
// between rounds.
//
//===----------------------------------------------------------------------===//

#include "Products.h"
#include "../IR/Walk.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <optional>

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::isSimpleCoefficient(double Coefficient) {
  // Eighths of numbers below 2^10 have a short decimal text and are exact in
  // every type, _Float16 included; zero would lose NaN and infinity.
  double Eighths = std::fabs(Coefficient) * 8;
  return Coefficient != 0 && Eighths < 8192 && Eighths == std::floor(Eighths);
}

/// The value of "2", "100.0", "0.5f"; nothing for other spellings.
static std::optional<double> coefficientIn(const Expr *E) {
  while (E->is(ExprKind::Cast) && E->Implicit)
    E = E->op(0);
  if (!E->is(ExprKind::Literal) || !(E->Ty->isReal() || E->Ty->isInteger()))
    return std::nullopt;
  llvm::StringRef Text = E->Text;
  if (E->Ty->isReal() && !Text.empty())
    Text = Text.rtrim("fFlL");
  bool Octal = E->Ty->isInteger() && Text.size() > 1 && Text[0] == '0';
  double Value;
  if (Octal || Text.empty() ||
      !llvm::all_of(Text, [](char C) { return llvm::isDigit(C) || C == '.'; }))
    return std::nullopt;
  if (Text.getAsDouble(Value) || !isSimpleCoefficient(Value))
    return std::nullopt;
  return Value;
}

static void collect(const Expr *E, const Type *Ty, Product &P) {
  if (std::optional<double> Value = coefficientIn(E)) {
    P.Coefficient *= *Value;
    return;
  }
  if (E->Ty == Ty && E->is(ExprKind::Unary) && E->Text == "-") {
    P.Coefficient = -P.Coefficient;
    return collect(E->op(0), Ty, P);
  }
  if (E->Ty == Ty && E->is(ExprKind::Binary) && E->Text == "*") {
    collect(E->op(0), Ty, P);
    return collect(E->op(1), Ty, P);
  }
  P.Factors.push_back(E);
}

Product retrograd::productOf(const Expr *E) {
  Product P;
  collect(E, E->Ty, P);
  if (isSimpleCoefficient(P.Coefficient))
    return P;
  Product Whole;
  Whole.Factors.push_back(E);
  return Whole;
}

bool retrograd::sameFactors(const Product &A, const Product &B) {
  if (A.Factors.size() != B.Factors.size())
    return false;
  llvm::SmallVector<const Expr *, 4> Left = B.Factors;
  for (const Expr *Factor : A.Factors) {
    auto Same = llvm::find_if(
        Left, [&](const Expr *Other) { return sameExpr(Factor, Other); });
    if (Same == Left.end())
      return false;
    Left.erase(Same);
  }
  return true;
}

const Expr *retrograd::expressionOf(Context &Ctx, const Product &P,
                                    const Type *Ty) {
  Algebra Math(Ctx);
  double Size = std::fabs(P.Coefficient);
  const Expr *Value = nullptr;
  for (const Expr *Factor : P.Factors)
    Value = Value ? Math.mul(Value, Factor) : Factor;
  if (!Value || Size != 1) {
    double Whole = std::floor(Size);
    std::string Digits = std::to_string(static_cast<int>(Whole));
    const Expr *Number = Math.number(Ty, Digits);
    if (Whole != Size) {
      std::string Fraction =
          std::to_string(static_cast<int>((Size - Whole) * 1000));
      Fraction.insert(0, 3 - Fraction.size(), '0');
      Digits += "." + llvm::StringRef(Fraction).rtrim('0').str();
      Number = Math.fraction(Ty, Digits);
    }
    Value = Value ? Math.mul(Number, Value) : Number;
  }
  return P.Coefficient < 0 ? Math.neg(Value) : Value;
}
