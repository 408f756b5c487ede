//===- Injection.cpp - How derivatives enter the compilation --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header for the idea. What makes it delicate is that the parser is one
// token behind the lexer: a pragma directly behind the brace of a function is
// lexed while the parser still is inside that function. So nothing is decided
// at a user's pragma that the scope could decide; it is at the second one.
//
//===----------------------------------------------------------------------===//

#include "Injection.h"
#include "DeclarationTracker.h"
#include "MemberPragmas.h"
#include "PragmaTarget.h"
#include "Session.h"
#include "TemplatePragmas.h"
#include "TextEntry.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

namespace retrograd {

using clang::DeclContext;
using clang::FunctionDecl;
using clang::SourceLocation;
using clang::Token;
using llvm::StringRef;
namespace tok = clang::tok;

namespace {

/// Pragmas that annotate the next function, while it is being lexed.
struct Annotation {
  std::vector<Pragma> Pragmas;
  SourceLocation Loc;
  /// Braces that were open at the first pragma.
  size_t Depth = 0;
  /// Errors of the compilation at the first pragma.
  unsigned Errors = 0;
  /// The kind of the last token outside of the function's own braces.
  tok::TokenKind Last = tok::unknown;
};

/// Pragmas in classes, until the outermost one is complete.
struct ClassAnnotation {
  std::vector<MemberPragma> Pragmas;
  /// Braces that were open before the class.
  size_t Depth = 0;
  unsigned Errors = 0;
};

/// Pragmas that are ready to be carried out, and what then has to be compiled.
struct Job {
  Annotation Source;
  std::vector<MemberPragma> Members;
  bool Annotates = false;
  /// Annotates: the function whose body has closed; null after a `;`.
  FunctionDecl *Target = nullptr;
  /// Where the texts are included.
  SourceLocation Where;

  bool Started = false;
  /// The derivatives to write. Each has its text read before the next one is
  /// looked at, which then can see what is declared.
  std::deque<Wanted> Pending;
  /// The derivative whose text the parser has just read.
  std::string Compiled;
  unsigned ErrorsBefore = 0;
};

class Injector {
public:
  Injector(clang::CompilerInstance &CI, const Options &Opts)
      : CI(CI), PP(CI.getPreprocessor()), SM(CI.getSourceManager()),
        TheSession(CI, Opts), Diags(TheSession.diagnostics()), Entry(PP) {}

  void handlePragma(const Token &Introducer);
  void handleToken(const Token &Tok);
  const Session &session() const { return TheSession; }
  void finish() {
    TheSession.checkpoints().checkInside();
    Templates.checkUsed(SM, Diags);
  }

private:
  // Waiting for a function.
  void annotate(Pragma P);
  void reportInside(const Pragma &P, const char *Way);
  void annotateMember(Pragma P, const clang::CXXRecordDecl *Class);
  void watchClass(const Token &Tok);
  void watchInstantiation(const Token &Tok);
  void watchAnnotated(const Token &Tok);
  void watchDeferred(const Token &Tok);
  void rejectAnnotation();
  void finish(Annotation Source, FunctionDecl *Target, SourceLocation End);

  // Carrying out.
  size_t addJob(Annotation Source, SourceLocation Where);
  void resume(size_t Id);
  bool start(size_t Id);
  void carryOut(Job &J, const Pragma &P, FunctionDecl *Target);
  bool findTarget(size_t Id, Wanted &W);
  std::optional<GeneratedText> derive(const Wanted &W);
  bool isAtNamespaceScope(const Job &J);
  clang::NamedDecl *declaredAfter(SourceLocation Begin,
                                  const DeclContext *Scope) const;

  // Entering text.
  void enterText(size_t Id, const GeneratedText &Text);
  void checkCompiled(const Job &J);

  clang::CompilerInstance &CI;
  clang::Preprocessor &PP;
  clang::SourceManager &SM;
  Session TheSession;
  ClangDiagnostics &Diags;
  TextEntry Entry;

