//===- FuseLoops.cpp - One pass over independent iterations ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop and its reverse have the same counter. The reverse moves up to its
// loop, over the statements between, if neither it nor they see a difference.
// The tape is as it was before after each iteration and its reverse (Sweeps.h),
// so that pairs of a push and its pop, or of a record and its use, cancel.
//
//===----------------------------------------------------------------------===//

#include "FuseLoops.h"
#include "../IR/Walk.h"
#include "LoopAccesses.h"
#include "llvm/ADT/DenseMap.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

using VariableSet = std::set<const Variable *>;

/// What the statements of a region read and write, but for its own locals.
struct Effects {
  ObjectSet Reads, Writes;
  /// Nothing but computations and the tape.
  bool Simple = true;
};

class Fuser {
public:
  Fuser(Function &F, const DerivativeMemory &Memory);
  bool run() { return visit(F.Body); }

private:
  bool visit(Block &B);
  bool fuse(Block &B, size_t First, size_t Second);
  bool mayMeet(const Block &B, size_t First, size_t Second);
  Effects effects(const Block &B, const VariableSet &Own) const;
  bool findRecords(const Stmt &A, const Stmt &R);
  bool mergeBodies(const Block &A, const Block &R, Block &Out);

  Function &F;
  const DerivativeMemory &Memory;
  /// Arrays on the tape that two expressions mention: a store and a load.
  VariableSet Private;
  /// Those of them with an element an iteration that go from one loop to the
  /// other.
  VariableSet Records;
};

} // namespace

Fuser::Fuser(Function &F, const DerivativeMemory &Memory)
    : F(F), Memory(Memory) {
  llvm::DenseMap<const Variable *, unsigned> Mentions;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Reserve)
      Private.insert(S.Var);
    forEachExpr(S, [&](const Expr &E) { ++Mentions[E.Var]; });
  });
  std::erase_if(Private,
                [&](const Variable *V) { return Mentions.lookup(V) != 2; });
}

static VariableSet localsOf(const Block &B) {
  VariableSet Own;
  forEachStmt(B, [&](const Stmt &S) {
    if (S.Var)
      Own.insert(S.Var);
  });
  return Own;
}

//===----------------------------------------------------------------------===//
// Whether loops may be fused
//===----------------------------------------------------------------------===//

Effects Fuser::effects(const Block &B, const VariableSet &Own) const {
  Effects E;
  forEachStmt(B, [&](const Stmt &S) {
    switch (S.Kind) {
    case StmtKind::Declare:
    case StmtKind::Assign:
    case StmtKind::If:
    case StmtKind::For:
    case StmtKind::While:
    case StmtKind::Push:
    case StmtKind::Pop:
    case StmtKind::PushArray:
    case StmtKind::PopArray:
    case StmtKind::Reserve:
    case StmtKind::Release:
      break;
    case StmtKind::Free:
      E.Simple &= S.Deferred;
      break;
    case StmtKind::Call:
    case StmtKind::Checkpoint:
    case StmtKind::Once:
    case StmtKind::Allocate:
    case StmtKind::Opaque:
    case StmtKind::Return:
    case StmtKind::Break:
    case StmtKind::Continue:
    case StmtKind::Rewind:
      E.Simple = false;
      break;
    }
    E.Writes |= Memory.writes(S);
    for (const Expr *Each : {S.Value, S.Lower, S.Upper, S.Step, S.Count})
      if (Each) {
        E.Simple &= !readsUnseen(Each);
        E.Reads |= Memory.reads(Each);
      }
    if (S.Target)
      E.Reads |= Memory.addressReads(S.Target);
  });
  // Own variables, and arrays of the tape that the region itself reserves.
  for (ObjectSet *Set : {&E.Reads, &E.Writes}) {
    ObjectSet Others;
    for (unsigned O : *Set)
      if (!Own.count(Memory.objects()[O].Var))
        Others.set(O);
    *Set = Others;
  }
  return E;
}

/// The array and the value of `record[i] = v`.
static const Variable *recordedBy(const Stmt &S) {
  return S.Kind == StmtKind::Assign && S.Op == AssignOp::Set &&
                 S.Target->is(ExprKind::Index) &&
                 S.Target->op(0)->is(ExprKind::Var) &&
                 S.Value->is(ExprKind::Var)
             ? S.Target->op(0)->Var
             : nullptr;
}

