//===- Cleanup.cpp - What a careful person would not have written ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dead code is found by the analysis of faint variables (Nielson, Nielson,
// Hankin, "Principles of Program Analysis", 1999, exercise 2.4): a variable is
// strongly live if it is read to compute something strongly live, so that
// `s += e` alone does not keep s. It covers locals that only their own names
// reach; stores to other memory, calls and the tape are always live.
//
//===----------------------------------------------------------------------===//

#include "Cleanup.h"
#include "../IR/Walk.h"
#include "Algebra.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

using VariableSet = std::set<const Variable *>;

class Cleaner {
public:
  Cleaner(Context &Ctx, Function &F) : Ctx(Ctx), F(F) {}
  void run();

private:
  void findPrivateLocals();
  VariableSet removeDead(Block &B, VariableSet Live, bool Remove);
  bool removeDeadStmt(Stmt &S, VariableSet &Live, bool Remove);
  void removeDeadLoop(Stmt &S, VariableSet &Live, bool Remove);
  const Variable *privateTarget(const Stmt &S) const;
  void use(const Expr *E, VariableSet &Live) const;
  void removeUnusedDeclarations();
  const Expr *negate(const Expr *Condition);
  void sinkDeclarations(Block &B);
  using WriteCounts = llvm::DenseMap<const Variable *, unsigned>;
  const Expr *knownValue(const Stmt &S, const WriteCounts &Writes);
  bool propagateValues();
  void markConstants();

  Context &Ctx;
  Function &F;
  /// Locals whose address is never taken.
  VariableSet Private;
};

} // namespace

//===----------------------------------------------------------------------===//
// Faint variables
//===----------------------------------------------------------------------===//

/// Removes from Private each local that an expression lets escape: by taking
/// its address, or by naming an array, or a row of one, without indexing it.
static void findEscapes(const Expr *E, VariableSet &Private,
                        bool Indexed = false) {
  const Expr *Place = E->is(ExprKind::AddressOf) ? E->op(0) : E;
  if (E->is(ExprKind::AddressOf) || (E->Ty->isArray() && !Indexed)) {
    while (Place->is(ExprKind::Index) || Place->is(ExprKind::Field))
      Place = Place->op(0);
    if (Place->Var)
      Private.erase(Place->Var);
  }
  for (size_t I = 0; I < E->Operands.size(); ++I)
    findEscapes(E->op(I), Private, E->is(ExprKind::Index) && I == 0);
}

void Cleaner::findPrivateLocals() {
  Private.clear();
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare && S.Var->isLocal())
      Private.insert(S.Var);
    if (S.Target && S.Target->Var && S.Target->Var->isLocal())
      Private.insert(S.Target->Var);
  });
  forEachStmt(F.Body, [&](const Stmt &S) {
    for (const Expr *E : {S.Target, S.Value, S.Lower, S.Upper, S.Step, S.Count})
      if (E)
        findEscapes(E, Private);
    for (size_t I = 0; I < S.Args.size(); ++I) {
      findEscapes(S.Args[I], Private);
      const Expr *Root = S.Args[I];
      // A recursive callee may not have its parameters yet.
      bool Reference = I >= S.Callee->Params.size() ||
                       S.Callee->Params[I]->Reference ||
                       S.Callee->Params[I]->Ty->isPointer();
      while (Root->is(ExprKind::Index) && Root->op(0)->Ty->isArray())
        Root = Root->op(0);
      if (Reference && Root->Var)
        Private.erase(Root->Var);
    }
  });
}

void Cleaner::use(const Expr *E, VariableSet &Live) const {
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.Var)
      Live.insert(Node.Var);
  });
}

