//===- CountLoops.cpp - While loops that count are for loops --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inner loops come first, so that what an inner loop does to a counter of an
// outer one is plain to see.
//
//===----------------------------------------------------------------------===//

#include "CountLoops.h"
#include "../Analysis/Memory.h"
#include "../IR/Walk.h"
#include "ReversalPlan.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// How a while loop counts.
struct Counting {
  Variable *Counter = nullptr;
  const Expr *Bound = nullptr;
  const Expr *Step = nullptr;
  bool Inclusive = false;
  bool Negative = false;
  /// The loop ends where the counter equals the bound.
  bool Exactly = false;
  /// The comparison converts a signed counter to an unsigned number.
  bool Converts = false;
  /// `i-- > bound`: the old value, and the number of statements that test it.
  Variable *Tested = nullptr;
};

class LoopCounter {
public:
  LoopCounter(Context &Ctx, Function &F) : Ctx(Ctx), F(F), Memory(F) {}
  void run();

private:
  void visit(Block &B);
  std::optional<Counting> match(const Stmt &While) const;
  std::optional<Counting> matchDecrement(const Stmt &While) const;
  bool matchComparison(const Expr *Condition, Counting &C) const;
  bool matchSteps(const Block &Body, Counting &C) const;
  bool isCounter(const Variable *V) const;
  bool holds(const Expr *E, const Block &Body, const Variable *Counter) const;
  const Expr *start(const Block &Before, const Stmt &While,
                    const Counting &C) const;
  void makeFor(Stmt &S, const Counting &C, const Expr *Start);
  const Expr *finalValue(const Stmt &For, const Counting &C) const;
  void removeUnread();

  Context &Ctx;
  Function &F;
  MemoryModel Memory;
  std::set<const Variable *> Counted;
};

} // namespace

//===----------------------------------------------------------------------===//
// Recognition
//===----------------------------------------------------------------------===//

/// The size of a counter, `!=` never meets its bound by wrapping around.
static bool neverWraps(const Type *Ty) {
  return !Ty->Unsigned || Ty->Spelling == "unsigned long" ||
         Ty->Spelling == "unsigned long long";
}

bool LoopCounter::isCounter(const Variable *V) const {
  return V->isLocal() && V->Ty->isInteger() && !V->AddressTaken &&
         !V->Reference && Memory.objects()[Memory.objectOf(V)].Scalar;
}

/// The expression has the same value in all iterations.
bool LoopCounter::holds(const Expr *E, const Block &Body,
                        const Variable *Counter) const {
  return !mentions(E, Counter) && !Memory.isUnstable(E) &&
         !Memory.mayOverlap(Memory.reads(E), Memory.writes(Body));
}

/// The step of `i += 2`, `--i` or `i = i + 1` and its sign; null if S is none.
static const Expr *stepOf(const Stmt &S, const Variable *Counter,
                          bool &Negative) {
  if (S.Kind != StmtKind::Assign || S.Target->Var != Counter ||
      !S.Target->is(ExprKind::Var))
    return nullptr;
  const Expr *Step = S.Value;
  Negative = S.Op == AssignOp::Sub;
  if (S.Op == AssignOp::Set) {
    const Expr *Sum = S.Value;
    if (!Sum->is(ExprKind::Binary) || (Sum->Text != "+" && Sum->Text != "-") ||
        !Sum->op(0)->is(ExprKind::Var) || Sum->op(0)->Var != Counter)
      return nullptr;
    Negative = Sum->Text == "-";
    Step = Sum->op(1);
  }
  long Value = 0;
  bool Literal = Step->is(ExprKind::Literal) && Step->Ty->isInteger() &&
                 llvm::to_integer(Step->Text, Value, 10);
  return Literal && Value > 0 ? Step : nullptr;
}

namespace {

/// The statements that belong to one way through a loop's body.
struct StepSearch {
  const Variable *Counter;
  const Expr *Step = nullptr;
  bool Negative = false;
  unsigned Found = 0;
  bool Fine = true;

