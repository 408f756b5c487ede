//===- BatchResolver.cpp - What the roles of a batch name -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters with a role first, in the order of the pragma, then the others, in
// the order of the function; errors about a role stand at its word in the
// pragma, others at the parameter.
//
//===----------------------------------------------------------------------===//

#include "BatchResolver.h"
#include "../Emit/BatchPrinter.h"
#include "ClangDiagnostics.h"
#include "DerivativeSignature.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

using clang::FunctionDecl;
using clang::ParmVarDecl;
using clang::QualType;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// One element of a column can have this type.
static bool isNumber(QualType T) {
  return (T->isIntegralOrEnumerationType() || T->isRealFloatingType()) &&
         !T.isVolatileQualified();
}

/// A number, a reference to one or a pointer to numbers: T, with its const.
static QualType columnElement(QualType T) {
  QualType Element = T;
  if (T->isLValueReferenceType() || T->isPointerType())
    Element = T->getPointeeType();
  return isNumber(Element) ? Element : QualType();
}

static std::string print(QualType T, const clang::ASTContext &AST) {
  return "'" + T.getAsString(AST.getPrintingPolicy()) + "'";
}

static std::string quoted(const clang::NamedDecl *D) {
  return "'" + D->getNameAsString() + "'";
}

//===----------------------------------------------------------------------===//
// Parameters with a role
//===----------------------------------------------------------------------===//

namespace {

class RoleResolver {
public:
  RoleResolver(const FunctionDecl *F, ClangDiagnostics &Diags)
      : F(F), AST(F->getASTContext()), Diags(Diags) {}

  bool resolve(const std::vector<PragmaWrtEntry> &Entries,
               std::vector<ResolvedEntry> &Result,
               bool (RoleResolver::*Check)(const PragmaWrtEntry &,
                                           const ParmVarDecl *));
  bool checkSample(const PragmaWrtEntry &Entry, const ParmVarDecl *P);
  bool checkShared(const PragmaWrtEntry &Entry, const ParmVarDecl *P);
  bool checkOutput(const PragmaWrtEntry &Entry, const ParmVarDecl *P);

private:
  const ParmVarDecl *find(const PragmaQualifiedName &Name);
  bool checkColumn(const PragmaWrtEntry &Entry, const ParmVarDecl *P,
                   const char *Role);
  bool fail(const PragmaWrtEntry &Entry, const llvm::Twine &Message,
            const llvm::Twine &Note) {
    Diags.report(Entry.Name.range(), Message, Note);
    return false;
  }

  const FunctionDecl *F;
  const clang::ASTContext &AST;
  ClangDiagnostics &Diags;
  /// The shared parameter that decides on the type of all.
  const ParmVarDecl *FirstShared = nullptr;
};

} // namespace

const ParmVarDecl *RoleResolver::find(const PragmaQualifiedName &Name) {
  llvm::SmallVector<StringRef> Known;
  std::string List;
  for (const ParmVarDecl *P : F->parameters()) {
    if (P->getName().empty())
      continue;
    if (P->getName() == Name.text())
      return P;
    Known.push_back(P->getName());
    List += (List.empty() ? "" : ", ") + quoted(P);
  }
  StringRef Meant = closestSpelling(Name.text(), Known);
  Diags.report(Name.range(),
               "'" + Name.text() + "' is no parameter of " + quoted(F) +
                   (Meant.empty() ? "" : "; did you mean '" + Meant + "'?"),
               List.empty() ? quoted(F) + " names no parameter"
                            : "the parameters are " + List,
               Meant.empty()
                   ? clang::FixItHint()
                   : clang::FixItHint::CreateReplacement(Name.range(), Meant));
  return nullptr;
}

/// The declared extent, as in `const float x[64]`, serves where the pragma has
/// none.
static const clang::ConstantArrayType *
declaredExtent(const ParmVarDecl *P, const clang::ASTContext &AST) {
  return AST.getAsConstantArrayType(P->getOriginalType());
}

