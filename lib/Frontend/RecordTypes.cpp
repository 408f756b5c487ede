//===- RecordTypes.cpp - Which classes are records of the IR --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes may lead to themselves through pointers, so every walk over fields
// remembers where it has been.
//
//===----------------------------------------------------------------------===//

#include "RecordTypes.h"
#include "Containers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace retrograd;

using Classes = llvm::SmallPtrSet<const RecordDecl *, 8>;

//===----------------------------------------------------------------------===//
// Reals
//===----------------------------------------------------------------------===//

static bool leadsToReal(QualType T, const ASTContext &AST, Classes &Seen);

static bool leadsToReal(const RecordDecl *RD, const ASTContext &AST,
                        Classes &Seen) {
  RD = RD->getDefinition();
  // A class that is being looked at, through a pointer to itself, adds nothing.
  if (!RD || !Seen.insert(RD).second)
    return false;
  if (auto C = asContainer(RD))
    return leadsToReal(C->Element, AST, Seen);
  if (llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
        return leadsToReal(Field->getType(), AST, Seen);
      }))
    return true;
  const auto *Class = dyn_cast<CXXRecordDecl>(RD);
  return Class && llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &B) {
           return leadsToReal(B.getType(), AST, Seen);
         });
}

static bool leadsToReal(QualType T, const ASTContext &AST, Classes &Seen) {
  while (true) {
    T = T.getCanonicalType();
    if (const ArrayType *A = AST.getAsArrayType(T))
      T = A->getElementType();
    else if (T->isPointerType() || T->isReferenceType())
      T = T->getPointeeType();
    else
      break;
  }
  if (const auto *R = T->getAsRecordDecl())
    return leadsToReal(R, AST, Seen);
  return T->isFloatingType() || T->isVectorType() || T->isAnyComplexType();
}

bool retrograd::leadsToReal(QualType T, const ASTContext &AST) {
  Classes Seen;
  return ::leadsToReal(T, AST, Seen);
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

static std::string whyNoRecord(const CXXRecordDecl *Class,
                               const ASTContext &AST, Classes &Seen);

/// The class, or one around it, has no name that other functions know.
static bool isUnnameable(const CXXRecordDecl *Class) {
  if (!Class->getIdentifier() && !Class->getTypedefNameForAnonDecl())
    return true;
  for (const DeclContext *DC = Class->getDeclContext(); DC;
       DC = DC->getParent())
    if (DC->isFunctionOrMethod())
      return true;
  return false;
}

static bool isHidden(const Decl *D) {
  return D->getAccess() == AS_private || D->getAccess() == AS_protected;
}

static std::string whyNoField(const FieldDecl *Field, const ASTContext &AST,
                              Classes &Seen) {
  QualType T = Field->getType();
  auto Say = [&](const char *What) {
    return "its field '" + Field->getNameAsString() + "' is " + What;
  };
  if (Field->getName().empty())
    return "it has an anonymous union or class in it";
  if (isHidden(Field))
    return Say("not public");
  if (Field->isBitField())
    return Say("a bit-field");
  if (Field->isMutable())
    return Say("'mutable'");
  if (T->isReferenceType())
    return Say("a reference");
  if (AST.getBaseElementType(T).isConstQualified())
    return Say("'const'");
  if (AST.getBaseElementType(T).isVolatileQualified())
    return Say("'volatile'");
  if (T->isArrayType() && !T->isConstantArrayType())
    return Say("an array of unknown extent");
  T = AST.getBaseElementType(T);
  if (T->isAnyComplexType() || T->isVectorType() || T->isMemberPointerType() ||
      T->isFunctionPointerType() || T->isAtomicType())
    return Say("of a type that is not supported");
  const CXXRecordDecl *Inner = T->getAsCXXRecordDecl();
  if (!Inner || !leadsToReal(T, AST))
    return "";
  std::string Why = whyNoRecord(Inner, AST, Seen);
  return Why.empty() ? Why
                     : "its field '" + Field->getNameAsString() +
                           "' is an object, and " + Why;
}

static bool callsSomething(const Stmt *S) {
  return S && (isa<CallExpr>(S) || llvm::any_of(S->children(), callsSomething));
}

/// A derivative makes objects, shadows among them, whose fields it sets later.
static std::string whyNoConstructor(const CXXRecordDecl *Class) {
  const CXXConstructorDecl *Default = nullptr;
  for (const CXXConstructorDecl *Each : Class->ctors())
    if (Each->isDefaultConstructor() && !Each->isDeleted())
      Default = Each;
  bool Implicit = !Default && Class->needsImplicitDefaultConstructor();
  if (!Implicit && (!Default || isHidden(Default) || Default->isExplicit()))
    return "it has no default constructor";
  if (Implicit || !Default->isUserProvided())
    return "";
  const FunctionDecl *Definition = nullptr;
  const FunctionDecl *Pattern = Default->getTemplateInstantiationPattern();
  if (!Default->hasBody(Definition) &&
      !(Pattern && Pattern->hasBody(Definition)))
    return "the body of its default constructor is not visible here";
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  bool Quiet = Body && Body->body_empty();
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Definition)->inits())
    Quiet &= !callsSomething(Init->getInit());
  return Quiet ? "" : "its default constructor does more than set fields";
}

