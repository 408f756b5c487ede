//===- BatchResolver.h - What the roles of a batch name -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gives the words of `sample(...)`, `shared(...)` and `outputs(...)` their
// meaning: parameters of types that a runtime can lay out as columns,
//
//   sample    T x, const T &x, const T *x      T a number
//   shared    T x, const T &x, const T *x      T of one floating type for all
//   outputs   T &x, T *x                       T a number
//
// and refuses what the other parameters cannot be, as they become fields of the
// description. Extents may mention those and constants.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_BATCHRESOLVER_H
#define RETROGRAD_FRONTEND_BATCHRESOLVER_H

#include "RequestResolver.h"

namespace retrograd {

/// The parameters that have a role, in the order of the clauses.
struct ResolvedBatch {
  std::vector<ResolvedEntry> Samples, Shared, Outputs;
};

/// What the description is called.
std::string batchName(const Pragma &P, const clang::FunctionDecl *F);

/// Checks names and types, on Clang's declarations; nothing after an error.
std::optional<ResolvedBatch> resolveBatch(const Pragma &P,
                                          const clang::FunctionDecl *F,
                                          ClangDiagnostics &Diags);

/// The roles over the lowered function's variables, with extents; nothing after
/// an error. Name and Scope are the caller's.
std::optional<BatchRoles> lowerBatch(const ResolvedBatch &Batch,
                                     const ir::Function &Primal,
                                     ir::Context &Ctx, const NameLookup &Names,
                                     const clang::Preprocessor &PP,
                                     ClangDiagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_BATCHRESOLVER_H