bool RoleResolver::checkColumn(const PragmaWrtEntry &Entry,
                               const ParmVarDecl *P, const char *Role) {
  QualType T = P->getType();
  std::string Name = quoted(P);
  if (columnElement(T).isNull())
    return fail(Entry,
                Name + " has type " + print(T, AST) + ", which '" + Role +
                    "' does not take",
                "it takes numbers and pointers to numbers: of a class, pass "
                "the members; of rows, pass a pointer to the first element");
  if (!T->isPointerType() && !Entry.Extent.empty()) {
    Diags.report(Entry.Extent.front().getLocation(),
                 "an extent needs an array or a pointer, but " + Name +
                     " has type " + print(T, AST),
                 "write " + Name + " alone");
    return false;
  }
  if (T->isPointerType() && Entry.Extent.empty() && !declaredExtent(P, AST))
    return fail(
        Entry, "the number of elements behind " + Name + " is not known",
        "write it, as in '" + llvm::Twine(Role) + "(" + P->getName() + "[n])'");
  return true;
}

bool RoleResolver::checkSample(const PragmaWrtEntry &Entry,
                               const ParmVarDecl *P) {
  if (!checkColumn(Entry, P, "sample"))
    return false;
  QualType T = P->getType();
  if (T->isAnyPointerType() || T->isReferenceType())
    if (!columnElement(T).isConstQualified())
      return fail(Entry,
                  "the sample " + quoted(P) + " has type " + print(T, AST) +
                      ", so that it could be written",
                  "samples are read where they are, not copied: let it be "
                  "const, and copy it to a local array to change it");
  return true;
}

bool RoleResolver::checkShared(const PragmaWrtEntry &Entry,
                               const ParmVarDecl *P) {
  if (!checkColumn(Entry, P, "shared"))
    return false;
  QualType T = P->getType(), Element = columnElement(T);
  if (!isDifferentiableScalar(Element))
    return fail(Entry,
                "no derivative flows through the shared " + quoted(P) +
                    ", which has type " + print(T, AST),
                "name it in no clause: what is in none is passed on to the "
                "function as it is");
  if ((T->isPointerType() || T->isReferenceType()) &&
      !Element.isConstQualified())
    return fail(Entry,
                "the shared " + quoted(P) + " has type " + print(T, AST) +
                    ", so that it could be written",
                "all samples read it at the same time: let it be const");
  if (!FirstShared)
    FirstShared = P;
  if (!AST.hasSameUnqualifiedType(columnElement(FirstShared->getType()),
                                  Element)) {
    Diags.report(
        Entry.Name.range(),
        "the shared " + quoted(P) + " holds " +
            print(Element.getUnqualifiedType(), AST) + ", but " +
            quoted(FirstShared) + " holds " +
            print(columnElement(FirstShared->getType()).getUnqualifiedType(),
                  AST),
        "shared parameters live in one array, and so have one type");
    return false;
  }
  return true;
}

bool RoleResolver::checkOutput(const PragmaWrtEntry &Entry,
                               const ParmVarDecl *P) {
  if (!checkColumn(Entry, P, "outputs"))
    return false;
  QualType T = P->getType();
  bool Leads = T->isPointerType() || T->isReferenceType();
  if (!Leads || columnElement(T).isConstQualified())
    return fail(Entry,
                "the output " + quoted(P) + " has type " + print(T, AST) +
                    ", so that it cannot be written",
                "an output is memory of the caller: a pointer or a reference "
                "to numbers that are not const");
  return true;
}

