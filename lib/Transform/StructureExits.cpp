//===- StructureExits.cpp - Return, break and continue as structure -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk. Each exit statement becomes an assignment to the flag of its
// target; statements that follow a possible exit are moved into the branch that
// does not exit, or guarded by the flag. Flags that nobody reads are removed at
// the end of their target.
//
//===----------------------------------------------------------------------===//

#include "StructureExits.h"
#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "llvm/ADT/SetVector.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// What an exit leaves: the function, a loop, one iteration of it, or a Once.
struct ExitTarget {
  Variable *Flag = nullptr;
  bool Read = false;
};

/// How control may leave a piece of code other than at its end.
struct Exits {
  llvm::SmallSetVector<ExitTarget *, 4> Pending;
  /// Control never reaches the end.
  bool Always = false;
};

class Structurer {
public:
  Structurer(Context &Ctx, Function &F) : Ctx(Ctx), F(F) {}
  void run();

private:
  Exits structureBlock(Block &B);
  /// For the statement B[I]. An If may take what follows it in B.
  Exits structureStmt(Block &Out, Block &B, size_t I);
  Exits structureIf(Block &Out, Block &B, size_t I);
  Exits structureLoop(Block &Out, Stmt *S);
  Exits structureOnce(Block &Out, Stmt *S);
  Exits exitTo(Block &Out, ExitTarget *Target, Location Loc);

  void makeTarget(ExitTarget &T, const char *Name);
  /// Declares the flag at the front of Out if anything reads it, and forgets
  /// its assignments in Body otherwise.
  void closeTarget(ExitTarget &T, Block &Out, size_t Position, Block &Body);
  const Expr *noneOf(llvm::ArrayRef<ExitTarget *> Targets);
  Stmt *forToWhile(Block &Out, Stmt *S);

  Context &Ctx;
  Function &F;
  ExitTarget Return;
  std::vector<ExitTarget *> Breaks, Continues;
};

} // namespace

void Structurer::makeTarget(ExitTarget &T, const char *Name) {
  T.Flag = F.addVariable(Name, Ctx.boolType(), VariableKind::Local);
  T.Flag->Generated = true;
}

void Structurer::closeTarget(ExitTarget &T, Block &Out, size_t Position,
                             Block &Body) {
  if (!T.Read) {
    eraseAssignments(Body, T.Flag);
    return;
  }
  Stmt *Declaration = Ctx.declare(T.Flag, Ctx.literal(Ctx.boolType(), "false"));
  Out.insert(Out.begin() + Position, Declaration);
}

const Expr *Structurer::noneOf(llvm::ArrayRef<ExitTarget *> Targets) {
  const Expr *Condition = nullptr;
  for (ExitTarget *T : Targets) {
    T->Read = true;
    const Expr *Clear = Ctx.unary("!", Ctx.var(T->Flag));
    Condition =
        Condition ? Ctx.binary("&&", Condition, Clear, Ctx.boolType()) : Clear;
  }
  return Condition;
}

Exits Structurer::exitTo(Block &Out, ExitTarget *Target, Location Loc) {
  Out.push_back(Ctx.assign(Ctx.var(Target->Flag),
                           Ctx.literal(Ctx.boolType(), "true"), AssignOp::Set,
                           Loc));
  Exits E;
  E.Pending.insert(Target);
  E.Always = true;
  return E;
}

/// before: a For whose body may leave the loop
/// after:  i = lower; while (i < upper) { body; i += step; }
/// Returns the step, which belongs to the loop rather than to its body: a
/// continue must not skip it. It comes first in a descending loop.
Stmt *Structurer::forToWhile(Block &Out, Stmt *S) {
  const Expr *I = Ctx.var(S->Var, S->Loc);
  Out.push_back(
      Ctx.declare(S->Var, S->Descending ? S->Upper : S->Lower, S->Loc));
  Stmt *Advance = Ctx.assign(I, S->Step, AssignOp::Add, S->Loc);
  std::string Compare = S->Negative ? ">" : "<";
  if (S->Descending) {
    Advance->Op = AssignOp::Sub;
    Advance->Value = Ctx.intLiteral(1);
    S->Value = Ctx.binary(">", I, S->Lower, Ctx.boolType(), S->Loc);
  } else {
    Advance->Op = S->Negative ? AssignOp::Sub : AssignOp::Add;
    if (S->Inclusive)
      Compare += "=";
    S->Value = Ctx.binary(Compare, I, S->Upper, Ctx.boolType(), S->Loc);
  }
  S->Kind = StmtKind::While;
  S->Lower = S->Upper = S->Step = nullptr;
  S->Var = nullptr;
  S->Descending = S->Negative = S->Inclusive = false;
  return Advance;
}