/// The private local that a statement writes as a whole or in part, if that is
/// all it does.
const Variable *Cleaner::privateTarget(const Stmt &S) const {
  const Variable *V = nullptr;
  if (S.Kind == StmtKind::Declare) {
    V = S.Var;
  } else if (S.Kind == StmtKind::Assign) {
    const Expr *Root = S.Target;
    while (Root->is(ExprKind::Index) && Root->op(0)->Ty->isArray())
      Root = Root->op(0);
    V = Root->Var;
  }
  return V && Private.count(V) ? V : nullptr;
}

void Cleaner::removeDeadLoop(Stmt &S, VariableSet &Live, bool Remove) {
  VariableSet Before;
  do {
    Before = Live;
    if (S.Kind == StmtKind::While)
      use(S.Value, Live);
    VariableSet Head = removeDead(S.Body, Live, /*Remove=*/false);
    Live.insert(Head.begin(), Head.end());
  } while (Live != Before);
  if (Remove)
    removeDead(S.Body, Live, /*Remove=*/true);
  for (const Expr *E : {S.Value, S.Lower, S.Upper, S.Step})
    if (E)
      use(E, Live);
}

/// The opposite condition; a comparison of integers is written the other way
/// round (one of reals is not, because of NaN).
const Expr *Cleaner::negate(const Expr *Condition) {
  static const std::pair<const char *, const char *> Opposites[] = {
      {"<", ">="}, {">", "<="}, {"<=", ">"}, {">=", "<"}};
  if (Condition->is(ExprKind::Unary) && Condition->Text == "!")
    return Condition->op(0);
  if (Condition->is(ExprKind::Binary) && Condition->op(0)->Ty->isInteger() &&
      Condition->op(1)->Ty->isInteger())
    for (auto [Op, Opposite] : Opposites)
      if (Condition->Text == Op)
        return Ctx.binary(Opposite, Condition->op(0), Condition->op(1),
                          Ctx.boolType(), Condition->Loc);
  return Ctx.unary("!", Condition);
}

/// Returns whether the statement is dead, and updates Live to what is live
/// before it.
bool Cleaner::removeDeadStmt(Stmt &S, VariableSet &Live, bool Remove) {
  if (const Variable *V = privateTarget(S)) {
    bool IsLive = Live.count(V);
    bool Whole = S.Kind == StmtKind::Declare || S.Target->is(ExprKind::Var);
    bool Overwrites = S.Kind == StmtKind::Declare || S.Op == AssignOp::Set;
    if (!IsLive) {
      // A declaration stays until nothing names the variable; what it is
      // initialised with may go.
      if (Remove && S.Kind == StmtKind::Declare)
        S.Value = nullptr;
      return S.Kind == StmtKind::Assign;
    }
    if (Whole && Overwrites)
      Live.erase(V);
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var && !(Whole && Overwrites && &E == S.Target))
        Live.insert(E.Var);
    });
    if (Whole && Overwrites && !(S.Value && mentions(S.Value, V)))
      Live.erase(V);
    return false;
  }
  switch (S.Kind) {
  case StmtKind::If: {
    VariableSet Else = removeDead(S.Else, Live, Remove);
    Live = removeDead(S.Body, Live, Remove);
    Live.insert(Else.begin(), Else.end());
    use(S.Value, Live);
    if (Remove && S.Body.empty() && !S.Else.empty()) {
      S.Value = negate(S.Value);
      std::swap(S.Body, S.Else);
    }
    return S.Body.empty() && S.Else.empty();
  }
  case StmtKind::For:
  case StmtKind::While: {
    VariableSet After = Live;
    removeDeadLoop(S, Live, Remove);
    if (S.Body.empty())
      Live = After;
    return S.Body.empty();
  }
  default:
    if (S.Kind == StmtKind::Pop)
      Live.erase(S.Var);
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var)
        Live.insert(E.Var);
    });
    if (S.Kind == StmtKind::Release)
      Live.insert(S.Var);
    return false;
  }
}

