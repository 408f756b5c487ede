//===- DerivativeSignature.cpp - The types of a derivative's parameters ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header for the table that this file implements.
//
//===----------------------------------------------------------------------===//

#include "DerivativeSignature.h"
#include "RecordTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace retrograd {

using clang::ASTContext;
using clang::FunctionDecl;
using clang::QualType;
using clang::ValueDecl;

bool isDifferentiableScalar(QualType T) {
  const auto *Builtin = T.getNonReferenceType()->getAs<clang::BuiltinType>();
  if (!Builtin)
    return false;
  switch (Builtin->getKind()) {
  case clang::BuiltinType::Float16:
  case clang::BuiltinType::Float:
  case clang::BuiltinType::Double:
  case clang::BuiltinType::LongDouble:
    return true;
  default: // Clang's enumeration, of which these are the ones we know.
    return false;
  }
}

bool carriesReal(QualType T, const ASTContext &AST) {
  T = T.getNonReferenceType();
  while (true) {
    if (const clang::ArrayType *Array = AST.getAsArrayType(T))
      T = Array->getElementType();
    else if (T->isPointerType())
      T = T->getPointeeType();
    else
      return isDifferentiableScalar(T) || isRecord(T, AST);
  }
}

/// const double[3] -> double[3], const double *const -> double *const.
static QualType withoutConst(QualType T, const ASTContext &AST) {
  if (T->isPointerType())
    return AST.getQualifiedType(
        AST.getPointerType(withoutConst(T->getPointeeType(), AST)),
        T.getQualifiers());
  clang::Qualifiers Dropped;
  return AST.getUnqualifiedArrayType(T, Dropped);
}

/// What a parameter of this type points or refers to, or the scalar itself.
static QualType memoryOf(QualType T, const ASTContext &AST) {
  T = T.getNonReferenceType();
  if (const clang::ArrayType *Array = AST.getAsArrayType(T))
    return Array->getElementType();
  if (T->isPointerType())
    return T->getPointeeType();
  return T;
}

static QualType adjointType(QualType T, const ASTContext &AST) {
  return AST.getPointerType(withoutConst(memoryOf(T, AST), AST));
}

static QualType tangentType(QualType T, const ASTContext &AST) {
  if (isDifferentiableScalar(T) && !T->isReferenceType())
    return T.getUnqualifiedType();
  if (T->isRecordType())
    return AST.getPointerType(T.withConst());
  return AST.getPointerType(memoryOf(T, AST));
}

/// The type with one more dimension: double[3] -> double[3][K].
static QualType widened(QualType T, unsigned Directions,
                        const ASTContext &AST) {
  if (const auto *Array = AST.getAsConstantArrayType(T))
    return AST.getConstantArrayType(
        widened(Array->getElementType(), Directions, AST), Array->getSize(),
        nullptr, clang::ArraySizeModifier::Normal, 0);
  if (T->isPointerType())
    return AST.getQualifiedType(
        AST.getPointerType(widened(T->getPointeeType(), Directions, AST)),
        T.getQualifiers());
  if (!isDifferentiableScalar(T))
    return T;
  return AST.getConstantArrayType(T, llvm::APInt(64, Directions), nullptr,
                                  clang::ArraySizeModifier::Normal, 0);
}

/// What carries an adjoint or a tangent, for so many directions.
static QualType inDirections(QualType T, unsigned Directions,
                             const ASTContext &AST) {
  if (!Directions)
    return T;
  if (isDifferentiableScalar(T))
    return AST.getPointerType(T.withConst());
  if (isDifferentiableScalar(T->getPointeeType()))
    return T;
  return widened(T, Directions, AST);
}

QualType objectType(const FunctionDecl *F, const ASTContext &AST) {
  const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F);
  if (!Method || !Method->isImplicitObjectMemberFunction())
    return {};
  QualType T = AST.getCanonicalTagType(Method->getParent());
  return AST.getLValueReferenceType(Method->isConst() ? T.withConst() : T);
}

llvm::SmallVector<const ValueDecl *>
defaultIndependents(const FunctionDecl *F, const ASTContext &AST) {
  llvm::SmallVector<const ValueDecl *> Result;
  QualType Object = objectType(F, AST);
  if (!Object.isNull() && carriesReal(Object, AST))
    Result.push_back(nullptr);
  for (const clang::ParmVarDecl *P : F->parameters())
    if (carriesReal(P->getType(), AST))
      Result.push_back(P);
  return Result;
}

