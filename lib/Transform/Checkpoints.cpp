//===- Checkpoints.cpp - Loops and calls that are run again ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// First the checks, then the state, then the two functions.
//
// What no derivative flows through in F as a whole is marked inactive in it: to
// the analysis of activity a call writes derivatives to all that it writes.
//
//===----------------------------------------------------------------------===//

#include "Checkpoints.h"
#include "../Analysis/LiveState.h"
#include "../IR/Walk.h"
#include "Outline.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

using Saved = CheckpointRegion::Saved;

class CheckpointTaker {
public:
  CheckpointTaker(Context &Ctx, Function &F, const CheckpointContext &How,
                  DerivativeProvider &Provider, Diagnostics &Diags)
      : Ctx(Ctx), F(F), Provider(Provider), Diags(Diags),
        Memory(F, How.UnknownCode), Active(F, Memory, How.Activity) {
    for (const Variable *V : How.Activity.Independents)
      Independents.insert(V);
    countWrites();
  }

  bool run();

private:
  /// A place in F that has to be saved, with what the pragma says of it.
  struct Place {
    unsigned Object;
    const Expr *First = nullptr;
    /// Null for a scalar or a pointer.
    const Expr *Count = nullptr;
    bool Live = false;
  };

  void countWrites();
  bool visit(Block &B);
  bool takeOut(const Stmt &Mark, Block &Region, Block &Out);
  bool checkEffects(const Stmt &Mark, const Block &Code);
  bool reject(const Stmt &Mark, const std::string &What,
              const std::string &Way);

  bool isStable(const Expr *E) const;
  const Expr *extentOf(unsigned O) const;
  bool placeOf(unsigned O, Place &P) const;
  std::vector<Place> placesInClause(const Stmt &Mark, unsigned O) const;
  void addPlace(Place P, std::vector<Place> &State) const;
  bool findState(const Stmt &Mark, const Block &Code,
                 std::vector<Place> &State);
  bool rejectUnknown(const Stmt &Mark, unsigned O);
  void fixStatePointers(Stmt &Mark, Block &Out);
  void initialize(const VariableList &Changed);
  void markInactive();

  Function *makeStep(const Function &Region, Stmt &Loop);
  void keepExtents(const Function &From, Function &To, const VariableMap &Map);

  Context &Ctx;
  Function &F;
  DerivativeProvider &Provider;
  Diagnostics &Diags;
  MemoryModel Memory;
  Activity Active;
  std::set<const Variable *> Independents;
  /// How many statements of F write a variable, its declaration included.
  llvm::DenseMap<const Variable *, unsigned> Writes;
};

} // namespace

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

bool CheckpointTaker::reject(const Stmt &Mark, const std::string &What,
                             const std::string &Way) {
  Diags.error(Mark.Loc, What, Way);
  return false;
}

namespace {

/// What must not happen twice.
struct Effect {
  const Stmt *What = nullptr;
  std::string Text;
};

} // namespace

static Effect findEffect(const Block &Code, std::set<const Function *> &Seen) {
  Effect Found;
  forEachStmt(Code, [&](const Stmt &S) {
    if (Found.What)
      return;
    if (S.Kind == StmtKind::Opaque)
      Found = {&S, "has an effect besides its values"};
    else if (S.Kind == StmtKind::Allocate || S.Kind == StmtKind::Free)
      Found = {&S, "allocates or frees memory"};
    if (S.Kind != StmtKind::Call || S.Callee->Pullback)
      return;
    if (S.Callee->Inactive || S.Callee->Kind == FunctionKind::External)
      Found = {&S, "calls '" + S.Callee->Name + "', which may have effects"};
    else if (Seen.insert(S.Callee).second)
      if (Effect Inner = findEffect(S.Callee->Body, Seen); Inner.What)
        Found = {&S, "calls '" + S.Callee->Name + "', which " + Inner.Text};
  });
  return Found;
}

/// What is run again must not be seen to run again.
bool CheckpointTaker::checkEffects(const Stmt &Mark, const Block &Code) {
  std::set<const Function *> Seen;
  Effect Found = findEffect(Code, Seen);
  if (!Found.What)
    return true;
  Diags.error(Found.What->Loc,
              "the " + Mark.Text + " marked 'checkpoint' " + Found.Text,
              "it is run more than once: move this out of the " + Mark.Text +
                  ", or remove the pragma");
  return false;
}

