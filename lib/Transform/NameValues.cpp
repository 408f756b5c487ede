//===- NameValues.cpp - Names for the values a partial needs --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A walk over each expression that carries down whether its value is needed by
// a partial further up.
//
//===----------------------------------------------------------------------===//

#include "NameValues.h"
#include "../IR/Walk.h"
#include "../Rules/Rules.h"
#include "Algebra.h"
#include "llvm/ADT/DenseMap.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class ValueNamer {
public:
  ValueNamer(Context &Ctx, Function &F, const MemoryModel &Memory,
             const Activity &Active)
      : Ctx(Ctx), F(F), Memory(Memory), Active(Active) {
    forEachStmt(F.Body, [&](const Stmt &S) {
      if (S.Var && S.Kind != StmtKind::For)
        ++Writes[S.Var];
      if (S.Target && S.Target->is(ExprKind::Var))
        ++Writes[S.Target->Var];
    });
  }

  void run() { nameBlock(F.Body); }

private:
  void nameBlock(Block &B);
  void nameStmt(Stmt &S);
  void nameCallArguments(Stmt &S);
  void nameAddress(Stmt &S);
  const Expr *fixAddress(const Expr *Place, const ObjectSet &Written);
  void recognizeUpdate(Stmt &S);
  const Expr *name(const Expr *E, bool NeedValue);
  const Expr *nameCall(const Expr *E, bool NeedValue);
  const Expr *branchOn(const Expr *E);
  const Expr *stabilize(const Expr *Place);
  const Expr *hoist(const Expr *E);
  const Expr *hoistLong(const Expr *E);
  bool isFreshRoot(const Stmt &S) const;

  Context &Ctx;
  Function &F;
  const MemoryModel &Memory;
  const Activity &Active;
  /// How many statements of the function as it was write a variable.
  llvm::DenseMap<const Variable *, unsigned> Writes;
  /// Statements that must run before the one being rewritten.
  Block Before;
};

} // namespace

static bool containsExpensiveCall(const Expr *E) {
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) {
    Found |= Node.is(ExprKind::Call) && Node.Rule && Node.Rule->Expensive;
  });
  return Found;
}

/// A local of its own for the present value; what holds one already, or cannot
/// change, has no need of it.
const Expr *ValueNamer::hoist(const Expr *E) {
  bool Named = E->is(ExprKind::Var) && E->Var->Generated && E->Var->Const;
  if (Named || E->is(ExprKind::Literal))
    return E;
  Variable *T = F.addVariable("t", E->Ty, VariableKind::Local, E->Loc);
  T->Generated = T->Const = true;
  Before.push_back(Ctx.declare(T, E, E->Loc));
  return Ctx.var(T, E->Loc);
}

/// Whether an expression has more than Left nodes, which it counts down.
static bool isLong(const Expr *E, unsigned &Left) {
  if (Left-- == 0)
    return true;
  return llvm::any_of(E->Operands,
                      [&](const Expr *Each) { return isLong(Each, Left); });
}

/// A factor that the reverse sweep needs, if it is long. In a product of n
/// factors each part is needed; written out, they would be n * n / 2 factors:
///
/// before: ... ((x0 * x1 * ... * x8) * x9) * x10 ...
/// after:  const T t = x0 * x1 * ... * x8;    ... t * x9 * x10 ...
const Expr *ValueNamer::hoistLong(const Expr *E) {
  unsigned Limit = 24;
  return isLong(E, Limit) ? hoist(E) : E;
}

/// before: ... c ? f(x) : g(x) ...
/// after:  T t; if (c) t = f(x); else t = g(x); ... t ...
const Expr *ValueNamer::branchOn(const Expr *E) {
  Variable *T = F.addVariable("t", E->Ty, VariableKind::Local, E->Loc);
  T->Generated = true;
  Before.push_back(Ctx.declare(T, nullptr, E->Loc));
  Stmt *If = Ctx.stmt(StmtKind::If, E->Loc);
  If->Value = E->op(0);
  Block Outer = std::move(Before);
  for (auto [Side, Branch] :
       {std::pair{E->op(1), &If->Body}, std::pair{E->op(2), &If->Else}}) {
    Before.clear();
    const Expr *Value = name(Side, /*NeedValue=*/false);
    *Branch = std::move(Before);
    Branch->push_back(Ctx.assign(Ctx.var(T), Value, AssignOp::Set, E->Loc));
  }
  Before = std::move(Outer);
  Before.push_back(If);
  return Ctx.var(T, E->Loc);
}

