//===- MemberPragmas.h - Pragmas in the body of a class -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pragma in a class belongs to the member function, or friend, that follows
// it. The bodies of these are only parsed when the outermost class has been
// closed, and a derivative is a function of the namespace around that: so these
// pragmas wait for the semicolon behind the class.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_MEMBERPRAGMAS_H
#define RETROGRAD_FRONTEND_MEMBERPRAGMAS_H

#include "PragmaParser.h"

namespace clang {
class CXXRecordDecl;
class FunctionDecl;
class SourceManager;
} // namespace clang

namespace retrograd {

/// A pragma and the class that it stands in.
struct MemberPragma {
  Pragma P;
  const clang::CXXRecordDecl *Class;
};

/// The class around all others that this one is in.
const clang::CXXRecordDecl *outermostClass(const clang::CXXRecordDecl *Class);

/// Reports a pragma that cannot stand in a class, or not in this one.
bool mayStandIn(const clang::CXXRecordDecl *Class, const Pragma &P,
                ClangDiagnostics &Diags);

/// The function that the pragma belongs to, or null after an error. The class
/// is complete.
clang::FunctionDecl *findMember(const MemberPragma &Member,
                                const clang::SourceManager &SM,
                                ClangDiagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_MEMBERPRAGMAS_H
