//===- LowerAssign.cpp - Expressions evaluated for their effect -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Assignments become statements, right side first as in C++17:
//
//   a[i++] = f(x)      =>      t = f(x); i = i + 1; a[t1] = t;
//
// An assignment used as a value is the location that it has just written.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

/// Reports a place that must not be written.
void FunctionLowering::checkWritable(const ir::Expr *Target, const Expr *E) {
  const ir::Expr *Root = Target;
  bool Member = false;
  while (!Root->Operands.empty() &&
         (Root->is(ir::ExprKind::Index) || Root->is(ir::ExprKind::Field)) &&
         (Root->is(ir::ExprKind::Field) || Root->op(0)->Ty->isArray())) {
    Member |= Root->is(ir::ExprKind::Field) && !Root->op(0)->Ty->isRecord();
    Root = Root->op(0);
  }
  if (Root->is(ir::ExprKind::Var) && Root->Var->isGlobal())
    return error(E->getExprLoc(),
                 "the global variable '" + Root->Var->Name +
                     "' is written in a function that is differentiated",
                 "pass it as a parameter by reference");
  if (Member || Target->Ty->Kind == ir::TypeKind::Opaque)
    return error(E->getExprLoc(),
                 "writing to an object of class type is not supported yet",
                 "use separate variables");
  if (!Target->isLValue())
    return error(E->getExprLoc(), "writing to this is not supported",
                 "write to a variable, an element or through a pointer");
}

void FunctionLowering::store(const ir::Expr *Target, const ir::Expr *Value,
                             ir::AssignOp Op, const Expr *E) {
  if (!Failed)
    checkWritable(Target, E);
  if (!Failed)
    emit(Ctx.assign(Target, Value, Op, loc(E)));
}

const ir::Expr *FunctionLowering::assignment(const BinaryOperator *E,
                                             bool Discarded) {
  if (isRecordType(E->getLHS()->getType()))
    return recordAssignment(E->getLHS(), E->getRHS(), E);
  if (E->getLHS()->getType()->isRecordType())
    return reject(E, "assigning objects of class type is not supported yet",
                  "use separate variables");
  Operand Operands[] = {
      operand([&] { return rvalue(E->getRHS()); }),
      operand([&] { return lvalue(E->getLHS()); }, /*IsLocation=*/true)};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  const ir::Expr *Target = Discarded ? Values[1] : keepOwnLocation(Values[1]);
  store(Target, Values[0], ir::AssignOp::Set, E);
  return Target;
}

/// x += v keeps its form where C++ adds in x's own type or its promotion; the
/// rest is written out with the conversions that C++ makes.
const ir::Expr *
FunctionLowering::compoundAssignment(const CompoundAssignOperator *E,
                                     bool Discarded) {
  Operand Operands[] = {
      operand([&] { return rvalue(E->getRHS()); }),
      operand([&] { return lvalue(E->getLHS()); }, /*IsLocation=*/true)};
  std::vector<const ir::Expr *> Values = sequence(Operands);
  const ir::Expr *Value = Values[0];
  const ir::Expr *Target = Discarded ? Values[1] : keepOwnLocation(Values[1]);
  if (Failed)
    return poison();

  BinaryOperatorKind Op =
      BinaryOperator::getOpForCompoundAssignment(E->getOpcode());
  const ir::Type *In = type(E->getComputationLHSType(), E->getExprLoc());
  bool Promoted = Target->Ty->isPointer() || In == Target->Ty ||
                  (!Target->Ty->isReal() && In == Ctx.intType());
  if (Promoted && (Op == BO_Add || Op == BO_Sub)) {
    store(Target, Value, Op == BO_Add ? ir::AssignOp::Add : ir::AssignOp::Sub,
          E);
    return Target;
  }
  const ir::Type *Out = type(E->getComputationResultType(), E->getExprLoc());
  const ir::Expr *Old = Ctx.cast(Target, In, /*Implicit=*/true, loc(E));
  const ir::Expr *New =
      Ctx.binary(BinaryOperator::getOpcodeStr(Op), Old, Value, Out, loc(E));
  store(Target, Ctx.cast(New, Target->Ty, /*Implicit=*/true, loc(E)),
        ir::AssignOp::Set, E);
  return Target;
}

const ir::Expr *FunctionLowering::increment(const UnaryOperator *E,
                                            bool Discarded) {
  const ir::Expr *Target = lvalue(E->getSubExpr());
  if (Failed)
    return poison();
  if (!Discarded)
    Target = keepOwnLocation(Target);
  const ir::Type *Ty = Target->Ty;
  const ir::Expr *Old = nullptr;
  if (E->isPostfix() && !Discarded) {
    Old = intoTemporary(Target);
  }
  const ir::Expr *One =
      Ty->isReal() ? Ctx.realLiteral(Ty, 1, loc(E)) : Ctx.intLiteral(1);
  store(Target, One, E->isIncrementOp() ? ir::AssignOp::Add : ir::AssignOp::Sub,
        E);
  return Old ? Old : Target;
}

//===----------------------------------------------------------------------===//
// Discarded values
//===----------------------------------------------------------------------===//

void FunctionLowering::conditionalEffect(const AbstractConditionalOperator *E) {
  ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(E));
  If->Value = rvalue(E->getCond());
  If->Body = within([&] { effect(E->getTrueExpr()); });
  If->Else = within([&] { effect(E->getFalseExpr()); });
  if (Failed || (If->Body.empty() && If->Else.empty()))
    return;
  if (If->Body.empty()) {
    // assert(c) is c ? void(0) : fail().
    If->Value = Ctx.unary("!", If->Value, If->Loc);
    std::swap(If->Body, If->Else);
  }
  emit(If);
}

void FunctionLowering::effect(const Expr *E) {
  E = lookThrough(E);
  if (Failed)
    return;
  if (const auto *C = dyn_cast<CastExpr>(E);
      C && (C->getCastKind() == CK_ToVoid || C->getCastKind() == CK_NoOp ||
            C->getCastKind() == CK_LValueToRValue))
    return effect(C->getSubExpr());
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    call(C, /*Discarded=*/true);
    return;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->isIncrementDecrementOp()) {
    increment(U, /*Discarded=*/true);
    return;
  }
  if (const auto *C = dyn_cast<CompoundAssignOperator>(E)) {
    compoundAssignment(C, /*Discarded=*/true);
    return;
  }
  if (const auto *C = dyn_cast<ConditionalOperator>(E))
    return conditionalEffect(C);
  if (const auto *D = dyn_cast<CXXDeleteExpr>(E))
    return release(D->getArgument(),
                   D->isArrayForm() ? ir::AllocationKind::NewArray
                                    : ir::AllocationKind::NewScalar,
                   E);
  if (isa<CXXThrowExpr>(E))
    return opaqueEffect(E);
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() == BO_Assign) {
      assignment(B, /*Discarded=*/true);
      return;
    }
    if (B->getOpcode() == BO_Comma) {
      effect(B->getLHS());
      return effect(B->getRHS());
    }
    if (B->isLogicalOp()) {
      ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(E));
      const ir::Expr *L = rvalue(B->getLHS());
      If->Value = B->getOpcode() == BO_LAnd || Failed ? L : Ctx.unary("!", L);
      If->Body = within([&] { effect(B->getRHS()); });
      if (!If->Body.empty())
        emit(If);
      return;
    }
  }
  rvalue(E);
}
