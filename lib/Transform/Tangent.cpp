//===- Tangent.cpp - Forward mode -----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shadows carry the prefix t_ here. A pointer's shadow moves with it exactly as
// in the forward sweep of an adjoint.
//
//===----------------------------------------------------------------------===//

#include "Tangent.h"
#include "../IR/Clone.h"
#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "Algebra.h"
#include "NameValues.h"
#include "NamedCalls.h"
#include "Shadows.h"
#include "llvm/ADT/DenseSet.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class TangentMaker {
public:
  TangentMaker(Context &Ctx, Function &F, const MemoryModel &Memory,
               const Activity &Active, Shadows &Tangents,
               DerivativeProvider &Provider, Diagnostics &Diags)
      : Ctx(Ctx), F(F), Memory(Memory), Active(Active), Tangents(Tangents),
        Provider(Provider), Diags(Diags), Math(Ctx), Names(Ctx, F, Memory) {}

  Block visit(const Block &B);
  /// The tangent of a pure expression; a literal 0 if it is not active. Result
  /// names the value of E if E is a call.
  const Expr *tangent(const Expr *E, const Expr *Result = nullptr);

private:
  void visitStmt(const Stmt &S, Block &Out);
  void visitDeclare(const Stmt &S, Block &Out);
  void visitAssign(const Stmt &S, Block &Out);
  void visitCall(const Stmt &S, Block &Out);
  void callPushforward(const Stmt &S, Block &Out);
  void visitMemory(const Stmt &S, Block &Out);
  void visitRecord(const Stmt &S, Block &Out);
  const Expr *tangentOfCall(const Expr *E, const Expr *Result);
  const Expr *slope(const Expr *Call, unsigned I, const Expr *Result);
  const Expr *named(const Expr *T, const Type *Ty);
  const Expr *tangentOfChoice(const Expr *E);
  void declare(const Stmt &S);
  const Expr *argument(const Stmt &S, unsigned I);
  const Expr *typed(const Expr *E, const Type *Ty);
  const Expr *recorded(const Expr *E, Block &Out);
  const Expr *recordedObject(Variable *V, Block &Out);
  bool hasTangent(const Variable *V) const { return Active.needsShadow(V); }
  Stmt *copy(const Stmt &S);

  Context &Ctx;
  Function &F;
  const MemoryModel &Memory;
  const Activity &Active;
  Shadows &Tangents;
  DerivativeProvider &Provider;
  Diagnostics &Diags;
  Algebra Math;
  NamedCalls Names;
  /// The statement whose tangent is made, and where it goes.
  const Stmt *Statement = nullptr;
  Block *Into = nullptr;
  /// In an operand that is evaluated only if it is chosen.
  bool InChoice = false;
  /// Declarations that were moved up to a tangent which reads them.
  llvm::DenseSet<const Stmt *> Declared;
};

} // namespace

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

const Expr *TangentMaker::tangentOfCall(const Expr *E, const Expr *Result) {
  const Expr *Sum = Ctx.intLiteral(0);
  for (size_t I = 0; I < E->Operands.size(); ++I) {
    const Partial &P = E->Rule->Partials[I];
    if (P.Zero || !Active.isActive(E->op(I)))
      continue;
    if (P.Unknown) {
      Diags.error(E->Loc,
                  "no closed form is known for the derivative of '" +
                      E->Rule->Name + "' with respect to its argument " +
                      std::to_string(I + 1),
                  "keep that argument constant, or give a rule of your own "
                  "with '#pragma retrograd rule(...)'");
      return Sum;
    }
    const Expr *Slope = slope(E, I, Result ? Result : E);
    const Expr *T = tangent(E->op(I));
    // Where the partial may be infinite, the tangent is written twice.
    if (E->Rule->Singular)
      T = named(T, E->op(I)->Ty);
    Sum = Math.add(Sum, Math.chain(Slope, T, E->Rule->Singular));
  }
  return Sum;
}

