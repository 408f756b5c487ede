//===- LowerLoops.cpp - Loops ---------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A for statement whose counter and bound nothing else writes is a counted
// loop, which is reversed without a record of its iterations. All other loops
// are while loops.
//
//===----------------------------------------------------------------------===//

#include "../IR/Walk.h"
#include "LowerFunction.h"

using namespace clang;
using namespace retrograd;

struct FunctionLowering::CountedLoop {
  const VarDecl *Counter = nullptr;
  /// The side of the comparison that is not the counter; null for `i--`.
  const Expr *Bound = nullptr;
  uint64_t Step = 1;
  /// `i + 2 < n`: what is added to the counter before it is compared.
  int64_t Offset = 0;
  bool Inclusive = false;
  bool Negative = false;
  bool Descending = false;
};

//===----------------------------------------------------------------------===//
// Recognition
//===----------------------------------------------------------------------===//

static const Expr *withoutIntegerCasts(const Expr *E) {
  E = lookThrough(E);
  while (const auto *C = dyn_cast<ImplicitCastExpr>(E)) {
    if (C->getCastKind() != CK_IntegralCast &&
        C->getCastKind() != CK_LValueToRValue &&
        C->getCastKind() != CK_IntegralToBoolean)
      return E;
    E = lookThrough(C->getSubExpr());
  }
  return E;
}

static const VarDecl *variableOf(const Expr *E) {
  const auto *D = dyn_cast<DeclRefExpr>(withoutIntegerCasts(E));
  return D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
}

static bool isDeclaredBy(const ForStmt *S, const VarDecl *V) {
  const auto *D = dyn_cast_or_null<DeclStmt>(S->getInit());
  return D && V && llvm::is_contained(D->decls(), V);
}

/// A signed counter compared as an unsigned number: a negative start would not
/// mean zero iterations.
static bool mayWrap(const ASTContext &AST, const VarDecl *Counter,
                    const Expr *Side) {
  if (Counter->getType()->isUnsignedIntegerType() ||
      !Side->getType()->isUnsignedIntegerType())
    return false;
  Expr::EvalResult Start;
  return !Counter->getInit() ||
         !Counter->getInit()->EvaluateAsInt(Start, AST) ||
         Start.Val.getInt().isNegative();
}

/// `i + 2 < n` in a signed type is `i < n - 2`. That overflows where n is next
/// to the smallest number of its type, which docs/limits.md says.
static const Expr *withoutOffset(const ASTContext &AST, const Expr *E,
                                 int64_t &Offset) {
  const auto *B = dyn_cast<BinaryOperator>(withoutIntegerCasts(E));
  Expr::EvalResult Value;
  if (!B || (B->getOpcode() != BO_Add && B->getOpcode() != BO_Sub) ||
      !E->getType()->isSignedIntegerType() ||
      !B->getRHS()->EvaluateAsInt(Value, AST))
    return E;
  int64_t By = Value.Val.getInt().getExtValue();
  if (By < 0 || By > 1000)
    return E;
  Offset = B->getOpcode() == BO_Add ? By : -By;
  return B->getLHS();
}

static const VarDecl *decremented(const Expr *E) {
  const auto *U = dyn_cast<UnaryOperator>(withoutIntegerCasts(E));
  return U && U->getOpcode() == UO_PostDec ? variableOf(U->getSubExpr())
                                           : nullptr;
}

