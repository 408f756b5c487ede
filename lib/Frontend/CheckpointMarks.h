//===- CheckpointMarks.h - Statements to be run again ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `#pragma retrograd checkpoint` stands inside of a function, before the
// function is lowered. What its clauses name is looked up where it stands, and
// the statement is the one that begins with the next token.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_CHECKPOINTMARKS_H
#define RETROGRAD_FRONTEND_CHECKPOINTMARKS_H

#include "../IR/IR.h"
#include "PragmaParser.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>

namespace clang {
class CompilerInstance;
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace retrograd {

class NameLookup;

/// One pragma. Its expressions are over stand-ins for variables of the source,
/// which only lowering can translate.
struct CheckpointMark {
  clang::SourceLocation Loc;
  /// The function that the pragma stands in.
  const clang::FunctionDecl *Function = nullptr;
  /// Where the statement begins; invalid until the next token is there.
  clang::SourceLocation Statement;
  /// Null where not given.
  const ir::Expr *Snapshots = nullptr, *Bytes = nullptr, *Directory = nullptr;
  struct Memory {
    const clang::VarDecl *Pointer;
    const ir::Expr *Count;
    clang::SourceLocation Loc;
  };
  std::vector<Memory> State;
  llvm::DenseMap<const ir::Variable *, const clang::VarDecl *> Names;
  /// A loop or call was found behind it.
  bool Used = false;
};

class CheckpointMarks {
public:
  CheckpointMarks(clang::CompilerInstance &CI, ir::Context &Ctx,
                  const NameLookup &Names, ClangDiagnostics &Diags)
      : CI(CI), Ctx(Ctx), Names(Names), Diags(Diags) {}

  /// Reads the clauses of a pragma that the parser has just reached.
  void add(const Pragma &P);
  /// To be told of each token.
  void see(const clang::Token &Tok);

  /// The mark of the statement that begins here, or null.
  CheckpointMark *at(clang::SourceLocation Statement);
  /// Reports the marks in F that no loop or call follows; false if there is
  /// one.
  bool checkUsed(const clang::FunctionDecl *F);
  /// Reports the marks that are in no function, at the end of the file.
  void checkInside();

private:
  const ir::Expr *number(const std::vector<clang::Token> &Tokens,
                         ir::Function &Scope, CheckpointMark &Mark);
  const ir::Expr *folder(const std::vector<clang::Token> &Tokens,
                         ir::Function &Scope, CheckpointMark &Mark);
  bool addState(const Pragma &P, ir::Function &Scope, CheckpointMark &Mark);
  const clang::VarDecl *local(const PragmaQualifiedName &Name) const;
  void addLocals(const std::vector<clang::Token> &Tokens, ir::Function &Scope,
                 CheckpointMark &Mark);

  clang::CompilerInstance &CI;
  ir::Context &Ctx;
  const NameLookup &Names;
  ClangDiagnostics &Diags;
  std::deque<CheckpointMark> Marks;
  /// The last one waits for its statement.
  bool Waiting = false;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_CHECKPOINTMARKS_H
