//===- CheckpointMarks.cpp - Statements to be run again -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Expressions are read as extents are, over a function that has a parameter for
// each variable in scope that they name.
//
//===----------------------------------------------------------------------===//

#include "CheckpointMarks.h"
#include "ClangDiagnostics.h"
#include "NameLookup.h"
#include "RequestResolver.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

using clang::SourceLocation;
using clang::Token;
using clang::VarDecl;
namespace tok = clang::tok;

static const char *const BoundWay =
    "write an integer expression over variables that are in scope, literals "
    "and constants, as in 'snapshots(2 * k)'";

static const char *const PlaceWay =
    "write it directly before a 'for', 'while' or 'do' loop, or before a "
    "statement that calls one function with a body";

/// A parameter or variable of the function, by its plain name.
const VarDecl *CheckpointMarks::local(const PragmaQualifiedName &Name) const {
  if (Name.Global || !Name.Qualifier.empty())
    return nullptr;
  for (const clang::NamedDecl *D : Names.find(Name)) {
    const auto *V = llvm::dyn_cast<VarDecl>(D);
    if (V && V->isLocalVarDeclOrParm())
      return V;
  }
  return nullptr;
}

/// Gives Scope a parameter for each variable that the tokens name.
void CheckpointMarks::addLocals(const std::vector<Token> &Tokens,
                                ir::Function &Scope, CheckpointMark &Mark) {
  for (const Token &Tok : Tokens) {
    if (Tok.isNot(tok::identifier))
      continue;
    PragmaQualifiedName Name;
    Name.Name = {CI.getPreprocessor().getSpelling(Tok), Tok.getLocation()};
    const VarDecl *V = local(Name);
    bool Known = llvm::any_of(Scope.Params, [&](const ir::Variable *P) {
      return P->Name == Name.Name.Text;
    });
    if (!V || Known)
      continue;
    clang::QualType T = V->getType().getNonReferenceType();
    bool Integer = T->isIntegralOrEnumerationType() && !T->isBooleanType();
    ir::Variable *P = Scope.addVariable(
        Name.Name.Text,
        Integer ? Ctx.intType() : Ctx.opaqueType("const char *"),
        ir::VariableKind::Parameter);
    Scope.Params.push_back(P);
    Mark.Names[P] = V;
    // Nothing else may mention it, so Clang could call it unused.
    const_cast<VarDecl *>(V)->setReferenced();
    const_cast<VarDecl *>(V)->setIsUsed();
  }
}

const ir::Expr *CheckpointMarks::number(const std::vector<Token> &Tokens,
                                        ir::Function &Scope,
                                        CheckpointMark &Mark) {
  addLocals(Tokens, Scope, Mark);
  PragmaWrtEntry Entry;
  Entry.Extent = Tokens;
  return resolveExtent(Entry, Scope, Ctx, Names, CI.getPreprocessor(), Diags,
                       BoundWay);
}

/// A string literal, or a variable that points to characters.
const ir::Expr *CheckpointMarks::folder(const std::vector<Token> &Tokens,
                                        ir::Function &Scope,
                                        CheckpointMark &Mark) {
  const Token &First = Tokens.front();
  const ir::Type *Text = Ctx.opaqueType("const char *");
  if (Tokens.size() == 1 && First.is(tok::string_literal))
    return Ctx.literal(Text, CI.getPreprocessor().getSpelling(First));
  if (Tokens.size() == 1 && First.is(tok::identifier)) {
    PragmaQualifiedName Name;
    Name.Name = {CI.getPreprocessor().getSpelling(First), First.getLocation()};
    const VarDecl *V = local(Name);
    clang::QualType T = V ? V->getType() : clang::QualType();
    if (V && T->isPointerType() && T->getPointeeType()->isCharType()) {
      addLocals(Tokens, Scope, Mark);
      return Ctx.var(Scope.Params.back());
    }
  }
  Diags.report({First.getLocation(), Tokens.back().getLocation()},
               "'disk' needs the name of a folder",
               "write a string, or a variable of type 'const char *' that is "
               "in scope");
  return nullptr;
}

