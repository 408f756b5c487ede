//===- ClangDiagnostics.cpp - Errors through Clang's own engine -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header. All messages share three diagnostic identifiers, since the
// text is composed by the step that refuses.
//
//===----------------------------------------------------------------------===//

#include "ClangDiagnostics.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include <algorithm>

namespace retrograd {

using clang::SourceLocation;

ClangDiagnostics::ClangDiagnostics(clang::DiagnosticsEngine &Engine)
    : Engine(Engine),
      ErrorID(Engine.getCustomDiagID(clang::DiagnosticsEngine::Error, "%0")),
      RemarkID(Engine.getCustomDiagID(clang::DiagnosticsEngine::Remark, "%0")),
      NoteID(Engine.getCustomDiagID(clang::DiagnosticsEngine::Note, "%0")) {}

void ClangDiagnostics::error(ir::Location Loc, const std::string &Message,
                             const std::string &Note) {
  SourceLocation Where = SourceLocation::getFromRawEncoding(Loc);
  report(Where.isValid() ? Where : RequestLoc, Message, Note);
}

void ClangDiagnostics::remark(ir::Location Loc, const std::string &Message,
                              const std::string &Note) {
  SourceLocation Where = SourceLocation::getFromRawEncoding(Loc);
  if (Where.isInvalid())
    Where = RequestLoc;
  Engine.Report(Where, RemarkID) << Message;
  if (!Note.empty())
    note(Where, Note);
}

//===----------------------------------------------------------------------===//
// Remarks about derivatives
//===----------------------------------------------------------------------===//

/// The name by which -Rpass=... and its sisters mean us.
static const char PassName[] = "retrograd";

static bool isWanted(RemarkKind Kind, const clang::CodeGenOptions &Options) {
  switch (Kind) {
  case RemarkKind::Passed:
    return Options.OptimizationRemark.patternMatches(PassName);
  case RemarkKind::Missed:
    return Options.OptimizationRemarkMissed.patternMatches(PassName);
  case RemarkKind::Analysis:
    return Options.OptimizationRemarkAnalysis.patternMatches(PassName);
  }
  llvm_unreachable("covered switch");
}

bool wantsRemarks(const clang::CodeGenOptions &Options) {
  return isWanted(RemarkKind::Passed, Options) ||
         isWanted(RemarkKind::Missed, Options) ||
         isWanted(RemarkKind::Analysis, Options);
}

static unsigned diagnosticFor(RemarkKind Kind) {
  switch (Kind) {
  case RemarkKind::Passed:
    return clang::diag::remark_fe_backend_optimization_remark;
  case RemarkKind::Missed:
    return clang::diag::remark_fe_backend_optimization_remark_missed;
  case RemarkKind::Analysis:
    return clang::diag::remark_fe_backend_optimization_remark_analysis;
  }
  llvm_unreachable("covered switch");
}

void ClangDiagnostics::show(const Remarks &Told,
                            const clang::CodeGenOptions &Options) {
  auto Place = [&](ir::Location Loc) {
    SourceLocation Where = SourceLocation::getFromRawEncoding(Loc);
    return Where.isValid() ? Where : RequestLoc;
  };
  for (const Remark &R : Told) {
    SourceLocation Where = Place(R.Loc);
    if (!isWanted(R.Kind, Options) ||
        !Shown.insert({Where.getRawEncoding(), R.Message}).second)
      continue;
    Engine.Report(Where, diagnosticFor(R.Kind))
        << clang::AddFlagValue(PassName) << R.Message;
    for (const Remark::Note &N : R.Notes)
      note(N.Loc ? Place(N.Loc) : Where, N.Text);
  }
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void ClangDiagnostics::report(clang::SourceRange Tokens,
                              const llvm::Twine &Message,
                              const llvm::Twine &Note,
                              const clang::FixItHint &Hint) {
  ++Errors;
  {
    // The message is emitted when the builder goes out of scope.
    auto Builder = Engine.Report(Tokens.getBegin(), ErrorID);
    Builder << Message.str();
    if (Tokens.getBegin() != Tokens.getEnd())
      Builder << Tokens;
    if (!Hint.isNull())
      Builder << Hint;
  }
  if (std::string Text = Note.str(); !Text.empty())
    note(Tokens.getBegin(), Text);
}

void ClangDiagnostics::note(SourceLocation Loc, const llvm::Twine &Message) {
  Engine.Report(Loc, NoteID) << Message.str();
}

llvm::StringRef closestSpelling(llvm::StringRef Word,
                                llvm::ArrayRef<llvm::StringRef> Candidates) {
  // A third of the letters may differ, or two, as when they are exchanged; but
  // never all of them.
  unsigned Limit = std::max<size_t>(2, (Word.size() + 2) / 3);
  unsigned Best = std::min<size_t>(Limit + 1, Word.size());
  llvm::StringRef Closest;
  for (llvm::StringRef Candidate : Candidates) {
    unsigned Distance = Word.edit_distance(Candidate, true, Best);
    if (Distance < Best) {
      Best = Distance;
      Closest = Candidate;
    }
  }
  return Closest;
}

} // namespace retrograd
