//===- DeclarationTracker.cpp - Whether a declaration is unfinished -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header. Nothing here needs to be right for a source that Clang
// refuses, but it must find back: a semicolon and a brace end what parentheses
// left open.
//
//===----------------------------------------------------------------------===//

#include "DeclarationTracker.h"

namespace retrograd {

using clang::Token;
namespace tok = clang::tok;

/// Whether the brace that comes now belongs to an enumeration or to a value.
bool DeclarationTracker::opensList() const {
  switch (First) {
  case tok::unknown:
  case tok::kw_namespace:
  case tok::kw_inline:
  case tok::kw_extern:
  case tok::kw_export:
  case tok::kw_class:
  case tok::kw_struct:
  case tok::kw_union:
  case tok::kw_template:
    return Last == tok::equal;
  default:
    return Last != tok::r_paren;
  }
}

void DeclarationTracker::see(const Token &Tok) {
  if (Tok.isAnnotation())
    return;
  if (Tok.is(tok::l_brace)) {
    Open.push_back({First, Parentheses, Within});
    Within = opensList();
    First = tok::unknown;
    Parentheses = 0;
  } else if (Tok.is(tok::r_brace)) {
    Parentheses = Open.empty() ? 0 : Open.back().Parentheses;
    Within = !Open.empty() && Open.back().Within;
    First = Within || Parentheses ? Open.back().First : tok::unknown;
    if (!Open.empty())
      Open.pop_back();
  } else if (Tok.is(tok::semi)) {
    Parentheses = 0;
    First = tok::unknown;
  } else {
    if (Tok.is(tok::l_paren))
      ++Parentheses;
    else if (Tok.is(tok::r_paren) && Parentheses)
      --Parentheses;
    if (First == tok::unknown) {
      First = Tok.getKind();
      Second = tok::unknown;
    } else if (Second == tok::unknown) {
      Second = Tok.getKind();
    }
  }
  Last = Tok.getKind();
}

bool DeclarationTracker::isInside() const {
  switch (Last) {
  case tok::unknown:
  case tok::semi:
  case tok::l_brace:
  case tok::r_brace:
    return Within || Parentheses;
  default:
    return true;
  }
}

} // namespace retrograd
