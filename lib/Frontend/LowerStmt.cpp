//===- LowerStmt.cpp - Statements -----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dispatch over statements and the simple ones among them.
//
//===----------------------------------------------------------------------===//

#include "CheckpointMarks.h"
#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

void FunctionLowering::block(const CompoundStmt *S) {
  for (const Stmt *Child : S->body())
    statement(Child);
}

void FunctionLowering::ifStatement(const IfStmt *S) {
  if (S->isConsteval()) {
    // A derivative runs, so the branch for the running program is the one.
    const Stmt *Taken =
        S->isNonNegatedConsteval() ? S->getElse() : S->getThen();
    if (Taken)
      statement(Taken);
    return;
  }
  if (S->getInit())
    statement(S->getInit());
  if (S->isConstexpr()) {
    std::optional<const Stmt *> Taken = S->getNondiscardedCase(AST);
    if (Taken && *Taken)
      statement(*Taken);
    return;
  }
  if (const VarDecl *V = S->getConditionVariable())
    variableDeclaration(V);
  ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(S));
  If->Value = rvalue(S->getCond());
  If->Body = within([&] { statement(S->getThen()); });
  if (S->getElse())
    If->Else = within([&] { statement(S->getElse()); });
  emit(If);
}

void FunctionLowering::returnStatement(const ReturnStmt *S) {
  ir::Stmt *Return = Ctx.stmt(ir::StmtKind::Return, loc(S));
  const Expr *Value = S->getRetValue();
  if (Value && Value->getType()->isVoidType())
    effect(Value);
  else if (Value)
    Return->Value = rvalue(Value);
  emit(Return);
}

void FunctionLowering::breakStatement(const BreakStmt *S) {
  Stack.back().HasBreak = true;
  emit(Ctx.stmt(ir::StmtKind::Break, loc(S)));
}

void FunctionLowering::continueStatement(const ContinueStmt *S) {
  for (size_t I = Stack.size(); I-- > 0;)
    if (Stack[I].IsLoop) {
      Stack[I].BeforeContinue();
      break;
    }
  emit(Ctx.stmt(ir::StmtKind::Continue, loc(S)));
}

void FunctionLowering::rejectStatement(const Stmt *S) {
  const char *Restructure = "rewrite it with 'if', 'for' and 'while'";
  switch (S->getStmtClass()) {
  case Stmt::GotoStmtClass:
  case Stmt::IndirectGotoStmtClass:
    reject(S, "'goto' is not supported", Restructure);
    return;
  case Stmt::LabelStmtClass:
    reject(S, "a label is not supported", Restructure);
    return;
  case Stmt::CaseStmtClass:
  case Stmt::DefaultStmtClass:
    reject(S, "a case label inside another statement is not supported",
           "put each label directly into the switch");
    return;
  case Stmt::GCCAsmStmtClass:
  case Stmt::MSAsmStmtClass:
    reject(S, "an asm statement is not supported", InactiveNote);
    return;
  case Stmt::CXXTryStmtClass:
    reject(S, "'try' is not supported", InactiveNote);
    return;
  case Stmt::CoroutineBodyStmtClass:
  case Stmt::CoreturnStmtClass:
    reject(S, "a coroutine is not supported", InactiveNote);
    return;
  default:
    reject(S,
           std::string("a statement of the kind '") + S->getStmtClassName() +
               "' is not supported",
           InactiveNote);
  }
}

void FunctionLowering::statement(const Stmt *S) {
  if (Failed || Skipped.contains(S))
    return;
  if (CheckpointMark *Mark = M.Marks->at(S->getBeginLoc()); Mark && !Mark->Used)
    return checkpointed(S, *Mark);
  plainStatement(S);
}

void FunctionLowering::plainStatement(const Stmt *S) {
  if (const auto *E = dyn_cast<Expr>(S))
    return effect(E);
  switch (S->getStmtClass()) {
  case Stmt::NullStmtClass:
    return;
  case Stmt::CompoundStmtClass:
    return block(llvm::cast<CompoundStmt>(S));
  case Stmt::DeclStmtClass:
    return declaration(llvm::cast<DeclStmt>(S));
  case Stmt::AttributedStmtClass:
    return statement(llvm::cast<AttributedStmt>(S)->getSubStmt());
  case Stmt::IfStmtClass:
    return ifStatement(llvm::cast<IfStmt>(S));
  case Stmt::SwitchStmtClass:
    return switchStatement(llvm::cast<SwitchStmt>(S));
  case Stmt::ForStmtClass:
    return forStatement(llvm::cast<ForStmt>(S));
  case Stmt::CXXForRangeStmtClass:
    return rangeFor(llvm::cast<CXXForRangeStmt>(S));
  case Stmt::WhileStmtClass:
    return whileStatement(llvm::cast<WhileStmt>(S));
  case Stmt::DoStmtClass:
    return doStatement(llvm::cast<DoStmt>(S));
  case Stmt::ReturnStmtClass:
    return returnStatement(llvm::cast<ReturnStmt>(S));
  case Stmt::BreakStmtClass:
    return breakStatement(llvm::cast<BreakStmt>(S));
  case Stmt::ContinueStmtClass:
    return continueStatement(llvm::cast<ContinueStmt>(S));
  default:
    rejectStatement(S);
  }
}
