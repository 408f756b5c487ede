//===- DirectionCount.cpp - The number in `directions(K)` -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A recursive-descent evaluator of + - * / % and parentheses.
//
//===----------------------------------------------------------------------===//

#include "DirectionCount.h"
#include "ClangDiagnostics.h"
#include "NameLookup.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"

namespace retrograd {

using clang::Token;
using llvm::StringRef;
namespace tok = clang::tok;

/// Every local number of a derivative is an array of so many on the stack.
static constexpr int64_t MostDirections = 1024;

namespace {

class Evaluator {
public:
  Evaluator(const Pragma &P, const NameLookup &Names,
            const clang::Preprocessor &PP, ClangDiagnostics &Diags)
      : Tokens(P.Directions), Names(Names), PP(PP), Diags(Diags) {}

  std::optional<int64_t> run();

private:
  using Value = std::optional<int64_t>;

  bool at(tok::TokenKind Kind) const {
    return Next < Tokens.size() && Tokens[Next].is(Kind);
  }
  bool accept(tok::TokenKind Kind) {
    bool Found = at(Kind);
    Next += Found;
    return Found;
  }
  Value fail(size_t At, const llvm::Twine &Message);
  Value sum();
  Value product();
  Value factor();
  Value number(size_t At);
  Value name();
  Value divide(size_t At, int64_t L, int64_t R, bool Remainder);
  Value inRange(size_t At, Value V);

  const std::vector<Token> &Tokens;
  const NameLookup &Names;
  const clang::Preprocessor &PP;
  ClangDiagnostics &Diags;
  size_t Next = 0;
};

} // namespace

Evaluator::Value Evaluator::fail(size_t At, const llvm::Twine &Message) {
  Diags.report(Tokens[std::min(At, Tokens.size() - 1)].getLocation(), Message,
               "the number of directions is an integer constant over literals, "
               "macros and constants, as in 'directions(2 * n)'");
  return std::nullopt;
}

Evaluator::Value Evaluator::inRange(size_t At, Value V) {
  return V ? V : fail(At, "the number of directions is too large");
}

Evaluator::Value Evaluator::divide(size_t At, int64_t L, int64_t R,
                                   bool Remainder) {
  if (R == 0)
    return fail(At, "division by zero in the number of directions");
  // The one quotient that no integer holds.
  if (R == -1)
    return Remainder ? Value(0) : inRange(At, llvm::checkedSub<int64_t>(0, L));
  return Remainder ? L % R : L / R;
}

Evaluator::Value Evaluator::number(size_t At) {
  std::string Text = PP.getSpelling(Tokens[At]);
  llvm::erase(Text, '\'');
  StringRef Digits = StringRef(Text).rtrim("uUlLzZ");
  int64_t V = 0;
  if (Digits.getAsInteger(0, V))
    return fail(At, "'" + PP.getSpelling(Tokens[At]) + "' is no integer");
  return V;
}

Evaluator::Value Evaluator::name() {
  size_t First = Next;
  PragmaQualifiedName Name;
  Name.Global = accept(tok::coloncolon);
  while (true) {
    if (!at(tok::identifier))
      return fail(Next, "expected a name after '::'");
    Name.Name = {PP.getSpelling(Tokens[Next]), Tokens[Next].getLocation()};
    ++Next;
    if (!accept(tok::coloncolon))
      break;
    Name.Qualifier.push_back(Name.Name);
  }
  for (clang::NamedDecl *D : Names.find(Name)) {
    llvm::APSInt V;
    const auto *Variable = llvm::dyn_cast<clang::VarDecl>(D);
    if (const auto *E = llvm::dyn_cast<clang::EnumConstantDecl>(D))
      V = E->getInitVal();
    else if (Variable && Variable->getType().isConstQualified() &&
             Variable->getType()->isIntegralOrEnumerationType() &&
             Variable->evaluateValue() && Variable->evaluateValue()->isInt())
      V = Variable->evaluateValue()->getInt();
    else
      continue;
    // The text mentions the number, so Clang could call the name unused.
    D->setReferenced();
    std::optional<int64_t> Small = V.tryExtValue();
    if (V.isUnsigned())
      Small = V.tryZExtValue();
    return inRange(
        First, Small && !(V.isUnsigned() && *Small < 0) ? Small : std::nullopt);
  }
  return fail(First, "'" + Name.text() + "' is no integer constant");
}

Evaluator::Value Evaluator::factor() {
  size_t At = Next;
  if (accept(tok::plus))
    return factor();
  if (accept(tok::minus)) {
    Value V = factor();
    return V ? inRange(At, llvm::checkedSub<int64_t>(0, *V)) : V;
  }
  if (accept(tok::l_paren)) {
    Value V = sum();
    if (V && !accept(tok::r_paren))
      return fail(Next, "the number of directions is incomplete");
    return V;
  }
  if (accept(tok::numeric_constant))
    return number(At);
  if (at(tok::identifier) || at(tok::coloncolon))
    return name();
  if (At >= Tokens.size() || at(tok::r_paren))
    return fail(At, "the number of directions is incomplete");
  return fail(At, "unexpected '" + PP.getSpelling(Tokens[At]) +
                      "' in the number of directions");
}

Evaluator::Value Evaluator::product() {
  Value L = factor();
  while (L && (at(tok::star) || at(tok::slash) || at(tok::percent))) {
    size_t At = Next++;
    Value R = factor();
    if (!R)
      return R;
    L = Tokens[At].is(tok::star)
            ? inRange(At, llvm::checkedMul<int64_t>(*L, *R))
            : divide(At, *L, *R, Tokens[At].is(tok::percent));
  }
  return L;
}

Evaluator::Value Evaluator::sum() {
  Value L = product();
  while (L && (at(tok::plus) || at(tok::minus))) {
    size_t At = Next++;
    Value R = product();
    if (!R)
      return R;
    L = inRange(At, Tokens[At].is(tok::plus)
                        ? llvm::checkedAdd<int64_t>(*L, *R)
                        : llvm::checkedSub<int64_t>(*L, *R));
  }
  return L;
}

std::optional<int64_t> Evaluator::run() {
  Value V = sum();
  if (V && Next < Tokens.size())
    return fail(Next, "unexpected '" + PP.getSpelling(Tokens[Next]) +
                          "' in the number of directions");
  return V;
}

std::optional<unsigned> countDirections(const Pragma &P,
                                        const NameLookup &Names,
                                        const clang::Preprocessor &PP,
                                        ClangDiagnostics &Diags) {
  if (P.Directions.empty())
    return 0;
  std::optional<int64_t> Count = Evaluator(P, Names, PP, Diags).run();
  if (!Count)
    return std::nullopt;
  if (*Count >= 1 && *Count <= MostDirections)
    return static_cast<unsigned>(*Count);
  Diags.report(
      P.Directions.front().getLocation(),
      "a derivative cannot have " + std::to_string(*Count) + " directions",
      *Count < 1 ? "ask for at least one"
                 : "ask for at most " + std::to_string(MostDirections) +
                       ", and call the derivative several times");
  return std::nullopt;
}

} // namespace retrograd