//===----------------------------------------------------------------------===//
// The state
//===----------------------------------------------------------------------===//

void CheckpointTaker::countWrites() {
  Writes.clear();
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Var)
      Writes[S.Var] += S.Kind == StmtKind::For ? 2 : 1;
    if (S.Target && S.Target->is(ExprKind::Var))
      ++Writes[S.Target->Var];
    for (size_t I = 0; I < S.Args.size() && S.Kind == StmtKind::Call; ++I)
      if (mayWriteArgument(*S.Callee, I) && S.Callee->Params[I]->Reference &&
          S.Args[I]->is(ExprKind::Var))
        ++Writes[S.Args[I]->Var];
  });
}

/// The expression has the same value everywhere in F.
bool CheckpointTaker::isStable(const Expr *E) const {
  bool Stable = true;
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.is(ExprKind::Var))
      Stable &= Node.Var->isParameter()
                    ? !Node.Var->Reference
                    : Node.Var->Const || (Node.Var->isLocal() &&
                                          Writes.lookup(Node.Var) <= 1 &&
                                          !Node.Var->AddressTaken);
    else
      Stable &= !Node.isLValue() && !Node.is(ExprKind::Call);
  });
  return Stable;
}

/// The address of the first scalar of an array, or behind a pointer to Count
/// elements, and the number of the scalars.
static std::pair<const Expr *, const Expr *> flatten(Context &Ctx, Variable *V,
                                                     const Expr *Count) {
  const Expr *First = Ctx.var(V);
  for (const Type *Ty = V->Ty->Element; Ty->isArray(); Ty = Ty->Element) {
    First = Ctx.index(First, Ctx.intLiteral(0));
    Count = Ctx.binary("*", Count, Ty->Extent, Ctx.intType());
  }
  return {First, Count};
}

/// How many elements an object has, if that is known and holds everywhere.
const Expr *CheckpointTaker::extentOf(unsigned O) const {
  const Object &Obj = Memory.objects()[O];
  if (Obj.Depth == 0)
    return Obj.Var->Ty->isArray() && !Obj.Var->Ty->Element->isArray() &&
                   isStable(Obj.Var->Ty->Extent)
               ? Obj.Var->Ty->Extent
               : nullptr;
  if (Obj.Depth > 1)
    return nullptr;
  const Expr *Count = nullptr;
  for (const MemoryExtent &E : F.Extents)
    if (E.Pointer == Obj.Var)
      Count = E.Count;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Allocate && S.Var == Obj.Var)
      Count = S.Count ? S.Count : Ctx.intLiteral(1);
  });
  bool Moves =
      Obj.Var->isParameter() ? Obj.Var->Reference : Writes.lookup(Obj.Var) != 1;
  return Count && !Moves && isStable(Count) ? Count : nullptr;
}

/// How to name all elements of an object, if the function says so itself.
bool CheckpointTaker::placeOf(unsigned O, Place &P) const {
  const Object &Obj = Memory.objects()[O];
  auto *V = const_cast<Variable *>(Obj.Var);
  if (Obj.Depth == 0 && !V->Ty->isArray()) {
    P.First = Ctx.var(V);
    return true;
  }
  if (Obj.Element->isPointer())
    return false;
  for (const Type *Ty = V->Ty; Ty->Element; Ty = Ty->Element)
    if (Ty->isArray() && !isStable(Ty->Extent))
      return false;
  const Expr *Count = Obj.Depth == 0 ? V->Ty->Extent : extentOf(O);
  if (Count)
    std::tie(P.First, P.Count) = flatten(Ctx, V, Count);
  return Count && !V->Ty->Element->hasVariableExtent();
}

/// The entries of `state` that may be about an object. As each of them is about
/// one memory only, there must be as many as memories that they may mean.
std::vector<CheckpointTaker::Place>
CheckpointTaker::placesInClause(const Stmt &Mark, unsigned O) const {
  std::vector<Place> Places;
  ObjectSet Meant;
  for (size_t I = 0; I < Mark.Args.size(); I += 2) {
    ObjectSet Pointees = Memory.pointsTo(Mark.Args[I]);
    if (!Pointees.test(O))
      continue;
    Meant |= Pointees;
    Places.push_back({O, Mark.Args[I], Mark.Args[I + 1]});
  }
  if (Places.size() < Meant.count())
    Places.clear();
  return Places;
}

