//===- DirectionLoops.cpp - Statements gathered into loops over directions ===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each direction is computed from the same direction of other numbers, so
// statements that write shadows share a loop, in their order, as long as what
// stands between them can be done before the loop. What a loop reads of the
// primal is a local, or is read into one before it: then nothing in the loop
// can hide from the vectoriser that it does not change, as a store of a tangent
// or a library function that may write `errno` would.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "Algebra.h"
#include "Directions.h"
#include "SplitCalls.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::mentionsShadow(const Expr *E) {
  bool Found = false;
  forEachExpr(E,
              [&](const Expr &Node) { Found |= Node.Var && Node.Var->Shadow; });
  return Found;
}

bool retrograd::rejectRuleDirections(const Stmt &Call, Diagnostics &Diags) {
  Diags.error(Call.Loc,
              "'" + Call.Callee->Name +
                  "' has a rule, which knows one direction, for arrays or for "
                  "memory that is written",
              "leave out 'directions', or let '" + Call.Callee->Name +
                  "' be differentiated without its rule");
  return false;
}

bool retrograd::checkRuleDirections(const Stmt &Call, Diagnostics &Diags) {
  const Function &G = *Call.Callee;
  for (size_t I = 0; I < G.Params.size(); ++I) {
    const Type *Ty = G.Params[I]->Ty;
    bool Kept = I < G.Restored.size() && G.Restored[I];
    if (Kept || (Ty->carriesReal() && !Ty->isReal()))
      return rejectRuleDirections(Call, Diags);
  }
  return true;
}

namespace {

/// Variables whose address is taken somewhere in a function.
using Escapes = std::set<const Variable *>;

/// Writes one block anew.
class Grouper {
public:
  Grouper(Context &Ctx, Function &F, unsigned Count, const Escapes &Escaping,
          std::vector<Stmt *> &Loops)
      : Ctx(Ctx), F(F), Count(Count), Escaping(Escaping), Loops(Loops) {}

  Block run(const Block &B);

private:
  void visit(Stmt *S);
  void visitCall(Stmt *S);
  void visitRuleCall(Stmt *S);
  void visitPop(Stmt *S);
  void gather(Stmt *S);
  bool branch(Stmt *S);
  Block branchOf(const Stmt &S, const Expr *Side);
  Stmt *addLoop();
  void close();
  bool canPass(const Stmt &S) const;
  bool needsGroup(const Stmt &S) const;
  bool groupReadsReals() const;
  bool groupMentions(llvm::function_ref<bool(const Variable *)> Matches) const;
  const Expr *outside(const Expr *E);
  const Expr *named(const Expr *E);

  Context &Ctx;
  Function &F;
  unsigned Count;
  const Escapes &Escaping;
  std::vector<Stmt *> &Loops;
  Block Out;
  /// The loop that is being filled; it is not in Out yet.
  Stmt *Group = nullptr;
  /// What has been computed before it, and is still the same.
  std::vector<std::pair<const Expr *, Variable *>> Known;
};

} // namespace

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Stmt *Grouper::addLoop() {
  Stmt *Loop = Ctx.stmt(StmtKind::For);
  Loop->Var = F.addVariable("k", Ctx.intType(), VariableKind::Local);
  Loop->Var->Generated = true;
  Loop->Lower = Ctx.intLiteral(0);
  Loop->Upper = Ctx.intLiteral(Count);
  Loop->Step = Ctx.intLiteral(1);
  Loops.push_back(Loop);
  return Loop;
}

void Grouper::close() {
  if (Group)
    Out.push_back(Group);
  Group = nullptr;
  Known.clear();
}

bool Grouper::groupMentions(
    llvm::function_ref<bool(const Variable *)> Matches) const {
  bool Found = false;
  for (const Stmt *S : Group->Body)
    forEachExpr(*S, [&](const Expr &E) { Found |= E.Var && Matches(E.Var); });
  return Found;
}

/// The statement takes the address of what the group declares.
bool Grouper::needsGroup(const Stmt &S) const {
  bool Found = false;
  forEachExpr(S, [&](const Expr &E) {
    for (const Stmt *Inner : Group->Body)
      Found |= Inner->Kind == StmtKind::Declare && Inner->Var == E.Var;
  });
  return Found;
}

/// An address of a shadow is computed from a real number in memory, as in
/// t_x[(int)x[0]].
bool Grouper::groupReadsReals() const {
  bool Found = false;
  for (const Stmt *S : Group->Body)
    forEachExpr(*S, [&](const Expr &E) {
      bool Memory = E.is(ExprKind::Var) ? E.Var->Reference || E.Var->isGlobal()
                                        : E.isLValue();
      Found |= Memory && E.Ty->isReal() && !mentionsShadow(&E);
    });
  return Found;
}

