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
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

using VariableSet = llvm::DenseSet<const Variable *>;
/// Which private locals are live, by their numbers.
using LiveSet = llvm::BitVector;

class Cleaner {
public:
  Cleaner(Context &Ctx, Function &F) : Ctx(Ctx), F(F) {}
  void run();

private:
  void findPrivateLocals();
  LiveSet removeDead(Block &B, LiveSet Live, bool Remove);
  bool removeDeadStmt(Stmt &S, LiveSet &Live, bool Remove);
  void removeDeadLoop(Stmt &S, LiveSet &Live, bool Remove);
  const Variable *privateTarget(const Stmt &S) const;
  void use(const Variable *V, LiveSet &Live) const;
  void use(const Expr *E, LiveSet &Live) const;
  void removeUnusedDeclarations();
  const Expr *negate(const Expr *Condition);
  using WriteCounts = llvm::DenseMap<const Variable *, unsigned>;
  const Expr *knownValue(const Stmt &S, const WriteCounts &Writes);
  bool propagateValues();
  void markConstants();

  Context &Ctx;
  Function &F;
  /// Locals whose address is never taken.
  VariableSet Private;
  /// They are numbered where the analysis begins.
  llvm::DenseMap<const Variable *, unsigned> Numbers;
  /// What is live where the body of a loop begins, in the present walk. To
  /// begin anew each time an outer loop comes here would take time that doubles
  /// with each loop around this one.
  llvm::DenseMap<const Stmt *, LiveSet> LoopHeads;
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

/// An element or a field of what op(0) names.
static bool isPart(const Expr *Place) {
  return (Place->is(ExprKind::Index) && Place->op(0)->Ty->isArray()) ||
         (Place->is(ExprKind::Field) && Place->op(0)->Ty->isRecord());
}

void Cleaner::findPrivateLocals() {
  Private.clear();
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare && S.Var->isLocal())
      Private.insert(S.Var);
    if (S.Target && S.Target->Var && S.Target->Var->isLocal())
      Private.insert(S.Target->Var);
    if (S.Kind == StmtKind::Call && S.Var && S.Var->Ty->isRecord())
      Private.insert(S.Var);
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
      while (isPart(Root))
        Root = Root->op(0);
      if (Reference && Root->Var)
        Private.erase(Root->Var);
    }
  });
  Numbers.clear();
  for (const Variable *V : Private)
    Numbers.try_emplace(V, Numbers.size());
}

void Cleaner::use(const Variable *V, LiveSet &Live) const {
  if (auto It = Numbers.find(V); It != Numbers.end())
    Live.set(It->second);
}

void Cleaner::use(const Expr *E, LiveSet &Live) const {
  forEachExpr(E, [&](const Expr &Node) { use(Node.Var, Live); });
}

/// The private local that a statement writes as a whole or in part, if that is
/// all it does.
const Variable *Cleaner::privateTarget(const Stmt &S) const {
  const Variable *V = nullptr;
  if (S.Kind == StmtKind::Declare) {
    V = S.Var;
  } else if (S.Kind == StmtKind::Assign) {
    const Expr *Root = S.Target;
    while (isPart(Root))
      Root = Root->op(0);
    V = Root->Var;
  }
  return V && Private.count(V) ? V : nullptr;
}