bool RoleResolver::resolve(const std::vector<PragmaWrtEntry> &Entries,
                           std::vector<ResolvedEntry> &Result,
                           bool (RoleResolver::*Check)(const PragmaWrtEntry &,
                                                       const ParmVarDecl *)) {
  for (const PragmaWrtEntry &Entry : Entries) {
    const ParmVarDecl *P = find(Entry.Name);
    if (!P || !(this->*Check)(Entry, P))
      return false;
    Result.push_back({P, &Entry});
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Parameters without
//===----------------------------------------------------------------------===//

std::string batchName(const Pragma &P, const FunctionDecl *F) {
  return P.Name ? P.Name->Text : F->getNameAsString() + "_batch";
}

/// They become fields of the description, which is copied.
static bool checkPassedOn(const ParmVarDecl *P, const FunctionDecl *F,
                          StringRef Description, ClangDiagnostics &Diags) {
  const clang::ASTContext &AST = F->getASTContext();
  QualType T = P->getType();
  auto Fail = [&](const std::string &Message, const std::string &Note) {
    Diags.report(P->getLocation(), Message, Note);
    return false;
  };
  if (P->getName().empty())
    return Fail("a parameter of " + quoted(F) +
                    " has no name, which a batch needs to pass it on",
                "name it, or give it a role in the pragma");
  if (isBatchMember(P->getName()) || P->getName() == Description)
    return Fail(quoted(P) + " means something else in the description of the "
                            "batch, so that no field can have that name",
                "rename the parameter");
  bool Number = isNumber(T) ||
                (T->isLValueReferenceType() && isNumber(T->getPointeeType()) &&
                 T->getPointeeType().isConstQualified());
  bool Pointer =
      T->isPointerType() &&
      (T->getPointeeType().isConstQualified() || isNumber(T->getPointeeType()));
  if (Number || Pointer)
    return true;
  return Fail(quoted(P) + " has type " + print(T, AST) +
                  ", which a batch cannot pass on",
              "pass numbers by value, and arrays by a pointer to const");
}

std::optional<ResolvedBatch>
resolveBatch(const Pragma &P, const FunctionDecl *F, ClangDiagnostics &Diags) {
  ResolvedBatch Batch;
  RoleResolver Roles(F, Diags);
  if (!Roles.resolve(P.Batch->Samples, Batch.Samples,
                     &RoleResolver::checkSample) ||
      !Roles.resolve(P.Batch->Shared, Batch.Shared,
                     &RoleResolver::checkShared) ||
      !Roles.resolve(P.Batch->Outputs, Batch.Outputs,
                     &RoleResolver::checkOutput))
    return std::nullopt;
  llvm::SmallVector<const clang::ValueDecl *> Named;
  for (auto *List : {&Batch.Samples, &Batch.Shared, &Batch.Outputs})
    for (const ResolvedEntry &Entry : *List)
      Named.push_back(Entry.Variable);
  for (const ParmVarDecl *Parameter : F->parameters())
    if (!llvm::is_contained(Named, Parameter) &&
        !checkPassedOn(Parameter, F, batchName(P, F), Diags))
      return std::nullopt;
  return Batch;
}

//===----------------------------------------------------------------------===//
// Extents
//===----------------------------------------------------------------------===//

namespace {

class ExtentLowering {
public:
  ExtentLowering(const ResolvedBatch &Batch, const ir::Function &Primal,
                 ir::Context &Ctx, const NameLookup &Names,
                 const clang::Preprocessor &PP, ClangDiagnostics &Diags)
      : Batch(Batch), Primal(Primal), Ctx(Ctx), Names(Names), PP(PP),
        Diags(Diags) {}

  bool lower(const std::vector<ResolvedEntry> &From,
             std::vector<BatchEntry> &To) const;

private:
  const ir::Expr *extent(const ResolvedEntry &Entry) const;
  bool checkNames(const PragmaWrtEntry &Entry) const;
  bool hasRole(StringRef Name) const;

  const ResolvedBatch &Batch;
  const ir::Function &Primal;
  ir::Context &Ctx;
  const NameLookup &Names;
  const clang::Preprocessor &PP;
  ClangDiagnostics &Diags;
};

} // namespace

bool ExtentLowering::hasRole(StringRef Name) const {
  for (auto *List : {&Batch.Samples, &Batch.Shared, &Batch.Outputs})
    for (const ResolvedEntry &Entry : *List)
      if (Entry.Variable->getName() == Name)
        return true;
  return false;
}

/// An extent is computed by the description, from its fields.
bool ExtentLowering::checkNames(const PragmaWrtEntry &Entry) const {
  for (size_t I = 0; I < Entry.Extent.size(); ++I) {
    const clang::Token &Tok = Entry.Extent[I];
    bool Qualified = I && Entry.Extent[I - 1].is(clang::tok::coloncolon);
    if (Tok.isNot(clang::tok::identifier) || Qualified)
      continue;
    std::string Name = PP.getSpelling(Tok);
    if (hasRole(Name)) {
      Diags.report(Tok.getLocation(),
                   "the extent of '" + Entry.Name.text() + "' depends on '" +
                       Name + "', which has a role in the batch itself",
                   "an extent is the same for all samples: it is made of "
                   "literals, constants, and parameters in no clause");
      return false;
    }
    if (isBatchMember(Name)) {
      Diags.report(Tok.getLocation(),
                   "'" + Name +
                       "' means a member in the description of the "
                       "batch",
                   "qualify the name of the constant, as in '::" + Name + "'");
      return false;
    }
  }
  return true;
}

const ir::Expr *ExtentLowering::extent(const ResolvedEntry &Entry) const {
  const auto *P = llvm::cast<ParmVarDecl>(Entry.Variable);
  if (!Entry.Source->Extent.empty())
    return checkNames(*Entry.Source)
               ? resolveExtent(*Entry.Source, Primal, Ctx, Names, PP, Diags)
               : nullptr;
  const auto *Declared = declaredExtent(P, P->getASTContext());
  return Ctx.intLiteral(static_cast<long>(Declared->getZExtSize()));
}

bool ExtentLowering::lower(const std::vector<ResolvedEntry> &From,
                           std::vector<BatchEntry> &To) const {
  for (const ResolvedEntry &Entry : From) {
    const auto *P = llvm::cast<ParmVarDecl>(Entry.Variable);
    BatchEntry Lowered;
    Lowered.Var = Primal.Params[P->getFunctionScopeIndex()];
    Lowered.Loc = Entry.Source->Name.Name.Loc.getRawEncoding();
    if (P->getType()->isPointerType()) {
      Lowered.Extent = extent(Entry);
      if (!Lowered.Extent)
        return false;
    }
    To.push_back(Lowered);
  }
  return true;
}

/// Integers that are all of a shared extent; each once. In a small unsigned
/// type -1 is a size like others.
static std::vector<DeducedExtent> deduced(const BatchRoles &Roles,
                                          const FunctionDecl *F,
                                          const ir::Function &Primal) {
  std::vector<DeducedExtent> Result;
  for (const ParmVarDecl *P : F->parameters()) {
    QualType T = P->getType().getNonReferenceType();
    bool Small =
        T->isUnsignedIntegerType() && F->getASTContext().getTypeSize(T) < 32;
    if (!T->isIntegerType() || T->isBooleanType() || T->isEnumeralType() ||
        Small)
      continue;
    const ir::Variable *V = Primal.Params[P->getFunctionScopeIndex()];
    for (unsigned I = 0; I < Roles.Shared.size(); ++I)
      if (Roles.Shared[I].Extent && Roles.Shared[I].Extent->Var == V) {
        Result.push_back({V, I});
        break;
      }
  }
  return Result;
}

std::optional<BatchRoles> lowerBatch(const ResolvedBatch &Batch,
                                     const ir::Function &Primal,
                                     ir::Context &Ctx, const NameLookup &Names,
                                     const clang::Preprocessor &PP,
                                     ClangDiagnostics &Diags) {
  BatchRoles Roles;
  ExtentLowering Extents(Batch, Primal, Ctx, Names, PP, Diags);
  if (!Extents.lower(Batch.Samples, Roles.Samples) ||
      !Extents.lower(Batch.Shared, Roles.Shared) ||
      !Extents.lower(Batch.Outputs, Roles.Outputs))
    return std::nullopt;
  const auto *F =
      llvm::cast<FunctionDecl>(Batch.Shared.front().Variable->getDeclContext());
  Roles.Deduced = deduced(Roles, F, Primal);
  return Roles;
}

} // namespace retrograd
