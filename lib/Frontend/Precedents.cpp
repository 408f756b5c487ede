//===- Precedents.cpp - What a derivative's name already stands for -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Users may declare a derivative before it is made, or, by mistake, something
// else of its name. What does not fit is an error at the pragma, since a
// compiler that met the text would point into that.
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"

namespace retrograd {

using clang::FunctionDecl;
using clang::NamedDecl;
using llvm::StringRef;

/// Whether a declaration by hand returns what the derivative does.
static bool hasResult(const FunctionDecl *F, const Pragma &P,
                      const FunctionDecl *Primal,
                      const DerivativeSignature &Signature) {
  const clang::ASTContext &AST = F->getASTContext();
  clang::QualType R = F->getReturnType();
  bool Value = P.ValueLoc.isValid();
  if (!P.Directions.empty())
    return AST.hasSameUnqualifiedType(R, Signature.Return);
  if (P.DerivativeMode == Mode::Jvp && Value)
    return R->isRecordType();
  if (P.DerivativeMode == Mode::Jvp &&
      !isDifferentiableScalar(Primal->getReturnType()))
    return true;
  if (P.DerivativeMode == Mode::Jvp || Value)
    return AST.hasSameUnqualifiedType(R, Primal->getReturnType());
  return R->isVoidType();
}

/// What is no function and would be hidden by one of this name, or be ambiguous
/// with it, as names around an unnamed or inline namespace are.
const NamedDecl *Session::findOtherKind(clang::DeclContext *Scope,
                                        StringRef Name) const {
  while (true) {
    for (const NamedDecl *D : Names.findIn(Scope, Name))
      if (!D->getAsFunction())
        return D;
    const auto *Around = llvm::dyn_cast<clang::NamespaceDecl>(Scope);
    if (!Around || !(Around->isAnonymousNamespace() || Around->isInline()))
      return nullptr;
    Scope = Scope->getParent()->getRedeclContext();
  }
}

/// C functions of one name are one function, whatever their parameters are.
static bool isOtherCFunction(const FunctionDecl *F,
                             const FunctionDecl *Primal) {
  return F->isExternC() && Primal->isExternC();
}

Session::Precedent Session::findPrecedent(const Pragma &P, StringRef Name,
                                          const DerivativeSignature &Signature,
                                          FunctionDecl *Primal) {
  const clang::ASTContext &AST = CI.getASTContext();
  clang::SourceRange Where = P.Name ? P.Name->Loc : P.ModeWord.Loc;
  std::string Quoted = "'" + Name.str() + "'";
  const char *Way = "; choose another name with 'name(...)'";
  clang::DeclContext *Scope = Primal->getDeclContext()
                                  ->getEnclosingNamespaceContext()
                                  ->getRedeclContext();
  if (Name == "main" && Scope->isTranslationUnit()) {
    Diags.report(Where, "a derivative cannot be called 'main'",
                 "choose another name with 'name(...)'");
    return Precedent::Conflict;
  }
  if (const NamedDecl *Other = findOtherKind(Scope, Name)) {
    Diags.report(Where, Quoted + " is already declared as something else", "");
    Diags.note(Other->getLocation(), std::string("it is declared here") + Way);
    return Precedent::Conflict;
  }
  bool Object = !objectType(Primal, AST).isNull();
  bool Declared = false;
  const FunctionDecl *Mistaken = nullptr;
  for (NamedDecl *D : Names.findIn(Scope, Name)) {
    auto *F = D->getAsFunction();
    if (F->isTemplated() || !Signature.matches(F, AST)) {
      if (isOtherCFunction(F, Primal)) {
        Diags.report(Where,
                     Quoted + " is already declared as another C function", "");
        Diags.note(F->getLocation(), std::string("it is declared here") + Way);
        return Precedent::Conflict;
      }
      if (Signature.isMistakenFor(F, Primal->getNumParams() + Object, AST))
        Mistaken = F;
      continue;
    }
    Declared = true;
    if (!F->getDefinition() && !hasResult(F, P, Primal, Signature)) {
      Diags.report(Where,
                   Quoted + " was declared with another result than that of "
                            "this derivative",
                   "");
      Diags.note(F->getLocation(), std::string("it is declared here") + Way);
      return Precedent::Conflict;
    }
    if (const FunctionDecl *Definition = F->getDefinition()) {
      if (P.DeclareOnly)
        return Precedent::Defined;
      Diags.report(Where, "redefinition of " + Quoted, "");
      Diags.note(Definition->getLocation(),
                 std::string("it is defined here") + Way);
      return Precedent::Conflict;
    }
    if (F->isExternallyVisible() && !Primal->isExternallyVisible()) {
      Diags.report(Where,
                   Quoted + " was declared with external linkage, but '" +
                       Primal->getNameAsString() + "' has internal linkage",
                   "");
      Diags.note(F->getLocation(), "declare it static here");
      return Precedent::Conflict;
    }
  }
  if (Mistaken && !Declared) {
    Diags.report(Mistaken->getLocation(),
                 "no derivative has these parameters, so this " + Quoted +
                     " will not be defined",
                 "its parameters are " + Signature.printParameters(AST));
    return Precedent::Conflict;
  }
  return Precedent::None;
}

} // namespace retrograd
