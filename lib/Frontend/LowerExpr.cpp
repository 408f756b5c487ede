//===- LowerExpr.cpp - Values ---------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operators, literals and the dispatch over all other expressions that have a
// value.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace retrograd;

const Expr *retrograd::lookThrough(const Expr *E) {
  while (true) {
    if (const auto *P = dyn_cast<ParenExpr>(E))
      E = P->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *S = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
      E = S->getReplacement();
    else if (const auto *D = dyn_cast<CXXDefaultArgExpr>(E))
      E = D->getExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *G = dyn_cast<GenericSelectionExpr>(E))
      E = G->getResultExpr();
    else if (const auto *C = dyn_cast<ChooseExpr>(E))
      E = C->getChosenSubExpr();
    else if (const auto *U = dyn_cast<UnaryOperator>(E);
             U && U->getOpcode() == UO_Extension)
      E = U->getSubExpr();
    else
      return E;
  }
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// A literal as the user spelled it, macros expanded.
const ir::Expr *FunctionLowering::literal(const Expr *E) {
  const SourceManager &SM = AST.getSourceManager();
  llvm::SmallString<32> Buffer;
  llvm::StringRef Text = Lexer::getSpelling(SM.getSpellingLoc(E->getBeginLoc()),
                                            Buffer, SM, AST.getLangOpts());
  // In the place of a template's parameter stands the name of that.
  std::string Value;
  if (Text.empty() || clang::isAsciiIdentifierStart(Text.front())) {
    llvm::raw_string_ostream OS(Value);
    PrintingPolicy Plain = M.Policy;
    Plain.ConstantsAsWritten = false;
    E->printPretty(OS, nullptr, Plain);
    Text = Value;
  }
  return Ctx.literal(type(E->getType(), E->getExprLoc()), Text, loc(E));
}

const ir::Expr *FunctionLowering::zero(QualType T, const Expr *E) {
  const ir::Type *Ty = type(T, E->getExprLoc());
  if (Ty->isReal())
    return Ctx.realLiteral(Ty, 0, loc(E));
  if (Ty->isBool())
    return Ctx.literal(Ty, "false", loc(E));
  if (Ty->isInteger())
    return Ctx.cast(Ctx.intLiteral(0), Ty, /*Implicit=*/!T->isEnumeralType());
  if (Ty->isPointer())
    return Ctx.literal(Ty, "nullptr", loc(E));
  return classValue(E);
}

/// sizeof, type traits and their like: a constant, written as it was where its
/// text means the same everywhere.
const ir::Expr *FunctionLowering::traitConstant(const Expr *E) {
  const ir::Type *Ty = type(E->getType(), E->getExprLoc());
  if (const auto *S = dyn_cast<UnaryExprOrTypeTraitExpr>(E);
      S && S->getKind() == UETT_SizeOf &&
      !S->getTypeOfArgument()->isVariablyModifiedType())
    return opaqueText("sizeof(" + M.typeName(S->getTypeOfArgument()) + ")", Ty,
                      E);
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, AST))
    return reject(E,
                  "an expression that is not a constant here is not "
                  "supported",
                  "compute the value in a variable first");
  llvm::SmallString<16> Text;
  Result.Val.getInt().toString(Text, 10);
  if (Ty->isBool())
    return Ctx.literal(Ty, Text == "0" ? "false" : "true", loc(E));
  return Ctx.literal(Ty, Text, loc(E));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

const ir::Expr *FunctionLowering::unary(const UnaryOperator *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getOpcode()) {
  case UO_Plus:
  case UO_Extension:
    return rvalue(Sub);
  case UO_Minus:
    return Ctx.unary("-", rvalue(Sub), loc(E));
  case UO_Not:
    return Ctx.unary("~", rvalue(Sub), loc(E));
  case UO_LNot:
    return Ctx.unary("!", rvalue(Sub), loc(E));
  case UO_AddrOf:
    return E->getType()->isPointerType() &&
                   !E->getType()->getPointeeType()->isFunctionType()
               ? addressOf(lvalue(Sub), E)
               : reject(E, "a pointer to a function or member is not supported",
                        InactiveNote);
  case UO_PreInc:
  case UO_PreDec:
  case UO_PostInc:
  case UO_PostDec:
    return increment(E, /*Discarded=*/false);
  case UO_Deref:
    return lvalue(E);
  case UO_Real:
  case UO_Imag:
    return reject(E, "complex numbers are not supported",
                  "write the real and the imaginary part as two reals");
  case UO_Coawait:
    break;
  }
  return reject(E, "'co_await' is not supported", InactiveNote);
}

