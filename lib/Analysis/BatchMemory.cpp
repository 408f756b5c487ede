//===- BatchMemory.cpp - What the calls of a batch may write --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes are found in one pass over the statements. Reads of an output are
// looked for along the structure: what has been written is handed from one
// statement to the next, branches must agree on it, and a loop may not run.
//
//===----------------------------------------------------------------------===//

#include "BatchMemory.h"
#include "../IR/Walk.h"
#include <map>
#include <optional>
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

/// The caller's memory that a parameter stands for or leads to.
static ObjectSet memoryOf(const MemoryModel &Memory, const Variable *V) {
  ObjectSet Set;
  for (unsigned O = 0; O < Memory.objects().size(); ++O)
    if (Memory.objects()[O].Var == V && Memory.objects()[O].Outside)
      Set.set(O);
  return Set;
}

//===----------------------------------------------------------------------===//
// Reads of outputs
//===----------------------------------------------------------------------===//

/// An integer over parameters and constants as a pragma would say it, so that
/// the bound of a loop can be compared with an extent; empty for others.
static std::string spelling(const Expr *E) {
  while (E->is(ExprKind::Cast) && E->Implicit)
    E = E->op(0);
  switch (E->Kind) {
  case ExprKind::Literal:
    return E->Text;
  case ExprKind::Var: {
    llvm::StringRef Name = E->Var->Name;
    bool Fixed = E->Var->isParameter() || (E->Var->isGlobal() && E->Var->Const);
    return Fixed ? Name.substr(Name.rfind(':') + 1).str() : "";
  }
  case ExprKind::Binary:
    if (E->op(0)->is(ExprKind::Binary) || E->op(1)->is(ExprKind::Binary))
      return "";
    return spelling(E->op(0)) + " " + E->Text + " " + spelling(E->op(1));
  case ExprKind::Opaque: {
    std::string Text = E->Pieces[0];
    for (size_t I = 0; I < E->Operands.size(); ++I)
      Text += spelling(E->op(I)) + E->Pieces[I + 1];
    return Text;
  }
  default:
    return "";
  }
}

namespace {

using Parameters = std::set<const Variable *>;

class OutputReads {
public:
  /// Extent may be null. Visited: parameters of callers that are looked at.
  OutputReads(const Function &F, const MemoryModel &Memory, const Variable *V,
              const Expr *Extent, Parameters &Visited)
      : F(F), Memory(Memory), V(V), Extent(Extent ? spelling(Extent) : ""),
        Visited(Visited), Own(memoryOf(Memory, V)) {}

  /// Where the output is read too early, if it is.
  std::optional<Location> find() {
    Written None;
    walk(F.Body, None);
    return Early;
  }

private:
  struct Written {
    std::vector<const Expr *> Places;
    /// Bounds n of loops that have assigned the elements 0 to n - 1.
    std::set<std::string> Bounds;
  };

  void walk(const Block &B, Written &W);
  void walk(const Stmt &S, Written &W);
  void walkCall(const Stmt &S, const Written &W);
  void walkLoop(const Stmt &S, Written &W);
  void forget(Written &W, const ObjectSet &Changed) const;
  bool isAssigned(const Expr *Place, const Written &W) const;
  bool isAllAssigned(const Written &W) const {
    return !Extent.empty() && W.Bounds.count(Extent);
  }
  void read(const Expr *E, const Written &W, Location Loc);
  void readAddress(const Expr *LValue, const Written &W, Location Loc);
  void foundEarly(Location Loc) {
    if (!Early)
      Early = Loc;
  }

  const Function &F;
  const MemoryModel &Memory;
  const Variable *V;
  const std::string Extent;
  Parameters &Visited;
  ObjectSet Own;
  /// The bounds of the loops from 0 that are around.
  std::map<const Variable *, std::string> Counters;
  std::optional<Location> Early;
};

} // namespace

static bool isIn(const Expr *E, const std::vector<const Expr *> &List) {
  return llvm::any_of(List,
                      [&](const Expr *Other) { return sameExpr(E, Other); });
}

