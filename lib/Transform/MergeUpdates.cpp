//===- MergeUpdates.cpp - One update of an adjoint instead of several -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An earlier statement moves down to a later update of the same place, if it
// may pass what is in between. Updates commute with each other, even of places
// that may be the same; anything else has to be elsewhere.
//
//===----------------------------------------------------------------------===//

#include "MergeUpdates.h"
#include "../IR/Walk.h"
#include "LoopAccesses.h"
#include "Products.h"
#include <algorithm>
#include <memory>
#include <optional>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// A statement as the search sees it.
struct Effects {
  /// A declaration or an assignment; nothing passes any other statement.
  bool Simple = false;
  /// Adds to what it writes, and does not read it otherwise.
  bool Update = false;
  ObjectSet Reads, Writes;
};

/// By position in the block. Many are erased, so they are cheap to move.
using EffectList = std::vector<std::unique_ptr<Effects>>;

class UpdateMerger {
public:
  UpdateMerger(Context &Ctx, const DerivativeMemory &Memory)
      : Ctx(Ctx), Memory(Memory) {}
  /// Around: the innermost loop around the block, or null. Returns whether
  /// anything was merged.
  bool run(Block &B, const Stmt *Around = nullptr);

private:
  /// How far a statement moves, so that long blocks take linear time.
  static constexpr size_t MaxDistance = 64;
  /// More terms than these in a statement are hard to read.
  static constexpr size_t MaxTerms = 4;

  Effects effects(const Stmt &S) const;
  bool mayMove(const Block &B, size_t From, size_t To, const EffectList &All);
  bool mayRead(const Stmt &Reader, const Stmt &Writer) const;
  bool mayWriteSame(const Stmt &A, const Stmt &B) const;
  bool mergeInto(Block &B, size_t Later, EffectList &All);
  bool combine(const Stmt &Earlier, Stmt &Later, bool Adjacent);
  bool carries();

  Context &Ctx;
  const DerivativeMemory &Memory;
  /// The innermost loop around the present block, or null.
  const Stmt *Loop = nullptr;
  /// What carries() has found out about the present block.
  std::optional<bool> Carries;
};

} // namespace

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

using Terms = std::vector<Product>;

/// Appends the terms of a sum of type Ty, with a sign; false if it is not one.
static bool addTerms(const Expr *E, const Type *Ty, double Sign, Terms &Sum) {
  if (E->is(ExprKind::Conditional))
    return false;
  if (E->Ty == Ty && E->is(ExprKind::Unary) && E->Text == "-")
    return addTerms(E->op(0), Ty, -Sign, Sum);
  if (E->Ty == Ty && E->is(ExprKind::Binary) &&
      (E->Text == "+" || E->Text == "-"))
    return addTerms(E->op(0), Ty, Sign, Sum) &&
           addTerms(E->op(1), Ty, E->Text == "+" ? Sign : -Sign, Sum);
  if (E->Ty != Ty && !E->is(ExprKind::Literal))
    return false;
  Product P = productOf(E);
  P.Coefficient *= Sign;
  Sum.push_back(std::move(P));
  return true;
}

/// Terms with the same factors become one. Those that cancel stay: their
/// difference is NaN where they are infinite.
static void collectEqual(Terms &Sum) {
  Terms Collected;
  for (Product &P : Sum) {
    auto Same = std::find_if(
        Collected.begin(), Collected.end(), [&](const Product &Other) {
          return !P.Factors.empty() && sameFactors(P, Other) &&
                 isSimpleCoefficient(P.Coefficient + Other.Coefficient);
        });
    if (Same == Collected.end())
      Collected.push_back(std::move(P));
    else
      Same->Coefficient += P.Coefficient;
  }
  Sum = std::move(Collected);
}

static const Expr *sumOf(Context &Ctx, const Terms &Sum, const Type *Ty) {
  Algebra Math(Ctx);
  const Expr *Value = nullptr;
  for (bool Positive : {true, false})
    for (const Product &P : Sum)
      if ((P.Coefficient > 0) == Positive) {
        const Expr *Term = expressionOf(Ctx, P, Ty);
        Value = Value ? Math.add(Value, Term) : Term;
      }
  return Value;
}

