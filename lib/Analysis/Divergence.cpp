//===- Divergence.cpp - What differs from sample to sample ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The third rule of the header is a comparison of two numbers: how many
// divergent branches and loops are around an assignment, and how many are
// around the declaration of what it assigns to. The statements are visited
// until nothing changes; both sets only grow, and so do the differences of
// those numbers.
//
// A called function is analysed for each pattern of divergent arguments. One
// that is being analysed already, or has no visible body, may do anything.
//
//===----------------------------------------------------------------------===//

#include "Divergence.h"
#include "../IR/Walk.h"
#include <set>
#include <tuple>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// For each parameter of a called function.
struct Question {
  const Function *Callee;
  /// The value, or for a reference the address, is divergent.
  std::vector<bool> Values;
  /// Memory that it leads to is.
  std::vector<bool> Memory;

  bool operator<(const Question &Q) const {
    return std::tie(Callee, Values, Memory) <
           std::tie(Q.Callee, Q.Values, Q.Memory);
  }
};

struct Answer {
  bool Result = true;
  std::vector<bool> Memory, Indexed;

  explicit Answer(size_t Parameters)
      : Memory(Parameters, true), Indexed(Parameters, true) {}
};

using Answers = std::map<Question, Answer>;

class Solver {
public:
  Solver(const Function &F, Answers &Known) : F(F), Memory(F), Known(Known) {}

  void mark(const ObjectSet &Set) { Changed |= Divergent |= Set; }
  void solve();

  bool isDivergent(const Expr *E) const;
  bool isDivergent(const ObjectSet &Set) const {
    return Divergent.intersects(Set);
  }
  /// The variable's own storage.
  ObjectSet storageOf(const Variable *V) const;
  /// What a parameter leads to.
  ObjectSet memoryOf(const Variable *P) const;

  const Function &F;
  ObjectSet Indexed;
  std::map<unsigned, const Expr *> Reasons;

private:
  void visit(const Block &B, unsigned Depth);
  void visit(const Stmt &S, unsigned Depth);
  void visitCall(const Stmt &S, unsigned Depth);
  void store(const ObjectSet &Into, bool Differs, unsigned Depth);
  void declare(const Stmt &S, bool Differs, unsigned Depth);
  void addIndexed(const ObjectSet &Set, const Expr *Reason);
  bool hasDivergentAddress(const Expr *LValue) const;
  Answer ask(const Question &Q) const;

  MemoryModel Memory;
  Answers &Known;
  ObjectSet Divergent;
  /// Divergent branches and loops around a declaration; none for parameters.
  std::map<const Variable *, unsigned> Depths;
  bool Changed = false;
};

} // namespace

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

ObjectSet Solver::storageOf(const Variable *V) const {
  return Memory.hasObject(V) ? Memory.objectsOf(V) : ObjectSet();
}

ObjectSet Solver::memoryOf(const Variable *P) const {
  ObjectSet Own = storageOf(P);
  ObjectSet Set = Memory.closure(Own);
  return P->Reference ? Set : Set - Own;
}

bool Solver::hasDivergentAddress(const Expr *E) const {
  switch (E->Kind) {
  case ExprKind::Index:
    if (isDivergent(E->op(1)))
      return true;
    [[fallthrough]];
  case ExprKind::Field:
    return E->op(0)->Ty->isPointer() ? isDivergent(E->op(0))
                                     : hasDivergentAddress(E->op(0));
  case ExprKind::Deref:
    return isDivergent(E->op(0));
  default:
    return false;
  }
}

/// Text without a call names a constant, or computes with what it names.
static bool callsUnknownCode(const Expr *E) {
  return llvm::any_of(E->Pieces, [](const std::string &Piece) {
    return Piece.find('(') != std::string::npos;
  });
}