/// Whether a statement behind the group may run before it. Of the primal, a
/// group reads locals, and what addresses of shadows are computed from.
bool Grouper::canPass(const Stmt &S) const {
  if (needsGroup(S))
    return false;
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Pop:
  case StmtKind::Push:
    return true;
  case StmtKind::Assign:
    if (S.Target->is(ExprKind::Var)) {
      const Variable *V = S.Target->Var;
      return V->isLocal() && !Escaping.count(V) &&
             !groupMentions([&](const Variable *Read) { return Read == V; });
    }
    return S.Target->Ty->isReal() && !groupReadsReals() &&
           !groupMentions([&](const Variable *Read) {
             return !Read->Shadow && Escaping.count(Read);
           });
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// What does not depend on the direction
//===----------------------------------------------------------------------===//

/// A loop that has this in it might have to repeat it.
static bool isCostly(const Expr *E) {
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) {
    switch (Node.Kind) {
    case ExprKind::Var:
      Found |= Node.Var->Reference || Node.Var->isGlobal();
      return;
    case ExprKind::Index:
    case ExprKind::Deref:
    case ExprKind::Field:
    case ExprKind::Call:
    case ExprKind::Opaque:
      Found = true;
      return;
    default:
      return;
    }
  });
  return Found;
}

const Expr *Grouper::named(const Expr *E) {
  for (auto [Same, V] : Known)
    if (sameExpr(Same, E))
      return Ctx.var(V);
  Variable *V = F.addVariable("partial", E->Ty, VariableKind::Local, E->Loc);
  V->Generated = V->Const = true;
  Out.push_back(Ctx.declare(V, E, E->Loc));
  Known.emplace_back(E, V);
  return Ctx.var(V);
}

/// The expression with its primal parts computed before the group. All of them
/// are evaluated whatever the shadows hold: of a guarded product, the partial
/// is that of a value which the primal computes there, too.
const Expr *Grouper::outside(const Expr *E) {
  if (!mentionsShadow(E))
    return isCostly(E) ? named(E) : E;
  if (E->isLValue())
    return E;
  std::vector<const Expr *> Operands = E->Operands;
  size_t Printed = E->is(ExprKind::Conditional) ? 3 : Operands.size();
  for (size_t I = 0; I < Printed; ++I)
    Operands[I] = outside(Operands[I]);
  return Ctx.withOperands(E, std::move(Operands));
}

//===----------------------------------------------------------------------===//
// Branches inside expressions
//===----------------------------------------------------------------------===//

/// The first `c ? a : b` of the user's with shadows in it, or null.
static const Expr *findBranch(const Expr *E) {
  if (!mentionsShadow(E) || E->isLValue())
    return nullptr;
  if (E->is(ExprKind::Conditional) && !guardedProduct(E))
    return E;
  for (const Expr *Operand : E->Operands)
    if (const Expr *Found = findBranch(Operand))
      return Found;
  return nullptr;
}

Block Grouper::branchOf(const Stmt &S, const Expr *Side) {
  if (S.Op != AssignOp::Set && Side->isLiteral(0))
    return {};
  Stmt *Assign = Ctx.assign(S.Target, Side, S.Op, S.Loc);
  return Grouper(Ctx, F, Count, Escaping, Loops).run({Assign});
}