bool FunctionLowering::matchCondition(const ForStmt *S, CountedLoop &L) {
  const Expr *Condition = lookThrough(S->getCond());
  if (!S->getInc()) {
    // i-- > lower, and i-- alone, which ends at 0.
    const auto *B = dyn_cast<BinaryOperator>(Condition);
    const Expr *Counter = B ? B->getLHS() : Condition;
    if (B && B->getOpcode() != BO_GT && B->getOpcode() != BO_NE)
      return false;
    L.Counter = decremented(Counter);
    L.Descending = true;
    L.Bound = B ? B->getRHS() : nullptr;
    if (!isDeclaredBy(S, L.Counter) || mayWrap(AST, L.Counter, Counter))
      return false;
    Expr::EvalResult End;
    return !B || B->getOpcode() == BO_GT ||
           (B->getRHS()->EvaluateAsInt(End, AST) && End.Val.getInt().isZero());
  }
  const auto *B = dyn_cast<BinaryOperator>(Condition);
  if (!B || !B->isRelationalOp())
    return false;
  int64_t LeftOffset = 0, RightOffset = 0;
  const Expr *LHS = withoutOffset(AST, B->getLHS(), LeftOffset),
             *RHS = withoutOffset(AST, B->getRHS(), RightOffset);
  bool Left = isDeclaredBy(S, variableOf(LHS));
  const Expr *Side = Left ? LHS : RHS;
  L.Offset = Left ? LeftOffset : RightOffset;
  L.Counter = variableOf(Side);
  L.Bound = Left ? B->getRHS() : B->getLHS();
  if (!isDeclaredBy(S, L.Counter) || mayWrap(AST, L.Counter, Side))
    return false;
  BinaryOperatorKind Op = B->getOpcode();
  if (!Left)
    Op = BinaryOperator::reverseComparisonOp(Op);
  L.Inclusive = Op == BO_LE || Op == BO_GE;
  L.Negative = Op == BO_GT || Op == BO_GE;
  return true;
}

bool FunctionLowering::matchIncrement(const ForStmt *S, CountedLoop &L) {
  if (L.Descending)
    return true;
  const Expr *Inc = lookThrough(S->getInc());
  bool Down = false;
  if (const auto *U = dyn_cast<UnaryOperator>(Inc)) {
    if (!U->isIncrementDecrementOp() ||
        variableOf(U->getSubExpr()) != L.Counter)
      return false;
    Down = U->isDecrementOp();
  } else if (const auto *C = dyn_cast<CompoundAssignOperator>(Inc)) {
    Expr::EvalResult Step;
    if ((C->getOpcode() != BO_AddAssign && C->getOpcode() != BO_SubAssign) ||
        variableOf(C->getLHS()) != L.Counter ||
        !C->getRHS()->EvaluateAsInt(Step, AST) ||
        !Step.Val.getInt().isStrictlyPositive())
      return false;
    L.Step = Step.Val.getInt().getZExtValue();
    Down = C->getOpcode() == BO_SubAssign;
  } else {
    return false;
  }
  // Counting an unsigned number down may wrap below zero and go on.
  bool Unsigned = L.Counter->getType()->isUnsignedIntegerType();
  return Down == L.Negative &&
         !(Down && Unsigned && (L.Inclusive || L.Step != 1));
}

std::optional<FunctionLowering::CountedLoop>
FunctionLowering::recognize(const ForStmt *S) {
  CountedLoop L;
  if (!S->getCond() || S->getConditionVariable() || !matchCondition(S, L) ||
      !matchIncrement(S, L))
    return std::nullopt;
  QualType T = L.Counter->getType();
  if (!T->isIntegerType() || T->isBooleanType() || T->isEnumeralType() ||
      T.isVolatileQualified() || !L.Counter->getInit() ||
      L.Counter->isStaticLocal())
    return std::nullopt;
  BodyFacts Body = gatherFacts(M, {S->getBody()});
  if (Body.Written.contains(L.Counter) || Facts.Aliased.contains(L.Counter) ||
      Facts.AddressTaken.contains(L.Counter))
    return std::nullopt;
  return L;
}

