//===- ExprPrinter.h - Expressions as C++ text ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parentheses follow C++'s precedence, plus those that compilers ask for in
// warnings.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EMIT_EXPRPRINTER_H
#define RETROGRAD_EMIT_EXPRPRINTER_H

#include "Namer.h"

namespace retrograd {

/// Binding strength of an expression's outermost operator; a greater number
/// binds tighter.
enum Precedence {
  Assignment,
  Ternary,
  LogicalOr,
  LogicalAnd,
  BitOr,
  BitXor,
  BitAnd,
  Equality,
  Relational,
  Shift,
  Additive,
  Multiplicative,
  Prefix,
  Primary,
};

/// Appends to one string, since a long sum is nested as deep as it is long.
class ExprPrinter {
public:
  /// Names: of the function's variables; null for their own names.
  explicit ExprPrinter(const Namer *Names) : Names(Names) {}

  /// Least: in parentheses, unless it binds that tight.
  std::string print(const ir::Expr *E, int Least = Assignment) const;

private:
  void append(const ir::Expr *E, int Least, std::string &Text) const;
  void appendBare(const ir::Expr *E, std::string &Text) const;
  void appendField(const ir::Expr *E, std::string &Text) const;
  void appendBase(const ir::Expr *E, char Kind, std::string &Text) const;
  void appendBinary(const ir::Expr *E, std::string &Text) const;
  void appendCast(const ir::Expr *E, std::string &Text) const;
  void appendCommas(llvm::ArrayRef<const ir::Expr *> List,
                    std::string &Text) const;

  const Namer *Names;
};

} // namespace retrograd

#endif // RETROGRAD_EMIT_EXPRPRINTER_H