/// before: t_y = c ? t_a * x[i] : t_b;
/// after:  if (c) { t_y = t_a * x[i]; } else { t_y = t_b; }
/// so that each side has its loop and what is computed before it. Returns
/// whether the statement has been dealt with.
bool Grouper::branch(Stmt *S) {
  const Expr *Choice = S->Value ? findBranch(S->Value) : nullptr;
  if (!Choice)
    return false;
  if (S->Kind == StmtKind::Declare) {
    S->Var->Const = false;
    visit(Ctx.declare(S->Var, nullptr, S->Loc));
    visit(Ctx.assign(Ctx.var(S->Var), S->Value, AssignOp::Set, S->Loc));
    return true;
  }
  if (Choice != S->Value) {
    Variable *V =
        F.addVariable("branch", Choice->Ty, VariableKind::Local, S->Loc);
    V->Generated = V->Shadow = true;
    visit(Ctx.declare(V, Choice, S->Loc));
    const Expr *Rest = rewrite(Ctx, S->Value, [&](const Expr *E) {
      return sameExpr(E, Choice) ? Ctx.var(V) : E;
    });
    visit(Ctx.assign(S->Target, Rest, S->Op, S->Loc));
    return true;
  }
  close();
  Stmt *If = Ctx.stmt(StmtKind::If, S->Loc);
  If->Value = Choice->op(0);
  If->Body = branchOf(*S, Choice->op(1));
  If->Else = branchOf(*S, Choice->op(2));
  Out.push_back(If);
  return true;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Grouper::gather(Stmt *S) {
  if (branch(S))
    return;
  Stmt *Copy = Ctx.stmt(S->Kind, S->Loc);
  *Copy = *S;
  if (S->Value)
    Copy->Value = outside(S->Value);
  if (!Group)
    Group = addLoop();
  Group->Body.push_back(Copy);
}

/// A rule is called for one direction after the other.
void Grouper::visitRuleCall(Stmt *S) {
  close();
  Stmt *Loop = addLoop();
  Stmt *Call = Ctx.stmt(StmtKind::Call, S->Loc);
  *Call = *S;
  if (S->Var && S->Var->Shadow) {
    Call->Var = F.addVariable("t", S->Var->Ty, VariableKind::Local, S->Loc);
    Call->Var->Generated = Call->Var->Const = true;
    S->Var->Const = false;
    Loop->Body = {Ctx.declare(S->Var), Call,
                  Ctx.assign(Ctx.var(S->Var), Ctx.var(Call->Var))};
  } else {
    Loop->Body = {Call};
  }
  Out.push_back(Loop);
}

/// A function in several directions takes the derivatives of a number as an
/// array, which must not change before the function reads it.
void Grouper::visitCall(Stmt *S) {
  const Function &G = *S->Callee;
  bool Shadowed = S->Var && S->Var->Shadow;
  for (const Expr *Arg : S->Args)
    Shadowed |= mentionsShadow(Arg);
  if (!G.Directions) {
    if (Shadowed)
      return visitRuleCall(S);
    close();
    Out.push_back(S);
    return;
  }
  Stmt *Call = Ctx.stmt(StmtKind::Call, S->Loc);
  *Call = *S;
  for (size_t I = 0; I < S->Args.size(); ++I) {
    const Expr *Arg = S->Args[I];
    bool Number = Arg->Ty->isReal() && mentionsShadow(Arg);
    Number |= Arg->is(ExprKind::Literal) && Arg->Ty->isArithmetic();
    if (!Number || !G.Params[I]->Shadow ||
        (Arg->is(ExprKind::Var) && !Escaping.count(Arg->Var)))
      continue;
    Variable *V = F.addVariable(G.Params[I]->Name, G.Params[I]->Ty->scalar(),
                                VariableKind::Local, S->Loc);
    V->Generated = V->Shadow = true;
    visit(Ctx.declare(V, Arg, S->Loc));
    Call->Args[I] = Ctx.var(V);
  }
  close();
  Out.push_back(Call);
}

/// The tape gives the last direction first.
void Grouper::visitPop(Stmt *S) {
  close();
  Stmt *Loop = addLoop();
  Loop->Descending = true;
  Stmt *Pop = Ctx.stmt(StmtKind::Pop, S->Loc);
  Pop->Var = F.addVariable("t", S->Var->Ty, VariableKind::Local, S->Loc);
  Pop->Var->Generated = Pop->Var->Const = true;
  S->Var->Const = false;
  Loop->Body = {Ctx.declare(S->Var), Pop,
                Ctx.assign(Ctx.var(S->Var), Ctx.var(Pop->Var))};
  Out.push_back(Loop);
}

void Grouper::visit(Stmt *S) {
  auto IsNumber = [](const Expr *E) {
    return E && E->Ty->isReal() && mentionsShadow(E);
  };
  bool Declares = S->Var && S->Var->Shadow && S->Var->Ty->isReal();
  switch (S->Kind) {
  case StmtKind::Declare:
    if (Declares)
      return gather(S);
    break;
  case StmtKind::Assign:
    if (IsNumber(S->Target))
      return gather(S);
    break;
  case StmtKind::Rewind:
  case StmtKind::Push:
    if (IsNumber(S->Target) || IsNumber(S->Value)) {
      close();
      Stmt *Loop = addLoop();
      Loop->Body = {S};
      Out.push_back(Loop);
      return;
    }
    break;
  case StmtKind::Pop:
    if (Declares)
      return visitPop(S);
    break;
  case StmtKind::Call:
    return visitCall(S);
  default:
    break;
  }
  if (Group && !canPass(*S))
    close();
  if (S->Kind != StmtKind::Declare)
    Known.clear();
  for (Block *Inner : {&S->Body, &S->Else})
    *Inner = Grouper(Ctx, F, Count, Escaping, Loops).run(*Inner);
  Out.push_back(S);
}

Block Grouper::run(const Block &B) {
  for (Stmt *S : B)
    visit(S);
  close();
  return std::move(Out);
}

std::vector<Stmt *> retrograd::groupDirections(Context &Ctx, Function &F,
                                               unsigned Count) {
  Escapes Escaping;
  forEachStmt(F.Body, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) {
      if (E.is(ExprKind::AddressOf) && E.op(0)->Var)
        Escaping.insert(E.op(0)->Var);
    });
    // An argument may be taken by reference.
    for (const Expr *Arg : S.Args)
      if (Arg->Var && !Arg->Var->Shadow)
        Escaping.insert(Arg->Var);
  });
  std::vector<Stmt *> Loops;
  F.Body = Grouper(Ctx, F, Count, Escaping, Loops).run(F.Body);
  return Loops;
}
