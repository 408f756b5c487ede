//===- LowerInline.cpp - Functions that stand in the place of their call --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What has no signature in the IR is lowered where it is called: constructors,
// functions that return a reference, lambda expressions, and functions that
// get one. So are private functions, which no text outside their class may
// name.
//
//   v[i] = x;         =>      v.at[i] = x;        for T &operator[](int i) {
//                                                   return at[i];
//                                                 }
//
// The body may return at its end only, so that nothing has to jump.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace retrograd;

static bool containsReturn(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return isa<ReturnStmt>(S) || llvm::any_of(S->children(), containsReturn);
}

static bool isClosure(QualType T) {
  const auto *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->isLambda();
}

bool retrograd::isPrivate(const Decl *D) {
  for (; D; D = dyn_cast<CXXRecordDecl>(D->getDeclContext()))
    if (D->getAccess() == AS_private || D->getAccess() == AS_protected)
      return true;
  return false;
}

/// What is called has no function of its own in the IR, or none that the text
/// of a derivative could name.
bool FunctionLowering::mustInline(const FunctionDecl *FD) const {
  if (M.isLibrary(FD) || M.isInactive(FD) || M.hasRule(FD))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  return FD->getReturnType()->isReferenceType() || isPrivate(FD) ||
         (Method && Method->getParent()->isLambda()) ||
         llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
           return isClosure(P->getType());
         });
}

//===----------------------------------------------------------------------===//
// Lambda expressions
//===----------------------------------------------------------------------===//

/// A call changes what the closure has captured by value.
static bool isMutable(const Expr *Closure) {
  const auto *Record = Closure->getType()->getAsCXXRecordDecl();
  return Record && Record->isLambda() &&
         !Record->getLambdaCallOperator()->isConst();
}

/// The closure that an expression of such a type denotes; null after an error.
const FunctionLowering::Closure *FunctionLowering::closure(const Expr *E) {
  bool Copied = false;
  while (true) {
    E = lookThrough(E);
    if (const auto *T = dyn_cast<MaterializeTemporaryExpr>(E))
      E = T->getSubExpr();
    else if (const auto *C = dyn_cast<CXXConstructExpr>(E);
             C && C->getConstructor()->isCopyOrMoveConstructor()) {
      E = C->getArg(0);
      Copied = true;
    } else if (const auto *Cast = dyn_cast<CastExpr>(E);
               Cast && isClosure(Cast->getSubExpr()->getType()))
      E = Cast->getSubExpr();
    else
      break;
  }
  // All copies would have the captures of the first one.
  if (Copied && isMutable(E)) {
    reject(E, "a copy of a 'mutable' lambda expression is not supported",
           "pass or capture it by reference");
    return nullptr;
  }
  if (const auto *L = dyn_cast<LambdaExpr>(E))
    return makeClosure(L);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (auto It = Closures.find(Ref->getDecl()); It != Closures.end())
      return It->second;
  if (!Failed)
    reject(E, "this use of a lambda expression is not supported",
           "call it where it is written, by the name of its variable, or pass "
           "it to a function");
  return nullptr;
}

/// Captures by value are evaluated here; those by reference are what they are.
const FunctionLowering::Closure *
FunctionLowering::makeClosure(const LambdaExpr *L) {
  Closure &New = AllClosures.emplace_back();
  New.This = This;
  auto Init = L->capture_init_begin();
  for (const LambdaCapture &C : L->captures()) {
    const Expr *Value = *Init++;
    if (C.capturesThis() && C.getCaptureKind() == LCK_StarThis) {
      reject(L, "a capture of '*this' is not supported",
             "capture a copy that has a name");
      return nullptr;
    }
    if (!C.capturesVariable())
      continue;
    const ValueDecl *D = C.getCapturedVar();
    if (isClosure(D->getType())) {
      New.Closures.push_back({D, closure(Value)});
      continue;
    }
    const ir::Expr *Place =
        C.getCaptureKind() == LCK_ByRef ? lvalue(Value) : captured(D, Value);
    if (Failed)
      return nullptr;
    if (C.getCaptureKind() == LCK_ByRef && !isFixedLocation(Place))
      Place = keepLocation(Place);
    New.Captures.push_back({D, Place});
  }
  return Failed ? nullptr : &New;
}