void CheckpointTaker::addPlace(Place P, std::vector<Place> &State) const {
  auto Same = llvm::find_if(State, [&](const Place &Other) {
    return sameExpr(Other.First, P.First);
  });
  if (Same == State.end())
    State.push_back(P);
  else
    Same->Live |= P.Live;
}

/// An allocation that was given a name is known by the pointer to it.
static std::string usersName(const Function &F, const Variable *V) {
  std::string Name = V->Name;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (V->Generated && S.Kind == StmtKind::Declare && S.Value &&
        S.Value->Var == V)
      Name = S.Var->Name;
  });
  return Name;
}

bool CheckpointTaker::rejectUnknown(const Stmt &Mark, unsigned O) {
  const Object &Obj = Memory.objects()[O];
  std::string Name = usersName(F, Obj.Var);
  std::string What = "the " + Mark.Text + " marked 'checkpoint' changes ";
  if (Obj.Element->isPointer())
    return reject(Mark, What + "pointers in the memory of '" + Name + "'",
                  "use indices in the place of pointers, or remove the pragma");
  if (Obj.Depth > 1)
    return reject(Mark, What + "memory behind the pointers of '" + Name + "'",
                  "pass that memory by a pointer to its first element, or "
                  "remove the pragma");
  return reject(Mark,
                What + "memory of '" + Name +
                    "', whose number of elements is not known",
                "write 'state(" + Name + "[n])' behind 'checkpoint', or 'wrt(" +
                    Name + "[n])' at the function");
}

/// What Code changes and outlives it.
bool CheckpointTaker::findState(const Stmt &Mark, const Block &Code,
                                std::vector<Place> &State) {
  std::set<const Variable *> Own;
  forEachStmt(Code, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Declare || S.Kind == StmtKind::For ||
        S.Kind == StmtKind::Reserve || S.Kind == StmtKind::Call)
      Own.insert(S.Var);
  });
  ObjectSet Exposed =
      readBeforeWritten(Memory, Code, [&](unsigned O) { return extentOf(O); });
  for (unsigned O : Memory.writes(Code)) {
    const Object &Obj = Memory.objects()[O];
    if (Own.count(Obj.Var))
      continue;
    Place P{O};
    P.Live = Exposed.test(O) || Obj.Element->isPointer();
    if (placeOf(O, P)) {
      addPlace(P, State);
      continue;
    }
    std::vector<Place> Places = placesInClause(Mark, O);
    if (Obj.Element->isPointer() || Places.empty())
      return rejectUnknown(Mark, O);
    for (Place &Each : Places) {
      Each.Live = P.Live;
      addPlace(Each, State);
    }
  }
  return true;
}

/// What `state` names is fixed where the region begins: a pointer may move.
void CheckpointTaker::fixStatePointers(Stmt &Mark, Block &Out) {
  for (size_t I = 0; I < Mark.Args.size(); I += 2) {
    const Expr *Pointer = Mark.Args[I];
    for (const Expr **E : {&Mark.Args[I], &Mark.Args[I + 1]}) {
      if (isStable(*E))
        continue;
      Variable *V =
          F.addVariable(E == &Mark.Args[I] ? Pointer->Var->Name : "count",
                        (*E)->Ty, VariableKind::Local, Mark.Loc);
      V->Generated = V->Const = true;
      Memory.addCopy(V, *E);
      ++Writes[V];
      Out.push_back(Ctx.declare(V, *E, Mark.Loc));
      *E = Ctx.var(V);
    }
  }
}

/// A state is a value even where the primal has given none yet.
void CheckpointTaker::initialize(const VariableList &Changed) {
  forEachStmt(F.Body, [&](Stmt &S) {
    if (S.Kind == StmtKind::Declare && !S.Value && S.Var->Ty->isArithmetic())
      S.ZeroInit |= Changed.count(S.Var);
  });
}

