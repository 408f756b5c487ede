//===- NameLookup.cpp - What a name means at the current token ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lookup itself is Clang's. Overloads are chosen here, by comparing types as
// text: a pragma's tokens are no declarator that Clang's parser could read, and
// a type may be written either as in the declaration or without its aliases.
//
//===----------------------------------------------------------------------===//

#include "NameLookup.h"
#include "ClangDiagnostics.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

namespace retrograd {

using clang::DeclContext;
using clang::FunctionDecl;
using clang::LookupResult;
using clang::NamedDecl;
using clang::Sema;
using llvm::SmallVector;
using llvm::StringRef;

DeclContext *NameLookup::currentContext() const {
  return CI.hasSema() ? CI.getSema().CurContext : nullptr;
}

FunctionDecl *NameLookup::currentFunction() const {
  auto *F = llvm::dyn_cast_or_null<FunctionDecl>(currentContext());
  return F && !clang::isLambdaCallOperator(F) ? F : nullptr;
}

static SmallVector<NamedDecl *> declarations(LookupResult &Found) {
  Found.suppressDiagnostics();
  SmallVector<NamedDecl *> Result;
  for (NamedDecl *D : Found)
    Result.push_back(D->getUnderlyingDecl());
  return Result;
}

SmallVector<NamedDecl *> NameLookup::findIn(DeclContext *Scope,
                                            StringRef Name) const {
  clang::ASTContext &AST = CI.getASTContext();
  LookupResult Found(CI.getSema(), &AST.Idents.get(Name), {},
                     Sema::LookupOrdinaryName);
  CI.getSema().LookupQualifiedName(Found, Scope);
  return declarations(Found);
}

/// The namespace or class behind a `::`, or null.
static DeclContext *asScope(NamedDecl *D) {
  if (auto *Alias = llvm::dyn_cast<clang::NamespaceAliasDecl>(D))
    return Alias->getNamespace();
  return llvm::dyn_cast<DeclContext>(D);
}

DeclContext *NameLookup::findScope(const PragmaQualifiedName &Name) const {
  Sema &S = CI.getSema();
  clang::ASTContext &AST = CI.getASTContext();
  DeclContext *Scope = Name.Global ? AST.getTranslationUnitDecl() : nullptr;
  for (const PragmaName &Word : Name.Qualifier) {
    LookupResult Found(S, &AST.Idents.get(Word.Text), {},
                       Sema::LookupNestedNameSpecifierName);
    if (Scope)
      S.LookupQualifiedName(Found, Scope);
    else
      S.LookupName(Found, S.getCurScope());
    SmallVector<NamedDecl *> Decls = declarations(Found);
    Scope = Decls.size() == 1 ? asScope(Decls.front()) : nullptr;
    if (!Scope)
      return nullptr;
  }
  return Scope;
}

SmallVector<NamedDecl *>
NameLookup::find(const PragmaQualifiedName &Name) const {
  if (Name.Global || !Name.Qualifier.empty()) {
    DeclContext *Scope = findScope(Name);
    return Scope ? findIn(Scope, Name.Name.Text) : SmallVector<NamedDecl *>();
  }
  Sema &S = CI.getSema();
  LookupResult Found(S, &CI.getASTContext().Idents.get(Name.Name.Text), {},
                     Sema::LookupOrdinaryName);
  S.LookupName(Found, S.getCurScope());
  return declarations(Found);
}

bool NameLookup::isDeclared(StringRef QualifiedName) const {
  SmallVector<StringRef> Words;
  QualifiedName.split(Words, "::");
  PragmaQualifiedName Name;
  Name.Global = true;
  for (StringRef Word : llvm::ArrayRef(Words).drop_back())
    Name.Qualifier.push_back({Word.str(), {}});
  Name.Name.Text = Words.back().str();
  return !find(Name).empty();
}

void NameLookup::instantiate(const FunctionDecl *F) const {
  const FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
  if (!Pattern || !Pattern->isDefined() || F->isDefined())
    return;
  CI.getSema().InstantiateFunctionDefinition(F->getLocation(),
                                             const_cast<FunctionDecl *>(F));
}

//===----------------------------------------------------------------------===//
// Functions and their overloads
//===----------------------------------------------------------------------===//

/// Drops white space that does not separate two words.
static std::string withoutSpaces(StringRef Type) {
  auto IsWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  std::string Result;
  bool Pending = false;
  for (char C : Type) {
    if (C == ' ') {
      Pending = !Result.empty();
      continue;
    }
    if (Pending && IsWord(Result.back()) && IsWord(C))
      Result += ' ';
    Pending = false;
    Result += C;
  }
  return Result;
}

static bool isSpelled(clang::QualType T, StringRef Wanted,
                      const clang::PrintingPolicy &Policy) {
  T = T.getUnqualifiedType();
  return withoutSpaces(T.getAsString(Policy)) == Wanted ||
         withoutSpaces(T.getCanonicalType().getAsString(Policy)) == Wanted;
}

/// The types of the pragma's list are those of F's parameters.
static bool hasParameterTypes(const FunctionDecl *F,
                              const std::vector<std::string> &Types) {
  if (F->getNumParams() != Types.size())
    return false;
  const clang::PrintingPolicy &Policy = F->getASTContext().getPrintingPolicy();
  for (unsigned I = 0; I < Types.size(); ++I) {
    const clang::ParmVarDecl *P = F->getParamDecl(I);
    std::string Wanted = withoutSpaces(Types[I]);
    if (!isSpelled(P->getType(), Wanted, Policy) &&
        !isSpelled(P->getOriginalType(), Wanted, Policy))
      return false;
  }
  return true;
}

bool NameLookup::namesInstantiation(const PragmaFunction &F) const {
  if (F.HasTemplateArguments || !F.HasParameterTypes)
    return F.HasTemplateArguments;
  bool Template = false;
  for (NamedDecl *D : find(F.Name)) {
    Template |= llvm::isa<clang::FunctionTemplateDecl>(D);
    auto *Function = llvm::dyn_cast<FunctionDecl>(D);
    if (Function && hasParameterTypes(Function, F.ParameterTypes))
      return false;
  }
  return Template;
}

SmallVector<FunctionDecl *>
NameLookup::functions(const PragmaFunction &F, ClangDiagnostics &Diags) const {
  const clang::SourceManager &SM = CI.getSourceManager();
  clang::SourceLocation Use = F.Name.Name.Loc;
  llvm::SmallSetVector<FunctionDecl *, 4> Result;
  bool Template = false, Other = false;
  for (NamedDecl *D : find(F.Name)) {
    auto *Function = llvm::dyn_cast<FunctionDecl>(D);
    Template |= llvm::isa<clang::FunctionTemplateDecl>(D);
    Other |= !Function;
    if (!Function)
      continue;
    bool Before = llvm::any_of(Function->redecls(), [&](FunctionDecl *R) {
      return R->getLocation().isInvalid() ||
             SM.isBeforeInTranslationUnit(R->getLocation(), Use);
    });
    if (Before)
      Result.insert(Function->getCanonicalDecl());
  }
  if (!Result.empty())
    return SmallVector<FunctionDecl *>(Result.begin(), Result.end());
  std::string Name = "'" + F.Name.text() + "'";
  if (Template)
    Diags.report(F.Name.range(), Name + " is a function template",
                 "name one of its instantiations, as in '" + F.Name.text() +
                     "<double>' or '" + F.Name.text() + "(double)'");
  else if (Other)
    Diags.report(F.Name.range(), Name + " is not a function",
                 "name a function that is declared before this pragma");
  else
    Diags.report(F.Name.range(), "no function " + Name + " is declared here",
                 "write the pragma after the declaration of the function, and "
                 "qualify a name of another namespace");
  return {};
}

void NameLookup::noteCandidates(llvm::ArrayRef<FunctionDecl *> Candidates,
                                ClangDiagnostics &Diags) const {
  for (const FunctionDecl *F : Candidates) {
    std::string Types;
    llvm::raw_string_ostream OS(Types);
    llvm::ListSeparator Comma;
    for (const clang::ParmVarDecl *P : F->parameters())
      OS << Comma
         << P->getType().getUnqualifiedType().getAsString(
                F->getASTContext().getPrintingPolicy());
    Diags.note(F->getLocation(), "candidate: '" +
                                     F->getQualifiedNameAsString() + "(" +
                                     Types + ")'");
  }
}

FunctionDecl *NameLookup::reject(const PragmaFunction &F, const char *Problem,
                                 llvm::ArrayRef<FunctionDecl *> Candidates,
                                 ClangDiagnostics &Diags) const {
  Diags.report(F.Name.range(), "'" + F.Name.text() + "' " + Problem, "");
  noteCandidates(Candidates, Diags);
  return nullptr;
}

FunctionDecl *NameLookup::resolve(const PragmaFunction &F,
                                  ClangDiagnostics &Diags) const {
  SmallVector<FunctionDecl *> Candidates = functions(F, Diags);
  if (Candidates.empty())
    return nullptr;
  if (!F.HasParameterTypes)
    return Candidates.size() == 1
               ? Candidates.front()
               : reject(F, "is overloaded; choose one by its parameter types",
                        Candidates, Diags);
  SmallVector<FunctionDecl *> Matching;
  for (FunctionDecl *Candidate : Candidates)
    if (hasParameterTypes(Candidate, F.ParameterTypes))
      Matching.push_back(Candidate);
  if (Matching.empty())
    return reject(F, "has no overload with these parameter types", Candidates,
                  Diags);
  if (Matching.size() > 1)
    return reject(F, "is ambiguous with these parameter types", Matching,
                  Diags);
  return Matching.front();
}

} // namespace retrograd
