//===- CheckpointHalves.cpp - The halves of what is run again -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A counted loop, with x for all of its state:
//
//   forward half                        reverse half
//
//   const long steps = n;               for (k = steps; k-- > 0;) {
//   schedule(steps, snapshots);           if (k + 1 < steps) {
//   for (i = 0; i < n; ++i) {               schedule = pop(); x = pop();
//     if (schedule.stores(i)) {             at = schedule.next();
//       push(x);                            schedule = schedule.until(k);
//       push(schedule);                     for (j = at; j < k; ++j) {
//       schedule = schedule.stored();         if (schedule.stores(j)) ...
//     }                                       step(j, x);
//     if (i + 1 < steps)                    }
//       step(i, x);                         if (schedule.stores(k)) ...
//     else                                  step_forward(tape, k, x);
//       step_forward(tape, i, x);         }
//   }                                     step_reverse(tape, k, x, d_x);
//                                       }
//                                       if (steps > 0) { pop(); x = pop(); }
//
// The forward half records the last step, so that no step is run in vain, and
// snapshots and the record of one step are all that is on the tape. The state
// before the loop stays there until the end: the halves of the step restore
// only what they need themselves.
//
// The steps of other loops are not known before they have been made: there the
// forward half stores the first state and counts, and the schedule begins with
// the reverse half. A call is such a loop of one step, without a schedule.
//
// What a step writes and never reads is put back once, behind the loop.
//
//===----------------------------------------------------------------------===//

#include "../IR/Clone.h"
#include "Adjoint.h"
#include "ReversalPlan.h"

using namespace retrograd;
using namespace retrograd::ir;

/// The tape of the thread, which all derivatives record on.
static const std::string TapeText = "retrograd::tape::local()";

namespace {

using Saved = CheckpointRegion::Saved;

class CheckpointHalf {
public:
  CheckpointHalf(Context &Ctx, const SplitRequest &R, Function &Into);

  /// Halves of the step, and whether they and thus ours move shadows.
  const SplitFunctions *splitStep(DerivativeProvider &Provider);
  void addAdjoints(bool All);
  void forward();
  void reverse();

private:
  void forwardCounted(Block &Out);
  void forwardOther(Block &Out);
  void reverseCall(Block &Out);
  void reverseLoop(Block &Out);

  bool isCounted() const { return Loop && Loop->Kind == StmtKind::For; }
  bool isActive(const Variable *Parameter) const;
  bool movesShadows() const;

  // Statements, appended to Out.
  void push(const Expr *Place, const Expr *Count, Block &Out);
  void pop(const Expr *Place, const Expr *Count, Block &Out);
  void pushAll(bool Live, Block &Out);
  void popAll(bool Live, Block &Out);
  void logUserMemory(Block &Out);
  void pushState(const Expr *Also, Block &Out);
  void loadState(Block &Out);
  void openFile(Block &Out);
  void passFile(Block &Out);
  void effect(const Expr *Value, Block &Out);
  void callStep(Function *Callee, const Expr *K, bool Shadows, Block &Out);
  void runStep(const Expr *K, Block &Out);
  void store(const Expr *K, Block &Out);
  void goTo(const Expr *K, Block &Out);
  Stmt *addIf(const Expr *Condition, Block &Out);

  // Expressions of the schedule.
  const Expr *method(const char *Name, const Expr *Argument, const Type *Ty);
  const Expr *newSchedule(const Expr *Steps);
  const Expr *counterAt(const Expr *K);
  const Expr *number();
  const Expr *next(const Expr *K) {
    return Ctx.binary("+", K, Ctx.intLiteral(1), Long);
  }
  Variable *local(const char *Name, const Type *Ty, bool Const);

  Context &Ctx;
  const SplitRequest &R;
  Function &Half;
  const SplitFunctions *Step = nullptr;
  CheckpointRegion Region;
  /// Null for a call.
  Stmt *Loop = nullptr;
  /// The call of the step in it, whose arguments say what its parameters are.
  const Stmt *Call = nullptr;
  llvm::DenseMap<const Variable *, Variable *> Adjoints;
  Variable *Schedule = nullptr;
  /// Where states go that do not stay in memory, or null.
  Variable *File = nullptr;
  const Type *Long, *ScheduleType, *PositionType;
};

} // namespace

