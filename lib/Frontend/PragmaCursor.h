//===- PragmaCursor.h - The words of a pragma line, one after the other ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the parser of the grammar reads with: the present word, what is expected
// next, and the error where it is not there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_PRAGMACURSOR_H
#define RETROGRAD_FRONTEND_PRAGMACURSOR_H

#include "ClangDiagnostics.h"
#include "PragmaParser.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

class PragmaCursor {
public:
  PragmaCursor(clang::Preprocessor &PP, const clang::Token &Introducer,
               std::vector<clang::Token> Line, ClangDiagnostics &Diags)
      : PP(PP), Diags(Diags), Line(std::move(Line)), Previous(Introducer) {}

  const clang::Token &tok() const { return Line[Next]; }
  bool atEnd() const {
    return tok().is(clang::tok::eod) || tok().is(clang::tok::eof);
  }
  std::string spelling() const { return PP.getSpelling(tok()); }
  bool is(llvm::StringRef Word) const {
    return tok().getIdentifierInfo() &&
           tok().getIdentifierInfo()->getName() == Word;
  }
  /// The words from Begin, an earlier position, up to the present one.
  size_t position() const { return Next; }
  std::vector<clang::Token> since(size_t Begin) const {
    return {Line.begin() + Begin, Line.begin() + Next};
  }
  void advance() {
    Previous = tok();
    if (!atEnd())
      ++Next;
  }

  /// Reports at the current token, or behind the last one at the line's end.
  /// Returns false, for use in a return statement.
  bool fail(const llvm::Twine &Message, const llvm::Twine &Note,
            const clang::FixItHint &Hint = {});
  clang::FixItHint replaceToken(llvm::StringRef Text) const;
  clang::SourceLocation endOfPrevious() const {
    return PP.getLocForEndOfToken(Previous.getLocation());
  }

  bool expectOpen(const llvm::Twine &After);
  bool expectClose(clang::SourceLocation Open);
  bool parseIdentifier(PragmaName &Name, const llvm::Twine &What);
  bool rejectMacro();
  bool rejectCharacters();

  clang::Preprocessor &PP;
  ClangDiagnostics &Diags;

private:
  std::vector<clang::Token> Line;
  size_t Next = 0;
  clang::Token Previous;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_PRAGMACURSOR_H
