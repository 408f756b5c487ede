//===- Rules.cpp - Derivatives of library functions -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads Rules.def once, at the first question, and answers from an index by
// name and arity. A mistake in the table is a mistake of ours that no input can
// provoke; it stops the compiler with the row's name.
//
//===----------------------------------------------------------------------===//

#include "Rules.h"
#include "PartialParser.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"
#include <map>

using namespace retrograd;
using llvm::StringRef;

namespace {

/// The rows, in their order, and where each function's are.
struct Table {
  std::vector<Rule> Rules;
  std::map<std::string, std::map<unsigned, size_t>, std::less<>> Index;

  Table();
  void add(StringRef Name, llvm::ArrayRef<StringRef> Partials);
  void check() const;

  template <typename Change> void eachOf(StringRef Name, Change Do) {
    for (auto &[Arity, Position] : Index.at(Name.str()))
      Do(Rules[Position]);
  }
};

} // namespace

static constexpr StringRef ConstantNames[] = {"ln2", "ln10",
                                              "two_over_sqrt_pi"};

/// Functions with several results; see canonicalFunctionName.
static constexpr StringRef SplitFunctions[] = {"frexp", "modf", "remquo"};

[[noreturn]] static void reportRow(StringRef Name, const std::string &Problem) {
  llvm::report_fatal_error(llvm::Twine("rule table, row '") + Name +
                           "': " + Problem);
}

static void collectMentions(const PartialExpr &E, Partial &P) {
  if (E.Kind == PartialExpr::Argument)
    P.MentionsArguments |= 1u << E.Index;
  if (E.Kind == PartialExpr::Result)
    P.MentionsResult = true;
  for (const PartialExpr &Operand : E.Operands)
    collectMentions(Operand, P);
}

static Partial readPartial(StringRef Name, StringRef Text, unsigned Arity) {
  Partial P;
  P.Text = Text.str();
  P.Zero = Text == "ZERO" || Text == "INTEGER";
  P.Unknown = Text == "UNKNOWN";
  std::string Error;
  std::optional<PartialExpr> E =
      parsePartial(P.Zero || P.Unknown ? "0" : Text, Arity, Error);
  if (!E)
    reportRow(Name, Error + " in '" + P.Text + "'");
  P.Expr = std::move(*E);
  collectMentions(P.Expr, P);
  return P;
}

Table::Table() {
#define RULE1(NAME, LOW, HIGH, DX) add(#NAME, {#DX});
#define RULE2(NAME, LOW, HIGH, DX, DY) add(#NAME, {#DX, #DY});
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ) add(#NAME, {#DX, #DY, #DZ});
#define SINGULAR(NAME) eachOf(#NAME, [](Rule &R) { R.Singular = true; });
#define CHEAP(NAME) eachOf(#NAME, [](Rule &R) { R.Expensive = false; });
#define OURS(NAME)                                                             \
  eachOf(#NAME, [](Rule &R) { R.Spelling = "retrograd::" #NAME; });
#include "Rules.def"
  check();
}

void Table::add(StringRef Name, llvm::ArrayRef<StringRef> Partials) {
  Rule R;
  R.Name = Name.str();
  R.Spelling = "std::" + R.Name;
  for (StringRef Text : Partials)
    R.Partials.push_back(readPartial(Name, Text, Partials.size()));
  if (!Index[R.Name].try_emplace(Partials.size(), Rules.size()).second)
    reportRow(Name, "there are two");
  Rules.push_back(std::move(R));
}

static void checkNames(const Table &All, const Rule &R, const PartialExpr &E) {
  if (E.Kind == PartialExpr::Constant &&
      !llvm::is_contained(ConstantNames, E.Text))
    reportRow(R.Name, "unknown name '" + E.Text + "'");
  if (E.Kind == PartialExpr::Call) {
    auto Rows = All.Index.find(E.Text);
    if (Rows == All.Index.end() || !Rows->second.count(E.Operands.size()))
      reportRow(R.Name, "'" + E.Text +
                            "' has no row, so this partial has no "
                            "derivative");
  }
  for (const PartialExpr &Operand : E.Operands)
    checkNames(All, R, Operand);
}

/// Every name in a partial is known, and every call has a row of its own.
void Table::check() const {
  for (const Rule &R : Rules)
    for (const Partial &P : R.Partials)
      checkNames(*this, R, P.Expr);
}

static const Table &table() {
  static const Table TheTable;
  return TheTable;
}

const std::vector<Rule> &retrograd::allRules() { return table().Rules; }

const Rule *retrograd::findRule(StringRef Name, unsigned Arity) {
  auto Rows = table().Index.find(Name.str());
  if (Rows == table().Index.end())
    return nullptr;
  auto Row = Rows->second.find(Arity);
  return Row == Rows->second.end() ? nullptr : &table().Rules[Row->second];
}

static bool isCanonical(StringRef Name) {
  return table().Index.count(Name.str()) ||
         llvm::is_contained(SplitFunctions, Name);
}

std::string retrograd::canonicalFunctionName(StringRef Name) {
  StringRef Bare = Name;
  Bare.consume_front("__builtin_");
  if (isCanonical(Bare))
    return Bare.str();
  for (StringRef Suffix : {"f16", "f", "l"}) {
    StringRef Stem = Bare;
    if (Stem.consume_back(Suffix) && isCanonical(Stem))
      return Stem.str();
  }
  return Name.str();
}

std::string retrograd::constantSpelling(StringRef Name, StringRef Type) {
  return (llvm::Twine("retrograd::constants::") + Name + "<" + Type + ">")
      .str();
}
