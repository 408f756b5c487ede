//===- TemplatePragmas.h - Pragmas about templates ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A template has no derivative, its instantiations have. Which ones a file
// wants it says in two ways, and the text of the derivative stands where it
// says so:
//
//   #pragma retrograd gradient                  the pragma before the template
//   template <class T> T f(T x) { ... }         holds for each instantiation
//   template double f(double);                  that is asked for behind it
//
//   #pragma retrograd gradient(f<double>)       one instantiation, by its
//   #pragma retrograd gradient(f(double))       arguments or its parameters
//
// What the second form names, Clang's own parser finds: the tokens of the name
// enter the parse as part of a static_assert, which always holds.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_TEMPLATEPRAGMAS_H
#define RETROGRAD_FRONTEND_TEMPLATEPRAGMAS_H

#include "PragmaParser.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class DeclContext;
class FunctionDecl;
class SourceManager;
} // namespace clang

namespace retrograd {

/// A derivative to write; the function is null as long as it is only named.
struct Wanted {
  Pragma P;
  clang::FunctionDecl *Target = nullptr;
  /// The parser has been asked what the pragma names.
  bool Probed = false;
};

class TemplatePragmas {
public:
  bool empty() const { return Templates.empty(); }
  /// A pragma before a template, whose functions follow F.
  void add(const Pragma &P, const clang::FunctionDecl *F,
           ClangDiagnostics &Diags);
  /// The explicit instantiations that have not been told of yet.
  std::vector<Wanted> instantiated();
  /// A derivative of this function has been asked for by name.
  void use(const clang::FunctionDecl *F);
  /// Reports pragmas of the main file that nothing has come from.
  void checkUsed(const clang::SourceManager &SM, ClangDiagnostics &Diags) const;

private:
  struct Annotated {
    Pragma P;
    const clang::FunctionDecl *Pattern;
    llvm::DenseSet<const clang::FunctionDecl *> Done;
    bool Used = false;
  };
  std::vector<Annotated> Templates;
};

/// Tokens that make the parser find the function.
std::vector<clang::Token> probeFor(const PragmaFunction &F,
                                   clang::Preprocessor &PP);

/// What the parser has found, or null. Scope: where it has read the tokens.
clang::FunctionDecl *probed(const clang::DeclContext *Scope);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_TEMPLATEPRAGMAS_H
