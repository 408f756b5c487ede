//===- Adjoint.cpp - Reverse mode -----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Working is the part that both kinds of function share: a copy of the primal,
// prepared, analysed and planned. The rest decides where adjoints come from and
// go to.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "../Analysis/SwappedPointers.h"
#include "../Emit/Printer.h"
#include "../IR/Clone.h"
#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "Checkpoints.h"
#include "InlineCalls.h"
#include "NameValues.h"
#include "PrepareReversal.h"
#include "ReversalPlan.h"
#include "Sweeps.h"
#include <optional>
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// The shared part
//===----------------------------------------------------------------------===//

namespace {

class Working {
public:
  Working(Context &Ctx, const Function &Primal, Diagnostics &Diags, bool Split,
          bool UnknownCode, bool Disposable, unsigned Directions)
      : Ctx(Ctx), Diags(Diags), Split(Split), UnknownCode(UnknownCode),
        Disposable(Disposable), F(*clonePrimal(Ctx, Primal, Map, Directions)),
        Adjoints(Ctx, F, "d_") {}

  /// Runs the analyses; false after an error.
  bool analyse(const ActivityRequest &Request, DerivativeProvider &Provider);
  /// Makes the two sweeps of the body; false after an error.
  bool sweep(DerivativeProvider &Provider, std::vector<UserMemory> User,
             StepPrinter Print, PlanRemarks *Told);

  /// Declares the adjoint of the result, if it has one.
  void seedResult(const Expr *Seed, Block &Into);

  Context &Ctx;
  Diagnostics &Diags;
  const bool Split, UnknownCode, Disposable;
  VariableMap Map;
  Function &F;
  Shadows Adjoints;
  std::optional<MemoryModel> Memory;
  std::optional<Activity> Active;
  Block Hoisted, Forward, Reverse;

private:
  bool checkReversible();
  std::string describePlan(const ReversalPlan &Plan) const;
};

} // namespace

/// Reverse mode over a function that itself runs backwards would have to run
/// the tape forwards.
bool Working::checkReversible() {
  bool UsesTape = F.OpensTape || F.TakesTape;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Callee && (S.Callee->OpensTape || S.Callee->TakesTape))
      UsesTape = true;
  });
  if (UsesTape)
    Diags.error(F.Loc,
                "reverse mode over '" + F.Name +
                    "' is not supported, since it uses the tape",
                "for second derivatives use '#pragma retrograd jvp(" + F.Name +
                    ")'");
  return !UsesTape;
}

bool Working::analyse(const ActivityRequest &Request,
                      DerivativeProvider &Provider) {
  if (!checkReversible() ||
      !takeOutCheckpoints(Ctx, F, {Request, UnknownCode}, Provider, Diags))
    return false;
  inlineCalls(Ctx, F, Request, UnknownCode, Provider);
  {
    MemoryModel First(F, UnknownCode);
    nameValues(Ctx, F, First, Activity(F, First, Request));
  }
  reserveEscapingLocals(Ctx, F, Split);
  nameControlFlow(Ctx, F, MemoryModel(F, UnknownCode));
  Memory.emplace(F, UnknownCode);
  markSwappedPointers(F, *Memory);
  Active.emplace(F, *Memory, Request);
  return Active->check(Diags, &Function::Pullback);
}

void Working::seedResult(const Expr *Seed, Block &Into) {
  if (!Active->needsShadow(F.Result))
    return;
  Variable *Adjoint = Adjoints.of(F.Result);
  if (!Adjoint->Ty->isRecord()) {
    Into.push_back(Ctx.declare(Adjoint, Seed));
    return;
  }
  Into.push_back(Ctx.declare(Adjoint));
  copyReals(Ctx, F, Ctx.var(Adjoint), Seed, Into);
}

std::string Working::describePlan(const ReversalPlan &Plan) const {
  std::string Text;
  auto Line = [&](const std::string &What) { Text += "// " + What + "\n"; };
  for (unsigned O = 0; O < Memory->objects().size(); ++O)
    if (Active->isActive(O)) {
      const Object &Obj = Memory->objects()[O];
      Line("active: " + std::string(Obj.Depth, '*') + Obj.Var->Name);
    }
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (Plan.savedIn(&S))
      Line("save: " + printExpr(S.Target) + " before " + printExpr(S.Target) +
           (S.Op == AssignOp::Set ? " = " : " += ") + printExpr(S.Value));
    if (Plan.isInverted(&S))
      Line("invert: " + printExpr(S.Target));
  });
  for (const Variable &V : F.Variables)
    if (const Carry *C = Plan.carry(&V)) {
      static const char *const How[] = {"in scope", "hoist", "recompute",
                                        "record", "tape"};
      Line("keep: " + V.Name + ": " + How[static_cast<int>(C->How)] +
           (C->Recipe ? " " + printExpr(C->Recipe) : ""));
    }
  return Text + printFunction(F);
}