CheckpointHalf::CheckpointHalf(Context &Ctx, const SplitRequest &R,
                               Function &Into)
    : Ctx(Ctx), R(R), Half(Into), Region(*R.Callee->Checkpoint),
      Long(Ctx.integerType("long", /*Unsigned=*/false)),
      ScheduleType(Ctx.opaqueType("retrograd::revolve")),
      PositionType(Ctx.opaqueType("retrograd::tape::position")) {
  VariableMap Map;
  Function *Copy = cloneFunction(Ctx, *R.Callee, Map);
  auto Moved = [&](const Expr *&E) {
    E = E ? remapExpr(Ctx, E, Map) : nullptr;
  };
  for (Saved &S : Region.State) {
    S.Parameter = Map.lookup(S.Parameter);
    Moved(S.Place);
    Moved(S.Count);
  }
  for (const Expr **E : {&Region.Snapshots, &Region.Bytes, &Region.Directory})
    Moved(*E);
  Half.Params = Copy->Params;
  Half.Variables = std::move(Copy->Variables);
  Half.ReturnType = Ctx.voidType();
  Stmt *Only = Copy->Body.back();
  if (Only->Kind != StmtKind::Call)
    Loop = Only;
  Call = Loop ? Loop->Body.back() : Only;
  Schedule = local("schedule", ScheduleType, /*Const=*/false);
  if (Region.Directory)
    File = local("file", Ctx.opaqueType("retrograd::snapshot_file *"),
                 /*Const=*/false);
}

Variable *CheckpointHalf::local(const char *Name, const Type *Ty, bool Const) {
  Variable *V = Half.addVariable(Name, Ty, VariableKind::Local);
  V->Generated = true;
  V->Const = Const;
  return V;
}

bool CheckpointHalf::isActive(const Variable *Parameter) const {
  for (size_t I = 0; I < R.Active.size(); ++I)
    if (Half.Params[I] == Parameter)
      return R.Active[I];
  return false; // the loop's counter
}

const SplitFunctions *CheckpointHalf::splitStep(DerivativeProvider &Provider) {
  SplitRequest Request;
  Request.Callee = Region.Step;
  Request.UnknownCode = R.UnknownCode;
  Request.Disposable = true;
  for (const Expr *Arg : Call->Args)
    Request.Active.push_back(isActive(Arg->Var));
  Request.User.assign(Call->Args.size(), UserMemory::None);
  return Step = Provider.split(Request);
}

/// Parameters for the adjoints, as the halves of any callee have them.
void CheckpointHalf::addAdjoints(bool All) {
  for (size_t I = 0; I < R.Active.size(); ++I) {
    Variable *P = Half.Params[I];
    if (!R.Active[I] || !(All || P->Reference || P->Ty->isPointer()))
      continue;
    Variable *Adjoint = addAdjointParameter(Ctx, Half, P);
    Adjoints[P] = Adjoint;
    Half.Params.push_back(Adjoint);
  }
}

/// How many bytes a snapshot takes on the tape.
static const Expr *snapshotSize(Context &Ctx, const CheckpointRegion &Region) {
  const Type *Size = Ctx.integerType("unsigned long", /*Unsigned=*/true);
  auto SizeOf = [&](const Type *Ty) {
    return Ctx.opaque({"sizeof(" + printType(Ty) + ")"}, {}, Size);
  };
  const Expr *Sum = Ctx.opaque({"sizeof(retrograd::revolve)"}, {}, Size);
  for (const Saved &S : Region.State) {
    if (!S.Live)
      continue;
    const Expr *Bytes = SizeOf(S.Count ? S.Place->Ty->Element : S.Place->Ty);
    if (S.Count)
      Bytes = Ctx.binary("*", S.Count, Bytes, Size);
    Sum = Ctx.binary("+", Sum, Bytes, Size);
  }
  return Sum;
}

