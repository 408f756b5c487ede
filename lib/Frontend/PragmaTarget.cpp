//===- PragmaTarget.cpp - Which declarations a pragma may name or precede -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "PragmaTarget.h"
#include "ClangDiagnostics.h"
#include "DerivativeSignature.h"
#include "RecordTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

namespace retrograd {

using clang::FunctionDecl;

namespace {

/// A message about an unsuitable function, and the way out.
struct Refusal {
  std::string What;
  const char *Way = "";
};

} // namespace

/// A member function is differentiated as a function of its object, which has
/// to be of a class that has a derivative.
static Refusal refusalOfMember(const Pragma &P,
                               const clang::CXXMethodDecl *Method) {
  if (P.Kind == PragmaKind::Rule)
    return {"a class member is no rule",
            "write the rule as a function outside of the class"};
  if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(Method))
    return {"a constructor or destructor has no derivative",
            "annotate a function that makes the object and returns a number"};
  if (P.Kind == PragmaKind::Inactive || Method->isTemplated() ||
      !Method->isImplicitObjectMemberFunction())
    return {};
  if (P.Batch)
    return {"the object of a member function is no column of numbers",
            "annotate a function that takes the numbers"};
  const clang::ASTContext &AST = Method->getASTContext();
  const clang::CXXRecordDecl *Class = Method->getParent();
  if (Method->isVolatile())
    return {"a 'volatile' member function is not supported", "drop 'volatile'"};
  if (!leadsToReal(AST.getCanonicalTagType(Class), AST))
    return {"its class holds no real numbers",
            "declare the function static, or move it out of the class"};
  if (std::string Why = whyNoRecord(Class, AST); !Why.empty())
    return {"its class is not supported yet, since " + Why,
            "annotate a function that takes what the member reads"};
  return {};
}

static Refusal refusalOf(const Pragma &P, const FunctionDecl *F) {
  if (llvm::isa<clang::CXXMethodDecl>(F))
    if (Refusal R = refusalOfMember(P, llvm::cast<clang::CXXMethodDecl>(F));
        !R.What.empty())
      return R;
  if (F->isTemplated() && P.Kind == PragmaKind::Rule)
    return {"a function template is no rule",
            "write the rule as an ordinary function"};
  if (F->isDeleted())
    return {"a deleted function has no body",
            "annotate a function with a body"};
  // An inactive function is only ever called, so nothing else matters.
  if (P.Kind == PragmaKind::Inactive)
    return {};
  if (F->isMain())
    return {"'main' cannot be called, so its derivative could not be either",
            "move the computation to a function of its own"};
  if (F->isVariadic())
    return {"a function with '...' is not supported",
            "give the function a fixed list of parameters"};
  if (P.Kind == PragmaKind::Rule)
    return {};
  if (!F->getDeclName().isIdentifier() && !P.Name)
    return {"an operator has no name that its derivative could be called by",
            "choose one with 'name(...)'"};
  if (F->isConsteval())
    return {"a consteval function is not supported",
            "declare it constexpr, so that it can run with the program"};
  if (llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(F->getBody()))
    return {"a coroutine is not supported",
            "compute the value in an ordinary function"};
  return {};
}

bool isSupportedTarget(const Pragma &P, const FunctionDecl *F,
                       ClangDiagnostics &Diags) {
  Refusal R = refusalOf(P, F);
  if (R.What.empty())
    return true;
  clang::SourceRange Where = P.Kind == PragmaKind::Derivative && P.Function
                                 ? P.Function->Name.range()
                                 : P.ModeWord.Loc;
  Diags.report(Where,
               "cannot apply '" + P.ModeWord.Text + "' to '" +
                   F->getQualifiedNameAsString() + "': " + R.What,
               R.Way);
  return false;
}

static const char *describe(const clang::NamedDecl *D) {
  if (llvm::isa<clang::TagDecl>(D) || llvm::isa<clang::ClassTemplateDecl>(D))
    return "a type";
  if (llvm::isa<clang::TypedefNameDecl>(D))
    return "a type alias";
  if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D)) {
    const clang::CXXRecordDecl *Class = V->getType()->getAsCXXRecordDecl();
    return Class && Class->isLambda() ? "a lambda" : "a variable";
  }
  return "a declaration";
}

void reportNoFunction(const Pragma &P, const clang::NamedDecl *Met,
                      ClangDiagnostics &Diags) {
  std::string What = "'#pragma retrograd " + P.ModeWord.Text + "'";
  if (!Met) {
    Diags.report(
        P.ModeWord.Loc, "no function follows " + What,
        "write the pragma directly before a function" +
            std::string(P.Kind == PragmaKind::Derivative
                            ? ", or name one: '" + P.ModeWord.Text + "(f)'"
                            : ""));
    return;
  }
  Diags.report(P.ModeWord.Loc,
               What + " needs a function, but " + describe(Met) + " follows",
               "");
  Diags.note(Met->getLocation(), "move the pragma to the function");
}

bool checkReturnType(const Pragma &P, const FunctionDecl *F,
                     ClangDiagnostics &Diags) {
  clang::QualType R = F->getReturnType();
  std::string Name = "'" + F->getNameAsString() + "'";
  if (P.Batch && !isDifferentiableScalar(R)) {
    Diags.report(P.ModeWord.Loc,
                 "'batch' needs a function that returns a floating type, but " +
                     Name + " returns '" +
                     R.getAsString(F->getASTContext().getPrintingPolicy()) +
                     "'",
                 "return the loss of one sample; what else is computed for it "
                 "goes to 'outputs(y[n])'");
    return false;
  }
  if (P.DerivativeMode == Mode::Gradient && !isDifferentiableScalar(R)) {
    Diags.report(P.ModeWord.Loc,
                 "'gradient' needs a function that returns a floating type, "
                 "but " +
                     Name + " returns '" +
                     R.getAsString(F->getASTContext().getPrintingPolicy()) +
                     "'",
                 "use 'vjp', which takes the adjoints of what " + Name +
                     " writes through its parameters",
                 clang::FixItHint::CreateReplacement(
                     clang::SourceRange(P.ModeWord.Loc), "vjp"));
    return false;
  }
  if (P.ValueLoc.isInvalid())
    return true;
  if (R->isVoidType() || !isDifferentiableScalar(R)) {
    Diags.report(P.ValueLoc,
                 "'value' needs a function that returns a floating type, but " +
                     Name + " returns '" +
                     R.getAsString(F->getASTContext().getPrintingPolicy()) +
                     "'",
                 "remove 'value'");
    return false;
  }
  return true;
}

} // namespace retrograd