/// Replaces Later by an update by both, or an assignment if Earlier is one.
bool UpdateMerger::combine(const Stmt &Earlier, Stmt &Later, bool Adjacent) {
  const Expr *Place = Later.Target;
  const Type *Ty = Place->Ty;
  Terms Sum;
  bool Zero = Earlier.Value->isLiteral(0);
  if (!Zero &&
      !addTerms(Earlier.Value, Ty, Earlier.Op == AssignOp::Sub ? -1 : 1, Sum))
    return false;
  if (!addTerms(Later.Value, Ty, Later.Op == AssignOp::Sub ? -1 : 1, Sum))
    return false;
  size_t Before = Sum.size();
  collectEqual(Sum);
  bool Simpler = Sum.size() < Before || Zero;
  bool Updates =
      Earlier.Kind == StmtKind::Assign && Earlier.Op != AssignOp::Set;
  // A register is updated for free.
  bool Pays = Simpler || Adjacent || !Updates ||
              !Memory.isPrivate(Memory.denotes(Place));
  if (Sum.size() > MaxTerms || !Pays)
    return false;
  bool AllNegative = std::all_of(Sum.begin(), Sum.end(), [](const Product &P) {
    return P.Coefficient < 0;
  });
  if (Updates && AllNegative)
    for (Product &P : Sum)
      P.Coefficient = -P.Coefficient;
  const Expr *Value = sumOf(Ctx, Sum, Ty);
  Location Loc = Later.Loc;
  Later = Stmt(Earlier);
  Later.Loc = Loc;
  Later.Value = Value;
  if (Updates)
    Later.Op = AllNegative ? AssignOp::Sub : AssignOp::Add;
  return true;
}

//===----------------------------------------------------------------------===//
// Moves
//===----------------------------------------------------------------------===//

Effects UpdateMerger::effects(const Stmt &S) const {
  Effects E;
  E.Simple = (S.Kind == StmtKind::Declare || S.Kind == StmtKind::Assign) &&
             !(S.Value && readsUnseen(S.Value)) &&
             !(S.Target && readsUnseen(S.Target));
  if (!E.Simple)
    return E;
  E.Writes = Memory.writes(S);
  if (S.Value)
    E.Reads = Memory.reads(S.Value);
  if (S.Target)
    E.Reads |= Memory.addressReads(S.Target);
  E.Update = S.Kind == StmtKind::Assign && S.Op != AssignOp::Set &&
             S.Target->Ty->isReal() && isShadowPlace(S.Target) &&
             !Memory.mayOverlap(E.Reads, E.Writes);
  return E;
}

/// Two elements of one array.
static bool areNeighbours(const Stmt &A, const Stmt &B) {
  return A.Target && B.Target && A.Target->is(ExprKind::Index) &&
         B.Target->is(ExprKind::Index) &&
         sameExpr(A.Target->op(0), B.Target->op(0)) &&
         !sameExpr(A.Target->op(1), B.Target->op(1));
}

/// Updates of neighbours in the present block will be carried over.
bool UpdateMerger::carries() {
  if (!Carries)
    Carries = !Loop || (Loop->Kind == StmtKind::For &&
                        LoopAccesses(Memory, *Loop).areIndependentButForTape());
  return *Carries;
}

/// One of the elements that an assignment reads may be the one that another
/// assignment of the block writes.
bool UpdateMerger::mayRead(const Stmt &Reader, const Stmt &Writer) const {
  if (Writer.Kind != StmtKind::Assign)
    return true;
  bool Found = false;
  auto Look = [&](const Expr *Read) {
    forEachExpr(Read, [&](const Expr &E) {
      if (E.isLValue() && !E.Ty->isArray())
        Found |=
            Memory.mayCoincide(Loop, {&Reader, &E}, {&Writer, Writer.Target});
    });
  };
  if (Reader.Value)
    Look(Reader.Value);
  if (Reader.Target)
    for (const Expr *Operand : Reader.Target->Operands)
      Look(Operand);
  return Found;
}

