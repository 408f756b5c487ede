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
#include "PragmaTarget.h"
#include "Session.h"
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

/// Pragmas that are ready to be carried out, and what then has to be compiled.
struct Job {
  Annotation Source;
  bool Annotates = false;
  /// Annotates: the function whose body has closed; null after a `;`.
  FunctionDecl *Target = nullptr;
  /// Where the texts are included.
  SourceLocation Where;

  bool Started = false;
  /// The derivatives to write. Each has its text read before the next one is
  /// looked at, which then can see what is declared.
  std::deque<Pragma> Pending;
  /// The derivative whose text the parser has just read.
  std::string Compiled;
  unsigned ErrorsBefore = 0;
};

class Injector {
public:
  Injector(clang::CompilerInstance &CI, const Options &Opts)
      : CI(CI), PP(CI.getPreprocessor()), SM(CI.getSourceManager()),
        TheSession(CI, Opts), Diags(TheSession.diagnostics()) {}

  void handlePragma(const Token &Introducer);
  void handleToken(const Token &Tok);
  const Session &session() const { return TheSession; }
  void finish() { TheSession.checkpoints().checkInside(); }

private:
  // Waiting for a function.
  void annotate(Pragma P);
  void reportInside(const Pragma &P, const char *Way);
  void watchAnnotated(const Token &Tok);
  void watchDeferred(const Token &Tok);
  bool isFollowedByCatch(const Token &Brace) const;
  void rejectAnnotation();
  void finish(Annotation Source, FunctionDecl *Target, SourceLocation End);

  // Carrying out.
  size_t addJob(Annotation Source, SourceLocation Where);
  void resume(size_t Id);
  bool start(size_t Id);
  void state(const Pragma &P, FunctionDecl *Target);
  std::optional<GeneratedText> derive(Job &J, const Pragma &P);
  bool isAtNamespaceScope(const Pragma &P);
  clang::NamedDecl *declaredAfter(SourceLocation Begin,
                                  const DeclContext *Scope) const;

  // Entering text.
  clang::FileID makeResumption(StringRef Text, SourceLocation Where);
  void enterResumption(size_t Id, SourceLocation Where);
  void enterResumptionAsTokens(size_t Id, SourceLocation Where);
  void enterFile(clang::FileID File);
  void enterText(size_t Id, const GeneratedText &Text);
  void checkCompiled(const Job &J);

  clang::CompilerInstance &CI;
  clang::Preprocessor &PP;
  clang::SourceManager &SM;
  Session TheSession;
  ClangDiagnostics &Diags;

  std::vector<SourceLocation> OpenBraces;
  DeclarationTracker Declarations;
  std::optional<Annotation> Waiting;
  /// `declare` pragmas of functions whose bodies have not been seen.
  llvm::MapVector<FunctionDecl *, Annotation> Deferred;
  std::deque<Job> Jobs;
  llvm::DenseSet<clang::FileID> Resumptions;
};

} // namespace

//===----------------------------------------------------------------------===//
// Pragmas
//===----------------------------------------------------------------------===//