bool Working::sweep(DerivativeProvider &Provider, std::vector<UserMemory> User,
                    StepPrinter Print, PlanRemarks *Told) {
  ReversalPlan Plan(Ctx, F, *Memory, *Active, Diags, Split, Disposable);
  Sweeps Both(Ctx, F, *Memory, *Active, Adjoints, Plan, Provider, Diags,
              std::move(User));
  Both.reverseStatements();
  Plan.compute();
  if (Diags.hadError())
    return false;
  if (Print)
    Print("plan", describePlan(Plan));
  if (Told)
    *Told = planRemarks(F, Plan, *Memory);
  forEachStmt(F.Body, [](Stmt &S) { S.Deferred = S.Kind == StmtKind::Free; });
  Forward = Both.forward(F.Body);
  Reverse = Both.reverse(F.Body, /*InScope=*/!Split);
  Hoisted = std::move(Both.Hoisted);
  return !Diags.hadError();
}

Variable *retrograd::addAdjointParameter(Context &Ctx, Function &F,
                                         const Variable *V) {
  const Type *Ty = adjointType(Ctx, V->Ty);
  bool Address = isPassedByAddress(*V);
  if (Address && Ty->isArray())
    Ty = Ctx.pointerTo(Ty->Element);
  else if (Address || !Ty->isPointer())
    Ty = Ctx.pointerTo(Ty);
  std::string Name = V->Name;
  if (size_t Colon = Name.rfind(':'); Colon != std::string::npos)
    Name = Name.substr(Colon + 1);
  Variable *Adjoint =
      F.addVariable("d_" + Name, Ty, VariableKind::Parameter, V->Loc);
  Adjoint->Shadow = true;
  return Adjoint;
}

//===----------------------------------------------------------------------===//
// Gradient and pullback
//===----------------------------------------------------------------------===//

namespace {

class AdjointMaker {
public:
  AdjointMaker(Context &Ctx, const Request &R, DerivativeProvider &Provider,
               Diagnostics &Diags, StepPrinter Print, PlanRemarks *Told)
      : Ctx(Ctx), R(R), Provider(Provider), Diags(Diags), Print(Print),
        Told(Told),
        W(Ctx, *R.Primal, Diags, /*Split=*/false, /*UnknownCode=*/false,
          /*Disposable=*/false, R.Directions) {}

  Function *run();

private:
  bool bindIndependent(const Independent &I);
  void bindLocalSum(const Variable *V, Variable *Parameter);
  void setAside(const Variable *V, Variable *Parameter, const Expr *Extent);
  bool isWritten(const Variable *V) const;
  bool usedInLoop(const Variable *V) const;
  void keepResult(Block &Body);

  Context &Ctx;
  const Request &R;
  DerivativeProvider &Provider;
  Diagnostics &Diags;
  StepPrinter Print;
  PlanRemarks *Told;
  Working W;
  std::vector<Variable *> Parameters;
  /// Around the sweeps: sums and what was set aside, added to the user's.
  Block Prologue, Epilogue, Releases;
};

} // namespace

bool AdjointMaker::isWritten(const Variable *V) const {
  ObjectSet Written = W.Memory->writes(W.F.Body);
  for (unsigned O : Written)
    if (W.Memory->objects()[O].Var == V && W.Memory->objects()[O].Outside)
      return true;
  return false;
}

/// A loop reads V, so its adjoint is worth a register.
bool AdjointMaker::usedInLoop(const Variable *V) const {
  bool Found = false;
  auto IsLoop = [](const Stmt &S) {
    return S.Kind == StmtKind::For || S.Kind == StmtKind::While;
  };
  forEachStmt(W.F.Body, [&](const Stmt &S) {
    // A loop that was taken out is a call.
    if (S.Kind == StmtKind::Call && S.Callee->Checkpoint &&
        IsLoop(*S.Callee->Body.back()))
      forEachExpr(S, [&](const Expr &E) { Found |= E.Var == V; });
    if (!IsLoop(S))
      return;
    forEachStmt(S.Body, [&](const Stmt &Inner) {
      forEachExpr(Inner, [&](const Expr &E) { Found |= E.Var == V; });
    });
  });
  return Found;
}