/// The value of Bound is the same in every iteration.
bool FunctionLowering::boundHolds(const ir::Expr *Bound,
                                  const BodyFacts &Body) const {
  auto Overwritten = [&](const ir::Type *Ty) {
    return Ty->scalar()->isReal() ? Body.WritesReals : Body.WritesIntegers;
  };
  bool Holds = true;
  ir::forEachExpr(Bound, [&](const ir::Expr &E) {
    if (E.is(ir::ExprKind::Var)) {
      const VarDecl *V = Declarations.lookup(E.Var);
      if (V && (Body.Written.contains(V) || Facts.Aliased.contains(V)))
        Holds = false;
      if (isShared(E.Var) && Overwritten(E.Var->Ty))
        Holds = false;
      if (E.Var->isGlobal() && !E.Var->Const && Body.ImpureCalls)
        Holds = false;
    } else if (isThroughPointer(E)) {
      Holds &= !Overwritten(E.Ty);
    } else if (E.is(ir::ExprKind::Opaque) && !E.Operands.empty()) {
      Holds = false;
    }
  });
  return Holds;
}

//===----------------------------------------------------------------------===//
// For
//===----------------------------------------------------------------------===//

void FunctionLowering::loopBody(const Stmt *Body,
                                llvm::function_ref<void()> BeforeContinue) {
  Stack.push_back({/*IsLoop=*/true, BeforeContinue});
  statement(Body);
  Stack.pop_back();
}

void FunctionLowering::countedBody(const ForStmt *S, ir::Stmt *For) {
  auto Nothing = [] {};
  For->Body = within([&] { loopBody(S->getBody(), Nothing); });
  emit(For);
}

/// Emits S as a counted loop, or nothing if it is none.
bool FunctionLowering::countedLoop(const ForStmt *S) {
  std::optional<CountedLoop> L = recognize(S);
  if (!L)
    return false;
  BodyFacts Body = gatherFacts(M, {S->getBody()});
  ir::Stmt *For = Ctx.stmt(ir::StmtKind::For, loc(S));
  const ir::Expr *Start = nullptr, *End = nullptr;
  ir::Block Before = within([&] {
    for (const Decl *D : llvm::cast<DeclStmt>(S->getInit())->decls()) {
      if (D == L->Counter)
        Start = rvalue(L->Counter->getInit());
      else if (const auto *V = dyn_cast<VarDecl>(D))
        variableDeclaration(V);
    }
    if (!Failed && !boundHolds(Start, Body))
      Start = keepValue(Start);
  });
  if (Failed)
    return true;
  Operand Bound =
      operand([&] { return L->Bound ? rvalue(L->Bound) : Ctx.intLiteral(0); });
  End = Bound.Value;
  if (End && L->Offset)
    End = shifted(Ctx, End, -L->Offset);
  if (Failed || !Bound.Before.empty() || !boundHolds(End, Body))
    return Failed;

  emit(Before);
  For->Var =
      local(L->Counter, type(L->Counter->getType(), L->Counter->getLocation()));
  // The loop writes its counter, but nothing inside an iteration does.
  For->Var->Const = false;
  Fixed.insert(For->Var);
  bind(L->Counter, Ctx.var(For->Var, For->Loc));
  For->Lower = L->Descending ? End : Start;
  For->Upper = L->Descending ? Start : End;
  For->Step = Ctx.intLiteral(static_cast<long>(L->Step));
  For->Inclusive = L->Inclusive;
  For->Negative = L->Negative && !L->Descending;
  For->Descending = L->Descending;
  countedBody(S, For);
  return true;
}

void FunctionLowering::forStatement(const ForStmt *S) {
  if (countedLoop(S))
    return;
  if (S->getInit())
    statement(S->getInit());
  whileLoop(
      S->getConditionVariable(), S->getCond(), S->getBody(),
      [&] {
        if (S->getInc())
          effect(S->getInc());
      },
      loc(S));
}