/// See the head of the file.
void CheckpointTaker::markInactive() {
  auto Mark = [&](Variable *V) {
    if (V->Ty->carriesReal() && !V->isGlobal() && !Independents.count(V) &&
        Memory.hasObject(V) && !Active.needsShadow(V) && V != F.Result)
      V->Inactive = true;
  };
  for (Variable &V : F.Variables)
    Mark(&V);
}

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

void CheckpointTaker::keepExtents(const Function &From, Function &To,
                                  const VariableMap &Map) {
  for (const MemoryExtent &E : From.Extents)
    if (Variable *Pointer = Map.lookup(E.Pointer))
      To.Extents.push_back({Pointer, remapExpr(Ctx, E.Count, Map)});
}

/// The variables that code changes in a way that its caller must see.
static VariableList changedVariables(const MemoryModel &Memory,
                                     const Block &Code) {
  VariableList Changed;
  for (unsigned O : Memory.writes(Code))
    if (Memory.objects()[O].Depth == 0)
      Changed.insert(const_cast<Variable *>(Memory.objects()[O].Var));
  return Changed;
}

static Stmt *callOf(Context &Ctx, Function *Callee,
                    const std::vector<Variable *> &Arguments, Location Loc) {
  Stmt *Call = Ctx.stmt(StmtKind::Call, Loc);
  Call->Callee = Callee;
  for (Variable *V : Arguments)
    Call->Args.push_back(Ctx.var(V));
  return Call;
}

/// Takes the body of a region's loop out of it, or all of it.
Function *CheckpointTaker::makeStep(const Function &Region, Stmt &Loop) {
  MemoryModel Inside(Region);
  Function *Step = Provider.outlined(Region, "_step");
  bool IsLoop = Loop.Kind == StmtKind::For || Loop.Kind == StmtKind::While;
  Block &Code = IsLoop ? Loop.Body : const_cast<Block &>(Region.Body);
  VariableList Free = freeVariables(Code);
  // The inner loops of a step may have marks of their own.
  bool Marks = false;
  forEachStmt(Code,
              [&](const Stmt &S) { Marks |= S.Kind == StmtKind::Checkpoint; });
  if (Marks)
    for (const MemoryExtent &E : Region.Extents)
      if (Free.count(E.Pointer))
        addFreeVariables(E.Count, Free);
  VariableMap Map;
  std::vector<Variable *> Arguments =
      outline(Ctx, Code, Free, changedVariables(Inside, Code), *Step, Map);
  if (Marks)
    keepExtents(Region, *Step, Map);
  Code = {callOf(Ctx, Step, Arguments, Loop.Loc)};
  return Step;
}