//===----------------------------------------------------------------------===//
// The state
//===----------------------------------------------------------------------===//

void CheckpointHalf::push(const Expr *Place, const Expr *Count, Block &Out) {
  Stmt *Push = Ctx.stmt(Count ? StmtKind::PushArray : StmtKind::Push);
  Push->Value = Place;
  Push->Count = Count;
  Out.push_back(Push);
}

void CheckpointHalf::pop(const Expr *Place, const Expr *Count, Block &Out) {
  Stmt *Pop = Ctx.stmt(Count ? StmtKind::PopArray : StmtKind::Pop);
  Out.push_back(Pop);
  if (Count) {
    Pop->Target = Place;
    Pop->Count = Count;
    return;
  }
  Pop->Var = local("before", Place->Ty, /*Const=*/true);
  Out.push_back(Ctx.assign(Place, Ctx.var(Pop->Var)));
}

/// A pointer goes together with its shadow.
void CheckpointHalf::pushAll(bool Live, Block &Out) {
  for (const Saved &S : Region.State) {
    if (S.Live != Live)
      continue;
    push(S.Place, S.Count, Out);
    if (S.Place->Ty->isPointer() && !S.Count)
      if (Variable *Shadow = Adjoints.lookup(S.Parameter))
        push(Ctx.deref(Ctx.var(Shadow)), nullptr, Out);
  }
}

void CheckpointHalf::popAll(bool Live, Block &Out) {
  for (const Saved &S : llvm::reverse(Region.State)) {
    if (S.Live != Live)
      continue;
    if (S.Place->Ty->isPointer() && !S.Count)
      if (Variable *Shadow = Adjoints.lookup(S.Parameter))
        pop(Ctx.deref(Ctx.var(Shadow)), nullptr, Out);
    pop(S.Place, S.Count, Out);
  }
}

void CheckpointHalf::effect(const Expr *Value, Block &Out) {
  Stmt *S = Ctx.stmt(StmtKind::Opaque);
  S->Value = Value;
  Out.push_back(S);
}

/// A snapshot: the state and, in a loop, the schedule. The oldest ones, which
/// are needed the least often, go to the file.
void CheckpointHalf::pushState(const Expr *Also, Block &Out) {
  Variable *Mark = nullptr;
  if (File) {
    Mark = local("mark", PositionType, /*Const=*/true);
    Out.push_back(Ctx.declare(
        Mark, Ctx.opaque({TapeText + ".mark()"}, {}, PositionType)));
  }
  pushAll(/*Live=*/true, Out);
  if (Also)
    push(Also, nullptr, Out);
  if (!File)
    return;
  Block *Into = &Out;
  if (Also && Region.Bytes) {
    const Expr *Kept =
        Ctx.call("retrograd::snapshot_file::in_memory",
                 {Region.Bytes, snapshotSize(Ctx, Region)}, Long, nullptr);
    Into = &addIf(Ctx.binary(">", method("available", nullptr, Long), Kept,
                             Ctx.boolType()),
                  Out)
                ->Body;
  }
  effect(Ctx.opaque({"", "->store(" + TapeText + ", ", ")"},
                    {Ctx.var(File), Ctx.var(Mark)}, Ctx.voidType()),
         *Into);
}

/// Brings the last snapshot back to the tape.
void CheckpointHalf::loadState(Block &Out) {
  if (File)
    effect(Ctx.opaque({"", "->load(" + TapeText + ")"}, {Ctx.var(File)},
                      Ctx.voidType()),
           Out);
}

void CheckpointHalf::openFile(Block &Out) {
  if (File)
    Out.push_back(Ctx.declare(
        File,
        Ctx.opaque({"retrograd::snapshot_file::open(" + TapeText + ", ", ")"},
                   {Region.Directory}, File->Ty)));
}

void CheckpointHalf::passFile(Block &Out) {
  if (File)
    push(Ctx.var(File), nullptr, Out);
}