bool UpdateMerger::mayWriteSame(const Stmt &A, const Stmt &B) const {
  return A.Kind != StmtKind::Assign || B.Kind != StmtKind::Assign ||
         Memory.mayCoincide(Loop, {&A, A.Target}, {&B, B.Target});
}

/// Nothing between From and To notices that the statement at From moves to To.
/// Updates of neighbours that end up side by side are made one vector access,
/// which must wait for the scalar ones of the iteration before: that costs more
/// than the merged update saves.
bool UpdateMerger::mayMove(const Block &B, size_t From, size_t To,
                           const EffectList &All) {
  const Stmt &Earlier = *B[From];
  const Effects &Moving = *All[From];
  for (size_t I = From + 1; I < To; ++I) {
    const Effects &Passed = *All[I];
    if (Passed.Update && areNeighbours(Earlier, *B[I]) && !carries())
      return false;
    // The address of a variable reads nothing, and needs its declaration.
    if (Earlier.Kind == StmtKind::Declare && mentions(*B[I], Earlier.Var))
      return false;
    if ((Memory.mayOverlap(Passed.Writes, Moving.Reads) &&
         mayRead(Earlier, *B[I])) ||
        (Memory.mayOverlap(Passed.Reads, Moving.Writes) &&
         mayRead(*B[I], Earlier)))
      return false;
    bool Commute = Moving.Update && Passed.Update;
    if (!Commute && Memory.mayOverlap(Passed.Writes, Moving.Writes) &&
        mayWriteSame(Earlier, *B[I]))
      return false;
  }
  return Earlier.Value != nullptr;
}

/// The place that a statement gives a value as a whole.
static bool writesPlace(const Stmt &S, const Expr *Place) {
  if (S.Kind == StmtKind::Declare)
    return S.Value && Place->is(ExprKind::Var) && S.Var == Place->Var;
  return S.Kind == StmtKind::Assign && sameExpr(S.Target, Place);
}

/// Finds a statement that can be merged into the update at Later, and erases
/// it.
bool UpdateMerger::mergeInto(Block &B, size_t Later, EffectList &All) {
  const Expr *Place = B[Later]->Target;
  size_t Last = Later > MaxDistance ? Later - MaxDistance : 0;
  for (size_t I = Later; I-- > Last;) {
    if (!All[I]->Simple)
      return false;
    if (!writesPlace(*B[I], Place)) {
      if (Memory.mayOverlap(All[I]->Reads, All[Later]->Writes) &&
          mayRead(*B[I], *B[Later]))
        return false;
      continue;
    }
    if (!mayMove(B, I, Later, All) ||
        !combine(*B[I], *B[Later], I + 1 == Later))
      return false;
    *All[Later] = effects(*B[Later]);
    B.erase(B.begin() + I);
    All.erase(All.begin() + I);
    return true;
  }
  return false;
}

bool UpdateMerger::run(Block &B, const Stmt *Around) {
  bool Merged = false;
  EffectList All;
  All.reserve(B.size());
  for (Stmt *S : B) {
    bool Inner = S->Kind == StmtKind::For || S->Kind == StmtKind::While;
    Merged |= run(S->Body, Inner ? S : Around);
    Merged |= run(S->Else, Around);
    All.push_back(std::make_unique<Effects>(effects(*S)));
  }
  Loop = Around;
  Carries.reset();
  for (size_t I = 0; I < B.size(); ++I)
    while (I < B.size() && All[I]->Update && mergeInto(B, I, All)) {
      --I;
      Merged = true;
    }
  return Merged;
}

bool retrograd::mergeUpdates(Context &Ctx, Function &F,
                             const DerivativeMemory &Memory) {
  return UpdateMerger(Ctx, Memory).run(F.Body);
}