VariableSet Cleaner::removeDead(Block &B, VariableSet Live, bool Remove) {
  Block Kept;
  for (Stmt *S : llvm::reverse(B))
    if (!removeDeadStmt(*S, Live, Remove))
      Kept.push_back(S);
  if (Remove)
    B.assign(Kept.rbegin(), Kept.rend());
  return Live;
}

static void mention(const Stmt &S, VariableSet &Mentioned) {
  forEachExpr(S, [&](const Expr &E) { Mentioned.insert(E.Var); });
  if (S.Kind == StmtKind::Release)
    Mentioned.insert(S.Var);
}

/// Erases declarations whose variable nothing mentions in the rest of their
/// block. Mentioned has what follows the block, and gets what the block
/// mentions.
static bool eraseUnused(Block &B, VariableSet &Mentioned) {
  bool Changed = false;
  Block Kept;
  for (Stmt *S : llvm::reverse(B)) {
    if (S->Kind == StmtKind::Declare && !Mentioned.count(S->Var)) {
      Changed = true;
      continue;
    }
    if (S->Kind == StmtKind::Call && !Mentioned.count(S->Var))
      S->Var = nullptr;
    VariableSet Inside;
    Changed |= eraseUnused(S->Body, Inside);
    VariableSet Otherwise;
    Changed |= eraseUnused(S->Else, Otherwise);
    Mentioned.insert(Inside.begin(), Inside.end());
    Mentioned.insert(Otherwise.begin(), Otherwise.end());
    mention(*S, Mentioned);
    Kept.push_back(S);
  }
  B.assign(Kept.rbegin(), Kept.rend());
  return Changed;
}

