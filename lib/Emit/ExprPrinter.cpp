//===- ExprPrinter.cpp - Expressions as C++ text --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExprPrinter.h"
#include "llvm/ADT/StringSwitch.h"

using namespace retrograd;
using namespace retrograd::ir;

static int binaryPrecedence(llvm::StringRef Op) {
  return llvm::StringSwitch<int>(Op)
      .Case("||", LogicalOr)
      .Case("&&", LogicalAnd)
      .Case("|", BitOr)
      .Case("^", BitXor)
      .Case("&", BitAnd)
      .Cases({"==", "!="}, Equality)
      .Cases({"<", ">", "<=", ">="}, Relational)
      .Cases({"<<", ">>"}, Shift)
      .Cases({"+", "-"}, Additive)
      .Cases({"*", "/", "%"}, Multiplicative)
      .Default(Assignment);
}

static int precedence(const Expr *E) {
  switch (E->Kind) {
  case ExprKind::Literal:
    return E->Text.front() == '-' ? Prefix : Primary;
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Field:
  case ExprKind::Call:
    return Primary;
  case ExprKind::AddressOf:
    return isBase(*E->op(0)) ? Primary : Prefix;
  case ExprKind::Deref:
  case ExprKind::Unary:
    return Prefix;
  case ExprKind::Binary:
    return binaryPrecedence(E->Text);
  case ExprKind::Conditional:
    return Ternary;
  case ExprKind::Cast:
    if (E->Implicit)
      return precedence(E->op(0));
    return E->Ty->isArithmetic() ? Primary : Prefix;
  case ExprKind::Opaque:
    // Unknown text: an atom only where it is one word or one call.
    return E->Pieces.size() == 1 &&
                   llvm::StringRef(E->Pieces[0]).find_first_of(" -+*/&|<>?") ==
                       llvm::StringRef::npos
               ? Primary
               : Assignment;
  }
  llvm_unreachable("covered switch");
}

void ExprPrinter::append(const Expr *E, int Least, std::string &Text) const {
  bool Parentheses = precedence(E) < Least;
  Text += Parentheses ? "(" : "";
  appendBare(E, Text);
  Text += Parentheses ? ")" : "";
}

void ExprPrinter::appendCommas(llvm::ArrayRef<const Expr *> List,
                               std::string &Text) const {
  for (size_t I = 0; I < List.size(); ++I) {
    Text += I ? ", " : "";
    append(List[I], Ternary, Text);
  }
}

/// gcc and clang warn where these are nested in each other without parentheses.
static bool wantsParentheses(int Parent, const Expr *Child) {
  while (Child->is(ExprKind::Cast) && Child->Implicit)
    Child = Child->op(0);
  if (!Child->is(ExprKind::Binary))
    return false;
  int Inner = binaryPrecedence(Child->Text);
  return Inner != Parent &&
         (Parent <= LogicalAnd ? Inner <= LogicalAnd : Parent <= Shift);
}

void ExprPrinter::appendBinary(const Expr *E, std::string &Text) const {
  int Own = binaryPrecedence(E->Text);
  auto Operand = [&](const Expr *Child, int Least) {
    append(Child, wantsParentheses(Own, Child) ? Primary : Least, Text);
  };
  Operand(E->op(0), Own);
  Text += " " + E->Text + " ";
  Operand(E->op(1), Own + 1);
}

void ExprPrinter::appendCast(const Expr *E, std::string &Text) const {
  if (E->Implicit)
    return appendBare(E->op(0), Text);
  if (E->Ty->isArithmetic()) {
    Text += "static_cast<" + printType(E->Ty) + ">(";
    append(E->op(0), Assignment, Text);
    Text += ')';
    return;
  }
  Text += "(" + printType(E->Ty) + ")";
  append(E->op(0), Prefix, Text);
}

/// The object that these are base classes of.
static const Expr *derivedObject(const Expr *E) {
  while (isBase(*E))
    E = E->op(0);
  return E;
}

