//===- Rules.h - Derivatives of library functions -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of built-in derivatives, one row a function, in Rules.def. A row is
// read by three programs: the transforms print its partials, the
// to-be-recorded analysis keeps exactly the names a partial mentions (the
// arguments x, y, z or the result r), and a test compiles each row and compares
// it with differences.
//
// A rule knows no Clang and no IR: a partial is a small expression tree, which
// the transforms instantiate over the arguments of a call. Arguments keep the
// types they have there, and operators mix types as they do in C++.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RULES_RULES_H
#define RETROGRAD_RULES_RULES_H

#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>
#include <vector>

namespace retrograd {

/// A node of a partial's expression.
struct PartialExpr {
  enum KindTy {
    Number,      // Text: an integer, which has type int in the generated text
                 // too, or a fraction with a point that every type holds
                 // exactly ("0.5"), which takes the type of the result (0.5f)
    Constant,    // Text: a number with a name, see constantSpelling
    Argument,    // Index-th argument of the call: x is 0, y is 1, z is 2
    Result,      // r
    Unary,       // Text Operands[0]; - or !
    Binary,      // Operands[0] Text Operands[1]; + - * / comparisons && ||
    Conditional, // Operands[0] ? Operands[1] : Operands[2]
    Call,        // Text(Operands...): a function with a row of its own, by its
                 // unqualified name; it has the type of the result
  };
  KindTy Kind;
  std::string Text;
  unsigned Index = 0;
  std::vector<PartialExpr> Operands;
};

/// The derivative with respect to one argument.
struct Partial {
  /// As written in the table.
  std::string Text;
  PartialExpr Expr;
  bool MentionsResult = false;
  /// Bit i: mentions argument i.
  unsigned MentionsArguments = 0;
  /// The derivative is identically zero (floor, the integer of ldexp).
  bool Zero = false;
  /// There is a derivative, but nobody has a closed form for it (a Bessel
  /// function by its order): differentiating with respect to this argument is
  /// an error. Known zero and unknown are never confused.
  bool Unknown = false;
};

struct Rule {
  std::string Name;
  std::vector<Partial> Partials;
  /// How generated text calls the function: "std::sin", "retrograd::digamma".
  std::string Spelling;
  /// A partial can be infinite where the function is finite (sqrt at 0): the
  /// transforms then multiply so that a zero seed gives a zero, never 0 * inf.
  bool Singular = false;
  /// The value costs a library call rather than a few instructions (exp, but
  /// not fabs): worth keeping rather than computing twice.
  bool Expensive = true;
};

/// The rule of the function called Name with Arity arguments, or null. Name is
/// unqualified, without the suffixes f and l and without __builtin_; see
/// canonicalFunctionName.
const Rule *findRule(llvm::StringRef Name, unsigned Arity);

/// "sinf", "__builtin_sin", "sinl" -> "sin"; a name that needs no change is
/// returned as it is. frexp, modf and remquo count as known names: they have
/// several results and so no row, and the front end splits them into functions
/// that have one. The caller has made sure that the function is a C or std
/// library function (declared in namespace std or extern "C" at global scope in
/// a system header, or a builtin).
std::string canonicalFunctionName(llvm::StringRef Name);

/// How generated text writes the Constant Name in a type:
/// "retrograd::constants::ln2<double>".
std::string constantSpelling(llvm::StringRef Name, llvm::StringRef Type);

/// All rules, in the order of the table.
const std::vector<Rule> &allRules();

} // namespace retrograd

#endif // RETROGRAD_RULES_RULES_H
