//===- PlanRemarks.cpp - What a derivative stores, and what it does not ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the planned function that knows the loop it is in. Sizes are
// those of targets with 64-bit pointers and long integers.
//
//===----------------------------------------------------------------------===//

#include "PlanRemarks.h"
#include "../Emit/Printer.h"
#include "../IR/Walk.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <optional>

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// Nothing for a type whose size the IR does not know, such as an enumeration.
static std::optional<uint64_t> sizeOf(const Type *Ty) {
  static const uint64_t RealSizes[] = {2, 4, 8, 16};
  switch (Ty->Kind) {
  case TypeKind::Bool:
    return 1;
  case TypeKind::Real:
    return RealSizes[Ty->Precision];
  case TypeKind::Pointer:
    return 8;
  case TypeKind::Array: {
    uint64_t Extent = 0;
    auto Element = sizeOf(Ty->Element);
    if (!Element || !Ty->Extent->is(ExprKind::Literal) ||
        llvm::StringRef(Ty->Extent->Text).consumeInteger(0, Extent))
      return std::nullopt;
    return Extent * *Element;
  }
  case TypeKind::Integer:
    return llvm::StringSwitch<std::optional<uint64_t>>(Ty->Spelling)
        .Cases({"char", "signed char", "unsigned char"}, 1)
        .Cases({"short", "unsigned short"}, 2)
        .Cases({"int", "unsigned int"}, 4)
        .Cases({"long", "unsigned long", "long long", "unsigned long long"}, 8)
        .Default(std::nullopt);
  case TypeKind::Void:
  case TypeKind::Record:
  case TypeKind::Opaque:
    return std::nullopt;
  }
  llvm_unreachable("covered switch");
}

static std::string bytes(uint64_t N) {
  return std::to_string(N) + (N == 1 ? " byte" : " bytes");
}