///   for (double &v : a) ...  =>  for (int i = 0; i < 3; ++i) ... v is a[i]
void FunctionLowering::rangeFor(const CXXForRangeStmt *S) {
  if (S->getInit())
    statement(S->getInit());
  const Expr *Range = S->getRangeInit();
  auto Library = asContainer(Range->getType()->getAsCXXRecordDecl());
  bool IsContainer = Library && isRecordType(Range->getType());
  if (!Range->getType()->isArrayType() && !IsContainer) {
    reject(Range,
           "a range-based for over an object of class type is not "
           "supported yet",
           "loop over an array, or with an index");
    return;
  }
  const ir::Expr *Array = lvalue(Range);
  if (Failed)
    return;
  if (!isFixedLocation(Array))
    Array = keepLocation(Array);
  const ir::Expr *Count = Array->Ty->Extent;
  if (IsContainer) {
    if (!Library->Extent)
      Count = keepValue(elementCount(Array, {*Library}));
    Array = elements(Array, Range->getType().isConstQualified());
    Count = Library->Extent ? Array->Ty->Extent : Count;
  }

  ir::Stmt *For = Ctx.stmt(ir::StmtKind::For, loc(S));
  For->Var = F.addVariable("i", Count->Ty, ir::VariableKind::Local, For->Loc);
  For->Var->Generated = true;
  Fixed.insert(For->Var);
  For->Lower = Ctx.intLiteral(0);
  For->Upper = Count;
  For->Step = Ctx.intLiteral(1);
  // Clang initialises the loop variable from *__begin.
  const auto *Begin = llvm::cast<VarDecl>(S->getBeginStmt()->getSingleDecl());
  bind(Begin, Ctx.addressOf(Ctx.index(Array, Ctx.var(For->Var), For->Loc)));
  auto Nothing = [] {};
  For->Body = within([&] {
    variableDeclaration(S->getLoopVariable());
    loopBody(S->getBody(), Nothing);
  });
  emit(For);
}

//===----------------------------------------------------------------------===//
// While and do
//===----------------------------------------------------------------------===//

///   while (next(p)) ...   =>   while (true) { t = next(p); if (!t) break; ...
///   }
void FunctionLowering::whileLoop(const VarDecl *ConditionVariable,
                                 const Expr *Condition, const Stmt *Body,
                                 llvm::function_ref<void()> Increment,
                                 ir::Location Loc) {
  ir::Stmt *While = Ctx.stmt(ir::StmtKind::While, Loc);
  Operand Test = operand([&] {
    if (ConditionVariable)
      variableDeclaration(ConditionVariable);
    return Condition ? rvalue(Condition)
                     : Ctx.literal(Ctx.boolType(), "true", Loc);
  });
  if (Failed)
    return;
  While->Value = Test.Value;
  While->Body = within([&] {
    if (!Test.Before.empty()) {
      emit(Test.Before);
      ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, Loc);
      If->Value = Ctx.unary("!", Test.Value, Loc);
      If->Body.push_back(Ctx.stmt(ir::StmtKind::Break, Loc));
      emit(If);
      While->Value = Ctx.literal(Ctx.boolType(), "true", Loc);
    }
    loopBody(Body, Increment);
    Increment();
  });
  emit(While);
}

void FunctionLowering::whileStatement(const WhileStmt *S) {
  whileLoop(
      S->getConditionVariable(), S->getCond(), S->getBody(), [] {}, loc(S));
}

///   do { ... } while (next(p));
///     =>   bool t = true; while (t) { ... t = next(p); }
void FunctionLowering::doStatement(const DoStmt *S) {
  ir::Stmt *While = Ctx.stmt(ir::StmtKind::While, loc(S));
  Operand Test = operand([&] { return rvalue(S->getCond()); });
  if (Failed)
    return;
  if (Test.Before.empty()) {
    auto Nothing = [] {};
    While->Value = Test.Value;
    While->TestAtEnd = true;
    While->Body = within([&] { loopBody(S->getBody(), Nothing); });
    return emit(While);
  }
  ir::Variable *Again = temporary(Ctx.boolType(), loc(S));
  emit(Ctx.declare(Again, Ctx.literal(Ctx.boolType(), "true"), loc(S)));
  While->Value = Ctx.var(Again, loc(S));
  auto Decide = [&] {
    const ir::Expr *Value = rvalue(S->getCond());
    emit(Ctx.assign(Ctx.var(Again), Value, ir::AssignOp::Set, loc(S)));
  };
  While->Body = within([&] {
    loopBody(S->getBody(), Decide);
    Decide();
  });
  emit(While);
}
