//===- Walk.cpp - Visiting and rewriting the IR ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One list of a statement's expression slots serves visiting and rewriting, so
// that a new statement kind cannot be seen by one and missed by the other.
//
//===----------------------------------------------------------------------===//

#include "Walk.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>

using namespace retrograd;
using namespace retrograd::ir;

/// Calls Visit with each expression slot of a statement that is filled.
template <class StmtT, class Fn> static void forEachSlot(StmtT &S, Fn Visit) {
  for (auto *Slot :
       {&S.Target, &S.Value, &S.Lower, &S.Upper, &S.Step, &S.Count})
    if (*Slot)
      Visit(*Slot);
  for (auto &Arg : S.Args)
    Visit(Arg);
}

void ir::forEachStmt(const Block &B, llvm::function_ref<void(Stmt &)> Visit) {
  for (Stmt *S : B) {
    Visit(*S);
    forEachStmt(S->Body, Visit);
    forEachStmt(S->Else, Visit);
  }
}

void ir::forEachStmtBackwards(const Block &B,
                              llvm::function_ref<void(Stmt &)> Visit) {
  for (Stmt *S : llvm::reverse(B)) {
    forEachStmtBackwards(S->Else, Visit);
    forEachStmtBackwards(S->Body, Visit);
    Visit(*S);
  }
}

void ir::forEachExpr(const Expr *E,
                     llvm::function_ref<void(const Expr &)> Visit) {
  Visit(*E);
  for (const Expr *Operand : E->Operands)
    forEachExpr(Operand, Visit);
}

void ir::forEachExpr(const Stmt &S,
                     llvm::function_ref<void(const Expr &)> Visit) {
  forEachSlot(S, [&](const Expr *E) { forEachExpr(E, Visit); });
  // The extents of a variable-length array are read where it is declared.
  if (S.Kind == StmtKind::Declare)
    for (const Type *T = S.Var->Ty; T->isArray(); T = T->Element)
      forEachExpr(T->Extent, Visit);
}

const Expr *
ir::rewrite(Context &Ctx, const Expr *E,
            llvm::function_ref<const Expr *(const Expr *)> Replace) {
  std::vector<const Expr *> Operands;
  Operands.reserve(E->Operands.size());
  for (const Expr *Operand : E->Operands)
    Operands.push_back(rewrite(Ctx, Operand, Replace));
  return Replace(Ctx.withOperands(E, std::move(Operands)));
}

void ir::rewriteStmt(Context &Ctx, Stmt &S,
                     llvm::function_ref<const Expr *(const Expr *)> Replace) {
  forEachSlot(S, [&](const Expr *&E) { E = rewrite(Ctx, E, Replace); });
}

Block ir::cloneBlock(Context &Ctx, const Block &B) {
  Block Copy;
  Copy.reserve(B.size());
  for (const Stmt *S : B) {
    Stmt *New = Ctx.stmt(S->Kind);
    *New = *S;
    New->Body = cloneBlock(Ctx, S->Body);
    New->Else = cloneBlock(Ctx, S->Else);
    Copy.push_back(New);
  }
  return Copy;
}

bool ir::sameExpr(const Expr *A, const Expr *B) {
  if (A == B)
    return true;
  if (A->Kind != B->Kind || A->Var != B->Var || A->Text != B->Text ||
      A->Ty != B->Ty || A->Operands.size() != B->Operands.size() ||
      A->Pieces != B->Pieces)
    return false;
  for (size_t I = 0; I < A->Operands.size(); ++I)
    if (!sameExpr(A->op(I), B->op(I)))
      return false;
  return true;
}

bool ir::mentions(const Expr *E, const Variable *V) {
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) { Found |= Node.Var == V; });
  return Found;
}

bool ir::mentions(const Stmt &S, const Variable *V) {
  bool Found = false;
  forEachExpr(S, [&](const Expr &E) { Found |= E.Var == V; });
  return Found;
}

bool ir::isInnermost(const Stmt &Loop) {
  bool Inner = false;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    Inner |= S.Kind == StmtKind::For || S.Kind == StmtKind::While;
  });
  return !Inner;
}

const Expr *ir::shifted(Context &Ctx, const Expr *E, long By) {
  long Value = 0;
  if (E->is(ExprKind::Literal) && llvm::to_integer(E->Text, Value, 10))
    return Ctx.intLiteral(Value + By);
  return Ctx.binary(By < 0 ? "-" : "+", E, Ctx.intLiteral(std::abs(By)), E->Ty,
                    E->Loc);
}

static bool leaves(const Block &B, bool InsideInner) {
  for (const Stmt *S : B) {
    if (S->Kind == StmtKind::Return ||
        (S->Kind == StmtKind::Break && !InsideInner))
      return true;
    bool Inner = InsideInner || S->Kind == StmtKind::For ||
                 S->Kind == StmtKind::While || S->Kind == StmtKind::Once;
    if (leaves(S->Body, Inner) || leaves(S->Else, Inner))
      return true;
  }
  return false;
}

bool ir::leavesLoop(const Block &Body) {
  return leaves(Body, /*InsideInner=*/false);
}

void ir::eraseAssignments(Block &B, const Variable *V) {
  std::erase_if(B, [&](const Stmt *S) {
    return S->Kind == StmtKind::Assign && S->Target->Var == V;
  });
  for (Stmt *S : B) {
    eraseAssignments(S->Body, V);
    eraseAssignments(S->Else, V);
  }
}

bool ir::recordsOnTape(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::Rewind:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
  case StmtKind::Reserve:
  case StmtKind::Release:
    return true;
  case StmtKind::Free:
    return S.Deferred;
  default:
    return S.Callee && S.Callee->TakesTape;
  }
}

llvm::DenseSet<const Variable *> ir::pushedVariables(const Function &F) {
  llvm::DenseSet<const Variable *> Pushed;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Push && S.Value->is(ExprKind::Var))
      Pushed.insert(S.Value->Var);
  });
  return Pushed;
}
