//===- DirectionCount.h - The number in `directions(K)` -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The number of directions is part of types, so it has to be known where the
// derivative is written: an integer constant expression over literals, macros,
// enumerators and constants. A pragma cannot ask Clang to parse an expression,
// hence the small evaluator.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_DIRECTIONCOUNT_H
#define RETROGRAD_FRONTEND_DIRECTIONCOUNT_H

#include "PragmaParser.h"

namespace retrograd {

class NameLookup;

/// 0 without the clause; nothing after an error.
std::optional<unsigned> countDirections(const Pragma &P,
                                        const NameLookup &Names,
                                        const clang::Preprocessor &PP,
                                        ClangDiagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_DIRECTIONCOUNT_H