static std::string bytesOf(const Type *Ty) {
  std::optional<uint64_t> Size = sizeOf(Ty);
  return Size ? bytes(*Size) : "the bytes of a '" + printType(Ty) + "'";
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

namespace {

class PlanReporter {
public:
  PlanReporter(const Function &F, const ReversalPlan &Plan,
               const MemoryModel &Memory)
      : Plan(Plan), Memory(Memory) {
    forEachStmt(F.Body, [&](const Stmt &S) { classify(S); });
    visit(F.Body, nullptr);
  }

  PlanRemarks Found;

private:
  using Notes = std::vector<Remark::Note>;

  void classify(const Stmt &S);
  void visit(const Block &B, const Stmt *Loop);
  void visitStmt(const Stmt &S, const Block &B, const Stmt *Loop);
  void tell(const Variable *V, const std::string &What, Location Loc,
            const Stmt *Loop, Notes Why);
  void reportStored(const Carry &C, const Variable *V, const std::string &What,
                    Location Loc, const Stmt *Loop, Notes Why);
  bool isStored(const Variable *V) const;
  std::string subject(const Stmt &S) const;
  Notes whyNotRecomputed(const Stmt &S, const Block &B) const;
  Notes whySaved(const Stmt &S) const;
  void noteAlias(const ObjectSet &Read, const ObjectSet &Written,
                 Notes &Into) const;

  const ReversalPlan &Plan;
  const MemoryModel &Memory;
  /// Names that the compiler gave: to conditions, numbers of iterations and
  /// bounds of loops.
  llvm::DenseMap<const Variable *, const char *> Roles;
  /// What the reversed statements read.
  ObjectSet Required;
};

} // namespace

void PlanReporter::classify(const Stmt &S) {
  auto Name = [&](const Expr *E, const char *Role) {
    if (E && E->is(ExprKind::Var) && E->Var->Generated)
      Roles[E->Var] = Role;
  };
  if (S.Kind == StmtKind::If)
    Name(S.Value, "the outcome of this condition");
  if (S.Kind == StmtKind::While)
    Roles[S.Var] = "the number of iterations of this loop";
  if (S.Kind == StmtKind::For) {
    Name(S.Lower, "a bound of this loop");
    Name(S.Upper, "a bound of this loop");
  }
  auto It = Plan.Reversed.find(&S);
  if (It == Plan.Reversed.end() || It->second.Code.empty())
    return;
  for (const Expr *E : It->second.Required.Values)
    Required |= Memory.reads(E);
}

/// What is stored of the local that S declares, in words.
std::string PlanReporter::subject(const Stmt &S) const {
  if (const char *Role = Roles.lookup(S.Var))
    return Role;
  if (S.Kind == StmtKind::Call && S.Var->Generated)
    return "what '" + S.Callee->Name + "' returns here";
  if (S.Var->Generated && S.Value)
    return "the value of '" + printExpr(S.Value) + "'";
  return S.Var->Generated ? "this value" : "'" + S.Var->Name + "'";
}

void PlanReporter::visit(const Block &B, const Stmt *Loop) {
  for (const Stmt *S : B) {
    visitStmt(*S, B, Loop);
    bool IsLoop = S->Kind == StmtKind::For || S->Kind == StmtKind::While;
    visit(S->Body, IsLoop ? S : Loop);
    visit(S->Else, Loop);
  }
}

void PlanReporter::visitStmt(const Stmt &S, const Block &B, const Stmt *Loop) {
  if (Plan.isInverted(&S))
    Found.Certain.push_back(
        passed(S.Loc, "the step of '" + printExpr(S.Target) +
                          "' is undone by the opposite step, and nothing is "
                          "stored"));
  if (const Variable *Old = Plan.savedIn(&S))
    tell(Old, "the value of '" + printExpr(S.Target) + "' overwritten here",
         S.Loc, Loop, isStored(Old) ? whySaved(S) : Notes());
  bool Declares = S.Kind == StmtKind::Declare || S.Kind == StmtKind::Call ||
                  S.Kind == StmtKind::Allocate || S.Kind == StmtKind::Reserve;
  if (Declares && S.Var)
    tell(S.Var, subject(S), S.Loc, Loop,
         isStored(S.Var) ? whyNotRecomputed(S, B) : Notes());
  if (S.Kind == StmtKind::Call && Plan.callMode(&S) == CallMode::Split)
    Found.Certain.push_back(analysed(
        S.Loc, "each sweep calls its half of the derivative of '" +
                   S.Callee->Name + "', and the halves share the tape"));
}

bool PlanReporter::isStored(const Variable *V) const {
  const Carry *C = Plan.carry(V);
  return C && (C->How == Keep::Record || C->How == Keep::Tape);
}

void PlanReporter::tell(const Variable *V, const std::string &What,
                        Location Loc, const Stmt *Loop, Notes Why) {
  const Carry *C = Plan.carry(V);
  if (!C)
    return;
  switch (C->How) {
  case Keep::InScope:
    // The user's own variables are there anyway.
    if (V->Generated)
      Found.Certain.push_back(analysed(
          Loc, What + " stays in a local variable: " + bytesOf(V->Ty)));
    return;
  case Keep::Hoist:
    Found.Certain.push_back(analysed(
        Loc, What + " is kept in a local variable of the derivative: " +
                 bytesOf(V->Ty)));
    return;
  case Keep::Recompute:
    Found.Certain.push_back(
        passed(Loc, What + " is computed again in the reverse sweep, as '" +
                        printExpr(C->Recipe) + "'"));
    return;
  case Keep::Record:
  case Keep::Tape:
    return reportStored(*C, V, What, Loc, Loop, std::move(Why));
  }
}

void PlanReporter::reportStored(const Carry &C, const Variable *V,
                                const std::string &What, Location Loc,
                                const Stmt *Loop, Notes Why) {
  bool OnTape = C.How == Keep::Tape;
  std::string Where = OnTape ? "on the tape" : "in an array";
  if (OnTape && Loop && Loop->Kind == StmtKind::While)
    Why.push_back({Loop->Loc, "values of a counted loop are stored in an array "
                              "instead, but this loop is not counted"});
  else if (OnTape && !Loop)
    Why.push_back({V->Loc ? V->Loc : Loc,
                   "the function is called, so that its two sweeps share no "
                   "local variables"});
  Remark Told =
      missed(Loc,
             What + " is stored " + Where + ": " +
                 (C.Count ? "as much as is used of " : "") + bytesOf(V->Ty) +
                 (Loop ? " in each iteration" : " in each call"),
             std::move(Why));
  Found.Values.push_back({std::move(Told), What, Loop ? Loop->Loc : 0,
                          C.Count ? 0 : sizeOf(V->Ty).value_or(0), OnTape,
                          OnTape ? V->Id : C.Array->Id});
}

//===----------------------------------------------------------------------===//
// Reasons
//===----------------------------------------------------------------------===//

/// The pointers or references through which two sets of objects meet only
/// because the caller might pass the same memory twice.
void PlanReporter::noteAlias(const ObjectSet &Read, const ObjectSet &Written,
                             Notes &Into) const {
  if (Read.intersects(Written))
    return;
  for (unsigned R : Read)
    for (unsigned W : Written) {
      const Variable *A = Memory.objects()[R].Var, *B = Memory.objects()[W].Var;
      ObjectSet One, Other;
      One.set(R);
      Other.set(W);
      if (!Memory.mayOverlap(One, Other) || !A->isParameter() ||
          !B->isParameter())
        continue;
      Into.push_back({B->Loc, "'" + B->Name + "' and '" + A->Name +
                                  "' may be the same memory; if they never "
                                  "are, declare them '__restrict'"});
      return;
    }
}

PlanReporter::Notes PlanReporter::whySaved(const Stmt &S) const {
  Notes Why;
  noteAlias(Required, Memory.denotes(S.Target), Why);
  return Why;
}

/// A cheap initialiser is not computed again where something that it reads is
/// changed in the rest of its block.
PlanReporter::Notes PlanReporter::whyNotRecomputed(const Stmt &S,
                                                   const Block &B) const {
  Notes Why;
  if (S.Kind != StmtKind::Declare || !S.Value || !isCheapAndPure(S.Value))
    return Why;
  ObjectSet Reads = Memory.reads(S.Value);
  bool Behind = false;
  for (const Stmt *Later : B) {
    if (Behind && Why.empty())
      forEachStmt({const_cast<Stmt *>(Later)}, [&](const Stmt &Each) {
        ObjectSet Written = Memory.writes(Each);
        if (!Why.empty() || !Memory.mayOverlap(Reads, Written))
          return;
        noteAlias(Reads, Written, Why);
        if (Why.empty())
          Why.push_back({Each.Loc, "what it is computed from is changed here"});
      });
    Behind |= Later == &S;
  }
  return Why;
}

PlanRemarks retrograd::planRemarks(const Function &F, const ReversalPlan &Plan,
                                   const MemoryModel &Memory) {
  return PlanReporter(F, Plan, Memory).Found;
}

//===----------------------------------------------------------------------===//
// What is stored in the end
//===----------------------------------------------------------------------===//

namespace {

/// What one iteration of a loop stores.
struct Total {
  uint64_t Bytes = 0, OnTape = 0;
  bool AtLeast = false;
};

} // namespace

/// Numbers of the arrays and of what is taken off the tape.
static llvm::DenseSet<unsigned>
storedVariables(llvm::ArrayRef<const Function *> Sweeps) {
  llvm::DenseSet<unsigned> Numbers;
  for (const Function *F : Sweeps)
    forEachStmt(F->Body, [&](const Stmt &S) {
      if (S.Kind == StmtKind::Reserve || S.Kind == StmtKind::Pop)
        Numbers.insert(S.Var->Id);
      if (S.Kind != StmtKind::PopArray)
        return;
      const Expr *Root = S.Target;
      while (!Root->Var)
        Root = Root->op(0);
      Numbers.insert(Root->Var->Id);
    });
  return Numbers;
}

static Remark remarkOnTotal(Location Loop, const Total &Sum) {
  std::string Where;
  if (Sum.OnTape == Sum.Bytes)
    Where = ", on the tape";
  else if (Sum.OnTape)
    Where = ", " + bytes(Sum.OnTape) + " of them on the tape";
  return analysed(Loop, "each iteration of this loop stores " +
                            std::string(Sum.AtLeast ? "at least " : "") +
                            bytes(Sum.Bytes) + " for the reverse sweep" +
                            Where);
}

Remarks retrograd::settle(const PlanRemarks &Plan,
                          llvm::ArrayRef<const Function *> Sweeps) {
  llvm::DenseSet<unsigned> StoredNow = storedVariables(Sweeps);
  Remarks Found = Plan.Certain;
  llvm::MapVector<Location, Total> Totals;
  for (const PlanRemarks::Stored &V : Plan.Values) {
    if (!StoredNow.contains(V.Variable)) {
      Found.push_back(passed(
          V.Told.Loc, V.What + " is not stored: its iteration is followed by "
                               "the reverse at once"));
      continue;
    }
    Found.push_back(V.Told);
    if (!V.Loop)
      continue;
    Total &Sum = Totals[V.Loop];
    Sum.Bytes += V.Bytes;
    Sum.OnTape += V.OnTape ? V.Bytes : 0;
    Sum.AtLeast |= V.Bytes == 0;
  }
  for (const auto &[Loop, Sum] : Totals)
    Found.push_back(remarkOnTotal(Loop, Sum));
  return Found;
}
