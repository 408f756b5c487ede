//===- SwappedPointers.cpp - Pointers that are always apart ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SwappedPointers.h"
#include "../IR/Walk.h"
#include "llvm/ADT/EquivalenceClasses.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class SwapFinder {
public:
  SwapFinder(Function &F, const MemoryModel &Memory) : F(F), Memory(Memory) {}
  void run();

private:
  /// How a pointer gets its values.
  struct Facts {
    const Block *Home = nullptr;
    /// What it points to first.
    ObjectSet First;
    unsigned Declarations = 0, Changes = 0, Swaps = 0;
  };

  void visit(const Block &B);
  void visitDeclaration(const Stmt &S, const Block &B);
  void visitSwap(const Block &B, size_t At);
  bool isApart(const Variable *V, llvm::ArrayRef<const Variable *> Others);

  Function &F;
  const MemoryModel &Memory;
  llvm::DenseMap<const Variable *, Facts> Pointers;
  llvm::EquivalenceClasses<const Variable *> Groups;
};

} // namespace

/// `A = B;` for pointers.
static bool isCopy(const Stmt &S, const Variable *A, const Variable *B) {
  return S.Kind == StmtKind::Assign && S.Op == AssignOp::Set &&
         S.Target->is(ExprKind::Var) && S.Target->Var == A &&
         S.Value->is(ExprKind::Var) && S.Value->Var == B;
}

void SwapFinder::visitSwap(const Block &B, size_t At) {
  const Stmt &Keep = *B[At];
  if (At + 2 >= B.size() || Keep.Kind != StmtKind::Declare || !Keep.Value ||
      !Keep.Value->is(ExprKind::Var) || !Keep.Var->Ty->isPointer())
    return;
  const Variable *P = Keep.Value->Var, *Kept = Keep.Var;
  const Expr *Other = B[At + 1]->Value;
  const Variable *Q = Other && Other->is(ExprKind::Var) ? Other->Var : nullptr;
  if (!Q || P == Q || Kept == Q || !isCopy(*B[At + 1], P, Q) ||
      !isCopy(*B[At + 2], Q, Kept))
    return;
  ++Pointers[P].Swaps;
  ++Pointers[Q].Swaps;
  Groups.unionSets(P, Q);
}

void SwapFinder::visitDeclaration(const Stmt &S, const Block &B) {
  Facts &V = Pointers[S.Var];
  ++V.Declarations;
  V.Home = &B;
  if (S.Kind == StmtKind::Allocate)
    for (unsigned O = 0; O < Memory.objects().size(); ++O) {
      const Object &Each = Memory.objects()[O];
      if (Each.Var == S.Var && Each.Depth == 1)
        V.First.set(O);
    }
  else if (S.Kind == StmtKind::Declare && S.Value)
    V.First = Memory.pointsTo(S.Value);
}

void SwapFinder::visit(const Block &B) {
  for (size_t I = 0; I < B.size(); ++I) {
    const Stmt &S = *B[I];
    if (S.Var && S.Var->Ty->isPointer())
      visitDeclaration(S, B);
    if (S.Target && S.Target->is(ExprKind::Var))
      ++Pointers[S.Target->Var].Changes;
    visitSwap(B, I);
    visit(S.Body);
    visit(S.Else);
  }
}

/// The pointer is changed by exchanges only, and begins with memory of this
/// function that none of the others begins with. Their declarations are
/// repeated together.
bool SwapFinder::isApart(const Variable *V,
                         llvm::ArrayRef<const Variable *> Others) {
  const Facts &Own = Pointers[V];
  if (!V->isLocal() || V->AddressTaken || V->Reference ||
      Own.Declarations != 1 || Own.Changes != Own.Swaps || Own.First.empty())
    return false;
  for (unsigned O : Own.First)
    if (Memory.objects()[O].Outside)
      return false;
  return llvm::all_of(Others, [&](const Variable *Other) {
    const Facts &Each = Pointers[Other];
    return Other == V ||
           (Each.Home == Own.Home && !Memory.mayOverlap(Each.First, Own.First));
  });
}

void SwapFinder::run() {
  visit(F.Body);
  unsigned Number = 0;
  for (const auto *Leader : Groups) {
    if (!Leader->isLeader())
      continue;
    std::vector<const Variable *> Group(Groups.member_begin(*Leader),
                                        Groups.member_end());
    bool Apart = llvm::all_of(
        Group, [&](const Variable *V) { return isApart(V, Group); });
    if (!Apart)
      continue;
    ++Number;
    for (Variable &V : F.Variables)
      if (llvm::is_contained(Group, &V))
        V.Apart = Number;
  }
}

void retrograd::markSwappedPointers(Function &F, const MemoryModel &Memory) {
  SwapFinder(F, Memory).run();
}

/// The pointer variable that a place is reached through, in one step.
static const Variable *pointerOf(const Expr *Place) {
  while (Place->is(ExprKind::Index) && Place->op(0)->Ty->isArray())
    Place = Place->op(0);
  if (!Place->is(ExprKind::Index) && !Place->is(ExprKind::Deref))
    return nullptr;
  return Place->op(0)->is(ExprKind::Var) ? Place->op(0)->Var : nullptr;
}

bool retrograd::areApart(const Expr *PlaceA, const Expr *PlaceB) {
  const Variable *A = pointerOf(PlaceA), *B = pointerOf(PlaceB);
  return A && B && A != B && A->Apart != 0 && A->Apart == B->Apart &&
         A->Shadow == B->Shadow;
}
