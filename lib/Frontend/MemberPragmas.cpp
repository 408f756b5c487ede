//===- MemberPragmas.cpp - Pragmas in the body of a class -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "MemberPragmas.h"
#include "ClangDiagnostics.h"
#include "PragmaTarget.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/Basic/SourceManager.h"

namespace retrograd {

using clang::CXXRecordDecl;
using clang::Decl;
using clang::FunctionDecl;
using clang::SourceManager;

const CXXRecordDecl *outermostClass(const CXXRecordDecl *Class) {
  while (const auto *Around =
             llvm::dyn_cast<CXXRecordDecl>(Class->getDeclContext()))
    Class = Around;
  return Class;
}

bool mayStandIn(const CXXRecordDecl *Class, const Pragma &P,
                ClangDiagnostics &Diags) {
  if (outermostClass(Class)->getDeclContext()->isFunctionOrMethod()) {
    Diags.report(P.ModeWord.Loc,
                 "'#pragma retrograd' must stand outside of functions",
                 "move the class to namespace scope");
    return false;
  }
  const char *Way = P.Kind == PragmaKind::Checkpoint
                        ? "define the function outside of the class"
                    : P.Kind == PragmaKind::Rule || P.Function
                        ? "write it behind the class"
                        : nullptr;
  if (!Way)
    return true;
  Diags.report(P.ModeWord.Loc,
               "'" + P.ModeWord.Text + "' cannot stand in a class", Way);
  return false;
}

/// A declaration of the class itself that a pragma may stand before.
static const Decl *declared(const Decl *D) {
  if (D->isImplicit() || llvm::isa<clang::AccessSpecDecl>(D))
    return nullptr;
  const auto *Friend = llvm::dyn_cast<clang::FriendDecl>(D);
  return Friend && Friend->getFriendDecl() ? Friend->getFriendDecl() : D;
}

FunctionDecl *findMember(const MemberPragma &Member, const SourceManager &SM,
                         ClangDiagnostics &Diags) {
  clang::SourceLocation Loc = Member.P.ModeWord.Loc;
  const Decl *Next = nullptr;
  for (const Decl *D : Member.Class->decls()) {
    D = declared(D);
    if (!D || !SM.isBeforeInTranslationUnit(Loc, D->getEndLoc()))
      continue;
    if (SM.isBeforeInTranslationUnit(D->getBeginLoc(), Loc)) {
      Diags.report(Loc, "the pragma stands inside of a declaration",
                   "write it directly before a function");
      return nullptr;
    }
    Next = D;
    break;
  }
  auto *F = Next ? const_cast<FunctionDecl *>(Next->getAsFunction()) : nullptr;
  if (!F)
    reportNoFunction(Member.P, llvm::dyn_cast_or_null<clang::NamedDecl>(Next),
                     Diags);
  return F;
}

} // namespace retrograd