bool Solver::isDivergent(const Expr *E) const {
  if (E->is(ExprKind::AddressOf))
    return hasDivergentAddress(E->op(0));
  if (E->isLValue())
    // An array names its address.
    return hasDivergentAddress(E) ||
           (!E->Ty->isArray() && isDivergent(Memory.denotes(E)));
  if (E->is(ExprKind::Opaque) && callsUnknownCode(E))
    return true;
  return llvm::any_of(E->Operands,
                      [&](const Expr *Op) { return isDivergent(Op); });
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Solver::solve() {
  do {
    Changed = false;
    visit(F.Body, 0);
  } while (Changed);
}

void Solver::addIndexed(const ObjectSet &Set, const Expr *Reason) {
  Changed |= Indexed |= Set;
  for (unsigned O : Set)
    Reasons.try_emplace(O, Reason);
}

void Solver::store(const ObjectSet &Into, bool Differs, unsigned Depth) {
  for (unsigned O : Into) {
    auto Declared = Depths.find(Memory.objects()[O].Var);
    unsigned Age = Declared == Depths.end() ? 0 : Declared->second;
    if (Differs || Depth > Age)
      Changed |= Divergent.test_and_set(O);
  }
}

void Solver::declare(const Stmt &S, bool Differs, unsigned Depth) {
  Depths[S.Var] = Depth;
  store(storageOf(S.Var), Differs, Depth);
}

void Solver::visit(const Block &B, unsigned Depth) {
  for (const Stmt *S : B)
    visit(*S, Depth);
}

void Solver::visit(const Stmt &S, unsigned Depth) {
  forEachExpr(S, [&](const Expr &E) {
    if (E.isLValue() && hasDivergentAddress(&E))
      addIndexed(Memory.denotes(&E), &E);
  });
  switch (S.Kind) {
  case StmtKind::Declare:
    return declare(S, S.Value && isDivergent(S.Value), Depth);
  case StmtKind::Allocate:
  case StmtKind::Reserve:
    return declare(S, false, Depth);
  case StmtKind::Assign:
  case StmtKind::Rewind:
    return store(Memory.withOverlaps(Memory.denotes(S.Target)),
                 isDivergent(S.Value) || hasDivergentAddress(S.Target), Depth);
  case StmtKind::Call:
    return visitCall(S, Depth);
  case StmtKind::If: {
    unsigned Inside = Depth + isDivergent(S.Value);
    visit(S.Body, Inside);
    return visit(S.Else, Inside);
  }
  case StmtKind::For: {
    bool Differs = isDivergent(S.Lower) || isDivergent(S.Upper);
    declare(S, Differs, Depth + Differs);
    return visit(S.Body, Depth + Differs);
  }
  case StmtKind::While:
    return visit(S.Body, Depth + isDivergent(S.Value));
  case StmtKind::Pop:
  case StmtKind::PopArray:
    // What is on the tape is not followed.
    if (S.Var)
      return declare(S, true, Depth);
    if (S.Target)
      store(Memory.withOverlaps(Memory.denotes(S.Target)), true, Depth);
    return;
  case StmtKind::Push:
  case StmtKind::PushArray:
  case StmtKind::Release:
  case StmtKind::Free:
  case StmtKind::Opaque:
    return;
  case StmtKind::Once:
  case StmtKind::Return:
  case StmtKind::Break:
  case StmtKind::Continue:
    llvm_unreachable("removed by StructureExits");
  case StmtKind::Checkpoint:
    llvm_unreachable("no derivative has it");
  }
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void Solver::visitCall(const Stmt &S, unsigned Depth) {
  const Function &Callee = *S.Callee;
  size_t Count = std::min(S.Args.size(), Callee.Params.size());
  Question Q{&Callee, std::vector<bool>(Count), std::vector<bool>(Count)};
  std::vector<ObjectSet> Reached(Count);
  for (size_t I = 0; I < Count; ++I) {
    const Expr *Arg = S.Args[I];
    const Variable *P = Callee.Params[I];
    Q.Values[I] = P->Reference && Arg->isLValue() ? hasDivergentAddress(Arg)
                                                  : isDivergent(Arg);
    if (!P->Reference && !P->Ty->isPointer())
      continue;
    Reached[I] = Memory.provenance(Arg);
    Q.Memory[I] = isDivergent(Reached[I]);
  }
  Answer A = ask(Q);
  for (size_t I = 0; I < Count; ++I) {
    bool Leads =
        Callee.Params[I]->Reference || Callee.Params[I]->Ty->isPointer();
    if (Leads && A.Indexed[I])
      addIndexed(Reached[I], S.Args[I]);
    if (Leads && mayWriteArgument(Callee, I))
      store(Memory.withOverlaps(Reached[I]), A.Memory[I], Depth);
  }
  if (S.Var)
    declare(S, A.Result, Depth);
}

Answer Solver::ask(const Question &Q) const {
  const Function &Callee = *Q.Callee;
  Answer Anything(Q.Values.size());
  if (Callee.Kind == FunctionKind::External || Callee.Inactive)
    return Anything;
  auto [Place, New] = Known.try_emplace(Q, Anything);
  if (!New)
    return Place->second;
  Solver Inner(Callee, Known);
  for (size_t I = 0; I < Q.Values.size(); ++I) {
    const Variable *P = Callee.Params[I];
    if (Q.Values[I] && !P->Reference)
      Inner.mark(Inner.storageOf(P));
    if (Q.Memory[I])
      Inner.mark(Inner.memoryOf(P));
  }
  Inner.solve();
  Answer A(Q.Values.size());
  if (Callee.Result)
    A.Result = Inner.isDivergent(Inner.storageOf(Callee.Result));
  for (size_t I = 0; I < Q.Values.size(); ++I) {
    ObjectSet Reached = Inner.memoryOf(Callee.Params[I]);
    A.Memory[I] = Inner.isDivergent(Reached);
    A.Indexed[I] = Inner.Indexed.intersects(Reached);
  }
  return Place->second = A;
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

struct Divergence::Impl {
  explicit Impl(const Function &F) : Solved(F, Known) {}

  Answers Known;
  Solver Solved;
};

Divergence::Divergence(const Function &F,
                       llvm::ArrayRef<const Variable *> Samples)
    : State(std::make_unique<Impl>(F)) {
  Solver &S = State->Solved;
  for (const Variable *Sample : Samples)
    S.mark(Sample->Ty->isPointer() ? S.memoryOf(Sample) : S.storageOf(Sample));
  S.solve();
}

Divergence::~Divergence() = default;

bool Divergence::isDivergent(const Expr *E) const {
  return State->Solved.isDivergent(E);
}

SharedAccess Divergence::accessOf(const Variable *Parameter) const {
  const Solver &S = State->Solved;
  return S.Indexed.intersects(S.memoryOf(Parameter)) ? SharedAccess::Indexed
                                                     : SharedAccess::Uniform;
}

const Expr *Divergence::reasonOf(const Variable *Parameter) const {
  for (unsigned O : State->Solved.memoryOf(Parameter))
    if (auto Found = State->Solved.Reasons.find(O);
        Found != State->Solved.Reasons.end())
      return Found->second;
  return nullptr;
}
