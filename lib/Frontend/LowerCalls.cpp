//===- LowerCalls.cpp - Calls of functions --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call that can have side effects, or that a derivative flows through by way
// of the callee's own derivative, is a statement that writes its result to a
// fresh local. Reference parameters get the location itself.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace retrograd;

/// using std::sin;
static bool namesStd(const BaseUsingDecl *D) {
  const auto *Using = dyn_cast<UsingDecl>(D);
  if (!Using ||
      Using->getQualifier().getKind() != NestedNameSpecifier::Kind::Namespace)
    return false;
  const auto *N = dyn_cast<NamespaceDecl>(
      Using->getQualifier().getAsNamespaceAndPrefix().Namespace);
  return N && N->isStdNamespace();
}

/// The function as it was named, so that the text finds the same overloads: a C
/// function that was found in std stays there.
std::string FunctionLowering::functionText(const Expr *Callee,
                                           const FunctionDecl *FD) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(Callee->IgnoreParenImpCasts());
  if (FD->getPrimaryTemplate()) {
    if (Ref && Ref->hasExplicitTemplateArgs())
      return M.qualifiedName(FD);
    return M.qualifiedName(FD->getPrimaryTemplate());
  }
  const NamedDecl *Found = Ref ? Ref->getFoundDecl() : FD;
  const auto *Shadow = dyn_cast<UsingShadowDecl>(Found);
  if (Shadow && (Shadow->getDeclContext()->isStdNamespace() ||
                 namesStd(Shadow->getIntroducer())))
    return "std::" + FD->getNameAsString();
  return M.qualifiedName(FD);
}

/// The function to call, its body lowered where there is one to see.
ir::Function *FunctionLowering::callee(const CallExpr *E,
                                       const FunctionDecl *FD) {
  if (!M.isLibrary(FD)) {
    ir::Function *Callee = M.lower(FD);
    Failed |= !Callee;
    return Callee;
  }
  for (const ParmVarDecl *P : FD->parameters())
    type(P->getType(), E->getExprLoc());
  if (FD->getReturnType()->isReferenceType())
    reject(E,
           "a library function that returns a reference is not supported: "
           "'" +
               FD->getNameAsString() + "'",
           InactiveNote);
  if (Failed)
    return nullptr;
  ir::Function *Callee = M.declare(FD);
  if (!Callee) {
    Failed = true;
    return nullptr;
  }
  Callee->QualifiedName = functionText(E->getCallee(), FD);
  Callee->Inactive |= M.isHarmless(FD) || M.hidesNoReal(FD);
  return Callee;
}

FunctionLowering::Operand FunctionLowering::argument(const Expr *E,
                                                     const ParmVarDecl *P) {
  if (!P || !P->getType()->isReferenceType())
    return operand([&] { return rvalue(E); });
  bool Const = P->getType()->getPointeeType().isConstQualified();
  return operand(
      [&] {
        const Expr *Plain = lookThrough(E);
        const ir::Expr *Location = lvalue(Plain);
        if (Failed)
          return poison();
        if (!Location->isLValue())
          return temporaryFor(Plain);
        escape(Location, E, Const || ReadOnly);
        return Location;
      },
      /*IsLocation=*/true);
}

static bool mayWriteMemory(const ir::Function &Callee, size_t Arguments) {
  return Arguments > Callee.Params.size() ||
         llvm::any_of(Callee.Params, [](const ir::Variable *P) {
           return P->Reference ? !P->Const
                               : P->Ty->isPointer() && !P->Ty->ConstElement;
         });
}

/// The callee may overwrite what its own arguments are computed from; those
/// move into temporaries, so that the derivative finds their values.
void FunctionLowering::protectArguments(const ir::Function &Callee,
                                        std::vector<const ir::Expr *> &Args) {
  if (!mayWriteMemory(Callee, Args.size()))
    return;
  for (size_t I = 0; I < Args.size(); ++I) {
    bool Reference = I < Callee.Params.size() && Callee.Params[I]->Reference;
    if (Reference) {
      const ir::Expr *Index =
          Args[I]->is(ir::ExprKind::Index) ? Args[I]->op(1) : nullptr;
      if (Index && readsMemory(Index))
        Args[I] = keepLocation(Args[I]);
    } else if ((Args[I]->Ty->isArithmetic() || Args[I]->Ty->isRecord()) &&
               readsMemory(Args[I])) {
      Args[I] = keepValue(Args[I]);
    }
  }
}

/// Object: of a member function, which is its first parameter.
const ir::Expr *
FunctionLowering::userCall(const CallExpr *E, const FunctionDecl *FD,
                           const Expr *Object,
                           llvm::ArrayRef<const Expr *> Arguments) {
  if (mustInline(FD))
    return inlineCall(FD, Object, Arguments, E);
  if (isPrivate(FD))
    return rejectPrivate(FD, E);
  ir::Function *Callee = callee(E, FD);
  if (Failed)
    return poison();
  llvm::SaveAndRestore Untyped(AllowUntyped,
                               M.isHarmless(FD) || M.isInactive(FD));
  std::vector<Operand> Operands;
  if (Callee->Method)
    Operands.push_back(operand(
        [&] {
          const ir::Expr *Location = objectOf(Object);
          escape(Location, Object, Callee->Params[0]->Const);
          return Location;
        },
        /*IsLocation=*/true));
  for (unsigned I = 0; I < Arguments.size(); ++I)
    Operands.push_back(argument(
        Arguments[I], I < FD->getNumParams() ? FD->getParamDecl(I) : nullptr));
  std::vector<const ir::Expr *> Args = sequence(Operands);
  if (Failed)
    return poison();
  protectArguments(*Callee, Args);

  ir::Stmt *Call = Ctx.stmt(ir::StmtKind::Call, loc(E));
  Call->Callee = Callee;
  Call->Args = std::move(Args);
  if (!Callee->ReturnType->isVoid()) {
    Call->Var = temporary(Callee->ReturnType, loc(E));
    Fixed.insert(Call->Var);
  }
  emit(Call);
  return Call->Var ? Ctx.var(Call->Var, loc(E)) : poison();
}