/// The end of the derivative gives the user's memory what it holds now,
/// whatever the steps that are run again do to it.
void CheckpointHalf::logUserMemory(Block &Out) {
  auto Log = [&](const Expr *Place, Block &Into) {
    Stmt *Rewind = Ctx.stmt(StmtKind::Rewind);
    Rewind->Target = Rewind->Value = Place;
    Into.push_back(Rewind);
  };
  for (const Saved &S : Region.State) {
    const auto *At = llvm::find(llvm::ArrayRef(Half.Params), S.Parameter);
    if (R.User[At - Half.Params.data()] == UserMemory::None)
      continue;
    if (!S.Count) {
      Log(S.Place, Out);
      continue;
    }
    Stmt *For = Ctx.stmt(StmtKind::For);
    For->Var = Half.addVariable("i", Ctx.intType(), VariableKind::Local);
    For->Lower = Ctx.intLiteral(0);
    For->Upper = S.Count;
    For->Step = Ctx.intLiteral(1);
    Log(Ctx.index(S.Place, Ctx.var(For->Var)), For->Body);
    Out.push_back(For);
  }
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// The number of the present iteration.
const Expr *CheckpointHalf::number() {
  if (!Loop->Descending)
    return iterationIndex(Ctx, *Loop);
  const Expr *Last = Ctx.binary("-", Loop->Upper, Ctx.intLiteral(1), Long);
  return Ctx.binary("-", Last, Ctx.var(Loop->Var), Long);
}

/// The loop's counter in iteration K.
const Expr *CheckpointHalf::counterAt(const Expr *K) {
  if (Loop->Descending)
    return Ctx.binary(
        "-", Ctx.binary("-", Loop->Upper, Ctx.intLiteral(1), Long), K, Long);
  const Expr *Offset =
      Loop->Step->isLiteral(1) ? K : Ctx.binary("*", K, Loop->Step, Long);
  if (Loop->Lower->isLiteral(0) && !Loop->Negative)
    return Offset;
  return Ctx.binary(Loop->Negative ? "-" : "+", Loop->Lower, Offset, Long);
}

/// K is the number of the iteration, or null where the counter is in scope.
void CheckpointHalf::callStep(Function *Callee, const Expr *K, bool Shadows,
                              Block &Out) {
  Stmt *S = Ctx.stmt(StmtKind::Call, Call->Loc);
  S->Callee = Callee;
  for (const Expr *Arg : Call->Args) {
    bool Counter = isCounted() && Arg->Var == Loop->Var;
    S->Args.push_back(
        Counter && K ? Ctx.cast(counterAt(K), Loop->Var->Ty, /*Implicit=*/true)
                     : Arg);
  }
  for (size_t I = 0; I < Call->Args.size() && Shadows; ++I)
    if (Variable *Shadow = Adjoints.lookup(Call->Args[I]->Var)) {
      const Variable *P = Region.Step->Params[I];
      if (Callee == Step->Reverse || P->Reference || P->Ty->isPointer())
        S->Args.push_back(Ctx.var(Shadow));
    }
  Out.push_back(S);
}

/// A state has pointers that have shadows.
bool CheckpointHalf::movesShadows() const {
  return llvm::any_of(Region.State, [&](const Saved &S) {
    return S.Place->Ty->isPointer() && !S.Count && isActive(S.Parameter);
  });
}

/// Goes one step on. Where a step moves pointers, their shadows must move
/// along, which only its forward half does; its record is forgotten.
void CheckpointHalf::runStep(const Expr *K, Block &Out) {
  if (!movesShadows())
    return callStep(Region.Step, K, /*Shadows=*/false, Out);
  Variable *Mark = local("mark", PositionType, /*Const=*/true);
  Out.push_back(
      Ctx.declare(Mark, Ctx.opaque({TapeText + ".mark()"}, {}, PositionType)));
  callStep(Step->Forward, K, /*Shadows=*/true, Out);
  effect(
      Ctx.opaque({TapeText + ".forget(", ")"}, {Ctx.var(Mark)}, Ctx.voidType()),
      Out);
}

//===----------------------------------------------------------------------===//
// The schedule
//===----------------------------------------------------------------------===//

const Expr *CheckpointHalf::method(const char *Name, const Expr *Argument,
                                   const Type *Ty) {
  std::string Open = std::string(".") + Name + "(";
  if (!Argument)
    return Ctx.opaque({"", Open + ")"}, {Ctx.var(Schedule)}, Ty);
  return Ctx.opaque({"", Open, ")"}, {Ctx.var(Schedule), Argument}, Ty);
}

Stmt *CheckpointHalf::addIf(const Expr *Condition, Block &Out) {
  Stmt *S = Ctx.stmt(StmtKind::If);
  S->Value = Condition;
  Out.push_back(S);
  return S;
}

const Expr *CheckpointHalf::newSchedule(const Expr *Steps) {
  const Expr *Snapshots = Region.Snapshots;
  if (Region.Bytes && !File)
    Snapshots =
        Ctx.call("retrograd::revolve::fitting",
                 {Region.Bytes, snapshotSize(Ctx, Region)}, Long, nullptr);
  if (!Snapshots)
    Snapshots = Ctx.call("retrograd::revolve::default_snapshots", {Steps}, Long,
                         nullptr);
  return Ctx.call("retrograd::revolve", {Steps, Snapshots}, ScheduleType,
                  nullptr);
}

/// if (schedule.stores(k)) { push(x); push(schedule); ... }
void CheckpointHalf::store(const Expr *K, Block &Out) {
  Stmt *S = addIf(method("stores", K, Ctx.boolType()), Out);
  pushState(Ctx.var(Schedule), S->Body);
  S->Body.push_back(
      Ctx.assign(Ctx.var(Schedule), method("stored", nullptr, ScheduleType)));
}

/// Takes the state before step K from the last snapshot before it.
void CheckpointHalf::goTo(const Expr *K, Block &Out) {
  loadState(Out);
  Stmt *Pop = Ctx.stmt(StmtKind::Pop);
  Pop->Var = Schedule;
  Out.push_back(Pop);
  popAll(/*Live=*/true, Out);
  Variable *At = local("at", Long, /*Const=*/true);
  Out.push_back(Ctx.declare(At, method("next", nullptr, Long)));
  Out.push_back(
      Ctx.assign(Ctx.var(Schedule), method("until", K, ScheduleType)));
  Stmt *For = Ctx.stmt(StmtKind::For);
  For->Var = local("j", Long, /*Const=*/false);
  For->Lower = Ctx.var(At);
  For->Upper = K;
  For->Step = Ctx.intLiteral(1);
  store(Ctx.var(For->Var), For->Body);
  runStep(Ctx.var(For->Var), For->Body);
  Out.push_back(For);
  store(K, Out);
}

//===----------------------------------------------------------------------===//
// The halves
//===----------------------------------------------------------------------===//

void CheckpointHalf::forward() {
  Block &Out = Half.Body;
  openFile(Out);
  pushAll(/*Live=*/false, Out);
  if (isCounted())
    forwardCounted(Out);
  else
    forwardOther(Out);
  passFile(Out);
}

void CheckpointHalf::forwardCounted(Block &Out) {
  Variable *Steps = local("steps", Long, /*Const=*/true);
  Out.push_back(Ctx.declare(Steps, tripCount(Ctx, *Loop)));
  Out.push_back(Ctx.declare(Schedule, newSchedule(Ctx.var(Steps))));
  const Expr *K = number();
  Loop->Body.clear();
  store(K, Loop->Body);
  Stmt *Ahead = addIf(Ctx.binary("<", next(K), Ctx.var(Steps), Ctx.boolType()),
                      Loop->Body);
  runStep(nullptr, Ahead->Body);
  callStep(Step->Forward, nullptr, Step->ForwardTakesShadows, Ahead->Else);
  Out.push_back(Loop);
}

void CheckpointHalf::forwardOther(Block &Out) {
  pushState(nullptr, Out);
  if (!Loop)
    return runStep(nullptr, Out);
  Variable *Steps = local("steps", Long, /*Const=*/false);
  Out.push_back(Ctx.declare(Steps, Ctx.intLiteral(0)));
  Loop->Body.clear();
  runStep(nullptr, Loop->Body);
  Loop->Body.push_back(
      Ctx.assign(Ctx.var(Steps), Ctx.intLiteral(1), AssignOp::Add));
  Out.push_back(Loop);
  push(Ctx.var(Steps), nullptr, Out);
}

void CheckpointHalf::reverse() {
  Block &Out = Half.Body;
  logUserMemory(Out);
  if (File) {
    Stmt *Pop = Ctx.stmt(StmtKind::Pop);
    Pop->Var = File;
    Out.push_back(Pop);
  }
  if (Loop)
    reverseLoop(Out);
  else
    reverseCall(Out);
  popAll(/*Live=*/false, Out);
  if (File)
    effect(Ctx.opaque({"", "->close()"}, {Ctx.var(File)}, Ctx.voidType()), Out);
}

void CheckpointHalf::reverseCall(Block &Out) {
  loadState(Out);
  popAll(/*Live=*/true, Out);
  pushAll(/*Live=*/true, Out);
  callStep(Step->Forward, nullptr, Step->ForwardTakesShadows, Out);
  callStep(Step->Reverse, nullptr, /*Shadows=*/true, Out);
  popAll(/*Live=*/true, Out);
}

void CheckpointHalf::reverseLoop(Block &Out) {
  Variable *Steps = local("steps", Long, /*Const=*/true);
  if (isCounted()) {
    Out.push_back(Ctx.declare(Steps, tripCount(Ctx, *Loop)));
  } else {
    Stmt *Pop = Ctx.stmt(StmtKind::Pop);
    Pop->Var = Steps;
    Out.push_back(Pop);
    loadState(Out);
    push(newSchedule(Ctx.var(Steps)), nullptr, Out);
  }
  Stmt *For = Ctx.stmt(StmtKind::For);
  For->Var = local("k", Long, /*Const=*/false);
  For->Lower = Ctx.intLiteral(0);
  For->Upper = Ctx.var(Steps);
  For->Descending = true;
  For->Step = Ctx.intLiteral(1);
  const Expr *K = Ctx.var(For->Var);
  // The last step of a counted loop has been recorded.
  Block *Again = &For->Body;
  if (isCounted())
    Again = &addIf(Ctx.binary("<", next(K), Ctx.var(Steps), Ctx.boolType()),
                   For->Body)
                 ->Body;
  goTo(K, *Again);
  callStep(Step->Forward, K, Step->ForwardTakesShadows, *Again);
  callStep(Step->Reverse, K, /*Shadows=*/true, For->Body);
  Out.push_back(For);
  // The state before the loop; there is none if no step was made.
  Block *Last = &Out;
  if (isCounted())
    Last = &addIf(Ctx.binary(">", Ctx.var(Steps), Ctx.intLiteral(0),
                             Ctx.boolType()),
                  Out)
                ->Body;
  loadState(*Last);
  Stmt *Pop = Ctx.stmt(StmtKind::Pop);
  Pop->Var = local("first", ScheduleType, /*Const=*/true);
  Last->push_back(Pop);
  popAll(/*Live=*/true, *Last);
}

bool retrograd::makeCheckpointHalves(Context &Ctx, const SplitRequest &R,
                                     SplitFunctions &Halves,
                                     DerivativeProvider &Provider) {
  CheckpointHalf Forward(Ctx, R, *Halves.Forward);
  CheckpointHalf Reverse(Ctx, R, *Halves.Reverse);
  const SplitFunctions *Step = Forward.splitStep(Provider);
  if (!Step || !Reverse.splitStep(Provider))
    return false;
  if (Step->ForwardTakesShadows)
    Forward.addAdjoints(/*All=*/false);
  Reverse.addAdjoints(/*All=*/true);
  Forward.forward();
  Reverse.reverse();
  return true;
}