void OutputReads::forget(Written &W, const ObjectSet &Changed) const {
  llvm::erase_if(W.Places, [&](const Expr *Place) {
    return Memory.mayOverlap(Memory.addressReads(Place), Changed);
  });
}

void OutputReads::readAddress(const Expr *E, const Written &W, Location Loc) {
  switch (E->Kind) {
  case ExprKind::Index:
    read(E->op(1), W, Loc);
    [[fallthrough]];
  case ExprKind::Field:
    return E->op(0)->Ty->isPointer() ? read(E->op(0), W, Loc)
                                     : readAddress(E->op(0), W, Loc);
  case ExprKind::Deref:
    return read(E->op(0), W, Loc);
  default:
    return;
  }
}

void OutputReads::read(const Expr *E, const Written &W, Location Loc) {
  if (E->Loc)
    Loc = E->Loc;
  if (E->is(ExprKind::AddressOf))
    return readAddress(E->op(0), W, Loc);
  if (!E->isLValue()) {
    for (const Expr *Operand : E->Operands)
      read(Operand, W, Loc);
    return;
  }
  readAddress(E, W, Loc);
  // An array names its address.
  if (!E->Ty->isArray() && Memory.denotes(E).intersects(Own) &&
      !isAssigned(E, W))
    foundEarly(Loc);
}

bool OutputReads::isAssigned(const Expr *Place, const Written &W) const {
  if (isAllAssigned(W) || isIn(Place, W.Places))
    return true;
  if (!Place->is(ExprKind::Index) || Place->op(0)->Var != V)
    return false;
  auto Counter = Counters.find(Place->op(1)->Var);
  return Counter != Counters.end() && W.Bounds.count(Counter->second);
}

void OutputReads::walkCall(const Stmt &S, const Written &W) {
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Expr *Arg = S.Args[I];
    const Variable *P =
        I < S.Callee->Params.size() ? S.Callee->Params[I] : nullptr;
    bool ByReference = P && P->Reference && Arg->isLValue();
    if (ByReference)
      readAddress(Arg, W, S.Loc);
    else
      read(Arg, W, S.Loc);
    bool Leads = P && (ByReference || P->Ty->isPointer());
    if (!Leads || isAllAssigned(W) || !Memory.provenance(Arg).intersects(Own))
      continue;
    if (S.Callee->Kind == FunctionKind::External ||
        !mayWriteArgument(*S.Callee, I)) {
      foundEarly(S.Loc);
      continue;
    }
    if (!Visited.insert(P).second)
      continue;
    MemoryModel Inner(*S.Callee);
    if (OutputReads(*S.Callee, Inner, P, nullptr, Visited).find())
      foundEarly(S.Loc);
  }
}

/// The n of `for (i = 0; i < n; ++i)`, or nothing.
static std::string boundOf(const Stmt &Loop) {
  bool FromZero = Loop.Kind == StmtKind::For && !Loop.Negative &&
                  !Loop.Descending && !Loop.Inclusive &&
                  Loop.Lower->isLiteral(0) && Loop.Step->isLiteral(1);
  return FromZero ? spelling(Loop.Upper) : "";
}

void OutputReads::walkLoop(const Stmt &S, Written &W) {
  ObjectSet Changed = Memory.writes(S);
  Changed |= Memory.writes(S.Body);
  forget(W, Changed);
  if (S.Value && !S.TestAtEnd)
    read(S.Value, W, S.Loc);
  std::string Bound = boundOf(S);
  if (!Bound.empty())
    Counters[S.Var] = Bound;
  Written Inside = W;
  walk(S.Body, Inside);
  if (S.Value && S.TestAtEnd)
    read(S.Value, Inside, S.Loc);
  bool Each = llvm::any_of(Inside.Places, [&](const Expr *Place) {
    return Place->is(ExprKind::Index) && Place->op(0)->Var == V &&
           Place->op(1)->Var == S.Var;
  });
  if (!Bound.empty() && Each)
    W.Bounds.insert(Bound);
}

void OutputReads::walk(const Block &B, Written &W) {
  for (const Stmt *S : B)
    walk(*S, W);
}

