//===- CarryUpdates.cpp - Sums that wait for the next iteration -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A band is the updates of one array whose subscripts differ by a constant, in
// a loop that counts up by one. With offsets from 0 to s, iteration i is the
// last one that updates the element at offset 0; the parts of the other s wait
// in variables, which move up by one in each iteration:
//
//   a[i] += carry1 + v0;  carry1 = carry2 + v1;  carry2 = v2;
//
// All loops are looked at before any is changed, since the memory model does
// not know the new variables.
//
//===----------------------------------------------------------------------===//

#include "CarryUpdates.h"
#include "../IR/Walk.h"
#include "Algebra.h"
#include "LoopAccesses.h"
#include <map>
#include <optional>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// The updates `Base[Core + offset]` of a loop's body, by offset.
struct Band {
  const Expr *Base, *Core;
  std::map<long, size_t> Positions;

  long first() const { return Positions.begin()->first; }
  long span() const { return Positions.rbegin()->first - first(); }
};

class Carrier {
public:
  Carrier(Context &Ctx, Function &F) : Ctx(Ctx), F(F), Memory(F), Math(Ctx) {}
  void run();

private:
  /// A stencil of three points has two carries.
  static constexpr long MaxSpan = 2;

  std::optional<Band> findBand(const Stmt &Loop) const;
  bool mayMoveTo(const Block &B, size_t From, size_t To) const;
  void rewrite(Block &B);
  void carry(Stmt &Loop, const Band &Updates, Block &Out);
  void addCarried(const Stmt &Loop, const Band &Updates,
                  const std::vector<const Expr *> &Carries, Block &Out);
  const Expr *place(const Band &Updates, const Expr *Core, long Offset);

  Context &Ctx;
  Function &F;
  DerivativeMemory Memory;
  Algebra Math;
  std::map<const Stmt *, Band> Bands;
};

} // namespace

/// Takes the constant off a subscript: i * n + j - 1 is i * n + j and -1.
static std::pair<const Expr *, long> splitOffset(const Expr *Subscript) {
  if (!Subscript->is(ExprKind::Binary) ||
      !(Subscript->Text == "+" || Subscript->Text == "-"))
    return {Subscript, 0};
  const Expr *R = Subscript->op(1);
  while (R->is(ExprKind::Cast) && R->Implicit)
    R = R->op(0);
  for (int Digit = 1; Digit <= 9; ++Digit)
    if (R->Ty->isInteger() && R->isLiteral(Digit))
      return {Subscript->op(0), Subscript->Text == "+" ? Digit : -Digit};
  return {Subscript, 0};
}

/// The statement at From may run where the one at To does: nothing changes its
/// value. Other updates of its place commute with it.
bool Carrier::mayMoveTo(const Block &B, size_t From, size_t To) const {
  ObjectSet Reads = Memory.reads(B[From]->Value);
  for (size_t I = From + 1; I < To; ++I) {
    Block One = {B[I]};
    bool Changes = false;
    forEachStmt(One, [&](const Stmt &S) {
      Changes |= Memory.mayOverlap(Memory.writes(S), Reads);
    });
    if (Changes)
      return false;
  }
  return true;
}

std::optional<Band> Carrier::findBand(const Stmt &Loop) const {
  if (Loop.Kind != StmtKind::For || Loop.Descending || Loop.Negative ||
      Loop.Inclusive || !Loop.Step->isLiteral(1))
    return std::nullopt;
  std::vector<Band> Found;
  for (size_t I = 0; I < Loop.Body.size(); ++I) {
    const Stmt &S = *Loop.Body[I];
    if (!isRealUpdate(S) || !isShadowPlace(S.Target) ||
        !S.Target->is(ExprKind::Index))
      continue;
    auto [Core, Offset] = splitOffset(S.Target->op(1));
    auto Same = llvm::find_if(Found, [&, Core = Core](const Band &B) {
      return sameExpr(B.Base, S.Target->op(0)) && sameExpr(B.Core, Core);
    });
    if (Same == Found.end())
      Same = Found.insert(Found.end(), {S.Target->op(0), Core, {}});
    if (!Same->Positions.try_emplace(Offset, I).second)
      return std::nullopt;
  }
  llvm::erase_if(Found, [](const Band &B) {
    return B.Positions.size() < 2 || B.span() > MaxSpan;
  });
  if (Found.empty())
    return std::nullopt;
  LoopAccesses Accesses(Memory, Loop);
  if (!Accesses.isSimple() || !Accesses.isInvariant(Loop.Lower) ||
      !Accesses.isInvariant(Loop.Upper))
    return std::nullopt;
  for (Band &B : Found) {
    size_t Last = 0;
    for (auto [Offset, Position] : B.Positions)
      Last = std::max(Last, Position);
    bool Fits = Accesses.isInvariant(B.Base) &&
                Accesses.isRisingCounter(B.Core) &&
                Accesses.isSum(Loop.Body[Last]->Target);
    for (auto [Offset, Position] : B.Positions)
      Fits = Fits && mayMoveTo(Loop.Body, Position, Last);
    if (Fits)
      return std::move(B);
  }
  return std::nullopt;
}