bool CheckpointMarks::addState(const Pragma &P, ir::Function &Scope,
                               CheckpointMark &Mark) {
  for (const PragmaWrtEntry &Entry : P.Wrt) {
    const VarDecl *V = local(Entry.Name);
    if (!V || !V->getType()->isPointerType()) {
      Diags.report(Entry.Name.range(),
                   "'" + Entry.Name.text() + "' is no pointer in scope",
                   "'state' takes pointers with their numbers of elements; "
                   "what other variables hold is known");
      return false;
    }
    if (Entry.Extent.empty()) {
      Diags.report(Entry.Name.range(),
                   "'" + Entry.Name.text() + "' has no number of elements",
                   "write 'state(" + Entry.Name.text() + "[n])'");
      return false;
    }
    const ir::Expr *Count = number(Entry.Extent, Scope, Mark);
    if (!Count)
      return false;
    Mark.State.push_back({V, Count, Entry.Name.Name.Loc});
  }
  return true;
}

void CheckpointMarks::add(const Pragma &P) {
  SourceLocation Loc = P.ModeWord.Loc;
  if (Waiting) {
    Diags.report(Loc, "a second 'checkpoint' for the same statement", "");
    Diags.note(Marks.back().Loc, "the first one is here; remove one");
    return;
  }
  CheckpointMark Mark;
  Mark.Loc = Loc;
  Mark.Function = Names.currentFunction();
  if (!Mark.Function) {
    Diags.report(Loc, "'checkpoint' stands outside of functions", PlaceWay);
    return;
  }
  ir::Function *Scope = Ctx.addFunction(Mark.Function->getNameAsString());
  if (!P.Bounds.Snapshots.empty()) {
    Mark.Snapshots = number(P.Bounds.Snapshots, *Scope, Mark);
    if (!Mark.Snapshots)
      return;
  }
  if (!P.Bounds.Memory.empty()) {
    Mark.Bytes = number(P.Bounds.Memory, *Scope, Mark);
    if (!Mark.Bytes)
      return;
  }
  if (!P.Bounds.Disk.empty()) {
    Mark.Directory = folder(P.Bounds.Disk, *Scope, Mark);
    if (!Mark.Directory)
      return;
  }
  if (!addState(P, *Scope, Mark))
    return;
  Marks.push_back(std::move(Mark));
  Waiting = true;
}

void CheckpointMarks::see(const Token &Tok) {
  if (!Waiting || Tok.isAnnotation())
    return;
  Marks.back().Statement = Tok.getLocation();
  Waiting = false;
}

CheckpointMark *CheckpointMarks::at(SourceLocation Statement) {
  for (CheckpointMark &Mark : Marks)
    if (Mark.Statement == Statement && Statement.isValid())
      return &Mark;
  return nullptr;
}

static bool isIn(const clang::FunctionDecl *F, SourceLocation Loc) {
  const clang::Stmt *Body = F->getBody();
  const clang::SourceManager &SM = F->getASTContext().getSourceManager();
  return Body && SM.isPointWithin(SM.getExpansionLoc(Loc),
                                  SM.getExpansionLoc(Body->getBeginLoc()),
                                  SM.getExpansionLoc(Body->getEndLoc()));
}

bool CheckpointMarks::checkUsed(const clang::FunctionDecl *F) {
  for (const CheckpointMark &Mark : Marks)
    if (!Mark.Used && isIn(F, Mark.Loc)) {
      Diags.report(Mark.Loc, "no loop or call follows 'checkpoint'", PlaceWay);
      return false;
    }
  return true;
}

void CheckpointMarks::checkInside() {
  for (const CheckpointMark &Mark : Marks)
    if (!Mark.Used && !isIn(Mark.Function, Mark.Loc))
      Diags.report(Mark.Loc, "'checkpoint' stands outside of functions",
                   PlaceWay);
}

} // namespace retrograd