const ir::Expr *FunctionLowering::binary(const BinaryOperator *E) {
  if (const auto *C = dyn_cast<CompoundAssignOperator>(E))
    return compoundAssignment(C);
  switch (E->getOpcode()) {
  case BO_Assign:
    return assignment(E);
  case BO_Comma:
    effect(E->getLHS());
    return rvalue(E->getRHS());
  case BO_LAnd:
  case BO_LOr:
    return logical(E);
  case BO_PtrMemD:
  case BO_PtrMemI:
    return reject(E, "a pointer to a member is not supported", InactiveNote);
  case BO_Cmp:
    return reject(E, "'<=>' is not supported", "compare with '<' and '=='");
  default:
    break;
  }
  auto [L, R] = sequence([&] { return rvalue(E->getLHS()); },
                         [&] { return rvalue(E->getRHS()); });
  return Ctx.binary(E->getOpcodeStr(), L, R,
                    type(E->getType(), E->getExprLoc()), loc(E));
}

///   a && (b = f())     =>     bool t = a; if (t) { b = f(); t = b; }
const ir::Expr *FunctionLowering::logical(const BinaryOperator *E) {
  const ir::Expr *L = rvalue(E->getLHS());
  Operand R = operand([&] { return rvalue(E->getRHS()); });
  if (Failed)
    return poison();
  if (R.Before.empty())
    return Ctx.binary(E->getOpcodeStr(), L, R.Value, Ctx.boolType(), loc(E));

  ir::Variable *T = temporary(Ctx.boolType(), loc(E));
  emit(Ctx.declare(T, L, loc(E)));
  const ir::Expr *Value = Ctx.var(T, loc(E));
  ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(E));
  If->Value = E->getOpcode() == BO_LAnd ? Value : Ctx.unary("!", Value, loc(E));
  If->Body = std::move(R.Before);
  If->Body.push_back(Ctx.assign(Value, R.Value, ir::AssignOp::Set, loc(E)));
  emit(If);
  return Value;
}

/// Condition ? Then : Else, as an if statement where a side has side effects.
const ir::Expr *FunctionLowering::choose(const ir::Expr *Condition, Lazy Then,
                                         Lazy Else, const ir::Type *Ty,
                                         ir::Location Loc) {
  Operand T = operand(Then), E = operand(Else);
  if (Failed)
    return poison();
  if (T.Before.empty() && E.Before.empty())
    return Ctx.conditional(Condition, T.Value, E.Value, Loc);

  ir::Variable *V = temporary(Ty, Loc);
  const ir::Expr *Result = Ctx.var(V, Loc);
  emit(Ctx.declare(V, nullptr, Loc));
  ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, Loc);
  If->Value = Condition;
  If->Body = std::move(T.Before);
  If->Body.push_back(Ctx.assign(Result, T.Value, ir::AssignOp::Set, Loc));
  If->Else = std::move(E.Before);
  If->Else.push_back(Ctx.assign(Result, E.Value, ir::AssignOp::Set, Loc));
  emit(If);
  return Result;
}