/// The adjoint of a scalar is summed up in a local and added to the user's at
/// the end.
void AdjointMaker::bindLocalSum(const Variable *V, Variable *Parameter) {
  Variable *Own = W.F.addVariable(Parameter->Name + "_own",
                                  Parameter->Ty->Element, VariableKind::Local);
  Own->Generated = true;
  Prologue.push_back(Ctx.declare(Own));
  Prologue.back()->ZeroInit = true;
  W.Adjoints.bind(V, Own, /*Indirect=*/false);
  Epilogue.push_back(
      Ctx.assign(Ctx.deref(Ctx.var(Parameter)), Ctx.var(Own), AssignOp::Add));
}

/// What a user's adjoint buffer holds already is no seed of what f writes
/// there: it is set aside, and added again when the buffer holds the gradient.
/// Buffers may alias; then the first to be set aside takes everything.
void AdjointMaker::setAside(const Variable *V, Variable *Parameter,
                            const Expr *Extent) {
  W.Adjoints.bind(V, Parameter, /*Indirect=*/!Extent);
  const Type *Element = Parameter->Ty->Element;
  const Expr *Users = Ctx.var(Parameter);
  Variable *Before =
      W.F.addVariable(Parameter->Name + "_before",
                      Extent ? Parameter->Ty : Element, VariableKind::Local);
  Before->Generated = Before->Const = Before->Shadow = true;
  const Expr *Ours = Ctx.var(Before);
  if (!Extent) {
    Prologue.push_back(Ctx.declare(Before, Ctx.deref(Users)));
    Prologue.push_back(Ctx.assign(Ctx.deref(Users), Ctx.intLiteral(0)));
    Epilogue.push_back(Ctx.assign(Ctx.deref(Users), Ours, AssignOp::Add));
    return;
  }
  auto Loop = [&](Block &Into) {
    Stmt *For = Ctx.stmt(StmtKind::For);
    For->Var = W.F.addVariable("i", Ctx.intType(), VariableKind::Local);
    For->Lower = Ctx.intLiteral(0);
    For->Upper = Extent;
    For->Step = Ctx.intLiteral(1);
    Into.push_back(For);
    return For;
  };
  Stmt *Reserve = Ctx.stmt(StmtKind::Reserve);
  Reserve->Var = Before;
  Reserve->Count = Extent;
  Prologue.push_back(Reserve);
  Stmt *Take = Loop(Prologue);
  const Expr *Place = Ctx.index(Users, Ctx.var(Take->Var));
  Take->Body = {Ctx.assign(Ctx.index(Ours, Ctx.var(Take->Var)), Place),
                Ctx.assign(Place, Ctx.intLiteral(0))};
  Stmt *Give = Loop(Epilogue);
  Give->Body = {Ctx.assign(Ctx.index(Users, Ctx.var(Give->Var)),
                           Ctx.index(Ours, Ctx.var(Give->Var)), AssignOp::Add)};
  Stmt *Release = Ctx.stmt(StmtKind::Release);
  Release->Var = Before;
  Release->Count = Extent;
  Releases.insert(Releases.begin(), Release);
}

bool AdjointMaker::bindIndependent(const Independent &I) {
  const Variable *V = I.Var->isGlobal() ? I.Var : W.Map.lookup(I.Var);
  Variable *Parameter = addAdjointParameter(Ctx, W.F, V);
  // Not for halves: a call in the user's code may pass one array as two
  // parameters that are only read, __restrict or not, but their adjoints are
  // written.
  Parameter->Restrict = V->Restrict;
  Parameters.push_back(Parameter);
  if (R.DerivativeMode == Mode::Gradient && V->Ty->scalar()->isRecord() &&
      isWritten(V)) {
    Diags.error(I.Loc,
                "'" + R.Primal->Name + "' writes to the object that '" +
                    V->Name + "' leads to, which a gradient cannot have",
                "use 'vjp', whose adjoint holds the seed of what is written, "
                "or pass the object by reference to const");
    return false;
  }
  bool ByValue = V->isParameter() && !V->Reference;
  bool Scalar = V->Ty->isReal();
  // In a gradient the adjoint buffer is not the seed of what f leaves there.
  if (R.DerivativeMode == Mode::Gradient && !(ByValue && Scalar) &&
      isWritten(V)) {
    const Expr *Extent = I.Extent;
    if (V->Ty->isArray() && V->Ty->Element->isReal())
      Extent = V->Ty->Extent;
    if (!Scalar && (!Extent || !Parameter->Ty->Element->isReal())) {
      Diags.error(I.Loc,
                  "'" + R.Primal->Name + "' writes through '" + V->Name +
                      "', so its gradient needs to know how many elements "
                      "there are",
                  "give the number of elements, 'wrt(" + V->Name +
                      "[n])', or use 'vjp', whose adjoint buffers hold the "
                      "seed of what is written");
      return false;
    }
    if (Extent)
      Extent = remapExpr(Ctx, Extent, W.Map);
    setAside(V, Parameter, Scalar ? nullptr : Extent);
    return true;
  }
  if (ByValue && Scalar && usedInLoop(V)) {
    bindLocalSum(V, Parameter);
    return true;
  }
  W.Adjoints.bind(V, Parameter, /*Indirect=*/isPassedByAddress(*V) || Scalar);
  return true;
}

