//===- Options.h - The plugin's options -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `-fplugin-arg-retrograd-<key>=<value>` can say. The command-line tool
// offers the same options in its own spelling.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_OPTIONS_H
#define RETROGRAD_FRONTEND_OPTIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>

namespace retrograd {

struct Options {
  /// The step after which to print the state: a name of the pipeline, "all", or
  /// nothing.
  std::string PrintAfter;
  llvm::raw_ostream *PrintStream = nullptr;
  /// Print each derivative's text as it enters the compilation.
  bool PrintDerivatives = false;
  /// Each derivative verifies so many of its calls at run time.
  int VerifyCalls = 0;
  /// The most statements of a function that is differentiated inline.
  int InlineLimit = 40;
  /// List the options.
  bool Help = false;
};

/// An empty string for a step of the pipeline or "all", or else what is wrong.
std::string checkStepName(llvm::StringRef Step);

/// Reads the number of calls to verify; returns an empty string, or what is
/// wrong.
std::string readVerifyCalls(llvm::StringRef Text, int &Calls);
/// The same of a number of statements.
std::string readInlineLimit(llvm::StringRef Text, int &Statements);

/// Reads "key" and "key=value"; an unknown one is explained in Error.
std::optional<Options> parseOptions(llvm::ArrayRef<std::string> Arguments,
                                    std::string &Error);

void printOptionHelp(llvm::raw_ostream &OS);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_OPTIONS_H
