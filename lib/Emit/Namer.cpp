//===- Namer.cpp - Names that cannot collide ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Before any name is given, every identifier that occurs as text in the
// function is reserved; after that a name is taken exactly while its scope is
// open.
//
//===----------------------------------------------------------------------===//

#include "Namer.h"
#include "../IR/Walk.h"
#include "llvm/ADT/StringExtras.h"

using namespace retrograd;
using namespace retrograd::ir;

/// What follows a string literal that Text begins with.
static llvm::StringRef skipString(llvm::StringRef Text) {
  size_t I = 1;
  while (I < Text.size() && Text[I] != '"')
    I += Text[I] == '\\' ? 2 : 1;
  return Text.drop_front(std::min(I + 1, Text.size()));
}

/// Adds each identifier of a piece of C++ text to Names.
static void collectIdentifiers(llvm::StringRef Text, llvm::StringSet<> &Names) {
  while (!Text.empty()) {
    Text = Text.drop_until([](char C) {
      return llvm::isAlpha(C) || C == '_' || C == '$' || C == '"';
    });
    if (Text.starts_with("\"")) {
      Text = skipString(Text);
      continue;
    }
    llvm::StringRef Word = Text.take_while(
        [](char C) { return llvm::isAlnum(C) || C == '_' || C == '$'; });
    if (!Word.empty())
      Names.insert(Word);
    Text = Text.drop_front(Word.size());
  }
}

Namer::Namer(const Function &F) {
  forEachStmt(F.Body, [&](const Stmt &S) {
    // What is called for an object is looked up in its class.
    if (S.Callee && !S.Callee->Method)
      collectIdentifiers(S.Callee->QualifiedName, Free);
    forEachExpr(S, [&](const Expr &E) {
      collectIdentifiers(printType(E.Ty->scalar()), Free);
      if (E.is(ExprKind::Call) || E.is(ExprKind::Opaque))
        collectIdentifiers(E.Text, Free);
      for (const std::string &Piece : E.Pieces)
        collectIdentifiers(Piece, Free);
      if (E.Var && E.Var->isGlobal())
        collectIdentifiers(E.Var->Name, Free);
    });
  });
  collectIdentifiers(F.Name, Free);
  collectIdentifiers(F.TemplateHead, Free);
  enterScope();
  for (const Variable *P : F.Params)
    declareVariable(P);
  if (F.TakesTape || F.OpensTape)
    Tape = claim("tape");
}

std::string Namer::name(const Variable *V) const {
  auto It = Names.find(V);
  return It == Names.end() ? V->Name : It->second;
}

void Namer::leaveScope() {
  for (const Claim &C : Scopes.back()) {
    Active.erase(C.Name);
    unsigned &Lowest = Least[C.Wish];
    Lowest = std::min(Lowest, C.Number);
  }
  Scopes.pop_back();
}

void Namer::declareVariable(const Variable *V) { Names[V] = claim(V->Name); }

std::string Namer::claim(llvm::StringRef Wish) {
  if (Wish.empty())
    Wish = "unused";
  unsigned &N = Least[Wish];
  auto Numbered = [&] {
    return N ? Wish.str() + std::to_string(N) : Wish.str();
  };
  std::string Name = Numbered();
  while (Free.contains(Name) || Active.contains(Name)) {
    ++N;
    Name = Numbered();
  }
  Active.insert(Name);
  Scopes.back().push_back({Name, Wish.str(), N});
  return Name;
}
