//===- LowerTypes.cpp - Types and names of declarations -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types are lowered from their canonical form, so the IR knows no typedefs, and
// names are written as seen from the global namespace, since derivatives may be
// emitted in another namespace than the text they come from.
//
//===----------------------------------------------------------------------===//

#include "LowerModule.h"
#include "RecordTypes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace retrograd;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string ModuleLowering::typeName(QualType T) const {
  return T.getCanonicalType().getUnqualifiedType().getAsString(Policy);
}

/// A name of the global scope means something else in the present scope, be it
/// declared behind the function that mentions it.
bool ModuleLowering::isHidden(const NamedDecl *D) const {
  const DeclContext *Own = D->getDeclContext()->getRedeclContext();
  if (!Own->isTranslationUnit() || !D->getIdentifier())
    return false;
  auto IsOther = [&](const NamedDecl *Found) {
    return Found->getUnderlyingDecl()->getCanonicalDecl() !=
           D->getCanonicalDecl();
  };
  for (const DeclContext *C = Scope; C; C = C->getParent()) {
    if (!C->isTranslationUnit() &&
        llvm::any_of(C->lookup(D->getDeclName()), IsOther))
      return true;
    // Functions of other namespaces are overloads.
    if (!isa<FunctionDecl>(D))
      for (const UsingDirectiveDecl *U : C->using_directives())
        if (llvm::any_of(U->getNominatedNamespace()->lookup(D->getDeclName()),
                         IsOther))
          return true;
  }
  return false;
}

void ModuleLowering::writeInto(const DeclContext *Target) {
  Scope = Target->getRedeclContext();
  auto Renew = [&](std::string &Name, const NamedDecl *D) {
    if (llvm::StringRef(Name).starts_with("::"))
      Name.erase(0, 2);
    if (isHidden(D) && llvm::StringRef(Name) == D->getName())
      Name = "::" + Name;
  };
  for (auto &[V, G] : Globals)
    Renew(G->Name, V);
  for (auto &[FD, Known] : Functions)
    if (Known.F)
      Renew(Known.F->QualifiedName, FD);
}

std::string ModuleLowering::qualifiedName(const NamedDecl *D) const {
  std::string Name = isHidden(D) ? "::" : "";
  llvm::raw_string_ostream OS(Name);
  if (const auto *FD = dyn_cast<FunctionDecl>(D);
      FD && FD->getPrimaryTemplate()) {
    FD->getNameForDiagnostic(OS, Policy, /*Qualified=*/true);
    return Name;
  }
  if (!D->getDeclContext()->isFunctionOrMethod())
    D->printNestedNameSpecifier(OS, Policy);
  OS << D->getDeclName();
  return Name;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

const ir::Type *ModuleLowering::lowerBuiltin(QualType T, std::string &Why) {
  switch (T->castAs<BuiltinType>()->getKind()) {
  case BuiltinType::Void:
    return Ctx.voidType();
  case BuiltinType::Bool:
    return Ctx.boolType();
  case BuiltinType::Float16:
    return Ctx.realType(0);
  case BuiltinType::Float:
    return Ctx.realType(1);
  case BuiltinType::Double:
    return Ctx.realType(2);
  case BuiltinType::LongDouble:
    return Ctx.realType(3);
  case BuiltinType::NullPtr:
    return Ctx.opaqueType("std::nullptr_t");
  default:
    break;
  }
  if (T->isIntegerType())
    return Ctx.integerType(typeName(T), T->isUnsignedIntegerType());
  Why = "the type '" + typeName(T) + "' is";
  return nullptr;
}

const ir::Type *ModuleLowering::lowerArray(QualType T, std::string &Why) {
  const ArrayType *A = AST.getAsArrayType(T);
  const ir::Type *Element = lowerType(A->getElementType(), Why);
  if (!Element)
    return nullptr;
  if (const auto *C = dyn_cast<ConstantArrayType>(A))
    return Ctx.arrayOf(Element, Ctx.intLiteral(C->getSize().getZExtValue()));
  if (const auto *V = dyn_cast<VariableArrayType>(A))
    if (const ir::Expr *Extent = Extents.lookup(V->getSizeExpr()))
      return Ctx.arrayOf(Element, Extent);
  Why = "an array of unknown extent is";
  return nullptr;
}

const ir::Type *ModuleLowering::lowerType(QualType T, std::string &Why) {
  T = T.getNonReferenceType().getCanonicalType();
  if (T.isVolatileQualified()) {
    Why = "'volatile' is";
    return nullptr;
  }
  if (T->isArrayType())
    return lowerArray(T, Why);
  if (T->isBuiltinType())
    return lowerBuiltin(T, Why);
  if (const auto *E = T->getAsCanonical<EnumType>()) {
    const EnumDecl *D = E->getDecl();
    // Only its function knows the name of a local enumeration.
    if (!D->getIdentifier() || D->getDeclContext()->isFunctionOrMethod())
      return lowerType(D->getDefinitionOrSelf()->getIntegerType(), Why);
    return Ctx.integerType(typeName(T),
                           T->isUnsignedIntegerOrEnumerationType());
  }
  if (T->isPointerType() && T->getPointeeType()->isFunctionType()) {
    Why = "a pointer to a function is";
    return nullptr;
  }
  if (T->isPointerType()) {
    QualType Pointee = T->getPointeeType();
    const ir::Type *Element = lowerType(Pointee, Why);
    return Element ? Ctx.pointerTo(Element, Pointee.isConstQualified())
                   : nullptr;
  }
  if (const auto *R = T->getAsCXXRecordDecl()) {
    if (R->isLambda())
      Why = "a lambda expression is";
    else if (R->isLocalClass())
      Why = "a class declared in a function is";
    else if (isRecord(T, AST))
      return lowerRecord(R, Why);
    else
      return Ctx.opaqueType(typeName(T));
    return nullptr;
  }
  Why = "the type '" + typeName(T) + "' is";
  return nullptr;
}

/// Some field of Base needs a qualified name in the class, which has declared
/// the name itself, or has it from a base other than Via, which Base is or is
/// in.
static bool isHiddenIn(const CXXRecordDecl *Class, const CXXRecordDecl *Via,
                       const CXXRecordDecl *Base) {
  auto InOther = [&](DeclarationName Name) {
    return llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &B) {
      const CXXRecordDecl *Other = B.getType()->getAsCXXRecordDecl();
      return Other != Via && Other->hasMemberName(Name);
    });
  };
  return llvm::any_of(Base->getDefinition()->fields(),
                      [&](const FieldDecl *Field) {
                        DeclarationName Name = Field->getDeclName();
                        return !Class->lookup(Name).empty() || InOther(Name);
                      }) ||
         llvm::any_of(Base->bases(), [&](const CXXBaseSpecifier &B) {
           return isHiddenIn(Class, Via, B.getType()->getAsCXXRecordDecl());
         });
}

