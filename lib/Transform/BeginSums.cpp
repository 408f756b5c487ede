//===- BeginSums.cpp - Sums that begin with their first term --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bound must have one value from the array's declaration to the end of its
// block, so that it means the same elements everywhere: it is made of numbers,
// parameters by value, and locals that only their declarations write.
//
//===----------------------------------------------------------------------===//

#include "BeginSums.h"
#include "../Analysis/UsedExtent.h"
#include "../IR/Walk.h"
#include "Algebra.h"
#include "llvm/ADT/StringExtras.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class SumBeginner {
public:
  SumBeginner(Context &Ctx, Function &F) : Ctx(Ctx), Used(F) {
    forEachStmt(F.Body, [&](const Stmt &S) {
      if (S.Var)
        ++Writes[S.Var];
      if (S.Target && S.Target->Var)
        ++Writes[S.Target->Var];
    });
  }

  void visit(Block &B);

private:
  bool begin(Block &B, size_t Declaration, Block &Zeros);
  bool isFixed(const Expr *E) const;
  bool covers(const Stmt &Loop, const Variable *Array, long &Zeros) const;

  Context &Ctx;
  const UsedExtents Used;
  llvm::DenseMap<const Variable *, unsigned> Writes;
};

} // namespace

/// The statement, or one of its nested blocks.
static bool mentionsInside(const Stmt &S, const Variable *V) {
  bool Found = mentions(S, V);
  for (const Block *B : {&S.Body, &S.Else})
    forEachStmt(*B, [&](const Stmt &Each) { Found |= mentions(Each, V); });
  return Found;
}

/// The statement right in the loop's body that adds the first term to the
/// element of each iteration, if the loop mentions no other elements.
static Stmt *firstTerm(const Stmt &Loop, const Variable *Array) {
  if (Loop.Kind != StmtKind::For || Loop.Negative || Loop.Inclusive ||
      !Loop.Lower->isLiteral(0) ||
      !(Loop.Descending || Loop.Step->isLiteral(1)))
    return nullptr;
  auto First = llvm::find_if(
      Loop.Body, [&](const Stmt *S) { return mentionsInside(*S, Array); });
  if (First == Loop.Body.end() || (*First)->Kind != StmtKind::Assign ||
      mentions((*First)->Value, Array))
    return nullptr;
  const Expr *Element = (*First)->Target;
  bool Own = Element->is(ExprKind::Index) && Element->op(0)->Var == Array &&
             Element->op(1)->is(ExprKind::Var) &&
             Element->op(1)->Var == Loop.Var;
  unsigned Arrays = 0, Elements = 0;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) {
      Arrays += E.Var == Array;
      Elements += sameExpr(&E, Element);
    });
  });
  return Own && Arrays == Elements ? *First : nullptr;
}

bool SumBeginner::isFixed(const Expr *E) const {
  bool Fixed = true;
  forEachExpr(E, [&](const Expr &Node) {
    switch (Node.Kind) {
    case ExprKind::Var:
      Fixed &= Node.Var->isParameter()
                   ? !Node.Var->Reference && !Node.Var->AddressTaken
                   : Node.Var->isLocal() && Writes.lookup(Node.Var) == 1 &&
                         !Node.Var->AddressTaken;
      return;
    case ExprKind::Literal:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Conditional:
    case ExprKind::Cast:
      return;
    default:
      Fixed = false;
    }
  });
  return Fixed;
}

/// The loop goes over all elements that anything mentions, but for the first
/// few.
bool SumBeginner::covers(const Stmt &Loop, const Variable *Array,
                         long &Zeros) const {
  constexpr long Few = 4;
  long Upper = 0, Extent = 0;
  if (Loop.Upper->is(ExprKind::Literal) &&
      llvm::to_integer(Loop.Upper->Text, Upper) &&
      llvm::to_integer(Array->Ty->Extent->Text, Extent) && Upper >= Extent)
    return true;
  std::optional<UsedExtent> All = Used.of(Array);
  if (!All)
    return false;
  if (!All->Bound)
    return Upper >= All->Fixed;
  Zeros = All->Fixed;
  return Zeros <= Few && All->Shift == 0 && sameExpr(All->Bound, Loop.Upper) &&
         isFixed(Loop.Upper);
}

bool SumBeginner::begin(Block &B, size_t Declaration, Block &Zeros) {
  const Stmt &D = *B[Declaration];
  Variable *Array = D.Var;
  if (D.Kind != StmtKind::Declare || !D.ZeroInit || !Array->Ty->isArray() ||
      !Array->Ty->Element->isReal() ||
      !Array->Ty->Extent->is(ExprKind::Literal) || Writes.lookup(Array) != 1)
    return false;
  auto Loop =
      std::find_if(B.begin() + Declaration + 1, B.end(),
                   [&](const Stmt *S) { return mentionsInside(*S, Array); });
  Stmt *Term = Loop == B.end() ? nullptr : firstTerm(**Loop, Array);
  long Count = 0;
  if (!Term || !covers(**Loop, Array, Count))
    return false;
  if (Term->Op == AssignOp::Sub)
    Term->Value = Algebra(Ctx).neg(Term->Value);
  Term->Op = AssignOp::Set;
  for (long I = 0; I < Count; ++I)
    Zeros.push_back(Ctx.assign(Ctx.index(Ctx.var(Array), Ctx.intLiteral(I)),
                               Ctx.intLiteral(0)));
  return true;
}

void SumBeginner::visit(Block &B) {
  Block Out;
  for (size_t I = 0; I < B.size(); ++I) {
    Out.push_back(B[I]);
    visit(B[I]->Body);
    visit(B[I]->Else);
    if (begin(B, I, Out))
      B[I]->ZeroInit = false;
  }
  B = std::move(Out);
}

void retrograd::beginSums(Context &Ctx, Function &F) {
  SumBeginner(Ctx, F).visit(F.Body);
}
