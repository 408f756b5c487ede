//===- TextEntry.cpp - Text and tokens that enter the parse ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "TextEntry.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace retrograd {

using clang::SourceLocation;
using clang::Token;
namespace tok = clang::tok;

clang::FileID TextEntry::makeResumption(llvm::StringRef Text,
                                        SourceLocation Where) {
  clang::SourceManager &SM = PP.getSourceManager();
  clang::FileID File =
      SM.createFileID(llvm::MemoryBuffer::getMemBufferCopy(Text, "<retrograd>"),
                      clang::SrcMgr::C_System, 0, 0, SM.getFileLoc(Where));
  Resumptions.insert(File);
  return File;
}

bool TextEntry::isResumption(SourceLocation Pragma) const {
  const clang::SourceManager &SM = PP.getSourceManager();
  return Resumptions.contains(SM.getFileID(SM.getExpansionLoc(Pragma)));
}

void TextEntry::enterResumption(size_t Id, SourceLocation Where) {
  std::string Text = ";\n#pragma retrograd resume " + std::to_string(Id) + "\n";
  enterFile(makeResumption(Text, Where));
}

/// A file cannot be entered in the midst of a macro's expansion, where the last
/// token of a declaration may come from, nor while the parser looks ahead to
/// come back; tokens can. They would not do for everything, as _Pragma is
/// unknown in a source that is preprocessed already.
void TextEntry::enterResumptionBehind(size_t Id, SourceLocation End) {
  if (!End.isMacroID() && !PP.isBacktrackEnabled())
    return enterResumption(Id, End);
  std::string Text =
      "; _Pragma(\"retrograd resume " + std::to_string(Id) + "\")\n";
  enterTokens(lexFile(makeResumption(Text, End), PP));
}

void TextEntry::enterFile(clang::FileID File) {
  PP.EnterSourceFile(File, nullptr,
                     PP.getSourceManager().getLocForStartOfFile(File));
}

void TextEntry::enterTokens(llvm::ArrayRef<Token> Tokens) {
  auto Stream = std::make_unique<Token[]>(Tokens.size());
  llvm::copy(Tokens, Stream.get());
  PP.EnterTokenStream(std::move(Stream), Tokens.size(),
                      /*DisableMacroExpansion=*/false, /*IsReinject=*/false);
}

std::vector<Token> lexFile(clang::FileID File, clang::Preprocessor &PP) {
  clang::SourceManager &SM = PP.getSourceManager();
  clang::Lexer Raw(File, SM.getBufferOrFake(File), SM, PP.getLangOpts());
  std::vector<Token> Tokens;
  while (true) {
    Token Tok;
    if (Raw.LexFromRawLexer(Tok) || Tok.is(tok::eof))
      return Tokens;
    if (Tok.is(tok::raw_identifier))
      PP.LookUpIdentifierInfo(Tok);
    Tokens.push_back(Tok);
  }
}

/// The word behind the brace may be the first one of a macro.
bool isFollowedByCatch(const Token &Brace, clang::Preprocessor &PP) {
  std::optional<Token> Next = clang::Lexer::findNextToken(
      Brace.getLocation(), PP.getSourceManager(), PP.getLangOpts());
  if (!Next || Next->isNot(tok::raw_identifier))
    return false;
  const clang::IdentifierInfo *Word =
      PP.getIdentifierInfo(Next->getRawIdentifier());
  llvm::SmallPtrSet<const clang::IdentifierInfo *, 4> Seen;
  while (Word && Seen.insert(Word).second) {
    if (Word->getTokenID() == tok::kw_catch)
      return true;
    const clang::MacroInfo *Macro = PP.getMacroInfo(Word);
    if (!Macro || Macro->tokens_empty())
      return false;
    Word = Macro->getReplacementToken(0).getIdentifierInfo();
  }
  return false;
}

} // namespace retrograd