const Expr *Carrier::place(const Band &Updates, const Expr *Core, long Offset) {
  const Expr *Subscript = Core;
  if (Offset != 0)
    Subscript = Ctx.binary(Offset > 0 ? "+" : "-", Core,
                           Ctx.intLiteral(std::abs(Offset)), Core->Ty);
  return Ctx.index(Updates.Base, Subscript);
}

/// The loop runs at least once, whatever values its variables have.
static bool surelyRuns(const Stmt &Loop) {
  return Loop.Lower->isLiteral(0) && Loop.Upper->is(ExprKind::Literal) &&
         !Loop.Upper->isLiteral(0);
}

/// What is still carried behind the loop, if that has run.
void Carrier::addCarried(const Stmt &Loop, const Band &Updates,
                         const std::vector<const Expr *> &Carries, Block &Out) {
  // The element that comes after the last one is where the bound is.
  const Expr *Behind =
      ir::rewrite(Ctx, Updates.Core, [&](const Expr *E) -> const Expr * {
        return E->is(ExprKind::Var) && E->Var == Loop.Var ? Loop.Upper : E;
      });
  Block Rest;
  for (long I = 0; I < Updates.span(); ++I)
    Rest.push_back(Ctx.assign(place(Updates, Behind, Updates.first() + I),
                              Carries[I], AssignOp::Add));
  if (surelyRuns(Loop)) {
    Out.insert(Out.end(), Rest.begin(), Rest.end());
    return;
  }
  Stmt *If = Ctx.stmt(StmtKind::If);
  If->Value = Ctx.binary("<", Loop.Lower, Loop.Upper, Ctx.boolType());
  If->Body = std::move(Rest);
  Out.push_back(If);
}

void Carrier::carry(Stmt &Loop, const Band &Updates, Block &Out) {
  Block &B = Loop.Body;
  const Type *Ty = B[Updates.Positions.begin()->second]->Target->Ty;
  std::vector<const Expr *> Carries;
  for (long I = 0; I < Updates.span(); ++I) {
    Variable *V = F.addVariable("carry", Ty, VariableKind::Local);
    V->Generated = V->Shadow = true;
    Carries.push_back(Ctx.var(V));
    Out.push_back(Ctx.declare(V));
    Out.back()->ZeroInit = true;
  }
  // What is carried so far and what this iteration adds to it.
  auto Sum = [&](long Offset) -> const Expr * {
    const Expr *Carried =
        Offset < Updates.span() ? Carries[Offset] : Ctx.intLiteral(0);
    auto Own = Updates.Positions.find(Updates.first() + Offset);
    if (Own == Updates.Positions.end())
      return Carried;
    const Stmt &S = *B[Own->second];
    return S.Op == AssignOp::Add ? Math.add(Carried, S.Value)
                                 : Math.sub(Carried, S.Value);
  };
  // What is carried on is computed before the update: LLVM does not move it
  // across a store, and needs it before the use of what was carried so far.
  Block Moved, Carried;
  for (long I = 1; I <= Updates.span(); ++I) {
    const Expr *Next = Sum(I);
    if (!isAtom(Next)) {
      Variable *V = F.addVariable("next", Ty, VariableKind::Local);
      V->Generated = V->Const = V->Shadow = true;
      Moved.push_back(Ctx.declare(V, Next));
      Next = Ctx.var(V);
    }
    Carried.push_back(Ctx.assign(Carries[I - 1], Next));
  }
  Moved.push_back(Ctx.assign(place(Updates, Updates.Core, Updates.first()),
                             Sum(0), AssignOp::Add));
  Moved.insert(Moved.end(), Carried.begin(), Carried.end());
  size_t Last = 0;
  for (auto [Offset, Position] : Updates.Positions)
    Last = std::max(Last, Position);
  Block Body;
  for (size_t I = 0; I < B.size(); ++I) {
    bool Update = llvm::any_of(Updates.Positions,
                               [&](auto &Each) { return Each.second == I; });
    if (!Update)
      Body.push_back(B[I]);
    if (I == Last)
      Body.insert(Body.end(), Moved.begin(), Moved.end());
  }
  B = std::move(Body);
  Out.push_back(&Loop);
  addCarried(Loop, Updates, Carries, Out);
}

void Carrier::rewrite(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    rewrite(S->Body);
    rewrite(S->Else);
    auto Found = Bands.find(S);
    if (Found == Bands.end())
      Out.push_back(S);
    else
      carry(*S, Found->second, Out);
  }
  B = std::move(Out);
}

void Carrier::run() {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (std::optional<Band> Found = findBand(S))
      Bands.emplace(&S, std::move(*Found));
  });
  if (!Bands.empty())
    rewrite(F.Body);
}

void retrograd::carryUpdates(Context &Ctx, Function &F) {
  Carrier(Ctx, F).run();
}