void OutputReads::walk(const Stmt &S, Written &W) {
  switch (S.Kind) {
  case StmtKind::For:
    read(S.Lower, W, S.Loc);
    read(S.Upper, W, S.Loc);
    return walkLoop(S, W);
  case StmtKind::While:
    return walkLoop(S, W);
  case StmtKind::If: {
    read(S.Value, W, S.Loc);
    Written Other = W;
    walk(S.Body, W);
    walk(S.Else, Other);
    llvm::erase_if(W.Places, [&](const Expr *Place) {
      return !isIn(Place, Other.Places);
    });
    for (auto B = W.Bounds.begin(); B != W.Bounds.end();)
      B = Other.Bounds.count(*B) ? std::next(B) : W.Bounds.erase(B);
    return;
  }
  case StmtKind::Call:
    walkCall(S, W);
    return forget(W, Memory.writes(S));
  default:
    break;
  }
  if (S.Value)
    read(S.Value, W, S.Loc);
  if (S.Count)
    read(S.Count, W, S.Loc);
  if (S.Target) {
    readAddress(S.Target, W, S.Loc);
    if (S.Op != AssignOp::Set)
      read(S.Target, W, S.Loc);
  }
  forget(W, Memory.writes(S));
  if (S.Kind == StmtKind::Assign && S.Op == AssignOp::Set &&
      Memory.denotes(S.Target).intersects(Own))
    W.Places.push_back(S.Target);
}

//===----------------------------------------------------------------------===//
// The checks
//===----------------------------------------------------------------------===//

/// A parameter that is written and is no output.
static bool checkWrites(const Function &F, const MemoryModel &Memory,
                        const BatchRoles &Roles, Diagnostics &Diags) {
  ObjectSet Allowed;
  for (const BatchEntry &Output : Roles.Outputs)
    Allowed |= memoryOf(Memory, Output.Var);
  bool Good = true;
  forEachStmt(F.Body, [&](const Stmt &S) {
    for (unsigned O : Memory.writes(S)) {
      const Object &Obj = Memory.objects()[O];
      if (!Good || !Obj.Outside || Obj.Var->isGlobal() || Allowed.test(O))
        continue;
      Good = false;
      std::string Name = Obj.Var->Name;
      Diags.error(S.Loc,
                  "'" + F.Name + "' writes through '" + Name +
                      "', which all samples of a batch would write to",
                  "give each sample memory of its own with 'outputs(" + Name +
                      "[n])', or use a local array");
    }
  });
  return Good;
}

static bool checkOutput(const Function &F, const MemoryModel &Memory,
                        const Activity &Active, const BatchEntry &Output,
                        Diagnostics &Diags) {
  std::string Name = "'" + Output.Var->Name + "'";
  ObjectSet Own = memoryOf(Memory, Output.Var);
  if (!Memory.writes(F.Body).intersects(Own)) {
    Diags.error(Output.Loc, "'" + F.Name + "' never writes the output " + Name,
                "remove it from 'outputs'");
    return false;
  }
  Parameters Visited = {Output.Var};
  if (auto Early =
          OutputReads(F, Memory, Output.Var, Output.Extent, Visited).find()) {
    Diags.error(*Early ? *Early : Output.Loc,
                "'" + F.Name + "' may read the output " + Name +
                    " before it has written it",
                "an output holds nothing before the call: compute in a local "
                "variable, and write the output last");
    return false;
  }
  for (unsigned O : Own)
    if (Active.isActive(O)) {
      Diags.error(Output.Loc, "a derivative flows through the output " + Name,
                  "compute in a local array, and copy that to the output");
      return false;
    }
  return true;
}

bool retrograd::checkBatchMemory(const Function &F, const MemoryModel &Memory,
                                 const Activity &Active,
                                 const BatchRoles &Roles, Diagnostics &Diags) {
  return checkWrites(F, Memory, Roles, Diags) &&
         llvm::all_of(Roles.Outputs, [&](const BatchEntry &Output) {
           return checkOutput(F, Memory, Active, Output, Diags);
         });
}