  std::vector<SourceLocation> OpenBraces;
  DeclarationTracker Declarations;
  std::optional<Annotation> Waiting;
  std::optional<ClassAnnotation> InClass;
  TemplatePragmas Templates;
  /// `declare` pragmas of functions whose bodies have not been seen.
  llvm::MapVector<FunctionDecl *, Annotation> Deferred;
  std::deque<Job> Jobs;
};

} // namespace

//===----------------------------------------------------------------------===//
// Pragmas
//===----------------------------------------------------------------------===//

void Injector::handlePragma(const Token &Introducer) {
  std::vector<Token> Line = readPragmaLine(PP);
  SourceLocation Loc = Introducer.getLocation();
  if (Entry.isResumption(Loc)) {
    size_t Id = 0;
    StringRef(PP.getSpelling(Line[1])).getAsInteger(10, Id);
    return resume(Id);
  }
  if (!CI.getLangOpts().CPlusPlus) {
    Diags.report(Loc, "'#pragma retrograd' needs C++",
                 "compile the file as C++");
    return;
  }
  std::optional<Pragma> P = parsePragma(PP, Introducer, std::move(Line), Diags);
  if (!P)
    return;
  DeclContext *Scope = TheSession.names().currentContext();
  if (Scope && Scope->isRecord())
    return annotateMember(std::move(*P),
                          llvm::cast<clang::CXXRecordDecl>(Scope));
  if (P->marksStatement())
    return TheSession.checkpoints().add(*P);
  if (P->annotates())
    return annotate(std::move(*P));
  // What is between the two is no function.
  if (Waiting && OpenBraces.size() <= Waiting->Depth)
    rejectAnnotation();
  // The text would be read in the middle of it.
  if (Declarations.isInside())
    return reportInside(*P, "write it before or behind the declaration");
  Annotation Source;
  Source.Loc = P->ModeWord.Loc;
  Source.Errors = Diags.compilationErrors();
  Source.Pragmas.push_back(std::move(*P));
  Entry.enterResumption(addJob(std::move(Source), Loc), Loc);
}

void Injector::reportInside(const Pragma &P, const char *Way) {
  Diags.report(P.ModeWord.Loc, "the pragma stands inside of a declaration",
               Way);
}

void Injector::annotate(Pragma P) {
  if (!Waiting) {
    Waiting.emplace();
    Waiting->Loc = P.ModeWord.Loc;
    Waiting->Depth = OpenBraces.size();
    Waiting->Errors = Diags.compilationErrors();
  } else if (OpenBraces.size() > Waiting->Depth) {
    return reportInside(P, "write it directly before a function");
  }
  Waiting->Pragmas.push_back(std::move(P));
}

void Injector::annotateMember(Pragma P, const clang::CXXRecordDecl *Class) {
  if (!mayStandIn(Class, P, Diags)) {
    // An error of ours, which says nothing about the class.
    if (InClass)
      ++InClass->Errors;
    return;
  }
  if (!InClass) {
    InClass.emplace();
    InClass->Errors = Diags.compilationErrors();
    SourceLocation Begin = outermostClass(Class)->getBeginLoc();
    InClass->Depth = llvm::count_if(OpenBraces, [&](SourceLocation Brace) {
      return SM.isBeforeInTranslationUnit(Brace, Begin);
    });
  }
  InClass->Pragmas.push_back({std::move(P), Class});
}

//===----------------------------------------------------------------------===//
// Waiting for the end of a function or a class
//===----------------------------------------------------------------------===//

void Injector::handleToken(const Token &Tok) {
  bool Instantiates = Declarations.isExplicitInstantiation();
  Declarations.see(Tok);
  TheSession.checkpoints().see(Tok);
  if (Tok.is(tok::l_brace))
    OpenBraces.push_back(Tok.getLocation());
  else if (Tok.is(tok::r_brace) && !OpenBraces.empty())
    OpenBraces.pop_back();
  // In this order: what is entered last is read first, and an explicit pragma
  // comes before the one of a header macro.
  if (Tok.is(tok::r_brace) && !Deferred.empty())
    watchDeferred(Tok);
  if (Instantiates && Tok.is(tok::semi))
    watchInstantiation(Tok);
  if (InClass)
    watchClass(Tok);
  if (Waiting)
    watchAnnotated(Tok);
}

/// template double f(double);
void Injector::watchInstantiation(const Token &Tok) {
  const DeclContext *Scope = TheSession.names().currentContext();
  if (Templates.empty() || !Scope->getRedeclContext()->isFileContext())
    return;
  Annotation Source;
  Source.Errors = Diags.compilationErrors();
  Entry.enterResumptionBehind(addJob(std::move(Source), Tok.getLocation()),
                              Tok.getLocation());
}

void Injector::watchClass(const Token &Tok) {
  if (OpenBraces.size() > InClass->Depth)
    return;
  if (Tok.is(tok::semi)) {
    Annotation Source;
    Source.Errors = InClass->Errors;
    size_t Id = addJob(std::move(Source), Tok.getLocation());
    Jobs[Id].Members = std::move(InClass->Pragmas);
    InClass.reset();
    Entry.enterResumptionBehind(Id, Tok.getLocation());
  } else if (Tok.is(tok::eof)) {
    InClass.reset(); // Clang says what is missing.
  }
}

/// A token that begins something at namespace scope that is no function.
static bool beginsOtherDeclaration(const Token &Tok) {
  return Tok.isOneOf(tok::kw_namespace, tok::kw_using, tok::kw_static_assert,
                     tok::kw_asm, tok::eof);
}

void Injector::watchAnnotated(const Token &Tok) {
  auto Finish = [&](FunctionDecl *Target) {
    Annotation Source = std::move(*Waiting);
    Waiting.reset();
    finish(std::move(Source), Target, Tok.getLocation());
  };
  size_t Depth = OpenBraces.size();
  if (Depth < Waiting->Depth || Tok.is(tok::eof))
    return rejectAnnotation();
  // The braces of `extern "C" {` belong to no function.
  if (Tok.is(tok::l_brace) && Depth == Waiting->Depth + 1 &&
      tok::isStringLiteral(Waiting->Last))
    return rejectAnnotation();
  if (Depth > Waiting->Depth)
    return;
  if (Tok.is(tok::semi))
    return Finish(nullptr);
  if (Tok.is(tok::r_brace)) {
    FunctionDecl *F = TheSession.names().currentFunction();
    bool IsNew =
        F && SM.isBeforeInTranslationUnit(Waiting->Loc, F->getLocation());
    if (IsNew && !isFollowedByCatch(Tok, PP))
      return Finish(F);
    if (F && !IsNew)
      return rejectAnnotation();
  } else if (beginsOtherDeclaration(Tok)) {
    return rejectAnnotation();
  }
  Waiting->Last = Tok.getKind();
}

void Injector::rejectAnnotation() {
  for (const Pragma &P : Waiting->Pragmas)
    reportNoFunction(P, nullptr, Diags);
  Waiting.reset();
}

void Injector::finish(Annotation Source, FunctionDecl *Target,
                      SourceLocation End) {
  size_t Id = addJob(std::move(Source), End);
  Jobs[Id].Annotates = true;
  Jobs[Id].Target = Target;
  Entry.enterResumptionBehind(Id, End);
}

void Injector::watchDeferred(const Token &Tok) {
  FunctionDecl *F = TheSession.names().currentFunction();
  auto Found = F ? Deferred.find(F->getCanonicalDecl()) : Deferred.end();
  if (Found == Deferred.end() || isFollowedByCatch(Tok, PP))
    return;
  // The body has closed when every brace that is still open is older than F.
  if (!OpenBraces.empty() &&
      !SM.isBeforeInTranslationUnit(OpenBraces.back(), F->getLocation()))
    return;
  Annotation Source = std::move(Found->second);
  Source.Errors = Diags.compilationErrors();
  Deferred.erase(Found);
  finish(std::move(Source), F, Tok.getLocation());
}

//===----------------------------------------------------------------------===//
// Carrying out
//===----------------------------------------------------------------------===//

size_t Injector::addJob(Annotation Source, SourceLocation Where) {
  Job J;
  J.Source = std::move(Source);
  J.Where = SM.getFileLoc(Where);
  Jobs.push_back(std::move(J));
  return Jobs.size() - 1;
}

void Injector::resume(size_t Id) {
  Job &J = Jobs[Id];
  if (J.Started)
    checkCompiled(J);
  else if (!start(Id))
    return;
  while (!J.Pending.empty()) {
    Wanted W = std::move(J.Pending.front());
    J.Pending.pop_front();
    if (!findTarget(Id, W))
      return;
    std::optional<GeneratedText> Text;
    if (W.Target)
      Text = derive(W);
    if (Text)
      return enterText(Id, *Text);
  }
}

/// Runs the session's steps for all pragmas. Returns false when the function
/// has not been completed yet and must be waited for again.
bool Injector::start(size_t Id) {
  Job &J = Jobs[Id];
  if (J.Target && J.Target->willHaveBody()) {
    if (!Waiting)
      Waiting = J.Source;
    return false;
  }
  J.Started = true;
  // After an error of Clang's in the function, ours would only repeat it. An
  // error directly before the text means that no declaration can stand there.
  if (Diags.compilationErrors() > J.Source.Errors)
    return true;
  if (!isAtNamespaceScope(J))
    return true;
  for (const MemberPragma &Member : J.Members)
    if (FunctionDecl *F = findMember(Member, SM, Diags))
      carryOut(J, Member.P, F);
  if (J.Annotates && !J.Target) {
    clang::NamedDecl *D =
        declaredAfter(J.Source.Loc, TheSession.names().currentContext());
    J.Target = D ? D->getAsFunction() : nullptr;
    if (!J.Target) {
      for (const Pragma &P : J.Source.Pragmas)
        reportNoFunction(P, D, Diags);
      return true;
    }
  }
  for (const Pragma &P : J.Source.Pragmas)
    carryOut(J, P, J.Target);
  // An explicit instantiation may have been what this has waited for.
  for (Wanted &W : Templates.instantiated())
    J.Pending.push_back(std::move(W));
  return true;
}

/// What the user says about a function must be known before it is lowered, so
/// derivatives wait.
void Injector::carryOut(Job &J, const Pragma &P, FunctionDecl *Target) {
  if (P.Kind == PragmaKind::Inactive)
    TheSession.declareInactive(P, Target);
  else if (P.Kind == PragmaKind::Rule)
    TheSession.addRule(P, Target);
  else if (!Target || !Target->isTemplated())
    J.Pending.push_back({P, Target});
  else if (isSupportedTarget(P, Target, Diags))
    Templates.add(P, Target, Diags);
}

/// False if the parser is to be asked first; no target after an error.
bool Injector::findTarget(size_t Id, Wanted &W) {
  if (W.Target)
    return true;
  Job &J = Jobs[Id];
  const NameLookup &Names = TheSession.names();
  if (W.Probed) {
    if (Diags.compilationErrors() == J.ErrorsBefore)
      W.Target = probed(Names.currentContext());
    if (W.Target)
      Templates.use(W.Target);
    else
      Diags.report(W.P.Function->Name.range(),
                   "'" + W.P.Function->Name.text() +
                       "' is no instantiation of one function template",
                   "name it with its arguments, as in 'f<double>', or with its "
                   "parameters, as in 'f(double, int)'");
    return true;
  }
  if (Names.namesInstantiation(*W.P.Function)) {
    W.Probed = true;
    J.Compiled.clear();
    J.ErrorsBefore = Diags.compilationErrors();
    std::vector<Token> Probe = probeFor(*W.P.Function, PP);
    J.Pending.push_front(std::move(W));
    Entry.enterResumption(Id, J.Where);
    Entry.enterTokens(Probe);
    return false;
  }
  FunctionDecl *F = Names.resolve(*W.P.Function, Diags);
  if (F && W.P.DeclareOnly && !F->getDefinition()) {
    Annotation &Later = Deferred[F->getCanonicalDecl()];
    Later.Loc = J.Source.Loc;
    Later.Pragmas.push_back(W.P);
    return true;
  }
  W.Target = F;
  return true;
}

std::optional<GeneratedText> Injector::derive(const Wanted &W) {
  TheSession.names().instantiate(W.Target);
  return TheSession.derive(W.P, W.Target);
}

bool Injector::isAtNamespaceScope(const Job &J) {
  const DeclContext *Scope = TheSession.names().currentContext();
  if (Scope->getRedeclContext()->isFileContext())
    return true;
  for (const Pragma &P : J.Source.Pragmas)
    Diags.report(P.ModeWord.Loc,
                 "'#pragma retrograd' must stand outside of functions and "
                 "classes",
                 "move it to namespace scope");
  return false;
}

clang::NamedDecl *Injector::declaredAfter(SourceLocation Begin,
                                          const DeclContext *Scope) const {
  for (clang::Decl *D : Scope->decls()) {
    if (const auto *Linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(D))
      if (clang::NamedDecl *Inner = declaredAfter(Begin, Linkage))
        return Inner;
    auto *Named = llvm::dyn_cast<clang::NamedDecl>(D);
    if (Named && !D->isImplicit() &&
        SM.isBeforeInTranslationUnit(Begin, D->getLocation()))
      return Named;
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Entering text
//===----------------------------------------------------------------------===//

void Injector::enterText(size_t Id, const GeneratedText &Text) {
  Job &J = Jobs[Id];
  J.Compiled = Text.Name;
  J.ErrorsBefore = Diags.compilationErrors();
  // What is entered last is read first.
  Entry.enterResumption(Id, J.Where);
  std::string Name = SM.getPresumedLoc(J.Where).getFilename() +
                     ("." + Text.Name + ".retrograd.cpp");
  clang::FileID File = SM.createFileID(
      llvm::MemoryBuffer::getMemBufferCopy(Text.InjectedText, Name),
      clang::SrcMgr::C_System, 0, 0, J.Where);
  TheSession.addGeneratedFile(File);
  Entry.enterFile(File);
}

void Injector::checkCompiled(const Job &J) {
  if (J.Compiled.empty() || Diags.compilationErrors() == J.ErrorsBefore)
    return;
  Diags.report(J.Source.Loc,
               "the text of '" + J.Compiled +
                   "' does not compile; this is a defect of Retrograd",
               "please report it with the text, which "
               "-fplugin-arg-retrograd-print-derivatives prints");
}

//===----------------------------------------------------------------------===//
// Installation
//===----------------------------------------------------------------------===//

namespace {

class RetrogradPragmaHandler : public clang::PragmaHandler {
public:
  explicit RetrogradPragmaHandler(Injector &I)
      : PragmaHandler("retrograd"), I(I) {}

  void HandlePragma(clang::Preprocessor &, clang::PragmaIntroducer,
                    Token &FirstToken) override {
    I.handlePragma(FirstToken);
  }

private:
  Injector &I;
};

/// Keeps the injector alive for as long as the parse needs it.
class RetrogradConsumer : public clang::ASTConsumer {
public:
  RetrogradConsumer(clang::CompilerInstance &CI, const Options &Opts,
                    TextSink Sink)
      : I(CI, Opts), Sink(std::move(Sink)) {
    clang::Preprocessor &PP = CI.getPreprocessor();
    // The preprocessor owns its handlers.
    PP.AddPragmaHandler(new RetrogradPragmaHandler(I));
    PP.setTokenWatcher([this](const Token &Tok) { I.handleToken(Tok); });
    // -fcoverage-mapping has asked for the tokens of directives, too, which are
    // no part of what braces enclose. It only wants to know what stands beside
    // a comment.
    PP.setPreprocessToken(false);
    // What has been preprocessed already would see its headers twice.
    bool Preprocessed = CI.getFrontendOpts().DashX.isPreprocessed();
    if (Opts.VerifyCalls && CI.getLangOpts().CPlusPlus && !Preprocessed)
      PP.setPredefines(PP.getPredefines() +
                       "#if __has_include(<retrograd/verify.h>)\n"
                       "#include <retrograd/verify.h>\n"
                       "#endif\n");
  }

  void HandleTranslationUnit(clang::ASTContext &) override {
    I.finish();
    if (Sink)
      Sink(I.session().texts());
  }

private:
  Injector I;
  TextSink Sink;
};

} // namespace

/// As if -Rpass=retrograd, -Rpass-missed=retrograd and
/// -Rpass-analysis=retrograd had been given.
static void showAllRemarks(clang::CompilerInstance &CI) {
  clang::CodeGenOptions &Options = CI.getCodeGenOpts();
  for (auto *Remark :
       {&Options.OptimizationRemark, &Options.OptimizationRemarkMissed,
        &Options.OptimizationRemarkAnalysis}) {
    Remark->Kind = clang::CodeGenOptions::RK_WithPattern;
    Remark->Pattern = "retrograd";
    Remark->Regex = std::make_shared<llvm::Regex>(Remark->Pattern);
  }
  for (const char *Group : {"pass", "pass-missed", "pass-analysis"})
    CI.getDiagnostics().setSeverityForGroup(clang::diag::Flavor::Remark, Group,
                                            clang::diag::Severity::Remark);
}

std::unique_ptr<clang::ASTConsumer>
installRetrograd(clang::CompilerInstance &CI, const Options &Opts,
                 TextSink Sink) {
  if (Opts.Remarks)
    showAllRemarks(CI);
  return std::make_unique<RetrogradConsumer>(CI, Opts, std::move(Sink));
}

} // namespace retrograd