void Cleaner::removeUnusedDeclarations() {
  VariableSet Mentioned;
  do {
    Mentioned = {F.Result, F.ResultTangent};
  } while (eraseUnused(F.Body, Mentioned));
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

static bool mentionsDeep(const Stmt &S, const Variable *V) {
  bool Found = false;
  auto Look = [&](const Stmt &Each) {
    Found |= Each.Var == V;
    forEachExpr(Each, [&](const Expr &E) { Found |= E.Var == V; });
  };
  Look(S);
  forEachStmt(S.Body, Look);
  forEachStmt(S.Else, Look);
  return Found;
}

/// The initialiser that First gives to a variable which Declaration leaves zero
/// or undefined, or null if they do not combine.
static const Expr *combine(Context &Ctx, const Stmt &Declaration,
                           const Stmt &First) {
  if (First.Kind != StmtKind::Assign || !First.Target->is(ExprKind::Var) ||
      First.Target->Var != Declaration.Var ||
      mentions(First.Value, Declaration.Var))
    return nullptr;
  if (First.Op == AssignOp::Set)
    return First.Value;
  if (!Declaration.ZeroInit || !Declaration.Var->Ty->isReal())
    return nullptr;
  return First.Op == AssignOp::Add ? First.Value
                                   : Algebra(Ctx).neg(First.Value);
}

void Cleaner::sinkDeclarations(Block &B) {
  for (Stmt *S : B) {
    sinkDeclarations(S->Body);
    sinkDeclarations(S->Else);
  }
  // From the last declaration to the first, so that each can pass the others.
  for (size_t I = B.size(); I-- > 0;) {
    Stmt *D = B[I];
    if (D->Kind != StmtKind::Declare || D->Value || D->Var->Ty->isArray())
      continue;
    size_t First = I + 1;
    while (First < B.size() && !mentionsDeep(*B[First], D->Var))
      ++First;
    if (First == B.size())
      continue;
    B.erase(B.begin() + I);
    --First;
    if (const Expr *Init = combine(Ctx, *D, *B[First])) {
      D->Value = Init;
      D->ZeroInit = false;
      B[First] = D;
    } else {
      B.insert(B.begin() + First, D);
    }
  }
}

/// `1.0 != 0`, which a partial that can be infinite leaves of its seed.
static bool guardsUnitSeed(const Expr *Condition) {
  return Condition->is(ExprKind::Binary) && Condition->Text == "!=" &&
         Condition->op(0)->isLiteral(1) && Condition->op(1)->isLiteral(0);
}

/// The value that a declaration gives to a local for good: a literal, or, to a
/// derivative, what a variable holds that is not written again.
const Expr *Cleaner::knownValue(const Stmt &S, const WriteCounts &Writes) {
  if (S.Kind != StmtKind::Declare || !S.Value || !S.Var->Ty->isReal() ||
      !Private.count(S.Var))
    return nullptr;
  const Expr *V = S.Value;
  if (V->is(ExprKind::Literal)) {
    if (!V->Ty->isReal())
      return Algebra(Ctx).number(S.Var->Ty, V->Text);
    return S.Var->Shadow ? Ctx.literal(V->Ty, V->Text) : nullptr;
  }
  bool Copies = V->is(ExprKind::Var) && S.Var->Shadow && V->Ty == S.Var->Ty;
  if (!Copies)
    return nullptr;
  bool Fixed = V->Var->isParameter()
                   ? !V->Var->Reference && !V->Var->AddressTaken
                   : Private.count(V->Var) && Writes.lookup(V->Var) == 1;
  return Fixed ? V : nullptr;
}

/// Locals that hold a known value and are never written again.
bool Cleaner::propagateValues() {
  WriteCounts Writes;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Target && S.Target->Var)
      ++Writes[S.Target->Var];
    if (S.Var)
      ++Writes[S.Var];
  });
  llvm::DenseMap<const Variable *, const Expr *> Values;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (const Expr *Value = knownValue(S, Writes))
      Values[S.Var] = Value;
  });
  bool Changed = false;
  Algebra Math(Ctx);
  // Only products with a propagated literal are simplified: 0 * x is the user's
  // own, and NaN for infinite x.
  llvm::DenseSet<const Expr *> Propagated;
  forEachStmt(F.Body, [&](Stmt &S) {
    rewriteStmt(Ctx, S, [&](const Expr *E) -> const Expr * {
      if (E->is(ExprKind::Var) && Writes.lookup(E->Var) == 1)
        if (const Expr *Value = Values.lookup(E->Var)) {
          Changed = true;
          if (Value->is(ExprKind::Literal))
            Propagated.insert(Value);
          return Value;
        }
      if (E->is(ExprKind::Binary) && E->Text == "*" &&
          (Propagated.contains(E->op(0)) || Propagated.contains(E->op(1))))
        return Math.mul(E->op(0), E->op(1));
      if (E->is(ExprKind::Conditional) && guardsUnitSeed(E->op(0)) &&
          Propagated.contains(E->op(0)->op(0)))
        return E->op(1);
      return E;
    });
  });
  return Changed;
}

/// A local that only its declarations write is const.
void Cleaner::markConstants() {
  VariableSet Written;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Target && S.Target->Var)
      Written.insert(S.Target->Var);
    if ((S.Kind == StmtKind::Declare && !S.Value) || S.Kind == StmtKind::For)
      Written.insert(S.Var);
  });
  forEachStmt(F.Body, [&](const Stmt &S) {
    if ((S.Kind == StmtKind::Declare || S.Kind == StmtKind::Pop) &&
        S.Var->Ty->isArithmetic() && Private.count(S.Var))
      S.Var->Const = !Written.count(S.Var);
  });
}

void Cleaner::run() {
  do {
    findPrivateLocals();
    VariableSet Live;
    for (const Variable *V : {F.Result, F.ResultTangent})
      if (V)
        Live.insert(V);
    removeDead(F.Body, Live, /*Remove=*/true);
    removeUnusedDeclarations();
    sinkDeclarations(F.Body);
    findPrivateLocals();
  } while (propagateValues());
  markConstants();
}

void retrograd::cleanUp(Context &Ctx, Function &F) { Cleaner(Ctx, F).run(); }
