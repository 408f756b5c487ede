//===- ClangDiagnostics.h - Errors through Clang's own engine -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reporter of the compiler's steps over Clang's DiagnosticsEngine, so that
// an error of ours looks, counts and is verified like one of Clang's: a caret
// under the user's token, a note with the way out, a fix-it where one is
// evident.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_CLANGDIAGNOSTICS_H
#define RETROGRAD_FRONTEND_CLANGDIAGNOSTICS_H

#include "../IR/Diagnostics.h"
#include "../IR/Remark.h"
#include "clang/Basic/CodeGenOptions.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <set>
#include <string>

namespace retrograd {

class ClangDiagnostics : public Diagnostics {
public:
  explicit ClangDiagnostics(clang::DiagnosticsEngine &Engine);

  void error(ir::Location Loc, const std::string &Message,
             const std::string &Note) override;
  void remark(ir::Location Loc, const std::string &Message,
              const std::string &Note) override;

  /// An error that underlines a range of tokens. The note stands at the same
  /// place and is left out when empty.
  void report(clang::SourceRange Tokens, const llvm::Twine &Message,
              const llvm::Twine &Note, const clang::FixItHint &Hint = {});
  void note(clang::SourceLocation Loc, const llvm::Twine &Message);

  /// Shows those that the options ask for, -Rpass=retrograd and its sisters;
  /// each only once, whatever derivative it is about.
  void show(const Remarks &Told, const clang::CodeGenOptions &Options);

  /// Starts anew for one request: what was wrong with others is no reason to
  /// refuse it. Errors of generated code, which has no place of its own, are
  /// reported at Loc.
  void beginRequest(clang::SourceLocation Loc) {
    RequestLoc = Loc;
    Errors = 0;
  }

  /// Errors of the whole compilation so far, Clang's included.
  unsigned compilationErrors() const { return Engine.getNumErrors(); }

private:
  clang::DiagnosticsEngine &Engine;
  clang::SourceLocation RequestLoc;
  unsigned ErrorID, RemarkID, NoteID;
  std::set<std::pair<ir::Location, std::string>> Shown;
};

/// Some option asks for remarks of ours.
bool wantsRemarks(const clang::CodeGenOptions &Options);

/// The candidate that Word is a likely misspelling of, or an empty string.
llvm::StringRef closestSpelling(llvm::StringRef Word,
                                llvm::ArrayRef<llvm::StringRef> Candidates);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_CLANGDIAGNOSTICS_H
