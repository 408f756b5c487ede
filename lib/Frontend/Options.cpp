//===- Options.cpp - The plugin's options ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "../Transform/Pipeline.h"
#include "ClangDiagnostics.h"
#include "llvm/ADT/StringExtras.h"

namespace retrograd {

using llvm::StringRef;

static const StringRef Keys[] = {"help", "inline-limit", "print-after",
                                 "print-derivatives", "verify"};

static std::string stepList() {
  return llvm::join(Pipeline::stepNames(), ", ");
}

/// " ; did you mean 'x'?", or nothing.
static std::string suggestion(StringRef Word,
                              llvm::ArrayRef<StringRef> Candidates) {
  StringRef Meant = closestSpelling(Word, Candidates);
  return Meant.empty() ? "" : "; did you mean '" + Meant.str() + "'?";
}

std::string checkStepName(StringRef Step) {
  llvm::SmallVector<StringRef> Steps(Pipeline::stepNames());
  if (llvm::is_contained(Steps, Step))
    return "";
  std::string Meant = suggestion(Step, Steps);
  return "unknown step '" + Step.str() + "'" +
         (Meant.empty() ? "; the steps are " + stepList() : Meant);
}

std::string readVerifyCalls(StringRef Text, int &Calls) {
  if (!Text.getAsInteger(10, Calls) && Calls >= 0)
    return "";
  return "option 'verify' takes a number of calls, 0 or more, not '" +
         Text.str() + "'";
}

std::string readInlineLimit(StringRef Text, int &Statements) {
  if (!Text.getAsInteger(10, Statements) && Statements >= 0)
    return "";
  return "option 'inline-limit' takes a number of statements, 0 or more, not "
         "'" +
         Text.str() + "'";
}

std::optional<Options> parseOptions(llvm::ArrayRef<std::string> Arguments,
                                    std::string &Error) {
  Options Result;
  for (StringRef Argument : Arguments) {
    auto [Key, Value] = Argument.split('=');
    if (Key == "print-after") {
      Error = checkStepName(Value);
      Result.PrintAfter = Value.str();
    } else if (Key == "verify") {
      Error = readVerifyCalls(Value, Result.VerifyCalls);
    } else if (Key == "inline-limit") {
      Error = readInlineLimit(Value, Result.InlineLimit);
    } else if ((Key == "help" || Key == "print-derivatives") &&
               Argument.contains('=')) {
      Error = "option '" + Key.str() + "' takes no value";
    } else if (Key == "help") {
      Result.Help = true;
    } else if (Key == "print-derivatives") {
      Result.PrintDerivatives = true;
    } else {
      std::string Meant = suggestion(Key, Keys);
      Error = "unknown option '" + Key.str() + "'" +
              (Meant.empty() ? "; -fplugin-arg-retrograd-help lists the options"
                             : Meant);
    }
    if (!Error.empty())
      return std::nullopt;
  }
  return Result;
}

void printOptionHelp(llvm::raw_ostream &OS) {
  OS << "options of the retrograd plugin, each as "
        "-fplugin-arg-retrograd-<option>:\n"
        "  help                 list the options\n"
        "  inline-limit=<n>     called functions of up to n statements are "
        "differentiated\n"
        "                       in the place of their calls; the default is "
        "40\n"
        "  print-after=<step>   print the state of the pipeline after a step "
        "to the\n"
        "                       standard error stream; the steps are\n"
        "                       "
     << stepList()
     << "\n"
        "  print-derivatives    print the text of each derivative to the "
        "standard error\n"
        "                       stream\n"
        "  verify=<n>           each derivative compares itself with "
        "differences in its\n"
        "                       first n calls and reports to the standard "
        "error stream\n";
}

} // namespace retrograd
