//===- Plugin.cpp - Retrograd as a plugin of clang++ ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registers the front end with Clang. The name it registers has no dash, since
// `-fplugin-arg-<name>-<option>` ends the name at the first one.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Injection.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

namespace {

class RetrogradAction : public clang::PluginASTAction {
protected:
  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &CI, llvm::StringRef) override {
    return retrograd::installRetrograd(CI, Opts);
  }

  bool ParseArgs(const clang::CompilerInstance &CI,
                 const std::vector<std::string> &Arguments) override {
    std::string Error;
    auto Parsed = retrograd::parseOptions(Arguments, Error);
    if (!Parsed) {
      clang::DiagnosticsEngine &Diags = CI.getDiagnostics();
      unsigned Id = Diags.getCustomDiagID(clang::DiagnosticsEngine::Error,
                                          "retrograd: %0");
      Diags.Report(Id) << Error;
      return false;
    }
    Opts = *Parsed;
    Opts.PrintStream = &llvm::errs();
    if (Opts.Help)
      retrograd::printOptionHelp(llvm::outs());
    return true;
  }

  // Pragmas must be known before the first token is parsed, and the main action
  // then compiles what they bring in.
  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  retrograd::Options Opts;
};

} // namespace

static clang::FrontendPluginRegistry::Add<RetrogradAction>
    Registration("retrograd", "source-to-source automatic differentiation");
