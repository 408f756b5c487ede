//===- LaneStatements.cpp - Statements over lanes -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable that is declared where a mask holds is only ever read by lanes of
// that mask, so assignments under the same mask are plain ones. Where fewer
// lanes assign, or memory is older than the mask, the others keep what they
// have.
//
// A side of a branch runs if some lane takes it. A side that costs less than
// asking runs always: nothing in it reads memory, and all it writes is masked.
//
// A counted loop with bounds that vary runs over all values that the counter
// has in some lane. The counter itself stays uniform: a lane takes part while
// its own bounds hold it.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "../Rules/Rules.h"
#include "LaneWriter.h"

using namespace retrograd;
using namespace retrograd::ir;

LaneWriter::LaneWriter(Context &Ctx, Function &F, const Uniformity &Shapes,
                       const TapeShapes &Tape, LaneCallees &Callees,
                       const LaneNames &Names)
    : Ctx(Ctx), F(F), Shapes(Shapes), Tape(Tape), Callees(Callees),
      Names(Names), MaskType(inLanes(Ctx.boolType())) {}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

std::string LaneWriter::spelling(const Type *Scalar) const {
  if (Scalar->isBool())
    return "retrograd::lane_mask<" + Names.MaskScalar + ", " + Names.Width +
           ">";
  return "retrograd::lanes<" + Scalar->Spelling + ", " + Names.Width + ">";
}

const Type *LaneWriter::inLanes(const Type *Ty) const {
  if (Ty->isPointer())
    return Ctx.pointerTo(inLanes(Ty->Element), Ty->ConstElement);
  if (Ty->isArray())
    return Ctx.arrayOf(inLanes(Ty->Element), Ty->Extent);
  return Ty->isArithmetic() ? Ctx.opaqueType(spelling(Ty)) : Ty;
}

/// Variables get their types last: until then expressions have those of before.
void LaneWriter::retype() {
  for (Variable &V : F.Variables)
    if (Shapes.inLanes(&V))
      V.Ty = inLanes(V.Ty);
  if (F.Result && Shapes.inLanes(F.Result))
    F.ReturnType = inLanes(F.ReturnType);
}

void LaneWriter::run() {
  Mask = F.addVariable("active", Ctx.opaqueType(Names.Mask),
                       VariableKind::Parameter, F.Loc);
  F.Body = block(F.Body);
  retype();
  F.Params.insert(F.Params.begin(), Mask);
  F.TemplateHead =
      "template <int " + Names.Width + ", class " + Names.Mask + ">";
}

