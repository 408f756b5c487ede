//===- LowerSwitch.cpp - Switch statements --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A switch without fall-through is a chain of if statements:
//
//   switch (k) {                      if (k == 1 || k == 2) { a; }
//   case 1: case 2: a; break;   =>    else { b; }
//   default: b;
//   }
//
// With fall-through, control enters at a section and runs through the later
// ones:
//
//   switch (k) {                      int entry = k == 1 ? 0 : k == 2 ? 1 : 2;
//   case 1: a;                  =>    if (entry <= 0) { a; }
//   case 2: b;                        if (entry <= 1) { b; }
//   }
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

/// What stands between two groups of labels.
struct FunctionLowering::Section {
  std::vector<const CaseStmt *> Cases;
  bool IsDefault = false;
  std::vector<const Stmt *> Body;
};

/// The statement that control leaves the section by at its end, or null if it
/// may fall through.
static const Stmt *exitOf(const Stmt *S) {
  if (isa<BreakStmt, ReturnStmt, ContinueStmt>(S))
    return S;
  if (const auto *C = dyn_cast<CompoundStmt>(S))
    return C->body_empty() ? nullptr : exitOf(C->body_back());
  if (const auto *I = dyn_cast<IfStmt>(S))
    return I->getElse() && exitOf(I->getThen()) && exitOf(I->getElse())
               ? S
               : nullptr;
  if (const auto *E = dyn_cast<Expr>(S))
    return isa<CXXThrowExpr>(lookThrough(E)) ? S : nullptr;
  return nullptr;
}

/// A variable without an initialiser may be used by later sections.
void FunctionLowering::hoistDeclarations(const DeclStmt *S) {
  bool Plain = llvm::all_of(S->decls(), [](const Decl *D) {
    const auto *V = dyn_cast<VarDecl>(D);
    return V && !V->getInit();
  });
  if (!Plain)
    return;
  declaration(S);
  Skipped.insert(S);
}

bool FunctionLowering::collectSections(const SwitchStmt *S,
                                       std::vector<Section> &Sections) {
  std::vector<const Stmt *> Pieces = {S->getBody()};
  if (const auto *C = dyn_cast<CompoundStmt>(S->getBody()))
    Pieces.assign(C->body_begin(), C->body_end());
  for (const Stmt *Piece : Pieces) {
    bool Labelled = isa<SwitchCase>(Piece);
    if (Labelled && (Sections.empty() || !Sections.back().Body.empty()))
      Sections.emplace_back();
    while (const auto *Label = dyn_cast<SwitchCase>(Piece)) {
      if (const auto *Case = dyn_cast<CaseStmt>(Label))
        Sections.back().Cases.push_back(Case);
      else
        Sections.back().IsDefault = true;
      Piece = Label->getSubStmt();
    }
    if (const auto *D = dyn_cast<DeclStmt>(Piece))
      hoistDeclarations(D);
    if (!Sections.empty())
      Sections.back().Body.push_back(Piece);
    else if (!isa<DeclStmt, NullStmt>(Piece))
      reject(Piece, "a statement before the first case label is not supported",
             "move it in front of the switch");
  }
  return !Failed;
}

const ir::Expr *FunctionLowering::sectionCondition(const Section &S,
                                                   const ir::Expr *Selector) {
  const ir::Expr *Any = nullptr;
  const ir::Type *Bool = Ctx.boolType();
  for (const CaseStmt *Case : S.Cases) {
    ir::Location Loc = loc(Case);
    const ir::Expr *Low = rvalue(Case->getLHS());
    const ir::Expr *One = Ctx.binary("==", Selector, Low, Bool, Loc);
    if (Case->getRHS()) {
      const ir::Expr *High = rvalue(Case->getRHS());
      One = Ctx.binary("&&", Ctx.binary(">=", Selector, Low, Bool, Loc),
                       Ctx.binary("<=", Selector, High, Bool, Loc), Bool, Loc);
    }
    Any = Any ? Ctx.binary("||", Any, One, Bool, Loc) : One;
  }
  return Any ? Any : Ctx.literal(Bool, "false");
}

ir::Block FunctionLowering::separateSections(llvm::ArrayRef<Section> Sections,
                                             const ir::Expr *Selector) {
  std::vector<ir::Block> Bodies;
  for (const Section &S : Sections) {
    const Stmt *Last = S.Body.back();
    while (const auto *C = dyn_cast<CompoundStmt>(Last)) {
      if (C->body_empty())
        break;
      Last = C->body_back();
    }
    if (isa<BreakStmt>(Last))
      Skipped.insert(Last);
    Bodies.push_back(within([&] {
      for (const Stmt *Child : S.Body)
        statement(Child);
    }));
  }
  ir::Block Chain;
  for (size_t I = 0; I < Sections.size(); ++I)
    if (Sections[I].IsDefault)
      Chain = Bodies[I];
  for (size_t I = Sections.size(); I-- > 0;) {
    if (Sections[I].IsDefault)
      continue;
    ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(Sections[I].Cases.front()));
    If->Value = sectionCondition(Sections[I], Selector);
    If->Body = std::move(Bodies[I]);
    If->Else = std::move(Chain);
    Chain = {If};
  }
  return Chain;
}

ir::Block FunctionLowering::fallingSections(llvm::ArrayRef<Section> Sections,
                                            const ir::Expr *Selector) {
  size_t Otherwise = Sections.size();
  for (size_t I = 0; I < Sections.size(); ++I)
    if (Sections[I].IsDefault)
      Otherwise = I;
  const ir::Expr *Entry = Ctx.intLiteral(static_cast<long>(Otherwise));
  for (size_t I = Sections.size(); I-- > 0;)
    if (!Sections[I].Cases.empty())
      Entry = Ctx.conditional(sectionCondition(Sections[I], Selector),
                              Ctx.intLiteral(static_cast<long>(I)), Entry,
                              Selector->Loc);
  return within([&] {
    Entry = intoTemporary(Entry, "entry");
    for (size_t I = 0; I < Sections.size(); ++I) {
      const Stmt *First = Sections[I].Body.front();
      ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(First));
      If->Value = Ctx.binary("<=", Entry, Ctx.intLiteral(static_cast<long>(I)),
                             Ctx.boolType(), If->Loc);
      If->Body = within([&] {
        for (const Stmt *Child : Sections[I].Body)
          statement(Child);
      });
      if (!If->Body.empty())
        emit(If);
    }
  });
}

void FunctionLowering::switchStatement(const SwitchStmt *S) {
  if (S->getInit())
    statement(S->getInit());
  if (const VarDecl *V = S->getConditionVariable())
    variableDeclaration(V);
  const ir::Expr *Selector = keepValue(rvalue(S->getCond()));
  std::vector<Section> Sections;
  if (!collectSections(S, Sections) || Sections.empty())
    return;
  bool Falls = llvm::any_of(
      llvm::ArrayRef(Sections).drop_back(),
      [](const Section &Each) { return !exitOf(Each.Body.back()); });

  Stack.emplace_back();
  Stack.back().IsLoop = false;
  ir::Block Body = Falls ? fallingSections(Sections, Selector)
                         : separateSections(Sections, Selector);
  bool HasBreak = Stack.back().HasBreak;
  Stack.pop_back();
  if (Failed)
    return;
  if (!HasBreak)
    return emit(Body);
  ir::Stmt *Once = Ctx.stmt(ir::StmtKind::Once, loc(S));
  Once->Body = std::move(Body);
  emit(Once);
}
