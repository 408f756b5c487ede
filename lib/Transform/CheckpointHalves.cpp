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

namespace {

using Saved = CheckpointRegion::Saved;

class CheckpointHalf {
public:
  CheckpointHalf(Context &Ctx, const SplitRequest &R, Function &Into);

  /// Halves of the step, and whether they and thus ours move shadows.
  const SplitFunctions *splitStep(DerivativeProvider &Provider);
  void addAdjoints(bool MovesShadows);
  void forward();
  void reverse();

private:
  bool isCounted() const { return Loop && Loop->Kind == StmtKind::For; }
  bool isActive(const Variable *Parameter) const;
  bool movesShadows() const;

  // Statements, appended to Out.
  void push(const Expr *Place, const Expr *Count, Block &Out);
  void pop(const Expr *Place, const Expr *Count, Block &Out);
  void pushAll(bool Live, Block &Out);
  void popAll(bool Live, Block &Out);
  void logUserMemory(Block &Out);
  void callStep(Function *Callee, const Expr *K, bool Shadows, Block &Out);
  void runStep(const Expr *K, Block &Out);
  void store(const Expr *K, Block &Out);
  void goTo(const Expr *K, Block &Out);
  Stmt *If(const Expr *Condition, Block &Out);

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
  const Type *Long, *ScheduleType;
};

} // namespace

CheckpointHalf::CheckpointHalf(Context &Ctx, const SplitRequest &R,
                               Function &Into)
    : Ctx(Ctx), R(R), Half(Into), Region(*R.Callee->Checkpoint),
      Long(Ctx.integerType("long", /*Unsigned=*/false)),
      ScheduleType(Ctx.opaqueType("retrograd::revolve")) {
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
  Request.UserMemory.assign(Call->Args.size(), false);
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
    if (!R.UserMemory[At - Half.Params.data()])
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
  const Type *Position = Ctx.opaqueType("retrograd::tape::position");
  Variable *Mark = local("mark", Position, /*Const=*/true);
  Out.push_back(Ctx.declare(
      Mark, Ctx.opaque({"retrograd::tape::local().mark()"}, {}, Position)));
  callStep(Step->Forward, K, /*Shadows=*/true, Out);
  Stmt *Forget = Ctx.stmt(StmtKind::Opaque);
  Forget->Value = Ctx.opaque({"retrograd::tape::local().forget(", ")"},
                             {Ctx.var(Mark)}, Ctx.voidType());
  Out.push_back(Forget);
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

Stmt *CheckpointHalf::If(const Expr *Condition, Block &Out) {
  Stmt *S = Ctx.stmt(StmtKind::If);
  S->Value = Condition;
  Out.push_back(S);
  return S;
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

const Expr *CheckpointHalf::newSchedule(const Expr *Steps) {
  const Expr *Snapshots = Region.Snapshots;
  if (Region.Bytes)
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
  Stmt *S = If(method("stores", K, Ctx.boolType()), Out);
  pushAll(/*Live=*/true, S->Body);
  push(Ctx.var(Schedule), nullptr, S->Body);
  S->Body.push_back(
      Ctx.assign(Ctx.var(Schedule), method("stored", nullptr, ScheduleType)));
}

/// Takes the state before step K from the last snapshot before it.
void CheckpointHalf::goTo(const Expr *K, Block &Out) {
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
  pushAll(/*Live=*/false, Out);
  if (!isCounted()) {
    pushAll(/*Live=*/true, Out);
    if (!Loop)
      return runStep(nullptr, Out);
    Variable *Steps = local("steps", Long, /*Const=*/false);
    Out.push_back(Ctx.declare(Steps, Ctx.intLiteral(0)));
    Loop->Body.clear();
    runStep(nullptr, Loop->Body);
    Loop->Body.push_back(
        Ctx.assign(Ctx.var(Steps), Ctx.intLiteral(1), AssignOp::Add));
    Out.push_back(Loop);
    return push(Ctx.var(Steps), nullptr, Out);
  }
  Variable *Steps = local("steps", Long, /*Const=*/true);
  Out.push_back(Ctx.declare(Steps, tripCount(Ctx, *Loop)));
  Out.push_back(Ctx.declare(Schedule, newSchedule(Ctx.var(Steps))));
  const Expr *K = number();
  Loop->Body.clear();
  store(K, Loop->Body);
  Stmt *Ahead =
      If(Ctx.binary("<", next(K), Ctx.var(Steps), Ctx.boolType()), Loop->Body);
  runStep(nullptr, Ahead->Body);
  callStep(Step->Forward, nullptr, Step->ForwardTakesShadows, Ahead->Else);
  Out.push_back(Loop);
}

void CheckpointHalf::reverse() {
  Block &Out = Half.Body;
  logUserMemory(Out);
  if (!Loop) {
    popAll(/*Live=*/true, Out);
    pushAll(/*Live=*/true, Out);
    callStep(Step->Forward, nullptr, Step->ForwardTakesShadows, Out);
    callStep(Step->Reverse, nullptr, /*Shadows=*/true, Out);
    popAll(/*Live=*/true, Out);
    return popAll(/*Live=*/false, Out);
  }
  Variable *Steps = local("steps", Long, /*Const=*/true);
  if (isCounted()) {
    Out.push_back(Ctx.declare(Steps, tripCount(Ctx, *Loop)));
  } else {
    Stmt *Pop = Ctx.stmt(StmtKind::Pop);
    Pop->Var = Steps;
    Out.push_back(Pop);
    push(newSchedule(Ctx.var(Steps)), nullptr, Out);
  }
  Stmt *For = Ctx.stmt(StmtKind::For);
  For->Var = local("k", Long, /*Const=*/false);
  For->Lower = Ctx.intLiteral(0);
  For->Upper = Ctx.var(Steps);
  For->Descending = true;
  For->Step = Ctx.intLiteral(1);
  const Expr *K = Ctx.var(For->Var);
  Block *Again = &For->Body;
  if (isCounted())
    Again =
        &If(Ctx.binary("<", next(K), Ctx.var(Steps), Ctx.boolType()), For->Body)
             ->Body;
  goTo(K, *Again);
  callStep(Step->Forward, K, Step->ForwardTakesShadows, *Again);
  callStep(Step->Reverse, K, /*Shadows=*/true, For->Body);
  Out.push_back(For);
  Block *Last = &Out;
  if (isCounted())
    Last =
        &If(Ctx.binary(">", Ctx.var(Steps), Ctx.intLiteral(0), Ctx.boolType()),
            Out)
             ->Body;
  Stmt *Pop = Ctx.stmt(StmtKind::Pop);
  Pop->Var = local("first", ScheduleType, /*Const=*/true);
  Last->push_back(Pop);
  popAll(/*Live=*/true, *Last);
  popAll(/*Live=*/false, Out);
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
