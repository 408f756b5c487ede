//===- PragmaCursor.cpp - The words of a pragma line, one after the other -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PragmaCursor.h"
#include "clang/Lex/Lexer.h"

namespace retrograd {

using clang::FixItHint;
using clang::SourceLocation;
using clang::SourceRange;
using clang::Token;
using llvm::StringRef;
namespace tok = clang::tok;

bool PragmaCursor::fail(const llvm::Twine &Message, const llvm::Twine &Note,
                        const FixItHint &Hint) {
  SourceLocation Loc = atEnd() ? endOfPrevious() : tok().getLocation();
  if (Loc.isInvalid())
    Loc = Previous.getLocation();
  Diags.report(Loc, Message, Note, Hint);
  return false;
}

FixItHint PragmaCursor::replaceToken(StringRef Text) const {
  return FixItHint::CreateReplacement(SourceRange(tok().getLocation()), Text);
}

bool PragmaCursor::expectOpen(const llvm::Twine &After) {
  if (tok().isNot(tok::l_paren))
    return fail("expected '(' after '" + After + "'",
                "write '" + After + "(...)'");
  advance();
  return true;
}

bool PragmaCursor::expectClose(SourceLocation Open) {
  if (tok().isNot(tok::r_paren)) {
    fail("expected ')'", "",
         FixItHint::CreateInsertion(
             atEnd() ? endOfPrevious() : tok().getLocation(), ")"));
    Diags.note(Open, "to match this '('");
    return false;
  }
  advance();
  return true;
}

bool PragmaCursor::parseIdentifier(PragmaName &Name, const llvm::Twine &What) {
  if (atEnd())
    return fail("expected " + What, "write it between the parentheses");
  if (tok().isNot(tok::identifier))
    return fail("expected " + What + ", not '" + spelling() + "'",
                "write an identifier here");
  Name = {spelling(), tok().getLocation()};
  advance();
  return true;
}

/// A macro is replaced in the derivative's text.
bool PragmaCursor::rejectMacro() {
  const clang::IdentifierInfo *Name = tok().getIdentifierInfo();
  if (!Name || !Name->hasMacroDefinition())
    return true;
  return fail("'" + Name->getName() + "' is a macro",
              "choose another name for the derivative");
}

/// In a directive, Clang takes any character beyond ASCII for a part of a name,
/// and only elsewhere says which ones are not.
bool PragmaCursor::rejectCharacters() {
  const clang::IdentifierInfo *Name = tok().getIdentifierInfo();
  if (!Name || llvm::isASCII(Name->getName()))
    return true;
  const clang::SourceManager &SM = PP.getSourceManager();
  auto [File, Offset] =
      SM.getDecomposedLoc(SM.getSpellingLoc(tok().getLocation()));
  clang::Lexer Elsewhere(File, SM.getBufferOrFake(File), PP);
  Elsewhere.seek(Offset, /*IsAtStartOfLine=*/false);
  unsigned Errors = PP.getDiagnostics().getNumErrors();
  Token Again;
  Elsewhere.Lex(Again);
  return PP.getDiagnostics().getNumErrors() == Errors;
}

} // namespace retrograd