Exits Structurer::structureLoop(Block &Out, Stmt *S) {
  bool AdvancesFirst = S->Descending;
  Stmt *Advance = nullptr;
  if (S->Kind == StmtKind::For && leavesLoop(S->Body))
    Advance = forToWhile(Out, S);

  size_t Position = Out.size();
  ExitTarget Break, Continue;
  makeTarget(Break, "stop");
  makeTarget(Continue, "skip");
  Breaks.push_back(&Break);
  Continues.push_back(&Continue);
  Exits Inner = structureBlock(S->Body);
  Breaks.pop_back();
  Continues.pop_back();
  Inner.Pending.remove(&Continue);
  closeTarget(Continue, S->Body, 0, S->Body);

  if (Advance)
    S->Body.insert(AdvancesFirst ? S->Body.begin() : S->Body.end(), Advance);
  if (!Inner.Pending.empty()) {
    const Expr *Go = noneOf(Inner.Pending.getArrayRef());
    bool Forever = S->Value->is(ExprKind::Literal) && S->Value->Text == "true";
    S->Value = Forever ? Go : Ctx.binary("&&", Go, S->Value, Ctx.boolType());
  }
  Out.push_back(S);
  Inner.Pending.remove(&Break);
  closeTarget(Break, Out, Position, S->Body);
  Inner.Always = false;
  return Inner;
}

Exits Structurer::structureOnce(Block &Out, Stmt *S) {
  ExitTarget Break;
  makeTarget(Break, "stop");
  Breaks.push_back(&Break);
  Exits Inner = structureBlock(S->Body);
  Breaks.pop_back();
  Inner.Always &= !Inner.Pending.remove(&Break);
  closeTarget(Break, S->Body, 0, S->Body);
  Out.insert(Out.end(), S->Body.begin(), S->Body.end());
  return Inner;
}

/// Moves what follows B[I] to the end of Into.
static void takeRest(Block &B, size_t I, Block &Into) {
  Into.insert(Into.end(), B.begin() + I + 1, B.end());
  B.resize(I + 1);
}

Exits Structurer::structureIf(Block &Out, Block &B, size_t I) {
  Stmt *S = B[I];
  bool IsLast = I + 1 == B.size();
  Exits Then = structureBlock(S->Body);
  Exits Else;
  // What follows a branch that always exits belongs to the other branch.
  if (Then.Always && !IsLast) {
    takeRest(B, I, S->Else);
    Else = structureBlock(S->Else);
  } else {
    Else = structureBlock(S->Else);
    if (Else.Always && Then.Pending.empty() && !IsLast) {
      Block Rest;
      takeRest(B, I, Rest);
      Then = structureBlock(Rest);
      S->Body.insert(S->Body.end(), Rest.begin(), Rest.end());
    }
  }
  Out.push_back(S);
  Exits Both;
  for (ExitTarget *T : Then.Pending)
    Both.Pending.insert(T);
  for (ExitTarget *T : Else.Pending)
    Both.Pending.insert(T);
  Both.Always = Then.Always && Else.Always;
  return Both;
}

Exits Structurer::structureStmt(Block &Out, Block &B, size_t I) {
  Stmt *S = B[I];
  switch (S->Kind) {
  case StmtKind::Return:
    if (S->Value)
      copyScalars(Ctx, F, Ctx.var(F.Result), S->Value, Out, S->Loc);
    return exitTo(Out, &Return, S->Loc);
  case StmtKind::Break:
    return exitTo(Out, Breaks.back(), S->Loc);
  case StmtKind::Continue:
    return exitTo(Out, Continues.back(), S->Loc);
  case StmtKind::If:
    return structureIf(Out, B, I);
  case StmtKind::For:
  case StmtKind::While:
    return structureLoop(Out, S);
  case StmtKind::Once:
    return structureOnce(Out, S);
  default:
    Out.push_back(S);
    return {};
  }
}

Exits Structurer::structureBlock(Block &B) {
  Exits All;
  Block Out;
  for (size_t I = 0; I < B.size(); ++I) {
    Exits Here = structureStmt(Out, B, I);
    for (ExitTarget *T : Here.Pending)
      All.Pending.insert(T);
    if (Here.Always) {
      All.Always = true;
      break;
    }
    if (Here.Pending.empty())
      continue;
    if (I + 1 < B.size()) {
      Stmt *Guard = Ctx.stmt(StmtKind::If, B[I + 1]->Loc);
      Guard->Value = noneOf(Here.Pending.getArrayRef());
      takeRest(B, I, Guard->Body);
      Exits Inner = structureBlock(Guard->Body);
      for (ExitTarget *T : Inner.Pending)
        All.Pending.insert(T);
      Out.push_back(Guard);
    }
    break;
  }
  B = std::move(Out);
  return All;
}

void Structurer::run() {
  makeTarget(Return, "done");
  if (!F.ReturnType->isVoid()) {
    F.Result = F.addVariable("result", F.ReturnType, VariableKind::Local);
    F.Result->Generated = true;
  }
  structureBlock(F.Body);
  closeTarget(Return, F.Body, 0, F.Body);
  if (F.Result)
    F.Body.insert(F.Body.begin(), Ctx.declare(F.Result));
}

void retrograd::structureExits(Context &Ctx, Function &F) {
  Structurer(Ctx, F).run();
}
