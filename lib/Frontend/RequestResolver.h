//===- RequestResolver.h - From a parsed pragma to a Request --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gives the words of `wrt(...)` their meaning: parameters of the function or
// global variables, with extents that are integer expressions over parameters
// and constants.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_REQUESTRESOLVER_H
#define RETROGRAD_FRONTEND_REQUESTRESOLVER_H

#include "PragmaParser.h"

namespace clang {
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace retrograd {

class Lowering;
class NameLookup;

/// An entry of wrt that names something a derivative can flow through.
struct ResolvedEntry {
  /// Null for the object of a member function, `this`.
  const clang::ValueDecl *Variable;
  const PragmaWrtEntry *Source;
};

/// What each entry of the pragma's wrt names; nothing after an error.
std::optional<std::vector<ResolvedEntry>>
resolveWrt(const Pragma &P, const clang::FunctionDecl *F,
           const NameLookup &Names, ClangDiagnostics &Diags);

/// What an extent may be.
extern const char *const ExtentWay;

/// The expression between the brackets of an entry, over Primal's parameters;
/// null after an error.
const ir::Expr *resolveExtent(const PragmaWrtEntry &Entry,
                              const ir::Function &Primal, ir::Context &Ctx,
                              const NameLookup &Names,
                              const clang::Preprocessor &PP,
                              ClangDiagnostics &Diags,
                              const char *Way = ExtentWay);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_REQUESTRESOLVER_H
