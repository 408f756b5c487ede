//===- LowerCheckpoint.cpp - Statements that are run again ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mark becomes a statement of its own, in front of the loop or call that it
// is for. What the loop needs besides, the declaration of its counter say, may
// stand in between.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "CheckpointMarks.h"
#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

/// An expression of a clause over the variables of the IR.
const ir::Expr *FunctionLowering::markExpr(const CheckpointMark &Mark,
                                           const ir::Expr *E) {
  if (!E)
    return nullptr;
  return ir::rewrite(Ctx, E, [&](const ir::Expr *Node) -> const ir::Expr * {
    const VarDecl *V =
        Node->is(ir::ExprKind::Var) ? Mark.Names.lookup(Node->Var) : nullptr;
    if (!V)
      return Node;
    const ir::Expr *Location = Bindings.lookup(V);
    if (!Location)
      error(Mark.Loc,
            "'" + V->getNameAsString() +
                "' is not declared where "
                "'checkpoint' needs it",
            "declare it in a statement of its own, before the pragma");
    return Location ? Location : Node;
  });
}

ir::Stmt *FunctionLowering::lowerMark(const CheckpointMark &Mark) {
  ir::Stmt *C = Ctx.stmt(ir::StmtKind::Checkpoint, M.location(Mark.Loc));
  C->Value = markExpr(Mark, Mark.Snapshots);
  C->Count = markExpr(Mark, Mark.Bytes);
  C->Lower = markExpr(Mark, Mark.Directory);
  for (const CheckpointMark::Memory &Entry : Mark.State) {
    const ir::Expr *Pointer = Bindings.lookup(Entry.Pointer);
    if (!Pointer || !Pointer->is(ir::ExprKind::Var)) {
      error(Entry.Loc,
            "'" + Entry.Pointer->getNameAsString() +
                "' cannot be named in 'state'",
            "name a pointer that is a variable of the function itself");
      return C;
    }
    C->Args.push_back(Pointer);
    C->Args.push_back(markExpr(Mark, Entry.Count));
  }
  return C;
}

static bool isLoop(const Stmt *S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

void FunctionLowering::checkpointed(const Stmt *S, CheckpointMark &Mark) {
  while (const auto *A = dyn_cast<AttributedStmt>(S))
    S = A->getSubStmt();
  if (!isLoop(S) && !isa<Expr, DeclStmt, ReturnStmt>(S))
    return plainStatement(S);
  Mark.Used = true;
  ir::Stmt *C = lowerMark(Mark);
  ir::Block Lowered = within([&] { plainStatement(S); });
  if (Failed)
    return;
  unsigned Found = llvm::count_if(Lowered, [&](const ir::Stmt *Each) {
    if (isLoop(S))
      return Each->Kind == ir::StmtKind::For ||
             Each->Kind == ir::StmtKind::While;
    return Each->Kind == ir::StmtKind::Call && !Each->Callee->Inactive &&
           Each->Callee->Kind != ir::FunctionKind::External;
  });
  if (Found != 1) {
    error(Mark.Loc,
          "'checkpoint' needs a statement that calls exactly one function with "
          "a body",
          "write one call a statement");
    return;
  }
  C->Text = isLoop(S) ? "loop" : "call";
  emit(C);
  emit(Lowered);
}