  void accept(const Stmt *S) {
    bool Down = false;
    const Expr *Here = S ? stepOf(*S, Counter, Down) : nullptr;
    if (!Here || (Step && (Step->Text != Here->Text || Down != Negative))) {
      Fine = false;
      return;
    }
    Step = Here;
    Negative = Down;
    ++Found;
  }

  /// Each continue of the loop itself must have a step before it.
  void visit(const Block &B) {
    for (size_t I = 0; I < B.size(); ++I) {
      const Stmt &S = *B[I];
      if (S.Kind == StmtKind::Continue)
        accept(I ? B[I - 1] : nullptr);
      if (S.Kind != StmtKind::For && S.Kind != StmtKind::While) {
        visit(S.Body);
        visit(S.Else);
      }
    }
  }
};

} // namespace

bool LoopCounter::matchSteps(const Block &Body, Counting &C) const {
  StepSearch Search{C.Counter};
  if (Body.empty())
    return false;
  if (Body.back()->Kind != StmtKind::Continue)
    Search.accept(Body.back());
  Search.visit(Body);
  unsigned Writes = 0;
  forEachStmt(Body, [&](const Stmt &S) {
    Writes += S.Kind == StmtKind::Assign && S.Target->Var == C.Counter;
  });
  if (!Search.Fine || Search.Found == 0 || Writes != Search.Found)
    return false;
  C.Step = Search.Step;
  if (C.Exactly)
    C.Negative = Search.Negative;
  bool Unsigned = C.Counter->Ty->Unsigned;
  // Counting an unsigned number down may wrap below zero and go on.
  if (Unsigned && C.Negative && (C.Inclusive || !C.Step->isLiteral(1)))
    return false;
  if (C.Exactly && (!C.Step->isLiteral(1) || !neverWraps(C.Counter->Ty)))
    return false;
  return C.Negative == Search.Negative;
}

static const Expr *withoutConversions(const Expr *E, bool &Converts) {
  Converts = false;
  while (E->is(ExprKind::Cast) && E->Implicit && E->Ty->isInteger() &&
         E->op(0)->Ty->isInteger()) {
    Converts |= E->Ty->Unsigned && !E->op(0)->Ty->Unsigned;
    E = E->op(0);
  }
  return E;
}

/// `i + 2` in a signed type: the number, and i.
static const Expr *withoutOffset(const Expr *E, long &Offset) {
  Offset = 0;
  if (!E->is(ExprKind::Binary) || (E->Text != "+" && E->Text != "-") ||
      E->Ty->Unsigned || !E->op(1)->is(ExprKind::Literal) ||
      !llvm::to_integer(E->op(1)->Text, Offset, 10) || Offset > 1000)
    return E;
  if (E->Text == "-")
    Offset = -Offset;
  return E->op(0);
}

bool LoopCounter::matchComparison(const Expr *Condition, Counting &C) const {
  if (!Condition->is(ExprKind::Binary))
    return false;
  std::string Op = Condition->Text;
  if (Op != "<" && Op != "<=" && Op != ">" && Op != ">=" && Op != "!=")
    return false;
  for (unsigned Side : {0, 1}) {
    long Offset = 0;
    const Expr *Compared = withoutOffset(Condition->op(Side), Offset);
    const Expr *E = withoutConversions(Compared, C.Converts);
    if (!E->is(ExprKind::Var) || !isCounter(E->Var) || (Offset && C.Converts))
      continue;
    if (Side == 1 && Op != "!=")
      Op[0] = Op[0] == '<' ? '>' : '<';
    C.Counter = E->Var;
    C.Bound = Condition->op(1 - Side);
    if (Offset)
      C.Bound = shifted(Ctx, C.Bound, -Offset);
    C.Exactly = Op == "!=";
    C.Inclusive = Op == "<=" || Op == ">=";
    C.Negative = Op[0] == '>';
    return C.Bound->Ty->isInteger() && !mentions(C.Bound, C.Counter);
  }
  return false;
}