/// The array of `v = record[i]`.
static const Variable *loadedBy(const Stmt &S) {
  return S.Kind == StmtKind::Declare && S.Value &&
                 S.Value->is(ExprKind::Index) &&
                 S.Value->op(0)->is(ExprKind::Var)
             ? S.Value->op(0)->Var
             : nullptr;
}

static unsigned mentionsIn(const Block &B, const Variable *V) {
  unsigned Count = 0;
  forEachStmt(B, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) { Count += E.Var == V; });
  });
  return Count;
}

/// Finds the arrays that A fills at the end of its body and R reads, each once
/// and at the same index. (The user's own arrays are not among them: what is
/// stored there is read elsewhere, too.) False if there are none and the tape
/// is not used.
bool Fuser::findRecords(const Stmt &A, const Stmt &R) {
  Records.clear();
  bool UsesTape = false;
  forEachStmt(A.Body, [&](const Stmt &S) { UsesTape |= recordsOnTape(S); });
  for (const Stmt *Store : A.Body) {
    const Variable *Array = recordedBy(*Store);
    if (!Array || !Private.count(Array))
      continue;
    for (const Stmt *Load : R.Body)
      if (loadedBy(*Load) == Array && Load->Var == Store->Value->Var &&
          sameExpr(Load->Value->op(1), Store->Target->op(1)))
        Records.insert(Array);
  }
  return UsesTape || !Records.empty();
}

/// The reverse at Second may run where its loop at First does.
bool Fuser::mayMeet(const Block &B, size_t First, size_t Second) {
  const Stmt &A = *B[First], &R = *B[Second];
  Block Between(B.begin() + First + 1, B.begin() + Second);
  VariableSet Own = localsOf(A.Body);
  Own.merge(localsOf(R.Body));
  Own.insert(A.Var);
  Effects Forward = effects({B[First]}, Own),
          Reverse = effects({B[Second]}, Own), Middle = effects(Between, {});
  if (!Forward.Simple || !Reverse.Simple || !Middle.Simple)
    return false;
  // What goes through records is private to an iteration.
  for (const Variable *Array : Records)
    for (unsigned O : Memory.pointees(Array))
      Forward.Writes.reset(O);
  auto Apart = [&](const ObjectSet &X, const ObjectSet &Y) {
    return !Memory.mayOverlap(X, Y);
  };
  return Apart(Reverse.Writes, Forward.Reads) &&
         Apart(Reverse.Writes, Forward.Writes) &&
         Apart(Reverse.Reads, Forward.Writes) &&
         Apart(Reverse.Writes, Middle.Reads) &&
         Apart(Reverse.Writes, Middle.Writes) &&
         Apart(Reverse.Reads, Middle.Writes);
}

//===----------------------------------------------------------------------===//
// Fusing
//===----------------------------------------------------------------------===//

/// The variable of a push or pop, of one value or a whole array.
static const Variable *rootOf(const Expr *E) {
  while (E->is(ExprKind::Index))
    E = E->op(0);
  return E->is(ExprKind::Var) ? E->Var : nullptr;
}