/// a = b, field by field.
bool FunctionLowering::isRecordAssignment(const CallExpr *E) const {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee());
  return Method && isa<CXXOperatorCallExpr>(E) &&
         (Method->isTrivial() || asContainer(Method->getParent())) &&
         (Method->isCopyAssignmentOperator() ||
          Method->isMoveAssignmentOperator()) &&
         isRecordType(E->getType());
}

/// What a member function is called for, an object or a pointer to it.
const ir::Expr *FunctionLowering::objectOf(const Expr *Object) {
  if (isPlainThis(Object) && This)
    return This;
  if (!Object->getType()->isPointerType())
    return Object->isGLValue() ? lvalue(Object) : temporaryFor(Object);
  const ir::Expr *Pointer = subscriptBase(Object);
  if (Failed)
    return poison();
  return Pointer->is(ir::ExprKind::AddressOf)
             ? Pointer->op(0)
             : dereference(Pointer, loc(Object));
}

/// The elements lead to reals; all other containers are text.
bool FunctionLowering::isContainer(const ContainerCall &Call) const {
  QualType T = Call.Object->getType();
  return isRecordType(T->isPointerType() ? T->getPointeeType() : T);
}

/// A member function of an object that holds reals, or of a lambda expression.
const ir::Expr *FunctionLowering::methodCall(const CallExpr *E) {
  if (isRecordAssignment(E))
    return recordAssignment(E->getArg(0), E->getArg(1), E);
  const auto *Method = cast<CXXMethodDecl>(E->getDirectCallee());
  llvm::ArrayRef<const Expr *> Arguments(E->getArgs(), E->getNumArgs());
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(E)) {
    Object = Arguments[0];
    Arguments = Arguments.drop_front();
  }
  return userCall(E, Method, Object, Arguments);
}

/// An operator that is a function of objects that hold reals, and of numbers.
bool FunctionLowering::isPlainOperator(const CallExpr *E) const {
  const FunctionDecl *FD = E->getDirectCallee();
  if (!isa<CXXOperatorCallExpr>(E) || !FD || isa<CXXMethodDecl>(FD))
    return false;
  bool Any = false;
  for (const Expr *Arg : E->arguments()) {
    bool Record = isRecordType(Arg->getType());
    if (!Record && !Arg->getType()->isScalarType())
      return false;
    Any |= Record;
  }
  return Any;
}

const ir::Expr *FunctionLowering::call(const CallExpr *E, bool Discarded) {
  if (Failed)
    return poison();
  llvm::SaveAndRestore Reading(ReadOnly, false);
  llvm::SaveAndRestore Untyped(AllowUntyped, false);
  if (const ir::Expr *Element = rangeElement(E))
    return Element;
  if (auto Container = asContainerCall(E);
      Container && isContainer(*Container) && !isRecordAssignment(E))
    return containerCall(*Container, E);
  if (const auto *Method =
          dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee());
      Method && !Method->isStatic() &&
      (Method->getParent()->isLambda() ||
       isRecordType(AST.getCanonicalTagType(Method->getParent()))))
    return methodCall(E);
  llvm::ArrayRef<const Expr *> Arguments(E->getArgs(), E->getNumArgs());
  if (isPlainOperator(E))
    return userCall(E, E->getDirectCallee(), nullptr, Arguments);
  if (isa<CXXMemberCallExpr, CXXOperatorCallExpr>(E)) {
    if (!Discarded)
      return classCall(E);
    opaqueEffect(E);
    return poison();
  }
  const FunctionDecl *FD = E->getDirectCallee();
  if (!FD)
    return reject(E, "a call through a pointer to a function is not supported",
                  "call the function by its name");
  if (isa<UserDefinedLiteral, CUDAKernelCallExpr>(E))
    return reject(E,
                  isa<UserDefinedLiteral>(E)
                      ? "a user-defined literal is not supported"
                      : "a kernel launch is not supported",
                  InactiveNote);
  if (llvm::all_of(FD->redecls(), [](const FunctionDecl *Each) {
        return Each->isLocalExternDecl();
      }))
    return reject(E,
                  "'" + FD->getNameAsString() +
                      "' is declared inside the function, where its derivative "
                      "cannot see it",
                  "declare it before the function");
  bool Handled = false;
  if (M.isLibrary(FD) && FD->getIdentifier() && !M.hasRule(FD) &&
      !M.isInactive(FD)) {
    const ir::Expr *Value = specialCall(E, FD, Handled);
    if (Handled || Failed)
      return Value;
  }
  if (M.isPure(FD) && !isPrivate(FD))
    return pureCall(E, FD);
  if (M.isHarmless(FD) && (Discarded || FD->getReturnType()->isVoidType())) {
    ReadOnly = AllowUntyped = true;
    opaqueEffect(E);
    return poison();
  }
  return userCall(E, FD, nullptr, Arguments);
}
