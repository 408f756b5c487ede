//===- Session.h - The derivatives of one translation unit ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Owns the compiler's steps for one translation unit and carries out what its
// pragmas ask for, once they and their functions have been parsed. It does not
// know how the text then enters the compilation; see Injection.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_SESSION_H
#define RETROGRAD_FRONTEND_SESSION_H

#include "BatchResolver.h"
#include "CheckpointMarks.h"
#include "ClangDiagnostics.h"
#include "DerivativeSignature.h"
#include "Lowering.h"
#include "NameLookup.h"
#include "Options.h"
#include "RequestResolver.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace retrograd {

/// The text of one derivative and of the helpers that it brings along.
struct GeneratedText {
  std::string Name;
  /// The scopes that it belongs to, from the outside in, as they are reopened:
  /// "namespace a", "inline namespace v1", "namespace", "extern \"C\"".
  std::vector<std::string> Scopes;
  std::string Text;
  /// The text with those scopes reopened that the parser is not in.
  std::string InjectedText;
  /// Holds the description of a batch.
  bool DescribesBatch = false;
};

class Session {
public:
  Session(clang::CompilerInstance &CI, const Options &Opts);
  ~Session();

  /// Writes the derivative that P asks for. Returns nothing after an error, and
  /// for a `declare` whose derivative exists already.
  std::optional<GeneratedText> derive(const Pragma &P,
                                      clang::FunctionDecl *Primal);
  /// `#pragma retrograd inactive` before F.
  void declareInactive(const Pragma &P, clang::FunctionDecl *F);
  /// `#pragma retrograd rule(g)` before F.
  void addRule(const Pragma &P, clang::FunctionDecl *F);
  /// `writes(...)` of a pullback of G; false after an error.
  bool resolveWrites(const Pragma &P, const clang::FunctionDecl *Primal,
                     ir::Function &G);
  bool resolveWrite(const Pragma &P, const clang::ParmVarDecl *Parameter,
                    const PragmaWrtEntry *Entry, ir::Function &G);

  /// Tells that this file holds generated text.
  void addGeneratedFile(clang::FileID File) { GeneratedFiles.insert(File); }

  /// All texts so far, in the order of the pragmas.
  const std::vector<GeneratedText> &texts() const { return Texts; }
  ClangDiagnostics &diagnostics() { return Diags; }
  const NameLookup &names() const { return Names; }
  CheckpointMarks &checkpoints() { return Marks; }

private:
  enum class Precedent { None, Defined, Conflict };

  ir::Function *findGenerated(const clang::FunctionDecl *F);
  std::optional<std::vector<Independent>>
  independents(llvm::ArrayRef<ResolvedEntry> Entries,
               const clang::FunctionDecl *F, const ir::Function &Primal);
  const clang::NamedDecl *findOtherKind(clang::DeclContext *Scope,
                                        llvm::StringRef Name) const;
  Precedent findPrecedent(const Pragma &P, llvm::StringRef Name,
                          const DerivativeSignature &Signature,
                          clang::FunctionDecl *Primal);
  DerivativeSignature signature(const Pragma &P,
                                llvm::ArrayRef<ResolvedEntry> Entries,
                                const clang::FunctionDecl *F,
                                const ir::Function &Primal);
  std::optional<BatchRoles> batchRoles(const Pragma &P,
                                       const ResolvedBatch &Batch,
                                       clang::FunctionDecl *Primal,
                                       const ir::Function &Lowered);
  bool checkNamesDeclared(const Pragma &P, llvm::StringRef Text);
  bool place(const Pragma &P, clang::FunctionDecl *Primal, GeneratedText &Text);

  clang::CompilerInstance &CI;
  Options Opts;
  ClangDiagnostics Diags;
  NameLookup Names;
  ir::Context Ctx;
  CheckpointMarks Marks;
  Lowering Lower;
  Pipeline Steps;
  bool FindingGenerated = false;
  llvm::DenseSet<clang::FileID> GeneratedFiles;
  std::vector<GeneratedText> Texts;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_SESSION_H