/// A copy that the body of a lambda may change.
const ir::Expr *FunctionLowering::captured(const ValueDecl *D,
                                           const Expr *Value) {
  const ir::Type *Ty = type(D->getType(), Value->getExprLoc());
  if (Failed)
    return poison();
  ir::Variable *Copy =
      F.addVariable(D->getName(), Ty, ir::VariableKind::Local, loc(Value));
  const ir::Expr *Place = Ctx.var(Copy, loc(Value));
  if (Ty->isArray()) {
    reject(Value, "capturing an array by value is not supported",
           "capture it by reference");
    return poison();
  }
  if (Ty->isRecord()) {
    emit(Ctx.declare(Copy, nullptr, loc(Value)));
    initialize(Place, Value);
  } else {
    emit(Ctx.declare(Copy, rvalue(Value), loc(Value)));
  }
  return Place;
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

void FunctionLowering::bindArgument(const ParmVarDecl *P, const Expr *Arg,
                                    const ir::Expr *Value) {
  if (Failed)
    return;
  if (isClosure(P->getType())) {
    Closures[P] = closure(Arg);
    return;
  }
  if (P->getType()->isReferenceType())
    return bind(P, isFixedLocation(Value) ? Value : keepLocation(Value));
  bool Changes = Facts.Written.contains(P) || Facts.AddressTaken.contains(P);
  // A conversion that C++ makes must not get lost: 1 / n is not 1.0 / n.
  if (!Changes && !Value->Ty->isRecord())
    return bind(P, Value->is(ir::ExprKind::Var)
                       ? keepValue(Value)
                       : intoTemporary(Value, P->getName()));
  ir::Variable *Copy = F.addVariable(
      P->getName(), Value->Ty->isArray() ? Ctx.decayed(Value) : Value->Ty,
      ir::VariableKind::Local, loc(Arg));
  Copy->AddressTaken = Facts.AddressTaken.contains(P);
  const ir::Expr *Place = Ctx.var(Copy, loc(Arg));
  bool Record = Value->Ty->isRecord();
  emit(Ctx.declare(Copy, Record ? nullptr : Value, loc(Arg)));
  if (Record)
    copyRecord(Place, Value, loc(Arg));
  bind(P, Place);
}

void FunctionLowering::bindArguments(const FunctionDecl *FD,
                                     llvm::ArrayRef<const Expr *> Args) {
  std::vector<Operand> Operands;
  for (unsigned I = 0; I < FD->getNumParams(); ++I)
    Operands.push_back(isClosure(FD->getParamDecl(I)->getType())
                           ? operand([&] { return poison(); })
                           : argument(Args[I], FD->getParamDecl(I)));
  std::vector<const ir::Expr *> Values = sequence(Operands);
  for (unsigned I = 0; I < FD->getNumParams(); ++I)
    bindArgument(FD->getParamDecl(I), Args[I], Values[I]);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The function with its body, or null after an error.
const FunctionDecl *FunctionLowering::inlinable(const FunctionDecl *FD,
                                                const Expr *E) {
  const FunctionDecl *Definition = M.definition(FD);
  std::string Name = "'" + FD->getNameAsString() + "'";
  if (!Definition) {
    reject(E,
           "the body of " + Name +
               ", which stands in the place of its "
               "call, is not visible here",
           "define it before the function");
    return nullptr;
  }
  if (llvm::is_contained(Inlining, Definition) || FD == this->FD) {
    reject(E,
           "a recursive call of " + Name +
               ", which stands in the place of its call, is not supported",
           "let it return a value, or nothing");
    return nullptr;
  }
  return Definition;
}

/// Lowers the statements of a body, but for the last one if it returns, which
/// is the result.
const Expr *FunctionLowering::inlineBody(const FunctionDecl *FD,
                                         const Expr *E) {
  llvm::ArrayRef<Stmt *> Body;
  if (const auto *Block = dyn_cast<CompoundStmt>(FD->getBody()))
    Body = {Block->body_begin(), Block->body_end()};
  const Expr *Result = nullptr;
  for (const Stmt *S : Body) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (Return && S == Body.back()) {
      Result = Return->getRetValue();
    } else if (containsReturn(S)) {
      reject(E,
             "'" + FD->getNameAsString() +
                 "' stands in the place of its call, but returns before "
                 "its end",
             "let it return once, at its end");
      return nullptr;
    } else {
      statement(S);
    }
  }
  return Result;
}

/// The call of a function that mustInline(): a location if it returns a
/// reference, else the value; null for void.
const ir::Expr *FunctionLowering::inlineCall(const FunctionDecl *FD,
                                             const Expr *Object,
                                             llvm::ArrayRef<const Expr *> Args,
                                             const Expr *E) {
  FD = inlinable(FD, E);
  if (!FD)
    return poison();
  addFacts(FD);
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  bool IsLambda = Method && Method->getParent()->isLambda();
  const Closure *Called = IsLambda ? closure(Object) : nullptr;
  const ir::Expr *Self = Called ? Called->This : This;
  if (Object && !IsLambda)
    Self = objectOf(Object);
  if (Failed)
    return poison();
  bindArguments(FD, Args);
  llvm::SaveAndRestore Inner(This, Self);
  auto Outer = Bindings;
  if (Called) {
    for (auto [D, Place] : Called->Captures)
      bind(D, Place);
    for (auto [D, Inside] : Called->Closures)
      Closures[D] = Inside;
  }
  Inlining.push_back(FD);
  const Expr *Result = inlineBody(FD, E);
  const ir::Expr *Value = poison();
  if (Result && FD->getReturnType()->isReferenceType())
    Value = lvalue(Result);
  else if (Result && FD->getReturnType()->isVoidType())
    effect(Result);
  else if (Result && isRecordType(Result->getType()))
    Value = freshRecord(Result);
  else if (Result && !Failed)
    Value = intoTemporary(rvalue(Result));
  Inlining.pop_back();
  Bindings = std::move(Outer);
  return Failed ? poison() : Value;
}

/// Gives the object at Place the value that a constructor gives it.
void FunctionLowering::inlineConstructor(const ir::Expr *Place,
                                         const CXXConstructExpr *E) {
  const auto *Constructor =
      dyn_cast_or_null<CXXConstructorDecl>(inlinable(E->getConstructor(), E));
  if (!Constructor)
    return;
  addFacts(Constructor);
  bindArguments(Constructor,
                llvm::ArrayRef(E->getArgs(), Constructor->getNumParams()));
  if (Failed)
    return;
  const ir::Expr *Object = keepLocation(Place);
  llvm::SaveAndRestore Inner(This, Object);
  Inlining.push_back(Constructor);
  for (const CXXCtorInitializer *Init : Constructor->inits()) {
    if (const FieldDecl *Field = Init->getMember())
      initialize(Ctx.field(Object, Field->getName(),
                           type(Field->getType(), E->getExprLoc()), loc(E)),
                 Init->getInit());
    else if (Init->isBaseInitializer() && !isPair(Constructor->getParent()))
      initialize(baseOf(Object, QualType(Init->getBaseClass(), 0), E),
                 Init->getInit());
    else if (!Init->isBaseInitializer()) // another constructor of the class
      initialize(Object, Init->getInit());
  }
  inlineBody(Constructor, E);
  Inlining.pop_back();
}
