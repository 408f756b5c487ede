//===- UsedExtent.cpp - How much of a local array is ever mentioned -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the function in source order. A local has one declaration, so
// that two scopes of an array are no case.
//
//===----------------------------------------------------------------------===//

#include "UsedExtent.h"
#include "../IR/Walk.h"
#include "llvm/ADT/STLExtras.h"

using namespace retrograd;
using namespace retrograd::ir;

/// Without the conversions to a larger type that arithmetic brings about.
static const Expr *withoutCasts(const Expr *E) {
  while (E->is(ExprKind::Cast) && E->Implicit && E->op(0)->Ty->isInteger())
    E = E->op(0);
  return E;
}

/// The value of an integer literal.
static std::optional<long> integer(const Expr *E) {
  E = withoutCasts(E);
  long Value = 0;
  if (!E->is(ExprKind::Literal) || !E->Ty->isInteger() ||
      llvm::StringRef(E->Text).rtrim("uUlLzZ").getAsInteger(0, Value))
    return std::nullopt;
  return Value;
}

/// E as an expression and a constant that is added to it.
static std::pair<const Expr *, long> splitSum(const Expr *E) {
  if (!E->is(ExprKind::Binary) || !(E->Text == "+" || E->Text == "-"))
    return {E, 0};
  if (auto N = integer(E->op(1)))
    return {E->op(0), E->Text == "+" ? *N : -*N};
  if (auto N = integer(E->op(0)); N && E->Text == "+")
    return {E->op(1), *N};
  return {E, 0};
}

UsedExtents::UsedExtents(const Function &F) { visit(F.Body); }

std::optional<UsedExtent> UsedExtents::of(const Variable *Array) const {
  auto It = Arrays.find(Array);
  if (It == Arrays.end() || It->second.Whole)
    return std::nullopt;
  UsedExtent Used = It->second.Used;
  Used.Within = It->second.Proven >= Used.Shift;
  // To add to a bound that may be any number might overflow.
  if (Used.Shift > 0 && !Used.Within)
    return std::nullopt;
  return Used;
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

void UsedExtents::visit(const Block &B) {
  for (const Stmt *S : B) {
    visitStmt(*S);
    Around.push_back(S);
    visit(S->Body);
    visit(S->Else);
    Around.pop_back();
  }
}

void UsedExtents::visitStmt(const Stmt &S) {
  if (S.Var)
    Depths[S.Var] = Around.size();
  if (S.Kind == StmtKind::Declare && S.Var->Ty->isArray())
    if (auto Extent = integer(S.Var->Ty->Extent))
      Arrays[S.Var] = {UsedExtent(), Around.size(), *Extent};
  for (const Expr *E : {S.Target, S.Value, S.Lower, S.Upper, S.Step, S.Count})
    if (E)
      visitExpr(E, /*Always=*/true);
  // By reference, an element is the address of all.
  for (const Expr *E : S.Args)
    E->isLValue() && !E->Ty->isPointer() ? useWhole(E) : visitExpr(E, true);
}

/// Always: the expression is evaluated where its statement is run. Indexed: it
/// is the array of which an element is taken.
void UsedExtents::visitExpr(const Expr *E, bool Always, bool Indexed) {
  bool IsIndex = E->is(ExprKind::Index);
  // The address of one element leads to the others.
  if (E->is(ExprKind::AddressOf) || E->is(ExprKind::Opaque) ||
      (E->Ty->isArray() && !Indexed))
    return useWhole(E);
  if (IsIndex && E->op(0)->is(ExprKind::Var))
    if (auto It = Arrays.find(E->op(0)->Var); It != Arrays.end())
      use(It->second, E->op(1), Always);
  bool Chooses =
      E->is(ExprKind::Conditional) ||
      (E->is(ExprKind::Binary) && (E->Text == "&&" || E->Text == "||"));
  for (size_t I = 0; I < E->Operands.size(); ++I)
    visitExpr(E->op(I), Always && !Chooses, IsIndex && I == 0);
}

/// Nothing is known about the arrays that an expression mentions.
void UsedExtents::useWhole(const Expr *E) {
  forEachExpr(E, [&](const Expr &Node) {
    if (auto It = Arrays.find(Node.Var); It != Arrays.end())
      It->second.Whole = true;
  });
}

//===----------------------------------------------------------------------===//
// One mention
//===----------------------------------------------------------------------===//

/// The loop around the present statement that counts with E.
const Stmt *UsedExtents::loopOf(const Expr *E) const {
  for (const Stmt *S : Around)
    if (S->Kind == StmtKind::For && E->is(ExprKind::Var) && S->Var == E->Var)
      return S;
  return nullptr;
}

void UsedExtents::use(Array &A, const Expr *Subscript, bool Always) {
  auto [Base, Shift] = splitSum(withoutCasts(Subscript));
  Base = withoutCasts(Base);
  if (auto N = integer(Base); N && *N < A.Extent && Shift == 0) {
    A.Used.Fixed = std::max(A.Used.Fixed, *N + 1);
    return;
  }
  const Stmt *Loop = loopOf(Base);
  if (!Loop || Depths.lookup(Loop->Var) < A.Depth || Shift > A.Extent) {
    A.Whole = true;
    return;
  }
  // The loop is in the array's block, and the mention right in the loop.
  Always &= Around.size() == A.Depth + 1 && Shift >= 0;
  useCounter(A, *Loop, std::max(0L, Shift), Always);
}

/// The counter plus Shift is a subscript.
void UsedExtents::useCounter(Array &A, const Stmt &Loop, long Shift,
                             bool Always) {
  bool UnitStep = Loop.Descending || Loop.Step->isLiteral(1);
  const Expr *First = Loop.Negative ? Loop.Upper : Loop.Lower;
  const Expr *Last = Loop.Negative ? Loop.Lower : Loop.Upper;
  bool Included = Loop.Negative || Loop.Inclusive;
  // Where the loop does not run, its bound is not larger than First.
  auto Start = integer(First);
  bool Within = Always && UnitStep && Start && *Start + Shift + 1 <= A.Extent;
  if (auto N = integer(Last)) {
    A.Used.Fixed = std::max(
        A.Used.Fixed, std::min(A.Extent, std::max(0L, *N + Included + Shift)));
    return;
  }
  auto [Bound, More] = splitSum(Last);
  Shift += More + Included;
  // for (j = 0; j < i + 1; ++j): i is less than the bound of its own loop.
  const Stmt *Outer = loopOf(Bound);
  if (Outer && Depths.lookup(Outer->Var) >= A.Depth)
    return useCounter(A, *Outer, std::max(0L, Shift - 1), false);
  Within &= Shift >= 0;
  Shift = std::max(0L, Shift);
  if ((A.Used.Bound && !sameExpr(A.Used.Bound, Bound)) ||
      isDeclaredWithin(Bound, A.Depth)) {
    A.Whole = true;
    return;
  }
  A.Used.Bound = Bound;
  A.Used.Shift = std::max(A.Used.Shift, Shift);
  if (Within)
    A.Proven = std::max(A.Proven, Shift);
}

/// An expression mentions what the array's block, or one inside it, declares.
bool UsedExtents::isDeclaredWithin(const Expr *E, size_t Depth) const {
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) {
    auto It = Depths.find(Node.Var);
    Found |= It != Depths.end() && It->second >= Depth;
  });
  return Found;
}