/// while (true) { const T t = i; --i; if (!(t > bound)) break; ... }
std::optional<Counting> LoopCounter::matchDecrement(const Stmt &S) const {
  if (S.Body.size() < 3 || S.Body[0]->Kind != StmtKind::Declare ||
      S.Body[2]->Kind != StmtKind::If)
    return std::nullopt;
  const Stmt &Old = *S.Body[0], &If = *S.Body[2];
  Counting C;
  bool Down = false;
  if (!Old.Value || !Old.Value->is(ExprKind::Var) || !isCounter(Old.Value->Var))
    return std::nullopt;
  C.Counter = Old.Value->Var;
  C.Step = stepOf(*S.Body[1], C.Counter, Down);
  bool Leaves = If.Body.size() == 1 && If.Else.empty() &&
                If.Body[0]->Kind == StmtKind::Break &&
                If.Value->is(ExprKind::Unary) && If.Value->Text == "!";
  if (!C.Step || !Down || !C.Step->isLiteral(1) || !Leaves)
    return std::nullopt;
  const Expr *Test = If.Value->op(0);
  if (Test->is(ExprKind::Cast) && Test->Ty->isBool())
    Test = Ctx.binary("!=", Test->op(0), Ctx.intLiteral(0), Test->Ty);
  bool Converts = false;
  if (!Test->is(ExprKind::Binary) || (Test->Text != ">" && Test->Text != "!="))
    return std::nullopt;
  const Expr *Tested = withoutConversions(Test->op(0), Converts);
  C.Bound = Test->op(1);
  C.Tested = Old.Var;
  C.Negative = true;
  Block Rest(S.Body.begin() + 3, S.Body.end());
  bool Changed = Memory.writes(Rest).test(Memory.objectOf(C.Counter)) ||
                 Memory.writes(Rest).test(Memory.objectOf(C.Tested));
  bool Zero = C.Bound->isLiteral(0);
  if (Tested->Var != C.Tested || !Tested->is(ExprKind::Var) || Converts ||
      !C.Bound->Ty->isInteger() || Changed || leavesLoop(Rest) ||
      mentions(C.Bound, C.Tested) || (Test->Text == "!=" && !Zero))
    return std::nullopt;
  return C;
}