/// The partial of a call by its argument I. What names a value that it reads is
/// declared first.
const Expr *TangentMaker::slope(const Expr *Call, unsigned I,
                                const Expr *Result) {
  llvm::SmallVector<const Stmt *, 2> Found;
  const Expr *Slope =
      Names.replace(Math.partial(Call, I, Result), *Statement, Found);
  for (const Stmt *Name : Found)
    declare(*Name);
  return Slope;
}

/// A name for a tangent that is written more than once. What may not be
/// evaluated at all has none.
const Expr *TangentMaker::named(const Expr *T, const Type *Ty) {
  if (isAtom(T) || InChoice)
    return T;
  Variable *V = F.addVariable("seed", Ty, VariableKind::Local);
  V->Generated = V->Const = V->Shadow = true;
  Into->push_back(Ctx.declare(V, T));
  return Ctx.var(V);
}

void TangentMaker::declare(const Stmt &S) {
  if (Declared.insert(&S).second)
    Into->push_back(copy(S));
}

const Expr *TangentMaker::tangentOfChoice(const Expr *E) {
  bool Outer = std::exchange(InChoice, true);
  const Expr *Choice =
      Ctx.conditional(E->op(0), typed(tangent(E->op(1)), E->Ty),
                      typed(tangent(E->op(2)), E->Ty));
  InChoice = Outer;
  return Choice;
}

const Expr *TangentMaker::tangent(const Expr *E, const Expr *Result) {
  if (!Active.isActive(E))
    return Ctx.intLiteral(0);
  switch (E->Kind) {
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    return Tangents.location(E);
  case ExprKind::Unary:
    return Math.neg(tangent(E->op(0)));
  case ExprKind::Cast:
    return Math.convert(tangent(E->op(0)), E->Ty);
  case ExprKind::Conditional:
    if (auto Product = guardedProduct(E))
      return Math.add(
          Math.chain(Product->Partial,
                     named(tangent(Product->Seed), Product->Seed->Ty), true),
          Math.chain(tangent(Product->Partial), Product->Seed, true));
    return tangentOfChoice(E);
  case ExprKind::Call:
    return tangentOfCall(E, Result);
  case ExprKind::Binary:
    break;
  default:
    llvm_unreachable("never active");
  }
  const Expr *L = E->op(0), *R = E->op(1);
  const Expr *DL = tangent(L), *DR = tangent(R);
  if (E->Text == "+")
    return Math.add(DL, DR);
  if (E->Text == "-")
    return Math.sub(DL, DR);
  if (auto Base = squareOf(E)) {
    const Expr *Once =
        Math.mul(tangent(Base->first), Math.explicitly(Base->first));
    const Expr *Twice = Math.mul(Math.number(E->Ty, "2"), Once);
    return Base->second ? Math.neg(Twice) : Twice;
  }
  if (E->Text == "*")
    return Math.add(Math.mul(DL, Math.explicitly(R)),
                    Math.mul(Math.explicitly(L), DR));
  // q = l / r: dq = (dl - q * dr) / r.
  const Expr *Quotient =
      Result ? Result : Math.div(Math.explicitly(L), Math.explicitly(R));
  return Math.div(Math.sub(DL, Math.mul(Quotient, DR)), Math.explicitly(R));
}