const Expr *ValueNamer::nameCall(const Expr *E, bool NeedValue) {
  unsigned Mentioned = 0;
  bool NeedResult = NeedValue;
  for (size_t I = 0; I < E->Operands.size(); ++I) {
    const Partial &P = E->Rule->Partials[I];
    if (P.Zero || !Active.isActive(E->op(I)))
      continue;
    Mentioned |= P.MentionsArguments;
    NeedResult |= P.MentionsResult;
  }
  std::vector<const Expr *> Operands;
  for (size_t I = 0; I < E->Operands.size(); ++I)
    Operands.push_back(name(E->op(I), Mentioned >> I & 1));
  const Expr *Call = Ctx.withOperands(E, std::move(Operands));
  return NeedResult ? hoist(Call) : Call;
}

/// The place of an active value, with names for what its address reads from
/// where nobody can say whether it changes.
const Expr *ValueNamer::stabilize(const Expr *Place) {
  if (!Memory.isUnstable(Place) || Place->is(ExprKind::Var))
    return Place;
  std::vector<const Expr *> Operands;
  for (const Expr *Operand : Place->Operands)
    Operands.push_back(Operand->isLValue() && Operand->Ty->isAggregate()
                           ? stabilize(Operand)
                       : Memory.isUnstable(Operand) ? hoist(Operand)
                                                    : Operand);
  return Ctx.withOperands(Place, std::move(Operands));
}

const Expr *ValueNamer::name(const Expr *E, bool NeedValue) {
  if (!Active.isActive(E)) {
    bool Keep = NeedValue && E->Ty->isArithmetic() &&
                (containsExpensiveCall(E) || Memory.isUnstable(E));
    return Keep ? hoist(E) : E;
  }
  switch (E->Kind) {
  case ExprKind::Call:
    return nameCall(E, NeedValue);
  case ExprKind::Conditional:
    if (auto Product = guardedProduct(E)) {
      const Expr *Seed = name(Product->Seed, /*NeedValue=*/true);
      return Algebra(Ctx).chain(name(Product->Partial, /*NeedValue=*/true),
                                Seed, /*Singular=*/true);
    }
    if (containsExpensiveCall(E->op(1)) || containsExpensiveCall(E->op(2)) ||
        Memory.isUnstable(E))
      return branchOn(E);
    return E;
  case ExprKind::Binary: {
    bool NeedLeft = NeedValue, NeedRight = NeedValue;
    bool NeedQuotient = isQuotient(E) && Active.isActive(E->op(1));
    if (E->Text == "*") {
      NeedLeft |= Active.isActive(E->op(1));
      NeedRight |= Active.isActive(E->op(0));
    } else if (E->Text == "/") {
      NeedRight = true;
    }
    const Expr *Left = name(E->op(0), NeedLeft);
    const Expr *Right = name(E->op(1), NeedRight);
    if (E->Text == "*" || E->Text == "/") {
      Left = NeedLeft ? hoistLong(Left) : Left;
      Right = NeedRight ? hoistLong(Right) : Right;
    }
    const Expr *Named = Ctx.withOperands(E, {Left, Right});
    return NeedQuotient ? hoist(Named) : Named;
  }
  case ExprKind::Unary:
  case ExprKind::Cast:
    return Ctx.withOperands(E, {name(E->op(0), NeedValue)});
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    return stabilize(E);
  default:
    return E;
  }
}

/// The statement declares a variable that nothing else writes, so the variable
/// itself is the name of its initialiser.
bool ValueNamer::isFreshRoot(const Stmt &S) const {
  return S.Kind == StmtKind::Declare && !S.Var->AddressTaken &&
         Writes.lookup(S.Var) == 1;
}

