//===- LaneChoices.cpp - Choices that must not be made by evaluating both -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The condition of a loop is evaluated before each trip: what it is expanded to
// stands before the loop and again at the end of its body.
//
//===----------------------------------------------------------------------===//

#include "LaneChoices.h"
#include "../Emit/Printer.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class Expander {
public:
  Expander(Context &Ctx, Function &F, const Uniformity &Shapes)
      : Ctx(Ctx), F(F), Shapes(Shapes) {}

  void block(Block &B);

private:
  const Expr *expand(const Expr *E, Block &Before);
  const Expr *choose(const Expr *E, Block &Before);
  const Expr *logical(const Expr *E, Block &Before);
  bool needsBranch(const Expr *E) const;
  Variable *temporary(const char *Name, const Type *Ty, const Expr *Init,
                      Block &Into);
  void whileLoop(Stmt &S, Block &Before);

  Context &Ctx;
  Function &F;
  const Uniformity &Shapes;
};

} // namespace

/// Evaluating it where the user's function does not may read memory that is not
/// there, or trap. Known has the text of places that are read in any case.
static bool isGuarded(const Expr *E, const std::set<std::string> &Known) {
  switch (E->Kind) {
  case ExprKind::Index:
    if (E->op(1)->is(ExprKind::Literal) && E->op(0)->is(ExprKind::Var) &&
        E->op(0)->Ty->isArray())
      return false;
    return !Known.count(printExpr(E));
  case ExprKind::Deref:
    return !Known.count(printExpr(E));
  case ExprKind::Opaque:
  case ExprKind::Field:
    return true;
  case ExprKind::Binary:
    if ((E->Text == "/" || E->Text == "%") && !E->Ty->isReal())
      return true;
    break;
  default:
    break;
  }
  return llvm::any_of(E->Operands, [&](const Expr *Operand) {
    return isGuarded(Operand, Known);
  });
}

static bool isChoice(const Expr *E) {
  return E->is(ExprKind::Conditional) ||
         (E->is(ExprKind::Binary) && (E->Text == "&&" || E->Text == "||"));
}

/// The text of the places that evaluating E reads in any case.
static void collectReads(const Expr *E, std::set<std::string> &Places) {
  if (E->is(ExprKind::Index) || E->is(ExprKind::Deref))
    Places.insert(printExpr(E));
  if (isChoice(E))
    return collectReads(E->op(0), Places);
  for (const Expr *Operand : E->Operands)
    collectReads(Operand, Places);
}

bool Expander::needsBranch(const Expr *E) const {
  if (!isChoice(E))
    return false;
  // What is the same in all lanes is chosen as it is without them.
  if (!Shapes.isVarying(E->op(0)))
    return false;
  std::set<std::string> Known;
  collectReads(E->op(0), Known);
  for (const Expr *Side : llvm::drop_begin(E->Operands))
    if (isGuarded(Side, Known))
      return true;
  return false;
}

Variable *Expander::temporary(const char *Name, const Type *Ty,
                              const Expr *Init, Block &Into) {
  Variable *V = F.addVariable(Name, Ty, VariableKind::Local);
  V->Generated = true;
  Into.push_back(Ctx.declare(V, Init));
  return V;
}

const Expr *Expander::choose(const Expr *E, Block &Before) {
  const Expr *Condition = expand(E->op(0), Before);
  const Expr *Side = Ctx.var(temporary("side", E->Ty, nullptr, Before), E->Loc);
  Stmt *If = Ctx.stmt(StmtKind::If, E->Loc);
  If->Value = Condition;
  const Expr *Then = expand(E->op(1), If->Body);
  If->Body.push_back(Ctx.assign(Side, Then, AssignOp::Set, E->Loc));
  const Expr *Else = expand(E->op(2), If->Else);
  If->Else.push_back(Ctx.assign(Side, Else, AssignOp::Set, E->Loc));
  Before.push_back(If);
  return Side;
}

const Expr *Expander::logical(const Expr *E, Block &Before) {
  const Expr *First = expand(E->op(0), Before);
  if (!First->Ty->isBool())
    First = Ctx.cast(First, Ctx.boolType(), /*Implicit=*/false, E->Loc);
  const Expr *Holds =
      Ctx.var(temporary("holds", Ctx.boolType(), First, Before), E->Loc);
  Stmt *If = Ctx.stmt(StmtKind::If, E->Loc);
  If->Value = E->Text == "&&" ? Holds : Ctx.unary("!", Holds, E->Loc);
  const Expr *Second = expand(E->op(1), If->Body);
  if (!Second->Ty->isBool())
    Second = Ctx.cast(Second, Ctx.boolType(), /*Implicit=*/false, E->Loc);
  If->Body.push_back(Ctx.assign(Holds, Second, AssignOp::Set, E->Loc));
  Before.push_back(If);
  return Holds;
}

const Expr *Expander::expand(const Expr *E, Block &Before) {
  if (!Shapes.isVarying(E) || E->Ty->Element)
    return E;
  if (needsBranch(E))
    return E->is(ExprKind::Conditional) ? choose(E, Before)
                                        : logical(E, Before);
  std::vector<const Expr *> Operands;
  for (const Expr *Operand : E->Operands)
    Operands.push_back(expand(Operand, Before));
  return Ctx.withOperands(E, std::move(Operands));
}

void Expander::whileLoop(Stmt &S, Block &Before) {
  Block First;
  const Expr *Condition = expand(S.Value, First);
  if (First.empty())
    return;
  auto AsBool = [&](const Expr *E) {
    return E->Ty->isBool() ? E : Ctx.cast(E, Ctx.boolType(), false, E->Loc);
  };
  const Expr *Init = nullptr;
  if (!S.TestAtEnd) {
    Before.insert(Before.end(), First.begin(), First.end());
    Init = AsBool(Condition);
  }
  const Expr *Goes =
      Ctx.var(temporary("goes", Ctx.boolType(), Init, Before), S.Value->Loc);
  const Expr *Again = AsBool(expand(S.Value, S.Body));
  S.Body.push_back(Ctx.assign(Goes, Again, AssignOp::Set, S.Value->Loc));
  S.Value = Goes;
}

void Expander::block(Block &B) {
  Block New;
  for (Stmt *S : B) {
    block(S->Body);
    block(S->Else);
    if (S->Kind == StmtKind::While) {
      whileLoop(*S, New);
    } else {
      for (const Expr **Slot : {&S->Value, &S->Lower, &S->Upper, &S->Count})
        if (*Slot)
          *Slot = expand(*Slot, New);
      for (const Expr *&Argument : S->Args)
        Argument = expand(Argument, New);
    }
    New.push_back(S);
  }
  B = std::move(New);
}

void retrograd::expandChoices(Context &Ctx, Function &F,
                              const Uniformity &Shapes) {
  Expander(Ctx, F, Shapes).block(F.Body);
}