static std::string whyNoElement(QualType T, const ASTContext &AST,
                                Classes &Seen) {
  T = AST.getBaseElementType(T);
  if (T->isAnyComplexType() || T->isVectorType())
    return "its elements are of a type that is not supported";
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  std::string Why = Class && leadsToReal(T, AST) ? whyNoRecord(Class, AST, Seen)
                                                 : std::string();
  return Why.empty() ? Why : "its elements are objects, and " + Why;
}

/// Two base classes of one type could not be told apart.
static bool hasBaseTwice(const CXXRecordDecl *Class, Classes &Met) {
  return llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &B) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    return !Met.insert(Base->getCanonicalDecl()).second ||
           hasBaseTwice(Base, Met);
  });
}

static std::string whyNoBase(const CXXRecordDecl *Class, const ASTContext &AST,
                             Classes &Seen) {
  Classes Met;
  if (hasBaseTwice(Class, Met))
    return "it has one base class twice";
  for (const CXXBaseSpecifier &B : Class->bases()) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    std::string Name = "its base class '" + Base->getNameAsString() + "' is ";
    if (B.isVirtual())
      return Name + "virtual";
    if (B.getAccessSpecifier() != AS_public)
      return Name + "not public";
    if (std::string Why = whyNoRecord(Base, AST, Seen); !Why.empty())
      return "it has the base class '" + Base->getNameAsString() + "', and " +
             Why;
  }
  return "";
}

static std::string whyNoRecord(const CXXRecordDecl *Class,
                               const ASTContext &AST, Classes &Seen) {
  Class = Class->getDefinition();
  if (!Seen.insert(Class).second)
    return "";
  if (auto C = asContainer(Class))
    return whyNoElement(C->Element, AST, Seen);
  if (Class->isUnion())
    return "it is a union";
  if (Class->isLambda())
    return "it is the type of a lambda expression";
  if (isUnnameable(Class) || isHidden(Class))
    return "other functions cannot name it";
  if (Class->isInStdNamespace())
    return "it is a class of the standard library";
  if (Class->isPolymorphic())
    return "it has virtual functions";
  if (std::string Why = whyNoBase(Class, AST, Seen); !Why.empty())
    return Why;
  if (!Class->hasTrivialDestructor())
    return "it has a destructor that does something";
  if (!Class->isTriviallyCopyable() || Class->hasNonTrivialCopyAssignment() ||
      Class->hasNonTrivialCopyConstructor())
    return "copying it is more than copying its fields";
  for (const FieldDecl *Field : Class->fields())
    if (std::string Why = whyNoField(Field, AST, Seen); !Why.empty())
      return Why;
  return Class->isAggregate() ? "" : whyNoConstructor(Class);
}

std::string retrograd::whyNoRecord(const CXXRecordDecl *Class,
                                   const ASTContext &AST) {
  Classes Seen;
  return ::whyNoRecord(Class, AST, Seen);
}

bool retrograd::isRecord(QualType T, const ASTContext &AST) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && leadsToReal(T, AST) && whyNoRecord(Class, AST).empty();
}
