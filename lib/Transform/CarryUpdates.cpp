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

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// The updates `Base[Core + offset]` of a loop's body, by offset.
struct Band {
  const Expr *Base, *Core;
  std::map<long, const Stmt *> Updates;
  const Stmt *Last = nullptr;
  bool Unique = true;

  long first() const { return Updates.begin()->first; }
  long span() const { return Updates.rbegin()->first - first(); }
};

class Carrier {
public:
  Carrier(Context &Ctx, Function &F, const DerivativeMemory &Memory)
      : Ctx(Ctx), F(F), Memory(Memory), Math(Ctx) {}
  bool run();

private:
  /// A stencil of three points has two carries.
  static constexpr long MaxSpan = 2;

  std::vector<Band> findBands(const Stmt &Loop) const;
  bool mayMoveTo(const Block &B, const Stmt *From, const Stmt *To) const;
  void rewrite(Block &B);
  void carry(Stmt &Loop, const Band &Updates, Block &Out, Block &Behind);
  void addCarried(const Stmt &Loop, const Band &Updates,
                  const std::vector<const Expr *> &Carries, Block &Behind);
  const Expr *place(const Band &Updates, const Expr *Core, long Offset);

  Context &Ctx;
  Function &F;
  const DerivativeMemory &Memory;
  Algebra Math;
  std::map<const Stmt *, std::vector<Band>> Bands;
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

/// The first statement may run where the second one does: nothing changes its
/// value. Other updates of its place commute with it.
bool Carrier::mayMoveTo(const Block &B, const Stmt *From,
                        const Stmt *To) const {
  ObjectSet Reads = Memory.reads(From->Value);
  for (auto It = llvm::find(B, From); *It != To; ++It) {
    Block One = {*It};
    bool Changes = false;
    forEachStmt(One, [&](const Stmt &S) {
      Changes |= &S != From && Memory.mayOverlap(Memory.writes(S), Reads);
    });
    if (Changes)
      return false;
  }
  return true;
}

static std::vector<Band> groupUpdates(const Block &B) {
  std::vector<Band> Found;
  for (const Stmt *S : B) {
    if (!isRealUpdate(*S) || !isShadowPlace(S->Target) ||
        !S->Target->is(ExprKind::Index))
      continue;
    auto [Core, Offset] = splitOffset(S->Target->op(1));
    auto Same = llvm::find_if(Found, [&, Core = Core](const Band &Each) {
      return sameExpr(Each.Base, S->Target->op(0)) && sameExpr(Each.Core, Core);
    });
    if (Same == Found.end())
      Same = Found.insert(Found.end(), Band{S->Target->op(0), Core, {}});
    Same->Unique &= Same->Updates.try_emplace(Offset, S).second;
    Same->Last = S;
  }
  return Found;
}

std::vector<Band> Carrier::findBands(const Stmt &Loop) const {
  if (Loop.Kind != StmtKind::For || Loop.Descending || Loop.Negative ||
      Loop.Inclusive || !Loop.Step->isLiteral(1))
    return {};
  std::vector<Band> Found = groupUpdates(Loop.Body);
  llvm::erase_if(Found, [](const Band &B) {
    return !B.Unique || B.Updates.size() < 2 || B.span() > MaxSpan;
  });
  if (Found.empty())
    return {};
  LoopAccesses Accesses(Memory, Loop);
  if (!Accesses.isSimple() || !Accesses.isInvariant(Loop.Lower) ||
      !Accesses.isInvariant(Loop.Upper))
    return {};
  llvm::erase_if(Found, [&](const Band &B) {
    return !Accesses.isInvariant(B.Base) || !Accesses.isRisingCounter(B.Core) ||
           !Accesses.isSum(B.Last->Target) ||
           llvm::any_of(B.Updates, [&](const auto &Each) {
             return !mayMoveTo(Loop.Body, Each.second, B.Last);
           });
  });
  return Found;
}

const Expr *Carrier::place(const Band &Updates, const Expr *Core, long Offset) {
  const Expr *Subscript = Core;
  if (std::optional<long> Number = integerOf(Core);
      Number && *Number + Offset >= 0)
    Subscript = Ctx.intLiteral(*Number + Offset);
  else if (Offset != 0)
    Subscript = Ctx.binary(Offset > 0 ? "+" : "-", Core,
                           Ctx.intLiteral(std::abs(Offset)), Core->Ty);
  return Ctx.index(Updates.Base, Subscript);
}

/// What is still carried behind the loop, if that has run.
void Carrier::addCarried(const Stmt &Loop, const Band &Updates,
                         const std::vector<const Expr *> &Carries,
                         Block &Behind) {
  // The element that comes after the last one is where the bound is.
  const Expr *Core =
      ir::rewrite(Ctx, Updates.Core, [&](const Expr *E) -> const Expr * {
        return E->is(ExprKind::Var) && E->Var == Loop.Var ? Loop.Upper : E;
      });
  for (long I = 0; I < Updates.span(); ++I)
    Behind.push_back(Ctx.assign(place(Updates, Core, Updates.first() + I),
                                Carries[I], AssignOp::Add));
}

void Carrier::carry(Stmt &Loop, const Band &Updates, Block &Out,
                    Block &Behind) {
  Block &B = Loop.Body;
  const Type *Ty = Updates.Last->Target->Ty;
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
    auto Own = Updates.Updates.find(Updates.first() + Offset);
    if (Own == Updates.Updates.end())
      return Carried;
    const Stmt &S = *Own->second;
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
  Block Body;
  for (Stmt *S : B) {
    if (llvm::none_of(Updates.Updates,
                      [&](const auto &Each) { return Each.second == S; }))
      Body.push_back(S);
    if (S == Updates.Last)
      Body.insert(Body.end(), Moved.begin(), Moved.end());
  }
  B = std::move(Body);
  addCarried(Loop, Updates, Carries, Behind);
}

void Carrier::rewrite(Block &B) {
  Block Out;
  for (Stmt *S : B) {
    rewrite(S->Body);
    rewrite(S->Else);
    Block Behind;
    if (auto Found = Bands.find(S); Found != Bands.end())
      for (const Band &Updates : Found->second)
        carry(*S, Updates, Out, Behind);
    Out.push_back(S);
    addIfRun(Ctx, *S, std::move(Behind), Out);
  }
  B = std::move(Out);
}

bool Carrier::run() {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (std::vector<Band> Found = findBands(S); !Found.empty())
      Bands.emplace(&S, std::move(Found));
  });
  if (!Bands.empty())
    rewrite(F.Body);
  return !Bands.empty();
}

bool retrograd::carryUpdates(Context &Ctx, Function &F,
                             const DerivativeMemory &Memory) {
  return Carrier(Ctx, F, Memory).run();
}
