//===- TemplatePragmas.cpp - Pragmas about templates ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "TemplatePragmas.h"
#include "ClangDiagnostics.h"
#include "TextEntry.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

using clang::FunctionDecl;
using clang::Token;

//===----------------------------------------------------------------------===//
// Templates with a pragma
//===----------------------------------------------------------------------===//

using Functions = llvm::SmallVector<FunctionDecl *>;

/// The class template that F is a plain member of, or null.
static const clang::ClassTemplateDecl *classOf(const FunctionDecl *F) {
  const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(F->getDeclContext());
  return Class && !F->getDescribedFunctionTemplate()
             ? Class->getDescribedClassTemplate()
             : nullptr;
}

/// The functions that explicit instantiations of the template have made.
static Functions explicitInstantiations(const FunctionDecl *Pattern) {
  Functions Result;
  auto Add = [&](FunctionDecl *F, clang::TemplateSpecializationKind Kind) {
    if (Kind == clang::TSK_ExplicitInstantiationDefinition)
      Result.push_back(F);
  };
  if (const auto *Class = classOf(Pattern)) {
    for (const auto *Each : Class->specializations())
      for (clang::CXXMethodDecl *Method : Each->methods())
        if (const FunctionDecl *From =
                Method->getInstantiatedFromMemberFunction();
            From && From->getCanonicalDecl() == Pattern->getCanonicalDecl())
          Add(Method, Method->getTemplateSpecializationKind());
  } else if (const auto *Template = Pattern->getDescribedFunctionTemplate()) {
    for (FunctionDecl *Each : Template->specializations())
      Add(Each, Each->getTemplateSpecializationKind());
  }
  return Result;
}

void TemplatePragmas::add(const Pragma &P, const FunctionDecl *F,
                          ClangDiagnostics &Diags) {
  bool InTemplate = F->getDeclContext()->isDependentContext();
  if (!classOf(F) && (InTemplate || !F->getDescribedFunctionTemplate())) {
    Diags.report(P.ModeWord.Loc,
                 "'" + F->getNameAsString() +
                     "' is a part of a class template that is not instantiated "
                     "by itself",
                 "name an instantiation, as in '" + P.ModeWord.Text +
                     "(C<double>::" + F->getNameAsString() + "<double>)'");
    return;
  }
  Templates.push_back({P, F, {}, false});
}

std::vector<Wanted> TemplatePragmas::instantiated() {
  std::vector<Wanted> Result;
  for (Annotated &Each : Templates)
    for (FunctionDecl *F : explicitInstantiations(Each.Pattern))
      if (Each.Done.insert(F->getCanonicalDecl()).second) {
        Each.Used = true;
        Result.push_back({Each.P, F});
      }
  return Result;
}

void TemplatePragmas::use(const FunctionDecl *F) {
  const FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
  for (Annotated &Each : Templates)
    Each.Used |= Pattern && Pattern->getCanonicalDecl() ==
                                Each.Pattern->getCanonicalDecl();
}

void TemplatePragmas::checkUsed(const clang::SourceManager &SM,
                                ClangDiagnostics &Diags) const {
  for (const Annotated &Each : Templates) {
    if (Each.Used || !SM.isInMainFile(SM.getExpansionLoc(Each.P.ModeWord.Loc)))
      continue;
    std::string Name = Each.Pattern->getNameAsString();
    Diags.report(
        Each.P.ModeWord.Loc,
        "no derivative of the template '" + Name +
            "' is written, as no instantiation is asked for",
        "instantiate it behind its definition, as in 'template double " + Name +
            "(double);', or write '#pragma retrograd " + Each.P.ModeWord.Text +
            "(" + Name + "<double>)' there");
  }
}

//===----------------------------------------------------------------------===//
// Instantiations by name
//===----------------------------------------------------------------------===//

static void append(std::vector<Token> &Tokens, llvm::StringRef Text,
                   clang::Preprocessor &PP) {
  // Without the end of a line, the last token would not count.
  clang::FileID File = PP.getSourceManager().createFileID(
      llvm::MemoryBuffer::getMemBufferCopy(Text.str() + "\n", "<retrograd>"),
      clang::SrcMgr::C_System);
  llvm::append_range(Tokens, lexFile(File, PP));
}

std::vector<Token> probeFor(const PragmaFunction &F, clang::Preprocessor &PP) {
  std::vector<Token> Tokens;
  auto Text = [&](llvm::StringRef Text) { append(Tokens, Text, PP); };
  auto Words = [&](const std::vector<Token> &Words) {
    Tokens.insert(Tokens.end(), Words.begin(), Words.end());
  };
  Text("static_assert(noexcept(");
  if (!F.HasParameterTypes)
    Text("&");
  Words(F.Spelling);
  if (F.HasParameterTypes) {
    Text("(");
    for (size_t I = 0; I < F.ParameterTokens.size(); ++I) {
      Text(I ? ", static_cast<" : "static_cast<");
      Words(F.ParameterTokens[I]);
      Text("(*)()>(nullptr)()");
    }
    Text(")");
  }
  Text(") || true);");
  return Tokens;
}

/// The function that the operand of noexcept names or calls.
static const FunctionDecl *functionIn(const clang::Stmt *S) {
  if (!S)
    return nullptr;
  if (const auto *N = llvm::dyn_cast<clang::CXXNoexceptExpr>(S)) {
    const clang::Expr *E = N->getOperand()->IgnoreImplicit()->IgnoreParens();
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(E))
      return Call->getDirectCallee();
    if (const auto *Address = llvm::dyn_cast<clang::UnaryOperator>(E))
      E = Address->getSubExpr()->IgnoreParens();
    const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E);
    return Ref ? llvm::dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  }
  for (const clang::Stmt *Child : S->children())
    if (const FunctionDecl *Found = functionIn(Child))
      return Found;
  return nullptr;
}

FunctionDecl *probed(const clang::DeclContext *Scope) {
  const clang::StaticAssertDecl *Last = nullptr;
  for (const clang::Decl *D : Scope->decls())
    if (const auto *Assertion = llvm::dyn_cast<clang::StaticAssertDecl>(D))
      Last = Assertion;
  return Last ? const_cast<FunctionDecl *>(functionIn(Last->getAssertExpr()))
              : nullptr;
}

} // namespace retrograd