void Injector::handlePragma(const Token &Introducer) {
  std::vector<Token> Line = readPragmaLine(PP);
  SourceLocation Loc = Introducer.getLocation();
  if (Resumptions.contains(SM.getFileID(SM.getExpansionLoc(Loc)))) {
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
  if (Scope && Scope->isRecord()) {
    Diags.report(P->ModeWord.Loc, "a class member is not supported yet",
                 "annotate a free function that takes what the member reads");
    return;
  }
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
  enterResumption(addJob(std::move(Source), Loc), Loc);
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

//===----------------------------------------------------------------------===//
// Waiting for the end of a function
//===----------------------------------------------------------------------===//

void Injector::handleToken(const Token &Tok) {
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
  if (Waiting)
    watchAnnotated(Tok);
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
    if (IsNew && !isFollowedByCatch(Tok))
      return Finish(F);
    if (F && !IsNew)
      return rejectAnnotation();
  } else if (beginsOtherDeclaration(Tok)) {
    return rejectAnnotation();
  }
  Waiting->Last = Tok.getKind();
}

/// The body of a function try block goes on behind its brace. The word may be
/// the first one of a macro.
bool Injector::isFollowedByCatch(const Token &Brace) const {
  std::optional<Token> Next =
      clang::Lexer::findNextToken(Brace.getLocation(), SM, CI.getLangOpts());
  if (!Next || Next->isNot(tok::raw_identifier))
    return false;
  const clang::IdentifierInfo *Word =
      PP.getIdentifierInfo(Next->getRawIdentifier());
  llvm::SmallPtrSet<const clang::IdentifierInfo *, 4> Seen;
  while (Word && Seen.insert(Word).second) {
    if (Word->getTokenID() == tok::kw_catch)
      return true;
    const clang::MacroInfo *Macro = PP.getMacroInfo(Word);
    if (!Macro || Macro->tokens_empty())
      return false;
    Word = Macro->getReplacementToken(0).getIdentifierInfo();
  }
  return false;
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
  if (End.isMacroID() || PP.isBacktrackEnabled())
    enterResumptionAsTokens(Id, End);
  else
    enterResumption(Id, End);
}

void Injector::watchDeferred(const Token &Tok) {
  FunctionDecl *F = TheSession.names().currentFunction();
  auto Found = F ? Deferred.find(F->getCanonicalDecl()) : Deferred.end();
  if (Found == Deferred.end() || isFollowedByCatch(Tok))
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
    Pragma P = std::move(J.Pending.front());
    J.Pending.pop_front();
    if (std::optional<GeneratedText> Text = derive(J, P))
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
  if (!isAtNamespaceScope(J.Source.Pragmas.front()))
    return true;
  if (J.Annotates && !J.Target) {
    clang::NamedDecl *D =
        declaredAfter(J.Source.Loc, TheSession.names().currentContext());
    J.Target = llvm::dyn_cast_or_null<FunctionDecl>(D);
    if (!J.Target) {
      for (const Pragma &P : J.Source.Pragmas)
        reportNoFunction(P, D, Diags);
      return true;
    }
  }
  // What the user says about a function must be known before it is lowered.
  for (const Pragma &P : J.Source.Pragmas) {
    if (P.Kind == PragmaKind::Derivative)
      J.Pending.push_back(P);
    else
      state(P, J.Target);
  }
  return true;
}

void Injector::state(const Pragma &P, FunctionDecl *Target) {
  if (P.Kind == PragmaKind::Inactive)
    TheSession.declareInactive(P, Target);
  else
    TheSession.addRule(P, Target);
}

std::optional<GeneratedText> Injector::derive(Job &J, const Pragma &P) {
  FunctionDecl *Target =
      J.Target ? J.Target : TheSession.names().resolve(*P.Function, Diags);
  if (!Target)
    return std::nullopt;
  if (!J.Target && P.DeclareOnly && !Target->getDefinition()) {
    Annotation &Later = Deferred[Target->getCanonicalDecl()];
    Later.Loc = J.Source.Loc;
    Later.Pragmas.push_back(P);
    return std::nullopt;
  }
  return TheSession.derive(P, Target);
}

bool Injector::isAtNamespaceScope(const Pragma &P) {
  const DeclContext *Scope = TheSession.names().currentContext();
  if (Scope->getRedeclContext()->isFileContext())
    return true;
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

clang::FileID Injector::makeResumption(StringRef Text, SourceLocation Where) {
  clang::FileID File =
      SM.createFileID(llvm::MemoryBuffer::getMemBufferCopy(Text, "<retrograd>"),
                      clang::SrcMgr::C_System, 0, 0, SM.getFileLoc(Where));
  Resumptions.insert(File);
  return File;
}

void Injector::enterResumption(size_t Id, SourceLocation Where) {
  std::string Text = ";\n#pragma retrograd resume " + std::to_string(Id) + "\n";
  enterFile(makeResumption(Text, Where));
}

/// A file cannot be entered in the midst of a macro's expansion, where the last
/// token of a declaration may come from, nor while the parser looks ahead to
/// come back; tokens can. They would not do for everything, as _Pragma is
/// unknown in a source that is preprocessed already.
void Injector::enterResumptionAsTokens(size_t Id, SourceLocation Where) {
  std::string Text =
      "; _Pragma(\"retrograd resume " + std::to_string(Id) + "\")\n";
  clang::FileID File = makeResumption(Text, Where);
  clang::Lexer Raw(File, SM.getBufferOrFake(File), SM, CI.getLangOpts());
  llvm::SmallVector<Token> Tokens;
  while (true) {
    Token Tok;
    if (Raw.LexFromRawLexer(Tok) || Tok.is(tok::eof))
      break;
    if (Tok.is(tok::raw_identifier))
      PP.LookUpIdentifierInfo(Tok);
    Tokens.push_back(Tok);
  }
  auto Stream = std::make_unique<Token[]>(Tokens.size());
  llvm::copy(Tokens, Stream.get());
  PP.EnterTokenStream(std::move(Stream), Tokens.size(),
                      /*DisableMacroExpansion=*/false, /*IsReinject=*/false);
}

void Injector::enterFile(clang::FileID File) {
  PP.EnterSourceFile(File, nullptr, SM.getLocForStartOfFile(File));
}

void Injector::enterText(size_t Id, const GeneratedText &Text) {
  Job &J = Jobs[Id];
  J.Compiled = Text.Name;
  J.ErrorsBefore = Diags.compilationErrors();
  // What is entered last is read first.
  enterResumption(Id, J.Where);
  std::string Name = SM.getPresumedLoc(J.Where).getFilename() +
                     ("." + Text.Name + ".retrograd.cpp");
  clang::FileID File = SM.createFileID(
      llvm::MemoryBuffer::getMemBufferCopy(Text.InjectedText, Name),
      clang::SrcMgr::C_System, 0, 0, J.Where);
  TheSession.addGeneratedFile(File);
  enterFile(File);
}

void Injector::checkCompiled(const Job &J) {
  if (Diags.compilationErrors() == J.ErrorsBefore)
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

std::unique_ptr<clang::ASTConsumer>
installRetrograd(clang::CompilerInstance &CI, const Options &Opts,
                 TextSink Sink) {
  return std::make_unique<RetrogradConsumer>(CI, Opts, std::move(Sink));
}

} // namespace retrograd
