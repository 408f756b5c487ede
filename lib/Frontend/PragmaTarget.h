//===- PragmaTarget.h - Which declarations a pragma may name or precede ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kinds of declarations that a pragma refuses, each with its own message:
// what no derivative can be written for yet, or ever.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_PRAGMATARGET_H
#define RETROGRAD_FRONTEND_PRAGMATARGET_H

#include "PragmaParser.h"

namespace clang {
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace retrograd {

/// Whether the pragma can apply to this function; reports why not.
bool isSupportedTarget(const Pragma &P, const clang::FunctionDecl *F,
                       ClangDiagnostics &Diags);

/// Reports that the pragma stands before something that is no function; null
/// for nothing at all.
void reportNoFunction(const Pragma &P, const clang::NamedDecl *Met,
                      ClangDiagnostics &Diags);

/// Whether F's return type suits the derivative's mode and clauses.
bool checkReturnType(const Pragma &P, const clang::FunctionDecl *F,
                     ClangDiagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_PRAGMATARGET_H