void Cleaner::removeDeadLoop(Stmt &S, LiveSet &Live, bool Remove) {
  if (auto It = LoopHeads.find(&S); It != LoopHeads.end())
    Live |= It->second;
  LiveSet Before;
  do {
    Before = Live;
    if (S.Kind == StmtKind::While)
      use(S.Value, Live);
    Live |= removeDead(S.Body, Live, /*Remove=*/false);
  } while (Live != Before);
  LoopHeads[&S] = Live;
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
bool Cleaner::removeDeadStmt(Stmt &S, LiveSet &Live, bool Remove) {
  if (const Variable *V = privateTarget(S)) {
    unsigned Number = Numbers.at(V);
    bool IsLive = Live.test(Number);
    bool Whole = S.Kind == StmtKind::Declare || S.Target->is(ExprKind::Var);
    bool Overwrites = S.Kind == StmtKind::Declare || S.Op == AssignOp::Set;
    if (!IsLive) {
      // A declaration stays until nothing names the variable; what it is
      // initialised with may go.
      if (Remove && S.Kind == StmtKind::Declare)
        S.Value = nullptr;
      return S.Kind == StmtKind::Assign;
    }
    forEachExpr(S, [&](const Expr &E) {
      if (!(Whole && Overwrites && &E == S.Target))
        use(E.Var, Live);
    });
    if (Whole && Overwrites && !(S.Value && mentions(S.Value, V)))
      Live.reset(Number);
    return false;
  }
  switch (S.Kind) {
  case StmtKind::If: {
    LiveSet Else = removeDead(S.Else, Live, Remove);
    Live = removeDead(S.Body, std::move(Live), Remove);
    Live |= Else;
    use(S.Value, Live);
    if (Remove && S.Body.empty() && !S.Else.empty()) {
      S.Value = negate(S.Value);
      std::swap(S.Body, S.Else);
    }
    return S.Body.empty() && S.Else.empty();
  }
  case StmtKind::For:
  case StmtKind::While: {
    LiveSet After = Live;
    removeDeadLoop(S, Live, Remove);
    if (S.Body.empty())
      Live = After;
    return S.Body.empty();
  }
  default:
    if (auto It = Numbers.find(S.Var);
        S.Kind == StmtKind::Pop && It != Numbers.end())
      Live.reset(It->second);
    forEachExpr(S, [&](const Expr &E) { use(E.Var, Live); });
    if (S.Kind == StmtKind::Release)
      use(S.Var, Live);
    return false;
  }
}

LiveSet Cleaner::removeDead(Block &B, LiveSet Live, bool Remove) {
  Block Kept;
  for (Stmt *S : llvm::reverse(B))
    if (!removeDeadStmt(*S, Live, Remove))
      Kept.push_back(S);
  if (Remove)
    B.assign(Kept.rbegin(), Kept.rend());
  return Live;
}

namespace {

/// Erases declarations whose variable nothing mentions in the rest of their
/// block. A walk from the end to the beginning notes when it last met each
/// variable: a variable that was met since the walk entered a block is
/// mentioned in the rest of it. (The same variable may be declared in a block
/// of each sweep.)
class UnusedEraser {
public:
  explicit UnusedEraser(const Function &F) {
    meet(F.Result);
    meet(F.ResultTangent);
  }

  /// Returns whether anything was erased.
  bool run(Block &B) { return erase(B, /*Entered=*/0); }

private:
  void meet(const Variable *V) {
    if (V)
      Met[V] = Now;
  }
  bool erase(Block &B, unsigned Entered);

  unsigned Now = 1;
  llvm::DenseMap<const Variable *, unsigned> Met;
};

} // namespace

bool UnusedEraser::erase(Block &B, unsigned Entered) {
  bool Changed = false;
  Block Kept;
  for (Stmt *S : llvm::reverse(B)) {
    bool Mentioned = Met.lookup(S->Var) > Entered;
    if (S->Kind == StmtKind::Declare && !Mentioned) {
      Changed = true;
      continue;
    }
    if (S->Kind == StmtKind::Call && !Mentioned)
      S->Var = nullptr;
    Changed |= erase(S->Body, Now++);
    Changed |= erase(S->Else, Now++);
    forEachExpr(*S, [&](const Expr &E) { meet(E.Var); });
    if (S->Kind == StmtKind::Release)
      meet(S->Var);
    Kept.push_back(S);
  }
  B.assign(Kept.rbegin(), Kept.rend());
  return Changed;
}

void Cleaner::removeUnusedDeclarations() {
  while (UnusedEraser(F).run(F.Body))
    ;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

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

namespace {

/// Moves declarations without a value to the first statement of their block
/// that mentions the variable. The statements are numbered in the order of the
/// text, so that a variable's mentions are a list that grows.
class DeclarationSinker {
public:
  DeclarationSinker(Context &Ctx, Function &F) : Ctx(Ctx) { number(F.Body); }

  void sink(Block &B);

private:
  void number(const Block &B);
  size_t firstMention(const Block &B, size_t I) const;

  Context &Ctx;
  unsigned Count = 0;
  /// The first number of a statement, and one more than the last one inside it.
  llvm::DenseMap<const Stmt *, std::pair<unsigned, unsigned>> Range;
  llvm::DenseMap<const Variable *, llvm::SmallVector<unsigned, 2>> Mentions;
};

} // namespace

void DeclarationSinker::number(const Block &B) {
  for (const Stmt *S : B) {
    unsigned First = Count++;
    if (S->Var)
      Mentions[S->Var].push_back(First);
    forEachExpr(*S, [&](const Expr &E) {
      if (E.Var)
        Mentions[E.Var].push_back(First);
    });
    number(S->Body);
    number(S->Else);
    Range[S] = {First, Count};
  }
}

/// The position behind I of the first statement that mentions what B[I]
/// declares, or the length of the block.
size_t DeclarationSinker::firstMention(const Block &B, size_t I) const {
  auto Numbers = Mentions.find(B[I]->Var);
  const auto *Next = llvm::upper_bound(Numbers->second, Range.at(B[I]).first);
  if (Next == Numbers->second.end() || *Next >= Range.at(B.back()).second)
    return B.size();
  auto Within =
      std::partition_point(B.begin() + I + 1, B.end(), [&](const Stmt *S) {
        return Range.at(S).second <= *Next;
      });
  return Within - B.begin();
}

void DeclarationSinker::sink(Block &B) {
  for (Stmt *S : B) {
    sink(S->Body);
    sink(S->Else);
  }
  // From the last declaration to the first, so that each can pass the others.
  std::vector<Block> Sunk(B.size());
  Block First = B;
  for (size_t I = B.size(); I-- > 0;) {
    Stmt *D = B[I];
    if (D->Kind != StmtKind::Declare || D->Value || D->Var->Ty->isArray())
      continue;
    size_t Where = firstMention(B, I);
    if (Where == B.size())
      continue;
    First[I] = nullptr;
    if (const Expr *Init = combine(Ctx, *D, *First[Where])) {
      D->Value = Init;
      D->ZeroInit = false;
      First[Where] = D;
    } else {
      Sunk[Where].push_back(D);
    }
  }
  Block Out;
  for (size_t I = 0; I < B.size(); ++I) {
    Out.insert(Out.end(), Sunk[I].rbegin(), Sunk[I].rend());
    if (First[I])
      Out.push_back(First[I]);
  }
  B = std::move(Out);
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
    // What is on the tape in several directions, only a shadow tells.
    if (S.Kind == StmtKind::Push && S.Value->Var && S.Value->Var->Shadow)
      return;
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
    LiveSet Live(Private.size());
    for (const Variable *V : {F.Result, F.ResultTangent})
      use(V, Live);
    LoopHeads.clear();
    removeDead(F.Body, std::move(Live), /*Remove=*/true);
    removeUnusedDeclarations();
    DeclarationSinker(Ctx, F).sink(F.Body);
    findPrivateLocals();
  } while (propagateValues());
  markConstants();
}

void retrograd::cleanUp(Context &Ctx, Function &F) { Cleaner(Ctx, F).run(); }