/// Members of base classes are named like those of the class itself, unless
/// that has the name for something else.
void ExprPrinter::appendField(const Expr *E, std::string &Text) const {
  const Expr *Object = derivedObject(E->op(0));
  bool Hidden = false;
  for (const Expr *Base = E->op(0); Base != Object; Base = Base->op(0))
    Hidden |= Base->op(0)->Ty->Fields[fieldNumber(*Base)].Hidden;
  bool Arrow = Object->is(ExprKind::Deref) && !isBase(*Object->op(0));
  append(Arrow ? Object->op(0) : Object, Primary, Text);
  Text += Arrow ? "->" : ".";
  Text += (Hidden ? E->op(0)->Text : "") + E->Text;
}

/// No writes go through the place.
static bool isConstPlace(const Expr *E) {
  switch (E->Kind) {
  case ExprKind::Var:
    return E->Var->Const && !E->Ty->isPointer();
  case ExprKind::Index:
  case ExprKind::Deref:
    return E->op(0)->Ty->isPointer() ? E->op(0)->Ty->ConstElement
                                     : isConstPlace(E->op(0));
  case ExprKind::Field:
    return isConstPlace(E->op(0));
  default:
    return false;
  }
}

/// An object as one of its base classes, Kind '&', or its address, '*'.
void ExprPrinter::appendBase(const Expr *E, char Kind,
                             std::string &Text) const {
  const Expr *Object = derivedObject(E);
  Text += "static_cast<";
  Text += isConstPlace(Object) ? "const " : "";
  Text += E->Ty->Spelling + " " + Kind + ">(";
  if (Kind == '*' && Object->is(ExprKind::Deref)) {
    append(Object->op(0), Assignment, Text);
  } else {
    Text += Kind == '*' ? "&" : "";
    append(Object, Kind == '*' ? Prefix : Assignment, Text);
  }
  Text += ')';
}

void ExprPrinter::appendBare(const Expr *E, std::string &Text) const {
  switch (E->Kind) {
  case ExprKind::Literal:
    Text += E->Text;
    return;
  case ExprKind::Var:
    Text += Names ? Names->name(E->Var) : E->Var->Name;
    return;
  case ExprKind::Index:
    // What has data() has elements of its own.
    append(isData(*E->op(0)) ? E->op(0)->op(0) : E->op(0), Primary, Text);
    Text += '[';
    append(E->op(1), Assignment, Text);
    Text += ']';
    return;
  case ExprKind::Deref:
  case ExprKind::AddressOf:
    if (isBase(*E->op(0)))
      return appendBase(E->op(0), '*', Text);
    Text += E->is(ExprKind::Deref) ? '*' : '&';
    return append(E->op(0), Prefix, Text);
  case ExprKind::Field:
    return isBase(*E) ? appendBase(E, '&', Text) : appendField(E, Text);
  case ExprKind::Unary: {
    Text += E->Text;
    size_t Operand = Text.size();
    append(E->op(0), Prefix, Text);
    // "- -x" must not become "--x".
    if (Text[Operand] == E->Text.back())
      Text.insert(Operand, " ");
    return;
  }
  case ExprKind::Binary:
    return appendBinary(E, Text);
  case ExprKind::Conditional:
    append(E->op(0), LogicalOr, Text);
    Text += " ? ";
    append(E->op(1), Ternary, Text);
    Text += " : ";
    return append(E->op(2), Ternary, Text);
  case ExprKind::Cast:
    return appendCast(E, Text);
  case ExprKind::Call:
    Text += E->Text + "(";
    appendCommas(E->Operands, Text);
    Text += ')';
    return;
  case ExprKind::Opaque:
    Text += E->Pieces[0];
    for (size_t I = 0; I < E->Operands.size(); ++I) {
      append(E->op(I), Primary, Text);
      Text += E->Pieces[I + 1];
    }
    return;
  }
  llvm_unreachable("covered switch");
}

std::string ExprPrinter::print(const Expr *E, int Least) const {
  std::string Text;
  append(E, Least, Text);
  return Text;
}