std::optional<Counting> LoopCounter::match(const Stmt &S) const {
  if (S.Kind != StmtKind::While || S.TestAtEnd)
    return std::nullopt;
  Counting C;
  if (S.Value->is(ExprKind::Literal) && S.Value->Text == "true") {
    std::optional<Counting> Found = matchDecrement(S);
    if (!Found)
      return std::nullopt;
    C = *Found;
  } else if (leavesLoop(S.Body) || !matchComparison(S.Value, C) ||
             !matchSteps(S.Body, C)) {
    return std::nullopt;
  }
  if (!holds(C.Bound, S.Body, C.Counter))
    return std::nullopt;
  return C;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// The value of the counter where the loop begins: what the statement before
/// gives it, or its name. Null if it might be negative and must not be.
const Expr *LoopCounter::start(const Block &Before, const Stmt &While,
                               const Counting &C) const {
  const Expr *Given = nullptr;
  if (!Before.empty()) {
    const Stmt &Last = *Before.back();
    bool Declares = Last.Kind == StmtKind::Declare && Last.Var == C.Counter;
    bool Sets = Last.Kind == StmtKind::Assign && Last.Op == AssignOp::Set &&
                Last.Target->is(ExprKind::Var) && Last.Target->Var == C.Counter;
    if (Declares || Sets)
      Given = Last.Value;
  }
  if (C.Converts) {
    long Value = -1;
    if (!Given || !Given->is(ExprKind::Literal) ||
        !llvm::to_integer(Given->Text, Value, 10) || Value < 0)
      return nullptr;
  }
  if (Given && Given->Ty == C.Counter->Ty && isCheapAndPure(Given) &&
      holds(Given, While.Body, C.Counter))
    return Given;
  return Ctx.var(C.Counter, While.Loc);
}

/// The counter where the loop has ended.
const Expr *LoopCounter::finalValue(const Stmt &For, const Counting &C) const {
  const Type *Ty = C.Counter->Ty;
  auto Converted = [&](const Expr *E) {
    return E->Ty == Ty ? E : Ctx.cast(E, Ty, /*Implicit=*/false);
  };
  if (C.Exactly)
    return Converted(C.Bound);
  const Expr *One = Ctx.intLiteral(1);
  if (For.Descending) {
    const Expr *Enters =
        Ctx.binary(">", For.Upper, For.Lower, Ctx.boolType(), For.Loc);
    return Ctx.binary(
        "-", Ctx.conditional(Enters, Converted(For.Lower), For.Upper), One, Ty);
  }
  const Expr *Trips = Converted(tripCount(Ctx, For));
  const Expr *Distance = For.Step->isLiteral(1)
                             ? Trips
                             : Ctx.binary("*", Trips, For.Step, Ty, For.Loc);
  if (For.Lower->isLiteral(0) && !For.Negative)
    return Distance;
  return Ctx.binary(For.Negative ? "-" : "+", For.Lower, Distance, Ty);
}

void LoopCounter::makeFor(Stmt &S, const Counting &C, const Expr *Start) {
  Variable *I = F.addVariable(C.Counter->Name, C.Counter->Ty,
                              VariableKind::Local, C.Counter->Loc);
  Memory.addCopy(I, Start);
  if (C.Tested)
    S.Body.erase(S.Body.begin(), S.Body.begin() + 3);
  eraseAssignments(S.Body, C.Counter);
  const Expr *Old = Ctx.binary("+", Ctx.var(I), Ctx.intLiteral(1), I->Ty);
  forEachStmt(S.Body, [&](Stmt &Inner) {
    rewriteStmt(Ctx, Inner, [&](const Expr *E) {
      if (E->is(ExprKind::Var) && E->Var == C.Counter)
        return Ctx.var(I, E->Loc);
      return E->is(ExprKind::Var) && E->Var == C.Tested ? Old : E;
    });
  });
  S.Kind = StmtKind::For;
  S.Value = nullptr;
  S.Var = I;
  S.Descending = C.Tested;
  S.Negative = C.Negative && !C.Tested;
  S.Inclusive = C.Inclusive;
  S.Lower = C.Tested ? C.Bound : Start;
  S.Upper = C.Tested ? Start : C.Bound;
  S.Step = C.Step;
}

void LoopCounter::visit(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    visit(S->Body);
    visit(S->Else);
    std::optional<Counting> C = match(*S);
    const Expr *Start = C ? start(Out, *S, *C) : nullptr;
    Out.push_back(S);
    if (!Start)
      continue;
    makeFor(*S, *C, Start);
    Counted.insert(C->Counter);
    Out.push_back(Ctx.assign(Ctx.var(C->Counter), finalValue(*S, *C),
                             AssignOp::Set, S->Loc));
  }
  B = std::move(Out);
}

static void eraseDeclaration(Block &B, const Variable *V) {
  std::erase_if(B, [&](const Stmt *S) {
    return S->Kind == StmtKind::Declare && S->Var == V;
  });
  for (Stmt *S : B) {
    eraseDeclaration(S->Body, V);
    eraseDeclaration(S->Else, V);
  }
}

/// Counters whose final value nobody reads.
void LoopCounter::removeUnread() {
  for (bool Changed = true; Changed;) {
    std::set<const Variable *> Read;
    forEachStmt(F.Body, [&](const Stmt &S) {
      const Expr *Written = S.Kind == StmtKind::Assign && S.Op == AssignOp::Set
                                ? S.Target
                                : nullptr;
      forEachExpr(S, [&](const Expr &E) {
        if (E.Var && &E != Written)
          Read.insert(E.Var);
      });
    });
    Changed = std::erase_if(Counted, [&](const Variable *V) {
      if (Read.count(V))
        return false;
      eraseAssignments(F.Body, V);
      eraseDeclaration(F.Body, V);
      return true;
    });
  }
}

void LoopCounter::run() {
  visit(F.Body);
  removeUnread();
}

void retrograd::countLoops(Context &Ctx, Function &F) {
  bool Loops = false;
  forEachStmt(F.Body,
              [&](const Stmt &S) { Loops |= S.Kind == StmtKind::While; });
  if (Loops)
    LoopCounter(Ctx, F).run();
}