/// The parameter's name, or one made from its position.
static std::string nameOf(const ValueDecl *V) {
  if (!V)
    return "self";
  if (!V->getName().empty())
    return V->getName().str();
  const auto *P = llvm::cast<clang::ParmVarDecl>(V);
  return "p" + std::to_string(P->getFunctionScopeIndex() + 1);
}

DerivativeSignature
derivativeSignature(Mode M, const FunctionDecl *Primal,
                    llvm::ArrayRef<const ValueDecl *> Independents,
                    const ASTContext &AST, unsigned Directions, bool Value) {
  QualType Result = Primal->getReturnType();
  bool Real = isDifferentiableScalar(Result) || isRecord(Result, AST);
  DerivativeSignature S;
  S.Return = M == Mode::Jvp ? Result : AST.VoidTy;
  if (Directions && Real)
    S.Return = Value ? Result : AST.VoidTy;
  QualType Object = objectType(Primal, AST);
  if (!Object.isNull())
    S.Parameters.push_back({Object, nameOf(nullptr)});
  for (const clang::ParmVarDecl *P : Primal->parameters())
    S.Parameters.push_back({P->getType().getUnqualifiedType(), nameOf(P)});
  if (M == Mode::Vjp && Real)
    S.Parameters.push_back({inDirections(Result, Directions, AST), "seed"});
  for (const ValueDecl *V : Independents) {
    QualType T = V ? V->getType() : Object;
    // A variable that is no parameter is reached through its address.
    if (V && !llvm::isa<clang::ParmVarDecl>(V) && isDifferentiableScalar(T))
      T = AST.getLValueReferenceType(T);
    bool Tangent = M == Mode::Jvp;
    T = Tangent ? tangentType(T, AST) : adjointType(T, AST);
    S.Parameters.push_back({inDirections(T, Directions, AST),
                            (Tangent ? "t_" : "d_") + nameOf(V)});
  }
  if (Directions && Real && M == Mode::Jvp)
    S.Parameters.push_back({AST.getPointerType(Result), "t_result"});
  return S;
}

bool DerivativeSignature::matches(const FunctionDecl *F,
                                  const ASTContext &AST) const {
  if (F->getNumParams() != Parameters.size() || F->isVariadic())
    return false;
  for (unsigned I = 0; I < Parameters.size(); ++I)
    if (!AST.hasSameUnqualifiedType(F->getParamDecl(I)->getType(),
                                    Parameters[I].Type))
      return false;
  return true;
}

/// double, const float * and double & carry one number or row of numbers.
static bool isAddressOrScalar(QualType T, const ASTContext &AST) {
  return isDifferentiableScalar(memoryOf(T, AST));
}

bool DerivativeSignature::isMistakenFor(const FunctionDecl *F,
                                        unsigned PrimalParameters,
                                        const ASTContext &AST) const {
  if (F->getNumParams() != Parameters.size() || F->isVariadic() ||
      F->getDefinition())
    return false;
  for (unsigned I = 0; I < Parameters.size(); ++I) {
    QualType Theirs = F->getParamDecl(I)->getType(), Ours = Parameters[I].Type;
    if (AST.hasSameUnqualifiedType(Theirs, Ours))
      continue;
    if (I < PrimalParameters || !isAddressOrScalar(Theirs, AST) ||
        !isAddressOrScalar(Ours, AST))
      return false;
  }
  return true;
}

std::string DerivativeSignature::print(llvm::StringRef Name,
                                       const ASTContext &AST) const {
  return Return.getAsString(AST.getPrintingPolicy()) + " " + Name.str() +
         printParameters(AST);
}

std::string DerivativeSignature::printParameters(const ASTContext &AST) const {
  clang::PrintingPolicy Policy = AST.getPrintingPolicy();
  std::string Text = "(";
  llvm::raw_string_ostream OS(Text);
  llvm::ListSeparator Comma;
  for (const DerivativeParameter &P : Parameters) {
    OS << Comma;
    P.Type.print(OS, Policy, P.Name);
  }
  return Text + ")";
}

} // namespace retrograd