const ir::Expr *
FunctionLowering::conditional(const AbstractConditionalOperator *E) {
  if (const auto *B = dyn_cast<BinaryConditionalOperator>(E))
    SharedValues[B->getOpaqueValue()] = keepValue(rvalue(B->getCommon()));
  const ir::Expr *Condition = rvalue(E->getCond());
  return choose(
      Condition, [&] { return rvalue(E->getTrueExpr()); },
      [&] { return rvalue(E->getFalseExpr()); },
      type(E->getType(), E->getExprLoc()), loc(E));
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

/// "the lambda expression" and its like, for what has no lowering.
static std::string describe(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::LambdaExprClass:
    return "a lambda expression";
  case Stmt::StmtExprClass:
    return "a statement expression";
  case Stmt::CXXThisExprClass:
    return "'this'";
  case Stmt::CompoundLiteralExprClass:
    return "a compound literal";
  case Stmt::ImaginaryLiteralClass:
    return "an imaginary literal";
  case Stmt::CXXDynamicCastExprClass:
    return "'dynamic_cast'";
  case Stmt::BuiltinBitCastExprClass:
    return "a bit cast";
  case Stmt::AtomicExprClass:
    return "an atomic operation";
  case Stmt::AddrLabelExprClass:
    return "the address of a label";
  case Stmt::CXXTypeidExprClass:
    return "'typeid'";
  case Stmt::VAArgExprClass:
    return "'va_arg'";
  case Stmt::CXXStdInitializerListExprClass:
    return "'std::initializer_list'";
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
    return "a coroutine";
  default:
    return std::string("an expression of the kind '") + E->getStmtClassName() +
           "'";
  }
}

/// What stands alone in the braces of a scalar.
static const Expr *onlyInit(const Expr *E) {
  const auto *List = llvm::cast<InitListExpr>(E);
  return List->getNumInits() == 1 && !E->getType()->isArrayType()
             ? List->getInit(0)
             : nullptr;
}

const ir::Expr *FunctionLowering::rvalue(const Expr *E) {
  E = lookThrough(E);
  if (Failed)
    return poison();
  if (const auto *T = dyn_cast<MaterializeTemporaryExpr>(E))
    return rvalue(T->getSubExpr());
  if (E->getType()->isRecordType())
    return classValue(E);
  if (This && llvm::isa<CXXThisExpr>(E))
    return addressOf(This, E);

  switch (E->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
  case Stmt::FloatingLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::CXXBoolLiteralExprClass:
    return literal(E);
  case Stmt::CXXNullPtrLiteralExprClass:
    return opaqueText("nullptr", type(E->getType(), E->getExprLoc()), E);
  case Stmt::GNUNullExprClass:
    return Ctx.literal(type(E->getType(), E->getExprLoc()), "0", loc(E));
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXStaticCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXConstCastExprClass:
  case Stmt::CXXReinterpretCastExprClass:
    return cast(llvm::cast<CastExpr>(E));
  case Stmt::UnaryOperatorClass:
    return unary(llvm::cast<UnaryOperator>(E));
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return binary(llvm::cast<BinaryOperator>(E));
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
    return conditional(llvm::cast<AbstractConditionalOperator>(E));
  case Stmt::CXXRewrittenBinaryOperatorClass: // a < b by way of operator<=>
    return opaque(E, type(E->getType(), E->getExprLoc()));
  case Stmt::DeclRefExprClass:
  case Stmt::ArraySubscriptExprClass:
  case Stmt::MemberExprClass:
  case Stmt::StringLiteralClass:
  case Stmt::PredefinedExprClass:
  case Stmt::OpaqueValueExprClass:
    return lvalue(E);
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass:
    return call(llvm::cast<CallExpr>(E), /*Discarded=*/false);
  case Stmt::CXXNewExprClass:
    return newExpr(llvm::cast<CXXNewExpr>(E), nullptr);
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::CXXScalarValueInitExprClass:
    return zero(E->getType(), E);
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::TypeTraitExprClass:
  case Stmt::ArrayTypeTraitExprClass:
  case Stmt::ExpressionTraitExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::SizeOfPackExprClass:
  case Stmt::OffsetOfExprClass:
  case Stmt::RequiresExprClass:
  case Stmt::ConceptSpecializationExprClass:
  case Stmt::SourceLocExprClass:
    return traitConstant(E);
  case Stmt::CXXThrowExprClass:
  case Stmt::CXXDeleteExprClass:
    effect(E);
    return poison();
  case Stmt::InitListExprClass:
    if (const Expr *Only = onlyInit(E))
      return rvalue(Only);
    if (llvm::cast<InitListExpr>(E)->getNumInits() == 0)
      return zero(E->getType(), E);
    break;
  default:
    break;
  }
  return reject(E, describe(E) + " is not supported", InactiveNote);
}