bool CheckpointTaker::takeOut(const Stmt &Marked, Block &Region, Block &Out) {
  Stmt Mark = Marked;
  Stmt &What = *Region.back();
  bool IsLoop = Mark.Text == "loop";
  const Block &Code = IsLoop ? What.Body : Region;
  if (!checkEffects(Mark, Region))
    return false;
  fixStatePointers(Mark, Out);
  std::vector<Place> State;
  if (!findState(Mark, Code, State))
    return false;
  bool AnyActive =
      llvm::any_of(State,
                   [&](const Place &P) { return Active.isActive(P.Object); }) ||
      (What.Var && Active.needsShadow(What.Var));
  if (!AnyActive) {
    Out.insert(Out.end(), Region.begin(), Region.end());
    return true;
  }
  VariableList Free = freeVariables(Region);
  // What a call declares is declared in front of the region.
  if (What.Kind == StmtKind::Call && What.Var) {
    Out.push_back(Ctx.declare(What.Var, nullptr, What.Loc));
    Out.back()->ZeroInit = true;
    Variable *Result =
        F.addVariable(What.Var->Name, What.Var->Ty, VariableKind::Local);
    Result->Generated = Result->Const = true;
    Memory.addCopy(Result, Ctx.var(What.Var));
    Region.push_back(Ctx.assign(Ctx.var(What.Var), Ctx.var(Result),
                                AssignOp::Set, What.Loc));
    What.Var->Const = false;
    Free.insert(What.Var);
    What.Var = Result;
  }
  for (const Place &P : State)
    for (const Expr *E : {P.First, P.Count})
      addFreeVariables(E, Free);
  for (const Expr *E : {Mark.Value, Mark.Count, Mark.Lower})
    addFreeVariables(E, Free);
  for (const MemoryExtent &E : F.Extents)
    if (Free.count(E.Pointer))
      addFreeVariables(E.Count, Free);

  VariableList Changed = changedVariables(Memory, Region);
  initialize(Changed);
  // An array that no pointer leads to is still alone in its memory.
  const ObjectSet Stored = Memory.storedAddresses();
  for (Variable *V : Free)
    V->Restrict |=
        V->isLocal() && V->Ty->isArray() && !Stored.test(Memory.objectOf(V));
  Function *Outer = Provider.outlined(F, "_" + Mark.Text);
  VariableMap Map;
  std::vector<Variable *> Arguments =
      outline(Ctx, Region, Free, Changed, *Outer, Map);
  keepExtents(F, *Outer, Map);
  auto Made = std::make_shared<CheckpointRegion>();
  auto Moved = [&](const Expr *E) {
    return E ? remapExpr(Ctx, E, Map) : nullptr;
  };
  for (const Place &P : State) {
    auto *Root = P.First;
    while (!Root->is(ExprKind::Var))
      Root = Root->op(0);
    Made->State.push_back(
        {Map.lookup(Root->Var), Moved(P.First), Moved(P.Count), P.Live});
  }
  Made->Snapshots = Moved(Mark.Value);
  Made->Bytes = Moved(Mark.Count);
  Made->Directory = Moved(Mark.Lower);
  Made->Step = makeStep(*Outer, *Outer->Body.back());
  Outer->Checkpoint = Made;
  for (Variable *V : Arguments)
    if (V->isLocal() && Map.lookup(V)->Reference)
      V->AddressTaken = true;
  Out.push_back(callOf(Ctx, Outer, Arguments, What.Loc));
  return true;
}

bool CheckpointTaker::visit(Block &B) {
  Block Out;
  const Stmt *Mark = nullptr;
  for (Stmt *S : B) {
    if (S->Kind == StmtKind::Checkpoint) {
      Mark = S;
      continue;
    }
    bool Loop = S->Kind == StmtKind::For || S->Kind == StmtKind::While;
    bool Differentiable = S->Kind == StmtKind::Call && !S->Callee->Inactive &&
                          S->Callee->Kind != FunctionKind::External;
    if (Mark && (Mark->Text == "loop" ? Loop : Differentiable)) {
      Block Region = {S};
      if (!takeOut(*Mark, Region, Out))
        return false;
      Mark = nullptr;
      continue;
    }
    if (!visit(S->Body) || !visit(S->Else))
      return false;
    Out.push_back(S);
  }
  B = std::move(Out);
  return true;
}

bool CheckpointTaker::run() {
  markInactive();
  return visit(F.Body);
}

/// before: double *p = new double[n]; ... p = q;
/// after:  double *const block = new double[n]; double *p = block; ... p = q;
static void nameAllocations(Context &Ctx, Function &F, Block &B) {
  Block Out;
  for (Stmt *S : B) {
    nameAllocations(Ctx, F, S->Body);
    nameAllocations(Ctx, F, S->Else);
    Out.push_back(S);
    if (S->Kind != StmtKind::Allocate || S->Var->Const)
      continue;
    Variable *Pointer = S->Var;
    S->Var =
        F.addVariable("block", Pointer->Ty, VariableKind::Local, Pointer->Loc);
    S->Var->Generated = S->Var->Const = true;
    Out.push_back(Ctx.declare(Pointer, Ctx.var(S->Var), S->Loc));
  }
  B = std::move(Out);
}

bool retrograd::takeOutCheckpoints(Context &Ctx, Function &F,
                                   const CheckpointContext &How,
                                   DerivativeProvider &Provider,
                                   Diagnostics &Diags) {
  bool Any = false;
  forEachStmt(F.Body,
              [&](const Stmt &S) { Any |= S.Kind == StmtKind::Checkpoint; });
  if (!Any)
    return true;
  nameAllocations(Ctx, F, F.Body);
  return CheckpointTaker(Ctx, F, How, Provider, Diags).run();
}
