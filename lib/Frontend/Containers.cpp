//===- Containers.cpp - std::array and std::vector ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "Containers.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace retrograd;

/// std::allocator, whose vectors have plain pointers.
static bool isStandardAllocator(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && Class->isInStdNamespace() && Class->getName() == "allocator";
}

std::optional<Container> retrograd::asContainer(const Decl *Class) {
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
  if (!S || !S->isInStdNamespace() || !S->getIdentifier())
    return std::nullopt;
  const TemplateArgumentList &Args = S->getTemplateArgs();
  if (Args.size() != 2 || Args[0].getKind() != TemplateArgument::Type)
    return std::nullopt;
  if (S->getName() == "array" &&
      Args[1].getKind() == TemplateArgument::Integral)
    return Container{Args[0].getAsType(),
                     Args[1].getAsIntegral().getZExtValue()};
  if (S->getName() == "vector" && !Args[0].getAsType()->isBooleanType() &&
      Args[1].getKind() == TemplateArgument::Type &&
      isStandardAllocator(Args[1].getAsType()))
    return Container{Args[0].getAsType(), std::nullopt};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// By the name of a member function.
static void classify(ContainerCall &Call, llvm::StringRef Name,
                     const CallExpr *E) {
  bool IsArray = Call.Type.Extent.has_value();
  Call.Use = llvm::StringSwitch<ContainerUse>(Name)
                 .Cases({"front", "back"}, ContainerUse::Element)
                 .Case("at", ContainerUse::CheckedElement)
                 .Cases({"data", "begin", "end", "cbegin", "cend"},
                        ContainerUse::Pointer)
                 .Case("size", ContainerUse::Size)
                 .Default(ContainerUse::Other);
  // The iterators of vectors are classes, those of arrays need not be pointers.
  if (Call.Use == ContainerUse::Pointer &&
      (!E->getType()->isPointerType() || (!IsArray && Name != "data")))
    Call.Use = ContainerUse::Other;
  Call.FromEnd = Name == "back" || Name == "end" || Name == "cend";
  if (Name == "front")
    Call.KnownIndex = 0;
  if (Name == "at")
    Call.Index = E->getArg(0);
}

/// std::get<I>(a).
static std::optional<ContainerCall> asGet(const CallExpr *E,
                                          const FunctionDecl *FD) {
  if (!FD->isInStdNamespace() || !FD->getIdentifier() ||
      FD->getName() != "get" || E->getNumArgs() != 1)
    return std::nullopt;
  const Expr *Object = E->getArg(0);
  auto Type = asContainer(Object->getType()->getAsCXXRecordDecl());
  const TemplateArgumentList *Args = FD->getTemplateSpecializationArgs();
  if (!Type || !Args || Args->size() == 0 ||
      (*Args)[0].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  ContainerCall Call{*Type, ContainerUse::Element, Object};
  Call.KnownIndex = (*Args)[0].getAsIntegral().getZExtValue();
  Call.Const = Object->getType().isConstQualified();
  return Call;
}

std::optional<ContainerCall> retrograd::asContainerCall(const Expr *E) {
  const auto *C = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = C ? C->getDirectCallee() : nullptr;
  if (!FD)
    return std::nullopt;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  if (!Method)
    return asGet(C, FD);
  auto Type = asContainer(Method->getParent());
  if (!Type)
    return std::nullopt;
  ContainerCall Call{*Type};
  Call.Const = Method->isConst();
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(C)) {
    Call.Object = C->getArg(0);
    if (Operator->getOperator() == OO_Subscript) {
      Call.Use = ContainerUse::Element;
      Call.Index = C->getArg(1);
    }
  } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(C)) {
    Call.Object = Member->getImplicitObjectArgument();
    if (Method->getIdentifier())
      classify(Call, Method->getName(), C);
  }
  return Call;
}