Function *AdjointMaker::run() {
  ActivityRequest Request;
  Request.OutputsThroughMemory = R.DerivativeMode == Mode::Vjp;
  for (const Independent &I : R.Independents)
    Request.Independents.push_back(I.Var->isGlobal() ? I.Var
                                                     : W.Map.lookup(I.Var));
  for (const Independent &I : R.Independents)
    if (I.Extent && !I.Var->isGlobal())
      W.F.Extents.push_back(
          {W.Map.lookup(I.Var), remapExpr(Ctx, I.Extent, W.Map)});
  if (!W.analyse(Request, Provider))
    return nullptr;
  for (const Independent &I : R.Independents)
    if (!bindIndependent(I))
      return nullptr;
  Function &F = W.F;
  size_t PrimalParameters = F.Params.size();
  if (!W.sweep(Provider, std::vector(PrimalParameters, UserMemory::Direct),
               Print, Told))
    return nullptr;

  Block Body = std::move(Prologue);
  auto Append = [&](const Block &B) {
    Body.insert(Body.end(), B.begin(), B.end());
  };
  Append(W.Hoisted);
  Append(W.Forward);
  if (F.Result && (F.Result->Ty->isReal() || F.Result->Ty->isRecord())) {
    const Expr *Seed = Ctx.intLiteral(1);
    if (R.DerivativeMode == Mode::Vjp) {
      Variable *Parameter =
          F.addVariable("seed", F.ReturnType, VariableKind::Parameter);
      Parameter->Shadow = true;
      F.Params.push_back(Parameter);
      Seed = Ctx.var(Parameter);
    }
    W.seedResult(Seed, Body);
    keepResult(Body);
  }
  Append(W.Reverse);
  Append(Epilogue);
  Append(Releases);
  F.Params.insert(F.Params.end(), Parameters.begin(), Parameters.end());
  F.Body = std::move(Body);
  if (!R.Value) {
    F.Result = nullptr;
    F.ReturnType = Ctx.voidType();
  }
  return &F;
}

/// The place is the variable or lies in it.
static bool isPartOf(const Expr *Place, const Variable *V) {
  while (Place->isLValue() && !Place->is(ExprKind::Var) &&
         !Place->op(0)->Ty->isPointer())
    Place = Place->op(0);
  return Place->Var == V;
}

/// The reverse sweep gives the result variable an earlier value back, so what
/// is to be returned needs a place of its own.
void AdjointMaker::keepResult(Block &Body) {
  Function &F = W.F;
  bool Restored = false;
  forEachStmt(W.Reverse, [&](const Stmt &S) {
    Restored |= S.Target && isPartOf(S.Target, F.Result);
  });
  if (!R.Value || !Restored)
    return;
  Variable *Value = F.addVariable("value", F.ReturnType, VariableKind::Local);
  Value->Generated = true;
  if (Value->Ty->isRecord()) {
    Body.push_back(Ctx.declare(Value));
    copyScalars(Ctx, F, Ctx.var(Value), Ctx.var(F.Result), Body);
  } else {
    Body.push_back(Ctx.declare(Value, Ctx.var(F.Result)));
  }
  F.Result = Value;
}

Function *retrograd::makeAdjoint(Context &Ctx, const Request &R,
                                 DerivativeProvider &Provider,
                                 Diagnostics &Diags, StepPrinter Print,
                                 PlanRemarks *Told) {
  return AdjointMaker(Ctx, R, Provider, Diags, Print, Told).run();
}

//===----------------------------------------------------------------------===//
// The halves of a called function
//===----------------------------------------------------------------------===//

