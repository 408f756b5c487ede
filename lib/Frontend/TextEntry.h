//===- TextEntry.h - Text and tokens that enter the parse -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the lexer reads next: the pragma by which the injector comes back when
// the parser has seen all before it, source files, and tokens. What is entered
// last is read first.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_TEXTENTRY_H
#define RETROGRAD_FRONTEND_TEXTENTRY_H

#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace clang {
class Preprocessor;
}

namespace retrograd {

class TextEntry {
public:
  explicit TextEntry(clang::Preprocessor &PP) : PP(PP) {}

  /// `;` and `#pragma retrograd resume Id`.
  void enterResumption(size_t Id, clang::SourceLocation Where);
  /// The same behind the last token of a declaration.
  void enterResumptionBehind(size_t Id, clang::SourceLocation End);
  bool isResumption(clang::SourceLocation Pragma) const;

  void enterFile(clang::FileID File);
  void enterTokens(llvm::ArrayRef<clang::Token> Tokens);

private:
  clang::FileID makeResumption(llvm::StringRef Text,
                               clang::SourceLocation Where);

  clang::Preprocessor &PP;
  llvm::DenseSet<clang::FileID> Resumptions;
};

/// The tokens of a file that is in no other one.
std::vector<clang::Token> lexFile(clang::FileID File, clang::Preprocessor &PP);

/// A function try block goes on behind this brace.
bool isFollowedByCatch(const clang::Token &Brace, clang::Preprocessor &PP);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_TEXTENTRY_H
