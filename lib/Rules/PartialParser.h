//===- PartialParser.h - Read a partial of the rule table -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rules.def writes partials as C++ expressions, so that a test can compile them
// as they stand. The compiler reads the same characters with this parser, into
// the tree that it prints and differentiates. The language is the little that
// mathematics needs: see PartialExpr.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RULES_PARTIALPARSER_H
#define RETROGRAD_RULES_PARTIALPARSER_H

#include "Rules.h"
#include <optional>

namespace retrograd {

/// The tree of Text, or nothing, with Error saying why not. Arity is the number
/// of arguments that may be mentioned.
std::optional<PartialExpr> parsePartial(llvm::StringRef Text, unsigned Arity,
                                        std::string &Error);

} // namespace retrograd

#endif // RETROGRAD_RULES_PARTIALPARSER_H
