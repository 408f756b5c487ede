//===- DeclarationTracker.h - Whether a declaration is unfinished -*- C++
//-*-===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative can be written between two declarations, and nowhere else. The
// parser knows only the scope, which is the same in the middle of a list of
// parameters, an enumeration or an initialiser. So this looks at the tokens.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_DECLARATIONTRACKER_H
#define RETROGRAD_FRONTEND_DECLARATIONTRACKER_H

#include "clang/Lex/Token.h"
#include <vector>

namespace retrograd {

class DeclarationTracker {
public:
  /// Takes the tokens in the order in which the parser will get them.
  void see(const clang::Token &Tok);

  /// Whether the last token leaves a declaration unfinished. Bodies of
  /// functions and classes are not looked at: their scope tells.
  bool isInside() const;

  /// The declaration that is being read is like `template double f(double)`.
  bool isExplicitInstantiation() const {
    return First == clang::tok::kw_template && Second != clang::tok::unknown &&
           Second != clang::tok::less;
  }

private:
  /// What stood before an open brace.
  struct Brace {
    clang::tok::TokenKind First;
    unsigned Parentheses;
    bool Within;
  };

  bool opensList() const;

  std::vector<Brace> Open;
  /// The first two and the last token of the declaration that is being read.
  clang::tok::TokenKind First = clang::tok::unknown;
  clang::tok::TokenKind Second = clang::tok::unknown;
  clang::tok::TokenKind Last = clang::tok::unknown;
  unsigned Parentheses = 0;
  /// The innermost brace is that of an enumeration or an initialiser.
  bool Within = false;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_DECLARATIONTRACKER_H
