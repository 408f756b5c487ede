//===- PartialParser.cpp - Read a partial of the rule table ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precedence climbing over C++'s binary operators:
//
//   conditional := binary [ '?' conditional ':' conditional ]
//   binary      := unary { operator unary }, by precedence, left to right
//   unary       := { '-' | '!' } primary
//   primary     := number | name | name '(' conditional { ',' ... } ')'
//                | '(' conditional ')'
//
// A quotient of two integers is refused: it would compile, and mean something
// else than the mathematics that it looks like.
//
//===----------------------------------------------------------------------===//

#include "PartialParser.h"
#include "llvm/ADT/StringExtras.h"

using namespace retrograd;
using llvm::StringRef;

namespace {

struct BinaryOperator {
  StringRef Text;
  int Precedence;
};

/// Longer spellings before their prefixes.
constexpr BinaryOperator BinaryOperators[] = {
    {"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<=", 4}, {">=", 4},
    {"<", 4},  {">", 4},  {"+", 5},  {"-", 5},  {"*", 6},  {"/", 6},
};

class Parser {
public:
  Parser(StringRef Text, unsigned Arity) : Rest(Text), Arity(Arity) {}

  std::optional<PartialExpr> parse(std::string &ErrorOut) {
    PartialExpr E = conditional();
    skipSpace();
    if (!Rest.empty())
      fail("unexpected '" + Rest.str() + "'");
    ErrorOut = Error;
    if (!Error.empty())
      return std::nullopt;
    return E;
  }

private:
  StringRef Rest;
  unsigned Arity;
  /// The first error; later ones follow from it.
  std::string Error;

  void fail(const std::string &Message) {
    if (Error.empty())
      Error = Message;
    // Nothing is left to read, so every loop ends.
    Rest = "";
  }

  void skipSpace() { Rest = Rest.ltrim(); }

  bool eat(StringRef Token) {
    skipSpace();
    return Rest.consume_front(Token);
  }

  void expect(StringRef Token) {
    if (!eat(Token))
      fail("expected '" + Token.str() + "' before '" + Rest.str() + "'");
  }

  PartialExpr conditional() {
    PartialExpr Condition = binary(1);
    if (!eat("?"))
      return Condition;
    PartialExpr Then = conditional();
    expect(":");
    PartialExpr Else = conditional();
    return {PartialExpr::Conditional, "", 0, {Condition, Then, Else}};
  }

  const BinaryOperator *peekOperator() {
    skipSpace();
    for (const BinaryOperator &Op : BinaryOperators)
      if (Rest.starts_with(Op.Text))
        return &Op;
    return nullptr;
  }

  PartialExpr binary(int MinPrecedence) {
    PartialExpr Left = unary();
    while (const BinaryOperator *Op = peekOperator()) {
      if (Op->Precedence < MinPrecedence)
        break;
      Rest = Rest.drop_front(Op->Text.size());
      PartialExpr Right = binary(Op->Precedence + 1);
      if (Op->Text == "/" && isInteger(Left) && isInteger(Right))
        fail("quotient of integers");
      Left = {PartialExpr::Binary, Op->Text.str(), 0, {Left, Right}};
    }
    return Left;
  }

  PartialExpr unary() {
    for (StringRef Op : {"-", "!"})
      if (eat(Op))
        return {PartialExpr::Unary, Op.str(), 0, {unary()}};
    return primary();
  }

  PartialExpr primary() {
    if (eat("(")) {
      PartialExpr Inner = conditional();
      expect(")");
      return Inner;
    }
    if (!Rest.empty() && llvm::isDigit(Rest.front()))
      return number();
    StringRef Name =
        Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    if (Name.empty()) {
      fail("expected an operand before '" + Rest.str() + "'");
      return {};
    }
    Rest = Rest.drop_front(Name.size());
    if (eat("("))
      return call(Name);
    return name(Name);
  }

  PartialExpr number() {
    StringRef Text =
        Rest.take_while([](char C) { return llvm::isDigit(C) || C == '.'; });
    Rest = Rest.drop_front(Text.size());
    return {PartialExpr::Number, Text.str(), 0, {}};
  }

  PartialExpr name(StringRef Name) {
    if (Name == "r")
      return {PartialExpr::Result, "", 0, {}};
    size_t Index = StringRef("xyz").find(Name.front());
    if (Name.size() != 1 || Index == StringRef::npos)
      return {PartialExpr::Constant, Name.str(), 0, {}};
    if (Index >= Arity)
      fail("there is no argument '" + Name.str() + "'");
    return {PartialExpr::Argument, "", unsigned(Index), {}};
  }

  PartialExpr call(StringRef Name) {
    PartialExpr E{PartialExpr::Call, Name.str(), 0, {}};
    do
      E.Operands.push_back(conditional());
    while (eat(","));
    expect(")");
    return E;
  }

  /// Made of integer literals alone. Arguments may be integers too, but what
  /// divides by one is a matter of the row.
  static bool isInteger(const PartialExpr &E) {
    if (E.Kind == PartialExpr::Number)
      return !StringRef(E.Text).contains('.');
    if (E.Kind != PartialExpr::Unary && E.Kind != PartialExpr::Binary)
      return false;
    for (const PartialExpr &Operand : E.Operands)
      if (!isInteger(Operand))
        return false;
    return true;
  }
};

} // namespace

std::optional<PartialExpr>
retrograd::parsePartial(StringRef Text, unsigned Arity, std::string &Error) {
  return Parser(Text, Arity).parse(Error);
}