/// x = x + e, x = e + x and x = x - e are updates in place.
void ValueNamer::recognizeUpdate(Stmt &S) {
  const Expr *V = S.Value;
  if (S.Kind != StmtKind::Assign || S.Op != AssignOp::Set ||
      !V->is(ExprKind::Binary) || V->Ty != S.Target->Ty ||
      !(V->Text == "+" || V->Text == "-"))
    return;
  if (sameExpr(V->op(0), S.Target)) {
    S.Op = V->Text == "+" ? AssignOp::Add : AssignOp::Sub;
    S.Value = V->op(1);
  } else if (V->Text == "+" && sameExpr(V->op(1), S.Target)) {
    S.Op = AssignOp::Add;
    S.Value = V->op(0);
  }
}

/// Restoring a[k[0]] needs the index that the statement used: name what it
/// reads from memory that the statement, or code that nobody sees, may write.
void ValueNamer::nameAddress(Stmt &S) {
  if (S.Kind != StmtKind::Assign)
    return;
  ObjectSet Written = Memory.denotes(S.Target);
  S.Target = Memory.mayOverlap(Memory.addressReads(S.Target), Written)
                 ? fixAddress(S.Target, Written)
                 : stabilize(S.Target);
}

const Expr *ValueNamer::fixAddress(const Expr *Place,
                                   const ObjectSet &Written) {
  auto Fix = [&](const Expr *E) {
    bool Changes =
        Memory.isUnstable(E) || Memory.mayOverlap(Memory.reads(E), Written);
    return Changes ? hoist(E) : E;
  };
  if (Place->is(ExprKind::Deref))
    return Ctx.deref(Fix(Place->op(0)), Place->Loc);
  if (Place->is(ExprKind::Field))
    return Ctx.withOperands(Place, {fixAddress(Place->op(0), Written)});
  if (!Place->is(ExprKind::Index))
    return Place;
  const Expr *Base = Place->op(0)->Ty->isPointer()
                         ? Fix(Place->op(0))
                         : fixAddress(Place->op(0), Written);
  return Ctx.index(Base, Fix(Place->op(1)), Place->Loc);
}

/// Arguments by value become a variable, a location, or stay inactive.
void ValueNamer::nameCallArguments(Stmt &S) {
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Expr *Arg = S.Args[I];
    bool Reference =
        I < S.Callee->Params.size() && S.Callee->Params[I]->Reference;
    // The place of a reference or of an active value is needed, too.
    bool IsActive = Active.isActive(Arg);
    bool IsPlace = Reference || !Arg->Ty->isArithmetic() || IsActive;
    if (Arg->Ty->isReal() && IsActive && !Arg->isLValue())
      S.Args[I] = hoist(name(Arg, false));
    else if (Memory.isUnstable(Arg))
      S.Args[I] = Arg->isLValue() && IsPlace ? stabilize(Arg) : hoist(Arg);
  }
}

void ValueNamer::nameStmt(Stmt &S) {
  if (S.Kind == StmtKind::Call)
    return nameCallArguments(S);
  // Taking memory down again asks for its size.
  if (S.Count && Memory.isUnstable(S.Count))
    S.Count = hoist(S.Count);
  if ((S.Kind != StmtKind::Assign && S.Kind != StmtKind::Declare) || !S.Value)
    return;
  nameAddress(S);
  recognizeUpdate(S);
  if (!S.Value->Ty->isReal()) {
    // Undoing a step asks for what it added.
    bool Steps = S.Kind == StmtKind::Assign && S.Op != AssignOp::Set;
    if (Steps && Memory.isUnstable(S.Value))
      S.Value = hoist(S.Value);
    return;
  }
  S.Value = name(S.Value, false);
  // hoist() may have named the whole initialiser of a fresh variable: undo it.
  if (!Before.empty() && S.Value->is(ExprKind::Var) &&
      Before.back()->Var == S.Value->Var && Before.back()->Value &&
      isFreshRoot(S)) {
    S.Value = Before.back()->Value;
    Before.pop_back();
  }
}

void ValueNamer::nameBlock(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    nameStmt(*S);
    Out.insert(Out.end(), Before.begin(), Before.end());
    Before.clear();
    nameBlock(S->Body);
    nameBlock(S->Else);
    Out.push_back(S);
  }
  B = std::move(Out);
}

void retrograd::nameValues(Context &Ctx, Function &F, const MemoryModel &Memory,
                           const Activity &Active) {
  ValueNamer(Ctx, F, Memory, Active).run();
}