/// A literal in a place that does not convert it.
const Expr *TangentMaker::typed(const Expr *E, const Type *Ty) {
  return E->is(ExprKind::Literal) ? Ctx.cast(E, Ty, /*Implicit=*/false) : E;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

Stmt *TangentMaker::copy(const Stmt &S) {
  Stmt *Copy = Ctx.stmt(S.Kind, S.Loc);
  *Copy = S;
  return Copy;
}

void TangentMaker::visitDeclare(const Stmt &S, Block &Out) {
  declare(S);
  if (!hasTangent(S.Var))
    return;
  if (S.Var->Ty->holdsRecord())
    return declareZero(Ctx, F, Tangents.of(S.Var), Out);
  Stmt *D = Ctx.declare(Tangents.of(S.Var));
  if (S.Value && S.Var->Ty->isReal())
    D->Value = tangent(S.Value, Ctx.var(S.Var));
  else if (S.Value)
    D->Value = Tangents.pointer(S.Value);
  D->ZeroInit = S.ZeroInit || (!S.Value && S.Var->Ty->isReal());
  Out.push_back(D);
}

void TangentMaker::visitAssign(const Stmt &S, Block &Out) {
  bool Rewind = S.Kind == StmtKind::Rewind;
  auto Write = [&](const Expr *Place, const Expr *Value) {
    Stmt *T = Ctx.assign(Place, Value, S.Op, S.Loc);
    T->Kind = S.Kind;
    if (Rewind)
      T->Value = typed(Value, Place->Ty);
    Out.push_back(T);
  };
  if (S.Target->Ty->isPointer() && Active.pointsToActive(S.Target)) {
    Write(Tangents.location(S.Target),
          S.Op == AssignOp::Set ? Tangents.pointer(S.Value) : S.Value);
  } else if (Active.hasAdjoint(S.Target)) {
    const Expr *T = tangent(S.Value);
    if (S.Op == AssignOp::Set || !T->isLiteral(0))
      Write(Tangents.location(S.Target), T);
  }
  Out.push_back(copy(S));
}

/// What the tangent callee gets for an active argument.
const Expr *TangentMaker::argument(const Stmt &S, unsigned I) {
  const Variable *P = S.Callee->Params[I];
  const Expr *Arg = S.Args[I];
  if (P->Reference || P->Ty->isRecord()) {
    const Expr *Place = Tangents.location(Arg);
    if (Arg->Ty->isArray())
      return Place;
    return Place->is(ExprKind::Deref) ? Place->op(0) : Ctx.addressOf(Place);
  }
  return P->Ty->isPointer() ? Tangents.pointer(Arg) : tangent(Arg);
}

void TangentMaker::callPushforward(const Stmt &S, Block &Out) {
  Stmt *Call = Ctx.stmt(StmtKind::Call, S.Loc);
  Call->Callee = S.Callee->Pushforward;
  Call->Args = S.Args;
  bool Writes = false;
  if (Provider.directions() && !checkRuleDirections(S, Diags))
    return;
  for (size_t I = 0; I < S.Callee->Params.size(); ++I) {
    const Variable *P = S.Callee->Params[I];
    Writes |= mayWriteArgument(*S.Callee, I);
    if (!P->Ty->carriesReal())
      continue;
    bool ActiveArgument = Active.isActiveArgument(*S.Callee, I, S.Args[I]);
    if (!ActiveArgument && !P->Ty->isReal()) {
      Diags.error(S.Loc,
                  "the rule of '" + S.Callee->Name +
                      "' needs a tangent of its parameter '" + P->Name +
                      "', which is not active here",
                  "add what is passed there to 'wrt(...)'");
      return;
    }
    Call->Args.push_back(ActiveArgument ? argument(S, I) : Ctx.intLiteral(0));
  }
  if (Writes && Provider.directions()) {
    rejectRuleDirections(S, Diags);
    return;
  }
  // A pushforward leaves memory as the function itself does, so the function
  // must not run as well; but then nobody has its result.
  if (Writes && S.Var) {
    Diags.error(S.Loc,
                "'" + S.Callee->Name +
                    "' has a pushforward, returns a value and may write "
                    "through its parameters",
                "return the value through a parameter, or let it be "
                "differentiated without a pushforward");
    return;
  }
  if (S.Var && hasTangent(S.Var))
    Call->Var = Tangents.of(S.Var);
  Out.push_back(Call);
  if (!Writes)
    Out.push_back(copy(S));
}

void TangentMaker::visitCall(const Stmt &S, Block &Out) {
  if (!Active.isActiveCall(S)) {
    Out.push_back(copy(S));
    if (S.Var && hasTangent(S.Var))
      declareZero(Ctx, F, Tangents.of(S.Var), Out);
    return;
  }
  if (S.Callee->Pushforward)
    return callPushforward(S, Out);
  std::vector<bool> Mask;
  for (size_t I = 0; I < S.Callee->Params.size(); ++I)
    Mask.push_back(Active.isActiveArgument(*S.Callee, I, S.Args[I]));
  Function *Callee = Provider.tangent(S.Callee, Mask);
  if (!Callee)
    return;
  Stmt *Call = copy(S);
  Call->Callee = Callee;
  for (size_t I = 0; I < Mask.size(); ++I)
    if (Mask[I])
      Call->Args.push_back(argument(S, I));
  if (S.Callee->ReturnType->isReal() || S.Callee->ReturnType->isRecord()) {
    Variable *Tangent = S.Var ? Tangents.of(S.Var)
                              : F.addVariable("unused", S.Callee->ReturnType,
                                              VariableKind::Local);
    Tangent->Shadow = true;
    declareZero(Ctx, F, Tangent, Out);
    Call->Args.push_back(Ctx.addressOf(Ctx.var(Tangent)));
  }
  Out.push_back(Call);
}

/// Memory and the memory of its tangents have the same life.
void TangentMaker::visitMemory(const Stmt &S, Block &Out) {
  bool Shadowed = S.Kind == StmtKind::Free
                      ? Active.pointsToActive(S.Value)
                      : Memory.hasObject(S.Var) && hasTangent(S.Var);
  Stmt *Primal = copy(S);
  if (!Shadowed) {
    Out.push_back(Primal);
    return;
  }
  Stmt *Shadow = copy(S);
  if (S.Kind == StmtKind::Free) {
    Shadow->Value = Tangents.pointer(S.Value);
  } else {
    Shadow->Var = Tangents.of(S.Var);
    Shadow->ZeroInit = true;
  }
  // The tape is taken down in the opposite order.
  if (S.Kind == StmtKind::Release)
    std::swap(Primal, Shadow);
  Out.push_back(Primal);
  Out.push_back(Shadow);
}

/// The tangent that follows a number on the tape. One that is always zero has
/// as many directions as the others, which only a variable says.
const Expr *TangentMaker::recorded(const Expr *E, Block &Out) {
  const Expr *T = typed(tangent(E), E->Ty);
  if (!Provider.directions() || Active.isActive(E))
    return T;
  Variable *Zero = F.addVariable("zero", E->Ty, VariableKind::Local, E->Loc);
  Zero->Generated = Zero->Shadow = true;
  Out.push_back(Ctx.declare(Zero, Ctx.intLiteral(0)));
  return Ctx.var(Zero);
}

/// The same of an object.
const Expr *TangentMaker::recordedObject(Variable *V, Block &Out) {
  if (hasTangent(V))
    return Ctx.var(Tangents.of(V));
  Variable *Zero = F.addVariable("zero", V->Ty, VariableKind::Local, V->Loc);
  Zero->Generated = Zero->Shadow = true;
  declareZero(Ctx, F, Zero, Out);
  return Ctx.var(Zero);
}

/// An array that no derivative flows through has no tangent to be recorded.
static bool isInactive(const Expr *Array) {
  while (Array->is(ExprKind::Index))
    Array = Array->op(0);
  return Array->Var && Array->Var->Inactive;
}

/// Records of real values are followed by their tangents.
void TangentMaker::visitRecord(const Stmt &S, Block &Out) {
  const Type *Ty = S.Var ? S.Var->Ty : S.Target ? S.Target->Ty : S.Value->Ty;
  // What is recorded is what the address of an array leads to.
  if (S.Count && Ty->isPointer())
    Ty = Ty->Element;
  bool Shadowed =
      Ty->isPointer()
          ? Active.pointsToActive(S.Value ? S.Value : Ctx.var(S.Var))
          : Ty->carriesReal() && Active.tapeIsActive();
  if (!Shadowed || (S.Count && isInactive(S.Target ? S.Target : S.Value))) {
    Out.push_back(copy(S));
    return;
  }
  Stmt *Shadow = copy(S);
  if (S.Kind == StmtKind::Push || S.Kind == StmtKind::PushArray) {
    if (S.Value->Ty->isReal())
      Shadow->Value = recorded(S.Value, Out);
    else if (S.Value->Ty->isRecord())
      Shadow->Value = recordedObject(S.Value->Var, Out);
    else
      Shadow->Value = Tangents.pointer(S.Value);
    Out.push_back(copy(S));
    Out.push_back(Shadow);
    return;
  }
  if (S.Var)
    Shadow->Var = Tangents.of(S.Var);
  else
    Shadow->Target = Tangents.pointer(S.Target);
  Out.push_back(Shadow);
  Out.push_back(copy(S));
}

void TangentMaker::visitStmt(const Stmt &S, Block &Out) {
  Statement = &S;
  Into = &Out;
  switch (S.Kind) {
  case StmtKind::Declare:
    return visitDeclare(S, Out);
  case StmtKind::Assign:
  case StmtKind::Rewind:
    return visitAssign(S, Out);
  case StmtKind::Call:
    return visitCall(S, Out);
  case StmtKind::Allocate:
  case StmtKind::Free:
  case StmtKind::Reserve:
  case StmtKind::Release:
    return visitMemory(S, Out);
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
    return visitRecord(S, Out);
  case StmtKind::Checkpoint:
    // Forward mode keeps nothing, so there is nothing to keep less of.
    return;
  default: {
    Stmt *Copy = copy(S);
    Copy->Body = visit(S.Body);
    Copy->Else = visit(S.Else);
    Out.push_back(Copy);
    return;
  }
  }
}

Block TangentMaker::visit(const Block &B) {
  Block Out;
  for (const Stmt *S : B)
    visitStmt(*S, Out);
  return Out;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The parameter that brings the tangent of P: that of a scalar or a pointer is
/// one, too, everything else is passed by address.
static Variable *tangentParameter(Context &Ctx, Function &F,
                                  const Variable *P) {
  const Type *Ty = P->Ty;
  if (Ty->isArray())
    Ty = Ctx.pointerTo(Ty->Element, P->Const);
  else if (isPassedByAddress(*P)) // a parameter by value is never written
    Ty = Ctx.pointerTo(Ty, P->Const || (Ty->isRecord() && !P->Reference));
  llvm::StringRef Name = P->Name;
  Variable *Tangent =
      F.addVariable("t_" + Name.substr(Name.rfind(':') + 1).str(), Ty,
                    VariableKind::Parameter, P->Loc);
  Tangent->Shadow = true;
  return Tangent;
}

/// The body of Work with tangents for the given parameters, which become
/// further parameters; null after an error. Work is used up.
static bool addTangents(Context &Ctx, Function &Work,
                        const std::vector<const Variable *> &Independents,
                        DerivativeProvider &Provider, Diagnostics &Diags) {
  ActivityRequest Request{Independents, /*OutputsThroughMemory=*/true};
  {
    MemoryModel Memory(Work);
    nameValues(Ctx, Work, Memory, Activity(Work, Memory, Request));
  }
  MemoryModel Memory(Work);
  Activity Active(Work, Memory, Request);
  if (!Active.check(Diags, &Function::Pushforward))
    return false;
  Shadows Tangents(Ctx, Work, "t_");
  for (const Variable *V : Independents) {
    Variable *T = tangentParameter(Ctx, Work, V);
    Tangents.bind(V, T, /*Indirect=*/isPassedByAddress(*V));
    Work.Params.push_back(T);
  }
  Variable *ResultTangent = nullptr;
  if (Work.Result &&
      (Work.Result->Ty->isReal() || Work.Result->Ty->isRecord())) {
    ResultTangent = Tangents.of(Work.Result);
    ResultTangent->Name = "t_result";
  }
  TangentMaker Maker(Ctx, Work, Memory, Active, Tangents, Provider, Diags);
  Work.Body = Maker.visit(Work.Body);
  if (ResultTangent && !Active.needsShadow(Work.Result)) {
    declareZero(Ctx, Work, ResultTangent, Work.Body);
  }
  Work.ResultTangent = ResultTangent;
  return !Diags.hadError();
}

/// The tangent of the result leaves through a parameter behind all others.
static void returnThroughPointer(Context &Ctx, Function &Work,
                                 llvm::StringRef Name) {
  Variable *Tangent = Work.ResultTangent;
  if (!Tangent)
    return;
  Variable *Out = Work.addVariable(Name, Ctx.pointerTo(Tangent->Ty),
                                   VariableKind::Parameter);
  Out->Shadow = true;
  Work.Params.push_back(Out);
  copyScalars(Ctx, Work, Ctx.deref(Ctx.var(Out)), Ctx.var(Tangent), Work.Body);
  Work.ResultTangent = nullptr;
}

Function *retrograd::makeJvp(Context &Ctx, const Request &R,
                             DerivativeProvider &Provider, Diagnostics &Diags) {
  VariableMap Map;
  Function *Work = clonePrimal(Ctx, *R.Primal, Map, R.Directions);
  std::vector<const Variable *> Independents;
  for (const Independent &I : R.Independents)
    Independents.push_back(I.Var->isGlobal() ? I.Var : Map.lookup(I.Var));
  if (!addTangents(Ctx, *Work, Independents, Provider, Diags))
    return nullptr;
  if (R.Directions) {
    returnThroughPointer(Ctx, *Work, "t_result");
    if (!R.Value && Work->Result) {
      Work->Result = nullptr;
      Work->ReturnType = Ctx.voidType();
    }
    return Work;
  }
  auto Tangents = llvm::ArrayRef(Work->Params).take_back(Independents.size());
  for (auto [V, Tangent] : llvm::zip_equal(Independents, Tangents))
    Tangent->Restrict = V->Restrict;
  if (!Work->ResultTangent)
    return Work;
  if (R.Value) {
    Work->ReturnType = Ctx.opaqueType("retrograd::value_and_tangent<" +
                                      R.Primal->ReturnType->Spelling + ">");
    return Work;
  }
  Work->Result = Work->ResultTangent;
  Work->ResultTangent = nullptr;
  return Work;
}

bool retrograd::makeTangentCallee(Context &Ctx, Function &Callee,
                                  const std::vector<bool> &Active,
                                  Function &Into, DerivativeProvider &Provider,
                                  Diagnostics &Diags) {
  if (Callee.ReturnType->holdsPointer() && Callee.ReturnType->carriesReal())
    return rejectReturnedPointer(Callee, Diags);
  VariableMap Map;
  Function *Work = clonePrimal(Ctx, Callee, Map, Into.Directions);
  std::vector<const Variable *> Independents;
  for (size_t I = 0; I < Active.size(); ++I)
    if (Active[I])
      Independents.push_back(Work->Params[I]);
  if (!addTangents(Ctx, *Work, Independents, Provider, Diags))
    return false;
  returnThroughPointer(Ctx, *Work, "t_result_out");
  Into.ReturnType = Work->ReturnType;
  Into.Params = Work->Params;
  Into.Result = Work->Result;
  Into.Body = std::move(Work->Body);
  Into.Variables = std::move(Work->Variables);
  Into.TakesTape = Work->TakesTape;
  Into.OpensTape = Work->OpensTape;
  return true;
}
