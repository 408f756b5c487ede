//===- NameLookup.h - What a name means at the current token --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Questions to Clang's semantic analysis while the parser is at work: the scope
// that it is in, and what a name of a pragma denotes there, by the language's
// own rules. Only this file's source includes Clang's Sema.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_NAMELOOKUP_H
#define RETROGRAD_FRONTEND_NAMELOOKUP_H

#include "PragmaParser.h"

namespace clang {
class CompilerInstance;
class DeclContext;
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace retrograd {

class NameLookup {
public:
  explicit NameLookup(clang::CompilerInstance &CI) : CI(CI) {}

  /// Where the parser is; null before it has begun.
  clang::DeclContext *currentContext() const;
  /// The function whose body the parser is in, or null. A lambda is none.
  clang::FunctionDecl *currentFunction() const;

  /// All declarations that the name finds from the current scope.
  llvm::SmallVector<clang::NamedDecl *>
  find(const PragmaQualifiedName &Name) const;
  /// Those that were declared directly in this scope.
  llvm::SmallVector<clang::NamedDecl *> findIn(clang::DeclContext *Scope,
                                               llvm::StringRef Name) const;
  /// Whether a qualified name such as "std::sin" is declared at all.
  bool isDeclared(llvm::StringRef QualifiedName) const;

  /// What the pragma names is an instantiation of a template, which only
  /// Clang's own parser can find.
  bool namesInstantiation(const PragmaFunction &F) const;
  /// The function that a pragma names, or null after an error that lists the
  /// candidates. Functions declared behind the pragma do not count.
  clang::FunctionDecl *resolve(const PragmaFunction &F,
                               ClangDiagnostics &Diags) const;

  /// Makes the body of a function that a template stands for, as far as the
  /// template has one.
  void instantiate(const clang::FunctionDecl *F) const;

private:
  clang::DeclContext *findScope(const PragmaQualifiedName &Name) const;
  llvm::SmallVector<clang::FunctionDecl *>
  functions(const PragmaFunction &F, ClangDiagnostics &Diags) const;
  clang::FunctionDecl *reject(const PragmaFunction &F, const char *Problem,
                              llvm::ArrayRef<clang::FunctionDecl *> Candidates,
                              ClangDiagnostics &Diags) const;
  void noteCandidates(llvm::ArrayRef<clang::FunctionDecl *> Candidates,
                      ClangDiagnostics &Diags) const;

  clang::CompilerInstance &CI;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_NAMELOOKUP_H