/// A vector has the allocator that it has by default.
std::string ModuleLowering::recordName(const CXXRecordDecl *Class) const {
  auto C = asContainer(Class);
  if (!C)
    return typeName(AST.getCanonicalTagType(Class));
  const CXXRecordDecl *Inner = C->Element->getAsCXXRecordDecl();
  std::string Element = Inner ? recordName(Inner) : typeName(C->Element);
  return C->Extent
             ? "std::array<" + Element + ", " + std::to_string(*C->Extent) + ">"
             : "std::vector<" + Element + ">";
}

/// What a container is to the IR; none if it has no place there.
std::vector<ir::RecordField> ModuleLowering::containerFields(const Container &C,
                                                             std::string &Why) {
  const ir::Type *Element = lowerType(C.Element, Why);
  if (!Element)
    return {};
  if (C.Extent)
    return {
        {"data()",
         Ctx.arrayOf(Element, Ctx.intLiteral(static_cast<long>(*C.Extent)))}};
  return {{"data()", Ctx.pointerTo(Element, /*ConstElement=*/false)},
          {"size()", lowerType(AST.getSizeType(), Why)}};
}

/// Null if some field has no place in the IR.
const ir::Type *ModuleLowering::lowerRecord(const CXXRecordDecl *Class,
                                            std::string &Why) {
  Class = Class->getDefinition();
  if (const ir::Type *Known = Records.lookup(Class))
    return Known;
  ir::Type *Ty = Ctx.recordType(recordName(Class));
  // A field may be a pointer to the class itself.
  Records[Class] = Ty;
  if (auto C = asContainer(Class)) {
    Ty->Fields = containerFields(*C, Why);
    Ty->Initialises = !Ty->Fields.empty() && C->Extent &&
                      Ty->Fields[0].Ty->Element->Initialises;
    if (Ty->Fields.empty())
      Records.erase(Class);
    return Ty->Fields.empty() ? nullptr : Ty;
  }
  std::vector<ir::RecordField> Fields;
  bool Initialises = !Class->isAggregate();
  for (const CXXBaseSpecifier &B : Class->bases()) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    const ir::Type *BaseType = lowerRecord(Base, Why);
    if (!BaseType) {
      Records.erase(Class);
      return nullptr;
    }
    Fields.push_back(
        {BaseType->Spelling + "::", BaseType, isHiddenIn(Class, Base, Base)});
    Initialises |= BaseType->Initialises;
  }
  for (const FieldDecl *Field : Class->fields()) {
    const ir::Type *FieldType = lowerType(Field->getType(), Why);
    if (!FieldType) {
      Records.erase(Class);
      return nullptr;
    }
    Fields.push_back({Field->getNameAsString(), FieldType});
    const ir::Type *Inner = FieldType;
    while (Inner->isArray())
      Inner = Inner->Element;
    Initialises |= Field->hasInClassInitializer() || Inner->Initialises;
  }
  Ty->Fields = std::move(Fields);
  Ty->Initialises = Initialises;
  return Ty;
}

bool ModuleLowering::carriesReal(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return leadsToReal(T, AST);
  auto [Known, New] = RealRecords.try_emplace(Class->getCanonicalDecl(), false);
  if (New)
    Known->second = leadsToReal(T, AST);
  return Known->second;
}

//===----------------------------------------------------------------------===//
// Globals
//===----------------------------------------------------------------------===//

ir::Variable *ModuleLowering::global(const VarDecl *V, std::string &Why) {
  const VarDecl *Definition = V->getDefinition();
  QualType T = (Definition ? Definition : V)->getType();
  V = V->getCanonicalDecl();
  if (ir::Variable *Known = Globals.lookup(V))
    return Known;
  const ir::Type *Ty = lowerType(T, Why);
  if (!Ty)
    return nullptr;
  ir::Variable *G =
      Ctx.addGlobal(qualifiedName(V), Ty, location(V->getLocation()));
  G->Const = T.getNonReferenceType().isConstQualified() || V->isConstexpr() ||
             AST.getBaseElementType(T).isConstQualified();
  G->Reference = T->isReferenceType();
  Globals[V] = G;
  return G;
}
