//===- Session.cpp - The derivatives of one translation unit --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Session::derive reads as the list of what must hold before a derivative is
// written; each check reports its own error.
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "../Emit/Printer.h"
#include "DirectionCount.h"
#include "PragmaTarget.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SaveAndRestore.h"

namespace retrograd {

using clang::FunctionDecl;
using clang::NamedDecl;
using llvm::StringRef;

Session::Session(clang::CompilerInstance &CI, const Options &Opts)
    : CI(CI), Opts(Opts), Diags(CI.getDiagnostics()), Names(CI),
      Marks(CI, Ctx, Names, Diags),
      Lower(
          CI.getASTContext(), Ctx, Diags,
          [this](const FunctionDecl *F) { return findGenerated(F); },
          [this](const FunctionDecl *F) { Names.instantiate(F); }, &Marks),
      Steps(Ctx, Diags,
            {Opts.PrintAfter, Opts.PrintStream, Opts.VerifyCalls,
             Opts.InlineLimit, wantsRemarks(CI.getCodeGenOpts())}) {}

Session::~Session() = default;

ir::Function *Session::findGenerated(const FunctionDecl *F) {
  const clang::SourceManager &SM = CI.getSourceManager();
  bool Generated = llvm::any_of(F->redecls(), [&](const FunctionDecl *R) {
    return GeneratedFiles.contains(SM.getFileID(R->getLocation()));
  });
  if (!Generated || FindingGenerated)
    return nullptr;
  // Lowering asks for every function that it meets, so for this one too.
  llvm::SaveAndRestore Guard(FindingGenerated, true);
  const ir::Function *Signature = Lower.declare(F);
  return Signature ? Steps.findGenerated(Signature->QualifiedName,
                                         printParameterTypes(*Signature))
                   : nullptr;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

static std::string derivativeName(const Pragma &P, const FunctionDecl *Primal) {
  if (P.Batch)
    return batchName(P, Primal) + "_grad";
  if (P.Name)
    return P.Name->Text;
  std::string Name = Primal->getNameAsString();
  switch (P.DerivativeMode) {
  case Mode::Gradient:
    return Name + "_grad";
  case Mode::Vjp:
    return Name + (P.Directions.empty() ? "_vjp" : "_vjps");
  case Mode::Jvp:
    return Name + (P.Directions.empty() ? "_jvp" : "_jvps");
  }
  llvm_unreachable("covered switch");
}

/// The namespace around a function and its class.
static clang::DeclContext *homeOf(FunctionDecl *F) {
  return F->getDeclContext()
      ->getEnclosingNamespaceContext()
      ->getRedeclContext();
}

static clang::SourceRange targetRange(const Pragma &P) {
  return P.Function ? P.Function->Name.range() : P.ModeWord.Loc;
}

std::optional<std::vector<Independent>>
Session::independents(llvm::ArrayRef<ResolvedEntry> Entries,
                      const FunctionDecl *F, const ir::Function &Primal) {
  std::vector<Independent> Result;
  for (const ResolvedEntry &Entry : Entries) {
    Independent I;
    I.Loc = Entry.Source->Name.Name.Loc.getRawEncoding();
    if (!Entry.Variable)
      I.Var = Primal.Params[0];
    else if (const auto *P = llvm::dyn_cast<clang::ParmVarDecl>(Entry.Variable))
      I.Var = Primal.Params[P->getFunctionScopeIndex() + Primal.Method];
    else
      I.Var = Lower.lowerGlobal(llvm::cast<clang::VarDecl>(Entry.Variable));
    if (!I.Var)
      return std::nullopt;
    if (I.Var->Inactive) {
      Diags.report(Entry.Source->Name.range(),
                   "'" + Entry.Source->Name.text() +
                       "' was declared inactive for '" + F->getNameAsString() +
                       "'",
                   "remove it from this pragma or from the 'inactive' one");
      return std::nullopt;
    }
    if (!Entry.Source->Extent.empty()) {
      I.Extent = resolveExtent(*Entry.Source, Primal, Ctx, Names,
                               CI.getPreprocessor(), Diags);
      if (!I.Extent)
        return std::nullopt;
    }
    Result.push_back(I);
  }
  return Result;
}

DerivativeSignature Session::signature(const Pragma &P,
                                       llvm::ArrayRef<ResolvedEntry> Entries,
                                       const FunctionDecl *F,
                                       const ir::Function &Primal,
                                       unsigned Directions) {
  const clang::ASTContext &AST = CI.getASTContext();
  llvm::SmallVector<const clang::ValueDecl *> Variables;
  for (const ResolvedEntry &Entry : Entries)
    Variables.push_back(Entry.Variable);
  if (Entries.empty())
    for (const clang::ValueDecl *V : defaultIndependents(F, AST)) {
      const auto *P = llvm::cast_or_null<clang::ParmVarDecl>(V);
      if (!P ||
          !Primal.Params[P->getFunctionScopeIndex() + Primal.Method]->Inactive)
        Variables.push_back(V);
    }
  return derivativeSignature(P.DerivativeMode, F, Variables, AST, Directions,
                             P.ValueLoc.isValid());
}

/// Completes the roles of a batch; nothing after an error.
std::optional<BatchRoles> Session::batchRoles(const Pragma &P,
                                              const ResolvedBatch &Batch,
                                              FunctionDecl *Primal,
                                              const ir::Function &Lowered) {
  auto Roles =
      lowerBatch(Batch, Lowered, Ctx, Names, CI.getPreprocessor(), Diags);
  if (!Roles)
    return std::nullopt;
  Roles->Name = batchName(P, Primal);
  bool Internal =
      Primal->getCanonicalDecl()->getStorageClass() == clang::SC_Static;
  // Another file may have another static function of that name, and a template
  // has no C linkage.
  Roles->Scope = Internal              ? "namespace"
                 : Primal->isExternC() ? "extern \"C++\""
                                       : "";
  for (NamedDecl *D : Names.findIn(homeOf(Primal), Roles->Name)) {
    const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(D);
    if (Class && !Class->getDefinition() && !Internal)
      continue;
    Diags.report(P.Name ? P.Name->Loc : P.ModeWord.Loc,
                 "the description of the batch would be '" + Roles->Name +
                     "', which is declared already",
                 "");
    Diags.note(D->getLocation(),
               "it is declared here; choose another name with 'name(...)'");
    return std::nullopt;
  }
  return Roles;
}

/// The qualified names of std and retrograd in a text, outside its comments.
static llvm::StringSet<> libraryNames(StringRef Text) {
  llvm::StringSet<> Result;
  auto IsWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  llvm::SmallVector<StringRef> Lines;
  Text.split(Lines, '\n');
  for (StringRef Line : Lines) {
    Line = Line.substr(0, Line.find("//"));
    for (StringRef Root : {"std::", "retrograd::"}) {
      for (size_t At = Line.find(Root); At != StringRef::npos;
           At = Line.find(Root, At + 1)) {
        if (At && (IsWord(Line[At - 1]) || Line[At - 1] == ':'))
          continue;
        StringRef Name = Line.substr(At).take_while(
            [&](char C) { return IsWord(C) || C == ':'; });
        Result.insert(Name.rtrim(':'));
      }
    }
  }
  return Result;
}

/// Where a name that the text needs is declared.
static const char *headerFor(const Pragma &P, StringRef Name) {
  if (Name == "retrograd::verification")
    return "include <retrograd/verify.h>";
  if (Name.starts_with("retrograd::snapshot_file"))
    return "include <retrograd/snapshot_file.h>, which 'disk' needs";
  if (P.Batch &&
      (Name == "std::array" || Name == "std::tuple" ||
       Name == "retrograd::deduced" || Name == "retrograd::unknown_size" ||
       Name.starts_with("retrograd::access")))
    return "include <retrograd/batch.h>";
  if (Name.starts_with("retrograd::"))
    return "include <retrograd/retrograd.h>";
  return "include the standard header that declares it, such as <cmath>";
}

bool Session::checkNamesDeclared(const Pragma &P, StringRef Text) {
  llvm::StringSet<> Used = libraryNames(Text);
  llvm::SmallVector<StringRef> Sorted(Used.keys());
  llvm::sort(Sorted);
  for (StringRef Name : Sorted) {
    if (Names.isDeclared(Name))
      continue;
    Diags.report(P.ModeWord.Loc,
                 "the derivative needs '" + Name.str() +
                     "', which is not declared here",
                 headerFor(P, Name));
    return false;
  }
  return true;
}

/// The namespaces around a declaration, from the outside in.
static llvm::SmallVector<const clang::NamespaceDecl *>
namespacesOf(const clang::DeclContext *Scope) {
  llvm::SmallVector<const clang::NamespaceDecl *> Result;
  for (; Scope; Scope = Scope->getParent())
    if (const auto *N = llvm::dyn_cast<clang::NamespaceDecl>(Scope))
      Result.insert(Result.begin(), N->getFirstDecl());
  return Result;
}

static std::string openingOf(const clang::NamespaceDecl *N) {
  std::string Opening = N->isInline() ? "inline namespace" : "namespace";
  return N->isAnonymousNamespace() ? Opening
                                   : Opening + " " + N->getName().str();
}

bool Session::place(const Pragma &P, FunctionDecl *Primal,
                    GeneratedText &Text) {
  auto Here = namespacesOf(Names.currentContext());
  auto Home = namespacesOf(Primal->getDeclContext());
  for (const clang::NamespaceDecl *N : Home)
    Text.Scopes.push_back(openingOf(N));
  if (Here.size() > Home.size() ||
      !std::equal(Here.begin(), Here.end(), Home.begin())) {
    Diags.report(targetRange(P),
                 "the derivative of '" + Primal->getQualifiedNameAsString() +
                     "' cannot be written from inside '" +
                     Here.back()->getQualifiedNameAsString() + "'",
                 "move the pragma to the function's own namespace");
    return false;
  }
  size_t Open = Here.size();
  // A derivative of a C function is one.
  if (Primal->isExternC()) {
    Text.Scopes.push_back("extern \"C\"");
    Open += Here.size() == Home.size() &&
            Names.currentContext()->isExternCContext();
  }
  std::string Tail;
  for (; Open < Text.Scopes.size(); ++Open) {
    Text.InjectedText += Text.Scopes[Open] + " {\n";
    Tail += "}\n";
  }
  Text.InjectedText += Text.Text + "\n" + Tail;
  return true;
}

static FunctionDecl *findBody(const Pragma &P, FunctionDecl *Primal,
                              ClangDiagnostics &Diags) {
  FunctionDecl *Body = Primal->getDefinition();
  if (!Body)
    Diags.report(targetRange(P),
                 "the body of '" + Primal->getQualifiedNameAsString() +
                     "' is not visible here",
                 "write the pragma after the function's definition, or before "
                 "it without naming the function");
  return Body;
}

/// What stands for the derivative of a function says nothing of its body.
static bool checkHasOwnDerivative(const Pragma &P, const ir::Function &F,
                                  ClangDiagnostics &Diags) {
  bool Ruled = F.Pullback || F.Pushforward;
  if (!Ruled && !F.Inactive)
    return true;
  Diags.report(targetRange(P),
               "cannot apply '" + P.ModeWord.Text + "' to '" + F.QualifiedName +
                   "': it " + (Ruled ? "has a rule" : "is inactive"),
               Ruled ? "ask for the derivative of a function that calls it, or "
                       "call the rule"
                     : "remove the 'inactive' pragma, or this one");
  return false;
}

std::optional<GeneratedText> Session::derive(const Pragma &P,
                                             FunctionDecl *Primal) {
  Diags.beginRequest(P.ModeWord.Loc);
  if (!isSupportedTarget(P, Primal, Diags))
    return std::nullopt;
  FunctionDecl *Body = findBody(P, Primal, Diags);
  if (!Body)
    return std::nullopt;
  // What Clang has refused cannot be differentiated, and need not be.
  if (Body->isInvalidDecl() || !checkReturnType(P, Body, Diags))
    return std::nullopt;
  std::optional<ResolvedBatch> Batch;
  std::optional<std::vector<ResolvedEntry>> Entries;
  if (P.Batch)
    Batch = resolveBatch(P, Body, Diags);
  else
    Entries = resolveWrt(P, Body, Names, Diags);
  if (Batch)
    Entries = Batch->Shared;
  if (!Entries)
    return std::nullopt;

  auto Directions = countDirections(P, Names, CI.getPreprocessor(), Diags);
  if (!Directions)
    return std::nullopt;
  ir::Function *Lowered = Lower.lower(Body);
  if (!Lowered || !checkHasOwnDerivative(P, *Lowered, Diags))
    return std::nullopt;
  Request R;
  if (Batch)
    R.Batch = batchRoles(P, *Batch, Primal, *Lowered);
  if (Batch && !R.Batch)
    return std::nullopt;
  auto Independents = independents(*Entries, Body, *Lowered);
  if (!Independents)
    return std::nullopt;
  // A declared extent serves where the pragma has none.
  for (size_t I = 0; R.Batch && I < Independents->size(); ++I)
    (*Independents)[I].Extent = R.Batch->Shared[I].Extent;

  GeneratedText Result;
  R.Name = derivativeName(P, Primal);
  Result.Name = R.Batch ? R.Batch->Name : R.Name;
  Result.DescribesBatch = R.Batch.has_value();
  R.Directions = *Directions;
  if (findPrecedent(P, R.Name,
                    signature(P, *Entries, Body, *Lowered, R.Directions),
                    Primal) != Precedent::None)
    return std::nullopt;

  R.DerivativeMode = P.DerivativeMode;
  R.Primal = Lowered;
  R.Independents = *Independents;
  R.Value = P.ValueLoc.isValid() || R.Batch;
  R.Lanes = Names.isDeclared("retrograd::lanes");
  R.Loc = P.ModeWord.Loc.getRawEncoding();
  std::optional<std::string> Text = Steps.run(R);
  if (!Text)
    return std::nullopt;
  Result.Text = *Text;
  if (!checkNamesDeclared(P, *Text) || !place(P, Primal, Result)) {
    Steps.forget();
    return std::nullopt;
  }
  Diags.show(Steps.remarks(), CI.getCodeGenOpts());
  // Clang is not to complain of a static function that is only differentiated.
  Body->addAttr(clang::UnusedAttr::CreateImplicit(CI.getASTContext()));
  if (Opts.PrintDerivatives)
    llvm::errs() << Result.InjectedText;
  Texts.push_back(Result);
  return Result;
}

//===----------------------------------------------------------------------===//
// What the user says about functions
//===----------------------------------------------------------------------===//

void Session::declareInactive(const Pragma &P, FunctionDecl *F) {
  if (!isSupportedTarget(P, F, Diags))
    return;
  if (P.InactiveParameters.empty())
    Lower.markInactive(F);
  llvm::SmallVector<StringRef> Known;
  for (const clang::ParmVarDecl *Parameter : F->parameters())
    Known.push_back(Parameter->getName());
  for (const PragmaName &Name : P.InactiveParameters) {
    const auto *At = llvm::find(Known, Name.Text);
    if (At != Known.end()) {
      Lower.markInactive(F->getParamDecl(At - Known.begin()));
      continue;
    }
    StringRef Meant = closestSpelling(Name.Text, Known);
    Diags.report(
        Name.Loc,
        "'" + Name.Text + "' is no parameter of '" + F->getNameAsString() +
            "'" +
            (Meant.empty() ? "" : "; did you mean '" + Meant.str() + "'?"),
        "'inactive' alone declares the whole function inactive",
        Meant.empty() ? clang::FixItHint()
                      : clang::FixItHint::CreateReplacement(
                            clang::SourceRange(Name.Loc), Meant));
  }
}

/// The elements of memory that a parameter gives write access to; null for
/// const memory, and for parameters by value.
static clang::QualType writableElement(const clang::ParmVarDecl *P,
                                       const clang::ASTContext &AST) {
  clang::QualType T = P->getType();
  if (!T->isReferenceType() && !T->isPointerType())
    return {};
  T = T->getPointeeType();
  bool IsArray = P->getType()->isReferenceType() && T->isArrayType();
  if (IsArray)
    T = AST.getAsArrayType(T)->getElementType();
  return T.isConstQualified() ? clang::QualType() : T;
}

/// How many elements a reference leads to; null for a pointer.
static const ir::Expr *knownExtent(const ir::Variable *P, ir::Context &Ctx) {
  if (!P->Reference)
    return nullptr;
  return P->Ty->isArray() ? P->Ty->Extent : Ctx.intLiteral(1);
}

/// What the pullback finds in the memory behind one parameter.
bool Session::resolveWrite(const Pragma &P, const clang::ParmVarDecl *Parameter,
                           const PragmaWrtEntry *Entry, ir::Function &G) {
  unsigned I = Parameter->getFunctionScopeIndex();
  const ir::Expr *&Restored = G.Restored[I];
  bool Numbers =
      writableElement(Parameter, CI.getASTContext())->isArithmeticType();
  std::string Name = Parameter->getNameAsString();
  if (!Entry && Numbers)
    Restored = knownExtent(G.Params[I], Ctx);
  if (!Entry && !Restored) {
    Diags.report(P.ModeWord.Loc,
                 "'" + G.Name + "' may write through '" + Name +
                     "', which its rule does not mention",
                 "write 'writes(" + Name +
                     "[n])', and the pullback finds n elements as they were "
                     "before the call, or 'writes(" +
                     Name + ")', and it finds what the call left");
    return false;
  }
  if (!Entry || Entry->Extent.empty())
    return true;
  if (!Numbers) {
    Diags.report(Entry->Name.range(),
                 "the elements of '" + Name +
                     "' are no numbers, so they cannot be put back",
                 "pass a pointer to numbers");
    return false;
  }
  Restored = resolveExtent(*Entry, G, Ctx, Names, CI.getPreprocessor(), Diags);
  return Restored;
}

bool Session::resolveWrites(const Pragma &P, const FunctionDecl *Primal,
                            ir::Function &G) {
  const clang::ASTContext &AST = CI.getASTContext();
  llvm::StringMap<const PragmaWrtEntry *> Entries;
  for (const PragmaWrtEntry &Entry : P.Wrt)
    Entries[Entry.Name.text()] = &Entry;
  G.Restored.assign(G.Params.size(), nullptr);
  for (const clang::ParmVarDecl *Parameter : Primal->parameters()) {
    clang::QualType T = writableElement(Parameter, AST);
    if (T.isNull() || !(T->isArithmeticType() || carriesReal(T, AST)))
      continue;
    const PragmaWrtEntry *Entry = Entries.lookup(Parameter->getName());
    Entries.erase(Parameter->getName());
    if (!resolveWrite(P, Parameter, Entry, G))
      return false;
  }
  for (const PragmaWrtEntry &Entry : P.Wrt)
    if (Entries.count(Entry.Name.text())) {
      Diags.report(Entry.Name.range(),
                   "'" + Entry.Name.text() +
                       "' is no parameter through which '" + G.Name +
                       "' could write numbers",
                   "remove it from 'writes'");
      return false;
    }
  return true;
}

void Session::addRule(const Pragma &P, FunctionDecl *F) {
  if (!isSupportedTarget(P, F, Diags))
    return;
  FunctionDecl *Primal = Names.resolve(*P.Function, Diags);
  if (!Primal)
    return;
  const clang::ASTContext &AST = CI.getASTContext();
  if (!objectType(Primal, AST).isNull()) {
    Diags.report(P.Function->Name.range(),
                 "a rule for a member function is not supported",
                 "let '" + P.Function->Name.text() +
                     "' call a function outside of its class, and write the "
                     "rule for that");
    return;
  }
  auto Independents = defaultIndependents(Primal, AST);
  if (Independents.empty()) {
    Diags.report(P.Function->Name.range(),
                 "'" + P.Function->Name.text() +
                     "' has no parameter that a derivative can flow through",
                 "remove the pragma; the function needs no rule");
    return;
  }
  auto Fits = [&](const DerivativeSignature &S) {
    return S.matches(F, AST) && AST.hasSameType(S.Return, F->getReturnType());
  };
  DerivativeSignature Pullback =
      derivativeSignature(Mode::Vjp, Primal, Independents, AST);
  DerivativeSignature Pushforward =
      derivativeSignature(Mode::Jvp, Primal, Independents, AST);
  bool IsPullback = Fits(Pullback) && P.RuleMode != Mode::Jvp;
  bool IsPushforward = Fits(Pushforward) && P.RuleMode != Mode::Vjp;
  std::string Name = F->getNameAsString();
  if (IsPullback && IsPushforward) {
    Diags.report(P.ModeWord.Loc,
                 "'" + Name +
                     "' has the signature of a pullback and of a "
                     "pushforward of '" +
                     P.Function->Name.text() + "'",
                 "say which it is: 'rule(" + P.Function->Name.text() +
                     ") vjp' or 'rule(" + P.Function->Name.text() + ") jvp'");
    return;
  }
  if (IsPullback) {
    ir::Function *G = Lower.declare(Primal);
    if (G && resolveWrites(P, Primal, *G))
      Lower.setPullback(Primal, F);
    return;
  }
  if (IsPushforward && !P.Wrt.empty()) {
    Diags.report(P.Wrt.front().Name.range(),
                 "'writes' is for pullbacks, but '" + Name +
                     "' is a pushforward",
                 "remove it; a pushforward is called in the place of '" +
                     P.Function->Name.text() + "'");
    return;
  }
  if (IsPushforward)
    return Lower.setPushforward(Primal, F);
  Diags.report(P.ModeWord.Loc,
               "'" + Name + "' has not the signature of a rule for '" +
                   P.Function->Name.text() + "'",
               "");
  Diags.note(F->getLocation(),
             "a pullback is '" + Pullback.print(Name, AST) + "'");
  Diags.note(F->getLocation(),
             "a pushforward is '" + Pushforward.print(Name, AST) + "'");
}

} // namespace retrograd
