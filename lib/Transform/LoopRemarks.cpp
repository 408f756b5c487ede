//===- LoopRemarks.cpp - Why a loop is not counted ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Looks for the first thing that is in the way, in the order in which a reader
// would see it: another way out, the condition, the bound, the counter.
//
//===----------------------------------------------------------------------===//

#include "LoopRemarks.h"
#include "../Analysis/Memory.h"
#include "../Emit/Printer.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class CountingCritic {
public:
  explicit CountingCritic(const Function &F) : Memory(F) { visit(F.Body); }

  Remarks Found;

private:
  struct Reason {
    std::string Text;
    std::vector<Remark::Note> Notes;
  };
  static Reason because(std::string Text, std::vector<Remark::Note> Notes) {
    return {std::move(Text), std::move(Notes)};
  }

  void visit(const Block &B);
  Reason explain(const Stmt &Loop) const;
  Reason explainCondition(const Stmt &Loop) const;
  Reason explainCounter(const Stmt &Loop, const Variable *Counter) const;
  const Stmt *writer(const Block &B, const ObjectSet &Objects) const;

  MemoryModel Memory;
};

} // namespace

/// The break or return through which control leaves a loop, or null.
static const Stmt *exitOf(const Block &B, bool InsideInner = false) {
  for (const Stmt *S : B) {
    if (S->Kind == StmtKind::Return ||
        (S->Kind == StmtKind::Break && !InsideInner))
      return S;
    bool Inner = InsideInner || S->Kind == StmtKind::For ||
                 S->Kind == StmtKind::While || S->Kind == StmtKind::Once;
    for (const Block *Nested : {&S->Body, &S->Else})
      if (const Stmt *Exit = exitOf(*Nested, Inner))
        return Exit;
  }
  return nullptr;
}

static const Expr *withoutConversions(const Expr *E) {
  while (E->is(ExprKind::Cast) && E->Implicit)
    E = E->op(0);
  return E;
}

/// A statement of the block that may write these objects, or null.
const Stmt *CountingCritic::writer(const Block &B,
                                   const ObjectSet &Objects) const {
  const Stmt *Writer = nullptr;
  forEachStmt(B, [&](const Stmt &S) {
    if (!Writer && Memory.mayOverlap(Memory.writes(S), Objects))
      Writer = &S;
  });
  return Writer;
}

CountingCritic::Reason
CountingCritic::explainCounter(const Stmt &Loop,
                               const Variable *Counter) const {
  std::string Name = "'" + Counter->Name + "'";
  const char *Copy = "count with a local variable whose address is not taken";
  if (!Counter->isLocal())
    return because("its counter " + Name + " is no local variable",
                   {{Counter->Loc, Copy}});
  if (Counter->AddressTaken)
    return because("the address of its counter " + Name + " is taken",
                   {{Counter->Loc, Copy}});
  ObjectSet Own;
  Own.set(Memory.objectOf(Counter));
  std::vector<const Stmt *> Writers;
  forEachStmt(Loop.Body, [&](const Stmt &S) {
    if (Memory.writes(S).intersects(Own))
      Writers.push_back(&S);
  });
  if (Writers.empty())
    return because("its counter " + Name + " does not change", {});
  if (Writers.size() > 1)
    return because("its counter " + Name + " is changed in several places",
                   {{Writers.front()->Loc, "it is changed here"},
                    {Writers.back()->Loc, "and here"}});
  return because(
      "its counter " + Name + " does not take equal steps towards the bound",
      {{Writers.front()->Loc, "it is changed here; a counted loop adds or "
                              "subtracts a literal at the end of each "
                              "iteration"}});
}

CountingCritic::Reason
CountingCritic::explainCondition(const Stmt &Loop) const {
  const Expr *Condition = Loop.Value;
  Reason NoComparison = because(
      "its condition does not compare a counter with a bound",
      {{Loop.Loc, "where the number of iterations is known when the loop "
                  "begins, write 'for (int i = 0; i < n; ++i)'"}});
  if (!Condition->is(ExprKind::Binary) ||
      !withoutConversions(Condition->op(0))->Ty->isInteger() ||
      !withoutConversions(Condition->op(1))->Ty->isInteger())
    return NoComparison;
  // The counter is the side that changes; the bound is the other one.
  const Expr *Sides[] = {withoutConversions(Condition->op(0)),
                         withoutConversions(Condition->op(1))};
  const Stmt *Writers[] = {writer(Loop.Body, Memory.reads(Sides[0])),
                           writer(Loop.Body, Memory.reads(Sides[1]))};
  if (Writers[0] && Writers[1])
    return because(
        "its bound '" + printExpr(Sides[1]) + "' may change",
        {{Writers[1]->Loc, "it may be changed here; copy the bound to a "
                           "local variable before the loop"}});
  const Expr *Counter = Writers[1] ? Sides[1] : Sides[0];
  if (!Counter->is(ExprKind::Var))
    return NoComparison;
  return explainCounter(Loop, Counter->Var);
}

CountingCritic::Reason CountingCritic::explain(const Stmt &Loop) const {
  if (const Stmt *Exit = exitOf(Loop.Body)) {
    // The test of a loop that decides in its body is a break of ours.
    if (Exit->Loc == Loop.Loc)
      return because("its condition has an effect",
                     {{Loop.Loc, "move the effect to the body of the loop"}});
    std::string Word = Exit->Kind == StmtKind::Break ? "break" : "return";
    return because(
        "a '" + Word + "' leaves it",
        {{Exit->Loc, "an 'if' around the rest of the body, in its place, "
                     "keeps the loop counted"}});
  }
  if (Loop.TestAtEnd)
    return because(
        "it tests its condition at the end",
        {{Loop.Loc, "where the number of iterations is known when the loop "
                    "begins, write 'for (int i = 0; i < n; ++i)'"}});
  return explainCondition(Loop);
}

void CountingCritic::visit(const Block &B) {
  for (const Stmt *S : B) {
    bool Counted = S->Kind == StmtKind::For && !exitOf(S->Body);
    if ((S->Kind == StmtKind::For && !Counted) || S->Kind == StmtKind::While) {
      Reason Why = explain(*S);
      Found.push_back(missed(S->Loc,
                             "this loop is not counted, since " + Why.Text,
                             std::move(Why.Notes)));
    }
    visit(S->Body);
    visit(S->Else);
  }
}

Remarks retrograd::uncountedLoops(const Function &F) {
  return CountingCritic(F).Found;
}