/// A's body and then R's, without what the one keeps for the other. False if
/// something that A declares comes back otherwise, or inner loops push values.
bool Fuser::mergeBodies(const Block &A, const Block &R, Block &Out) {
  VariableSet Declared, Dropped;
  std::set<const Stmt *> Gone;
  for (const Stmt *S : A)
    if (S->Var && S->Kind != StmtKind::For && S->Kind != StmtKind::While)
      Declared.insert(S->Var);
  // What follows where V was kept leaves it as it is.
  auto KeptUntilEnd = [&](size_t I, const Variable *V) {
    Block Rest(A.begin() + I + 1, A.end());
    bool Written = false;
    forEachStmt(Rest, [&](const Stmt &S) {
      Written |= S.Var == V || (S.Target && rootOf(S.Target) == V);
    });
    return !Written && Declared.count(V);
  };
  for (size_t I = 0; I < A.size(); ++I) {
    const Stmt &Keep = *A[I];
    const Variable *Array = recordedBy(Keep);
    const Variable *V = nullptr;
    if (Keep.Kind == StmtKind::Push || Keep.Kind == StmtKind::PushArray)
      V = rootOf(Keep.Value);
    else if (Array && Records.count(Array))
      V = Keep.Value->Var;
    if (!V || !KeptUntilEnd(I, V))
      continue;
    for (const Stmt *Back : R) {
      bool Pops = Keep.Kind == StmtKind::Push && Back->Kind == StmtKind::Pop &&
                  Back->Var == V;
      bool PopsArray = Keep.Kind == StmtKind::PushArray &&
                       Back->Kind == StmtKind::PopArray &&
                       rootOf(Back->Target) == V;
      bool Loads = Array && loadedBy(*Back) == Array && Back->Var == V;
      if (!Pops && !PopsArray && !Loads)
        continue;
      Gone.insert(&Keep);
      Gone.insert(Back);
      Dropped.insert(V);
      break;
    }
  }
  for (const Stmt *S : R) {
    if (Gone.count(S) || !S->Var || !Declared.count(S->Var))
      continue;
    // Computed again from what has not changed, declared without a value, or
    // declared to be filled from the tape.
    bool Again = S->Kind == StmtKind::Declare &&
                 (!S->Value || S->Var->Const || Dropped.count(S->Var));
    if (!Again)
      return false;
    Gone.insert(S);
  }
  for (const Block *Part : {&A, &R})
    for (Stmt *S : *Part)
      if (!Gone.count(S))
        Out.push_back(S);
  // What is popped right after it was pushed has not reached memory yet.
  bool Pushes = false;
  forEachStmt(Out, [&](const Stmt &S) {
    Pushes |= S.Kind == StmtKind::Push || S.Kind == StmtKind::PushArray;
  });
  return !Pushes;
}

static bool isZeroDeclaration(const Stmt &S) {
  return S.Kind == StmtKind::Declare && S.Var->Shadow &&
         (S.ZeroInit || (S.Value && S.Value->is(ExprKind::Literal)));
}

bool Fuser::fuse(Block &B, size_t First, size_t Second) {
  Stmt &A = *B[First], &R = *B[Second];
  bool Same = R.Kind == StmtKind::For && A.Var == R.Var && R.Backwards &&
              R.Descending && !A.Inclusive && !A.Negative && !A.Descending &&
              A.Step->isLiteral(1) && sameExpr(A.Lower, R.Lower) &&
              sameExpr(A.Upper, R.Upper);
  if (!Same || !findRecords(A, R) ||
      !LoopAccesses(Memory, R).areIndependentButForTape())
    return false;
  // Adjoints that begin with a constant can do so earlier.
  Block Order(B.begin(), B.begin() + First);
  Block Between;
  for (size_t I = First + 1; I < Second; ++I)
    (isZeroDeclaration(*B[I]) ? Order : Between).push_back(B[I]);
  size_t Begin = Order.size();
  Order.push_back(&A);
  Order.insert(Order.end(), Between.begin(), Between.end());
  size_t End = Order.size();
  Order.push_back(&R);
  Block Body;
  if (!mayMeet(Order, Begin, End) || !mergeBodies(A.Body, R.Body, Body))
    return false;
  A.Body = std::move(Body);
  A.In = Sweep::Both;
  Order.pop_back();
  Order.insert(Order.end(), B.begin() + Second + 1, B.end());
  B = std::move(Order);
  for (const Variable *Array : Records)
    if (mentionsIn(A.Body, Array) == 0)
      std::erase_if(B, [&](const Stmt *S) {
        return S->Var == Array &&
               (S->Kind == StmtKind::Reserve || S->Kind == StmtKind::Release);
      });
  return true;
}

bool Fuser::visit(Block &B) {
  // Few loops have the same counter.
  llvm::DenseMap<const Variable *, llvm::SmallVector<size_t, 2>> Reverses;
  for (size_t I = 0; I < B.size(); ++I)
    if (B[I]->Kind == StmtKind::For && B[I]->Backwards)
      Reverses[B[I]->Var].push_back(I);
  for (size_t First = 0; First < B.size(); ++First) {
    if (B[First]->Kind != StmtKind::For || B[First]->Backwards)
      continue;
    for (size_t Second : Reverses.lookup(B[First]->Var))
      if (First < Second && fuse(B, First, Second))
        return true;
  }
  for (Stmt *S : B)
    if (visit(S->Body) || visit(S->Else))
      return true;
  return false;
}

bool retrograd::fuseLoops(Function &F, const DerivativeMemory &Memory) {
  return Fuser(F, Memory).run();
}