Block LaneWriter::block(const Block &B) {
  Block New;
  for (Stmt *S : B)
    statement(*S, New);
  return New;
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

void LaneWriter::declare(Stmt &S, Block &Into) {
  bool Scalar = !S.Var->Ty->Element;
  bool Lanes = Shapes.inLanes(S.Var);
  if (S.Value)
    S.Value = value(S.Value, S.Var->Ty);
  else if (Lanes && Scalar && !S.Var->Const)
    // Lanes that are not assigned keep what they have, which must be something.
    S.ZeroInit = true;
  Into.push_back(&S);
}

void LaneWriter::assign(Stmt &S, const Expr *Target, const Expr *Value,
                        Block &Into) {
  const Variable *Root = Uniformity::rootOf(Target);
  bool Lanes = Root && Shapes.inLanes(Root) && !Target->Ty->Element;
  if (Lanes && Shapes.addressVaries(Target)) {
    Element E = element(Target);
    Target = make("retrograd::scatter", {mask(), E.Base, E.Index},
                  inLanes(Target->Ty));
  } else if (Lanes && Shapes.isMasked(S)) {
    Target =
        make("retrograd::where", {mask(), place(Target)}, inLanes(Target->Ty));
  } else {
    Target = place(Target);
  }
  Into.push_back(Ctx.assign(Target, Value, S.Op, S.Loc));
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

Variable *LaneWriter::maskVariable(const char *Name, const Expr *Init,
                                   bool Const, Block &Into) {
  Variable *V = F.addVariable(Name, MaskType, VariableKind::Local);
  V->Generated = true;
  V->Const = Const;
  Into.push_back(Ctx.declare(V, Init));
  return V;
}

/// Cheaper than the question whether a lane gets there.
static bool isCheap(const Expr *E) {
  if (E->is(ExprKind::Index) || E->is(ExprKind::Deref) ||
      E->is(ExprKind::Opaque) || E->is(ExprKind::Field))
    return false;
  if (E->is(ExprKind::Call) && (!E->Rule || E->Rule->Expensive))
    return false;
  if (E->is(ExprKind::Binary) && !E->Ty->isReal() &&
      (E->Text == "/" || E->Text == "%"))
    return false;
  return llvm::all_of(E->Operands, isCheap);
}

static bool isCheap(const Block &Body) {
  constexpr size_t FewStatements = 4;
  return Body.size() <= FewStatements && llvm::all_of(Body, [](const Stmt *S) {
           bool Plain =
               S->Kind == StmtKind::Declare || S->Kind == StmtKind::Assign;
           return Plain && (!S->Var || !S->Var->Ty->Element) &&
                  (!S->Value || isCheap(S->Value)) &&
                  (!S->Target || (S->Target->is(ExprKind::Var) &&
                                  !S->Target->Var->Reference));
         });
}

/// One side of a branch, under the mask of the lanes that take it.
void LaneWriter::side(const Block &Body, Variable *Taken, Block &Into) {
  Variable *Before = std::exchange(Mask, Taken);
  Block New = block(Body);
  Mask = Before;
  if (isCheap(Body)) {
    Into.insert(Into.end(), New.begin(), New.end());
    return;
  }
  Stmt *If = Ctx.stmt(StmtKind::If);
  If->Value = make("retrograd::any", {Ctx.var(Taken)}, Ctx.boolType());
  If->Body = std::move(New);
  Into.push_back(If);
}

/// How many more statements of a block, and of the functions that it calls, put
/// something on the tape than take something off.
static int netRecords(const Block &B) {
  int Net = 0;
  forEachStmt(B, [&](const Stmt &S) {
    switch (S.Kind) {
    case StmtKind::Push:
    case StmtKind::PushArray:
    case StmtKind::Reserve:
      ++Net;
      return;
    case StmtKind::Pop:
    case StmtKind::PopArray:
    case StmtKind::Release:
      --Net;
      return;
    case StmtKind::Call:
      // There is no recursion in lanes.
      if (S.Callee->TakesTape)
        Net += netRecords(S.Callee->Body);
      return;
    default:
      return;
    }
  });
  return Net;
}

void LaneWriter::branch(Stmt &S, Block &Into) {
  if (!Shapes.isVarying(S.Value)) {
    S.Value = uniform(S.Value);
    S.Body = block(S.Body);
    S.Else = block(S.Else);
    Into.push_back(&S);
    return;
  }
  auto Among = [&](const Expr *E) {
    return Ctx.binary("&", mask(), E, MaskType);
  };
  Variable *Taken =
      maskVariable("taken", Among(condition(S.Value)), true, Into);
  Variable *Others = nullptr;
  if (!S.Else.empty())
    Others = maskVariable("others", Among(Ctx.unary("!", Ctx.var(Taken))), true,
                          Into);
  // For one sample one of the sides runs, here maybe both. What the second one
  // has put on the tape comes off first, so the reverse sweep runs it first.
  bool Reversed = Others && netRecords(S.Body) + netRecords(S.Else) < 0;
  if (Reversed)
    side(S.Else, Others, Into);
  side(S.Body, Taken, Into);
  if (Others && !Reversed)
    side(S.Else, Others, Into);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

void LaneWriter::whileLoop(Stmt &S, Block &Into) {
  if (!Shapes.isVarying(S.Value)) {
    S.Value = uniform(S.Value);
    S.Body = block(S.Body);
    Into.push_back(&S);
    return;
  }
  auto Among = [&](const Expr *E) {
    return Ctx.binary("&", mask(), E, MaskType);
  };
  const Expr *First = S.TestAtEnd ? mask() : Among(condition(S.Value));
  Variable *Running = maskVariable("running", First, false, Into);
  Variable *Before = std::exchange(Mask, Running);
  const Expr *Condition = S.Value;
  S.Body = block(S.Body);
  S.Body.push_back(Ctx.assign(Ctx.var(Running), Among(condition(Condition))));
  Mask = Before;
  S.Value = make("retrograd::any", {Ctx.var(Running)}, Ctx.boolType());
  Into.push_back(&S);
}

/// A bound of a loop for all lanes together, computed once; InLanes gets each
/// lane's own, or null if they have the same.
const Expr *LaneWriter::bound(const Expr *E, const char *Function,
                              const char *Name, const Expr *&InLanes,
                              Block &Into) {
  InLanes = nullptr;
  const Expr *Own = value(E);
  if (!Shapes.isVarying(E))
    return Own;
  auto Keep = [&](const char *Name, const Type *Ty, const Expr *Init) {
    Variable *Kept = F.addVariable(Name, Ty, VariableKind::Local);
    Kept->Generated = Kept->Const = true;
    Into.push_back(Ctx.declare(Kept, Init));
    return Ctx.var(Kept);
  };
  if (!Own->is(ExprKind::Var))
    Own = Keep("bound", this->inLanes(E->Ty), Own);
  InLanes = Own;
  return Keep(Name, E->Ty, make(Function, {mask(), Own}, E->Ty));
}

void LaneWriter::divergentFor(Stmt &S, Block &Into) {
  bool Down = S.Negative;
  const Expr *Lower, *Upper;
  S.Lower = bound(S.Lower, Down ? "retrograd::greatest" : "retrograd::least",
                  "begin", Lower, Into);
  S.Upper = bound(S.Upper, Down ? "retrograd::least" : "retrograd::greatest",
                  "end", Upper, Into);
  // The lanes whose own bounds hold the counter.
  const Expr *I = Ctx.var(S.Var);
  const Expr *Holds = nullptr;
  auto And = [&](const char *Op, const Expr *Bound) {
    const Expr *E = Ctx.binary(Op, I, Bound, MaskType);
    Holds = Ctx.binary("&", Holds ? Holds : mask(), E, MaskType);
  };
  if (Lower)
    And(Down ? "<=" : ">=", Lower);
  if (Upper)
    And(Down ? (S.Inclusive ? ">=" : ">") : (S.Inclusive ? "<=" : "<"), Upper);
  Block Body;
  Variable *Running = maskVariable("running", Holds, true, Body);
  Variable *Before = std::exchange(Mask, Running);
  Block New = block(S.Body);
  Mask = Before;
  if (Lower) {
    // Between the values of two lanes there may be some that no lane has.
    Stmt *If = Ctx.stmt(StmtKind::If);
    If->Value = make("retrograd::any", {Ctx.var(Running)}, Ctx.boolType());
    If->Body = std::move(New);
    New = {If};
  }
  Body.insert(Body.end(), New.begin(), New.end());
  S.Body = std::move(Body);
  Into.push_back(&S);
}

void LaneWriter::forLoop(Stmt &S, Block &Into) {
  if (Shapes.isVarying(S.Lower) || Shapes.isVarying(S.Upper))
    return divergentFor(S, Into);
  S.Lower = uniform(S.Lower);
  S.Upper = uniform(S.Upper);
  S.Body = block(S.Body);
  Into.push_back(&S);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void LaneWriter::call(Stmt &S, Block &Into) {
  if (Shapes.isUniformCall(S)) {
    for (const Expr *&Argument : S.Args)
      Argument = uniform(Argument);
    Into.push_back(&S);
    return;
  }
  std::vector<bool> InLanes;
  std::vector<const Expr *> Arguments = {mask()};
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Variable *P = S.Callee->Params[I];
    const Expr *Argument = S.Args[I];
    bool ByAddress = P->Reference || P->Ty->Element;
    InLanes.push_back(ByAddress ? Shapes.inLanes(Uniformity::rootOf(Argument))
                                : Shapes.isVarying(Argument));
    Arguments.push_back(ByAddress ? uniform(Argument) : value(Argument, P->Ty));
  }
  S.Callee = Callees.inLanes(*S.Callee, InLanes);
  S.Args = std::move(Arguments);
  Into.push_back(&S);
}

//===----------------------------------------------------------------------===//
// The tape
//===----------------------------------------------------------------------===//

/// A number of elements, enough for every lane.
const Expr *LaneWriter::count(const Expr *E) {
  if (!Shapes.isVarying(E))
    return uniform(E);
  return make("retrograd::greatest", {mask(), value(E)}, E->Ty);
}

void LaneWriter::pop(Stmt &S, Block &Into) {
  const Type *Ty = S.Target ? S.Target->Ty : S.Var ? S.Var->Ty : nullptr;
  if (!Ty) {
    // A value that nobody wants is as large as the one that was kept.
    if (Tape.contains(S.Text))
      S.Text = S.Text == "bool"
                   ? MaskType->Spelling
                   : "retrograd::lanes<" + S.Text + ", " + Names.Width + ">";
    Into.push_back(&S);
    return;
  }
  bool Kept = Tape.contains(Uniformity::tapeKey(Ty));
  if (Ty->isPointer() || (!S.Target && Shapes.inLanes(S.Var) == Kept)) {
    Into.push_back(&S);
    return;
  }
  // What was kept has another type than the variable, or not all lanes take it.
  Variable *Popped =
      F.addVariable("popped", Kept ? inLanes(Ty) : Ty, VariableKind::Local);
  Popped->Generated = Popped->Const = true;
  Stmt *Pop = Ctx.stmt(StmtKind::Pop, S.Loc);
  Pop->Var = Popped;
  Into.push_back(Pop);
  if (S.Target)
    assign(S, S.Target, Ctx.var(Popped), Into);
  else
    Into.push_back(Ctx.declare(S.Var, Ctx.var(Popped), S.Loc));
}

void LaneWriter::onTape(Stmt &S, Block &Into) {
  switch (S.Kind) {
  case StmtKind::Push:
    if (!S.Value->Ty->Element) {
      bool Lanes = Tape.contains(Uniformity::tapeKey(S.Value->Ty));
      S.Value = Lanes ? spread(S.Value, S.Value->Ty) : uniform(S.Value);
    }
    break;
  case StmtKind::Pop:
    return pop(S, Into);
  case StmtKind::Rewind:
    S.Value = spread(S.Value, S.Target->Ty);
    if (Shapes.isMasked(S))
      S.Value = make("retrograd::select", {mask(), S.Value, place(S.Target)},
                     inLanes(S.Target->Ty));
    S.Target = place(S.Target);
    break;
  case StmtKind::Reserve:
  case StmtKind::Release:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
    S.Count = count(S.Count);
    break;
  default:
    break;
  }
  Into.push_back(&S);
}

void LaneWriter::statement(Stmt &S, Block &Into) {
  switch (S.Kind) {
  case StmtKind::Declare:
    return declare(S, Into);
  case StmtKind::Assign:
    return assign(S, S.Target, value(S.Value, S.Target->Ty), Into);
  case StmtKind::Call:
    return call(S, Into);
  case StmtKind::If:
    return branch(S, Into);
  case StmtKind::For:
    return forLoop(S, Into);
  case StmtKind::While:
    return whileLoop(S, Into);
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::Rewind:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
  case StmtKind::Reserve:
  case StmtKind::Release:
    return onTape(S, Into);
  case StmtKind::Allocate:
  case StmtKind::Free:
    Into.push_back(&S);
    return;
  case StmtKind::Once:
  case StmtKind::Opaque:
  case StmtKind::Return:
  case StmtKind::Break:
  case StmtKind::Continue:
  case StmtKind::Checkpoint:
    // Uniformity has refused them.
    Into.push_back(&S);
    return;
  }
}