static bool movesPointers(const Function &F, std::set<const Function *> &Seen) {
  if (!Seen.insert(&F).second)
    return false;
  bool Moves = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    const Type *Ty = nullptr;
    if (S.Kind == StmtKind::Declare || S.Kind == StmtKind::Allocate ||
        S.Kind == StmtKind::Reserve)
      Ty = S.Var->Ty;
    else if (S.Kind == StmtKind::Assign)
      Ty = S.Target->Ty;
    Moves |= Ty && Ty->holdsPointer() && Ty->carriesReal();
    if (S.Callee)
      Moves |= movesPointers(*S.Callee, Seen);
  });
  return Moves;
}

bool retrograd::movesPointers(const Function &F) {
  std::set<const Function *> Seen;
  return ::movesPointers(F, Seen);
}

/// A function of its own with the variables of W and one of its sweeps.
static void moveInto(Context &Ctx, Function &W, Block Body,
                     std::vector<Variable *> Params, Variable *Result,
                     const Type *ReturnType, Function &Into) {
  W.Body = std::move(Body);
  W.Params = std::move(Params);
  W.Result = Result;
  VariableMap Map;
  Function *Copy = cloneFunction(Ctx, W, Map);
  Into.ReturnType = ReturnType;
  Into.Params = Copy->Params;
  Into.Result = Copy->Result;
  Into.Body = std::move(Copy->Body);
  Into.Variables = std::move(Copy->Variables);
  Into.TakesTape = true;
}

bool retrograd::rejectReturnedPointer(const Function &F, Diagnostics &Diags) {
  Diags.error(F.Loc,
              "'" + F.Name +
                  "' returns a pointer to memory that derivatives flow through",
              "pass the pointer out through a parameter, or compute it in the "
              "caller");
  return false;
}

bool retrograd::makeHalves(Context &Ctx, const SplitRequest &R,
                           SplitFunctions &Halves, DerivativeProvider &Provider,
                           Diagnostics &Diags, PlanRemarks *Told) {
  Working W(Ctx, *R.Callee, Diags, /*Split=*/true, R.UnknownCode, R.Disposable,
            Halves.Forward->Directions);
  Function &F = W.F;
  if (F.ReturnType->holdsPointer() && F.ReturnType->carriesReal())
    return rejectReturnedPointer(F, Diags);
  ActivityRequest Request;
  for (size_t I = 0; I < R.Active.size(); ++I)
    if (R.Active[I])
      Request.Independents.push_back(F.Params[I]);
  if (!W.analyse(Request, Provider))
    return false;
  std::vector<Variable *> ForwardParams = F.Params, ReverseParams = F.Params;
  std::vector<Variable *> AdjointParams;
  for (size_t I = 0; I < R.Active.size(); ++I) {
    if (!R.Active[I])
      continue;
    const Variable *P = F.Params[I];
    Variable *Adjoint = addAdjointParameter(Ctx, F, P);
    bool Pointer = P->Ty->isPointer() && !P->Reference;
    W.Adjoints.bind(P, Adjoint, /*Indirect=*/!Pointer);
    AdjointParams.push_back(Adjoint);
    if (Halves.ForwardTakesShadows &&
        (P->Reference || P->Ty->isPointer() || P->Ty->isRecord()))
      ForwardParams.push_back(Adjoint);
  }
  if (!W.sweep(Provider, R.User, nullptr, Told))
    return false;
  Block Reverse = std::move(W.Hoisted);
  Block Forward = Reverse;
  Reverse.clear();
  Forward.insert(Forward.end(), W.Forward.begin(), W.Forward.end());
  if (F.Result && (F.Result->Ty->isReal() || F.Result->Ty->isRecord())) {
    Variable *Seed =
        F.addVariable("seed", F.ReturnType, VariableKind::Parameter);
    Seed->Shadow = true;
    ReverseParams.push_back(Seed);
    W.seedResult(Ctx.var(Seed), Reverse);
  }
  Reverse.insert(Reverse.end(), W.Reverse.begin(), W.Reverse.end());
  ReverseParams.insert(ReverseParams.end(), AdjointParams.begin(),
                       AdjointParams.end());
  const Type *ReturnType = F.ReturnType;
  Variable *Result = F.Result;
  moveInto(Ctx, F, std::move(Forward), ForwardParams, Result, ReturnType,
           *Halves.Forward);
  moveInto(Ctx, F, std::move(Reverse), ReverseParams, nullptr, Ctx.voidType(),
           *Halves.Reverse);
  return true;
}
