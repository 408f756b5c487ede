//===- PragmaParser.h - The grammar of `#pragma retrograd` ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parses the line of a pragma into a value:
//
//   pragma    = ["declare"] mode ["(" function ")"] {clause}
//   mode      = "gradient" | "vjp" | "jvp"
//             | "batch"
//             | "inactive" ["(" name {"," name} ")"]
//             | "rule" "(" function ")" ["vjp" | "jvp"]
//               ["writes" "(" entry {"," entry} ")"]
//             | "checkpoint" {bound}
//   bound     = ("snapshots" | "memory" | "disk") "(" expression ")"
//             | "state" "(" entry {"," entry} ")"
//   clause    = "wrt" "(" entry {"," entry} ")" | "name" "(" name ")" | "value"
//             | "directions" "(" constant ")"
//             | role "(" entry {"," entry} ")"
//   role      = "sample" | "shared" | "outputs"
//   entry     = "this" | qualified ["[" extent "]"]
//   function  = template ["(" [type {"," type}] ")"]
//   qualified = ["::"] name {"::" name}
//   template  = ["::"] name [arguments] {"::" name [arguments]}
//   arguments = "<" {token} ">"
//
// "declare" is the form of the header macros (RETROGRAD_GRADIENT): it asks for
// the derivative wherever the body of the function is, in this translation
// unit or in none. The roles are the clauses of "batch", which takes "name" of
// the others and no "declare". What the names mean is none of this file's
// business.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_PRAGMAPARSER_H
#define RETROGRAD_FRONTEND_PRAGMAPARSER_H

#include "../Transform/Pipeline.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>
#include <vector>

namespace clang {
class Preprocessor;
}

namespace retrograd {

class ClangDiagnostics;

/// One word of the user's, with its place.
struct PragmaName {
  std::string Text;
  clang::SourceLocation Loc;
};

/// `ns::f`, `::f`, `f`.
struct PragmaQualifiedName {
  bool Global = false;
  std::vector<PragmaName> Qualifier;
  PragmaName Name;

  std::string text() const;
  clang::SourceRange range() const;
};

/// A function, perhaps chosen among overloads: `f(double, double)`, or an
/// instantiation of a template: `f<double>`.
struct PragmaFunction {
  PragmaQualifiedName Name;
  /// The name as it was written, with the arguments of templates.
  std::vector<clang::Token> Spelling;
  bool HasTemplateArguments = false;
  bool HasParameterTypes = false;
  /// As written, tokens separated by a space.
  std::vector<std::string> ParameterTypes;
  std::vector<std::vector<clang::Token>> ParameterTokens;
};

struct PragmaWrtEntry {
  PragmaQualifiedName Name;
  /// Tokens between the brackets; macros are expanded.
  std::vector<clang::Token> Extent;
};

/// The clauses of `batch`: what the parameters of a function are to a batch of
/// samples. The others are passed on as they are.
struct BatchClauses {
  std::vector<PragmaWrtEntry> Samples, Shared, Outputs;
};

enum class PragmaKind { Derivative, Inactive, Rule, Checkpoint };

/// What a loop or call that is run again may take; tokens, empty where not
/// given. What `state` names is in Pragma::Wrt.
struct CheckpointClauses {
  std::vector<clang::Token> Snapshots, Memory, Disk;
};

struct Pragma {
  PragmaKind Kind = PragmaKind::Derivative;
  Mode DerivativeMode = Mode::Gradient;
  /// The mode's word, where errors about the whole pragma are reported.
  PragmaName ModeWord;
  bool DeclareOnly = false;
  /// Derivative: what to differentiate, or else the next function. Rule: what
  /// the next function is the derivative of.
  std::optional<PragmaFunction> Function;
  CheckpointClauses Bounds;
  /// Derivative: `wrt`. Rule: `writes`. Checkpoint: `state`.
  std::vector<PragmaWrtEntry> Wrt;
  std::optional<PragmaName> Name;
  /// Derivative: the gradient is that of a batch, and a description of it is
  /// wanted, too.
  std::optional<BatchClauses> Batch;
  /// Rule: `vjp` or `jvp` after it says which derivative the function is.
  std::optional<Mode> RuleMode;
  /// Valid when the derivative also returns the primal's value.
  clang::SourceLocation ValueLoc;
  /// The tokens of `directions(K)`, macros expanded; none: one direction.
  std::vector<clang::Token> Directions;
  std::vector<PragmaName> InactiveParameters;

  /// Applies to the function that follows it.
  bool annotates() const { return Kind != PragmaKind::Derivative || !Function; }
  /// Applies to the statement that follows it.
  bool marksStatement() const { return Kind == PragmaKind::Checkpoint; }
};

/// The rest of the line behind `#pragma retrograd`, its end included.
std::vector<clang::Token> readPragmaLine(clang::Preprocessor &PP);

/// Returns nothing after an error, which has been reported.
std::optional<Pragma> parsePragma(clang::Preprocessor &PP,
                                  const clang::Token &Introducer,
                                  std::vector<clang::Token> Line,
                                  ClangDiagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_PRAGMAPARSER_H
