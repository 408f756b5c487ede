//===- Main.cpp - The command `retrograd` ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints or writes the source of the derivatives that a file asks for, for any
// compiler to read. It parses the file just as the plugin does, derivatives
// injected, so that the text is what the plugin compiles. With an error there
// is no output at all.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Injection.h"
#include "SourceWriter.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CommonOptionsParser.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

namespace cl = llvm::cl;
namespace tooling = clang::tooling;
using llvm::StringRef;

namespace {

/// What the command line says beside the options of every Clang tool.
struct CommandLine {
  cl::OptionCategory Category{"retrograd options"};
  cl::opt<std::string> OutputPath{
      "o", cl::desc("Write to this file; - is the standard output"),
      cl::value_desc("file"), cl::init("-"), cl::cat(Category)};
  cl::opt<std::string> PrintAfter{
      "print-after",
      cl::desc("Print the state of the pipeline after this step, or after all, "
               "instead of the derivatives (or beside them, with -o)"),
      cl::value_desc("step"), cl::cat(Category)};
  cl::opt<std::string> Verify{
      "verify",
      cl::desc("Each derivative compares itself with differences in its first "
               "n calls and reports to the standard error stream"),
      cl::value_desc("n"), cl::init("0"), cl::cat(Category)};
  cl::opt<std::string> InlineLimit{
      "inline-limit",
      cl::desc("Called functions of up to n statements are differentiated in "
               "the place of their calls"),
      cl::value_desc("n"), cl::init("40"), cl::cat(Category)};
};

} // namespace

static const char Overview[] =
    "Writes the derivatives that the pragmas of C++ source files ask for.\n"
    "\n"
    "  retrograd model.cpp -- -std=c++20   compiler flags behind --\n"
    "  retrograd model.cpp -p build        flags from a compilation database\n";

namespace {

/// Parses a file with Retrograd installed and collects its derivatives.
class CollectAction : public clang::ASTFrontendAction {
public:
  CollectAction(const retrograd::Options &Opts, std::string &Output)
      : Opts(Opts), Output(Output) {}

  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &CI, StringRef File) override {
    return retrograd::installRetrograd(
        CI, Opts,
        [this, &CI, Name = File.str()](
            const std::vector<retrograd::GeneratedText> &Texts) {
          if (Texts.empty() && !CI.getDiagnostics().hasErrorOccurred())
            llvm::WithColor::warning(llvm::errs(), "retrograd")
                << Name << " asks for no derivative\n";
          Output +=
              retrograd::composeSource(Name, Texts, Opts.VerifyCalls != 0);
        });
  }

private:
  const retrograd::Options &Opts;
  std::string &Output;
};

class CollectActionFactory : public tooling::FrontendActionFactory {
public:
  explicit CollectActionFactory(const retrograd::Options &Opts) : Opts(Opts) {}

  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<CollectAction>(Opts, Output);
  }

  std::string Output;

private:
  const retrograd::Options &Opts;
};

} // namespace

/// Drops the plugin from flags of builds that load it, and adds the paths of
/// Clang's headers and of ours, which lie beside this executable's folder.
static tooling::CommandLineArguments
adjustArguments(const tooling::CommandLineArguments &Arguments,
                const std::string &IncludeDir) {
  tooling::CommandLineArguments Result;
  bool HasResourceDir = false, AfterDashes = false;
  auto AddPaths = [&] {
    if (!HasResourceDir)
      Result.push_back("-resource-dir=" RETROGRAD_CLANG_RESOURCE_DIR);
    Result.push_back("-isystem" + IncludeDir);
  };
  for (StringRef Argument : Arguments) {
    if (Argument.starts_with("-fplugin=") ||
        Argument.starts_with("-fplugin-arg-"))
      continue;
    HasResourceDir |= Argument.starts_with("-resource-dir");
    if (Argument == "--" && !AfterDashes) {
      AfterDashes = true;
      AddPaths();
    }
    Result.push_back(Argument.str());
  }
  if (!AfterDashes)
    AddPaths();
  return Result;
}

static std::string includeDirectory(const char *Argv0) {
  static int Anchor;
  llvm::SmallString<128> Path(llvm::sys::fs::getMainExecutable(Argv0, &Anchor));
  llvm::sys::path::remove_filename(Path);
  llvm::sys::path::append(Path, "..", "include");
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

static int fail(const llvm::Twine &Message) {
  llvm::WithColor::error(llvm::errs(), "retrograd") << Message << "\n";
  return 1;
}

int main(int Argc, const char **Argv) {
  cl::SetVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "retrograd " RETROGRAD_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
  });
  // LLVM's code generator has an option of this name, which is of no use here.
  if (cl::Option *Taken = cl::getRegisteredOptions().lookup("print-after"))
    Taken->removeArgument();
  CommandLine Line;
  auto Parser = tooling::CommonOptionsParser::create(Argc, Argv, Line.Category,
                                                     cl::OneOrMore, Overview);
  if (!Parser) {
    llvm::errs() << llvm::toString(Parser.takeError());
    return 1;
  }
  retrograd::Options Opts;
  if (!Line.PrintAfter.empty()) {
    if (std::string Error = retrograd::checkStepName(Line.PrintAfter);
        !Error.empty())
      return fail(Error);
    Opts.PrintAfter = Line.PrintAfter;
    Opts.PrintStream = &llvm::outs();
  }
  if (std::string Error =
          retrograd::readVerifyCalls(Line.Verify, Opts.VerifyCalls);
      !Error.empty())
    return fail(Error);
  if (std::string Error =
          retrograd::readInlineLimit(Line.InlineLimit, Opts.InlineLimit);
      !Error.empty())
    return fail(Error);

  tooling::ClangTool Tool(Parser->getCompilations(),
                          Parser->getSourcePathList());
  Tool.setPrintErrorMessage(false);
  Tool.appendArgumentsAdjuster(
      [Dir = includeDirectory(Argv[0])](
          const tooling::CommandLineArguments &Arguments, StringRef) {
        return adjustArguments(Arguments, Dir);
      });
  CollectActionFactory Factory(Opts);
  if (Tool.run(&Factory))
    return 1;

  if (!Line.PrintAfter.empty() && Line.OutputPath == "-")
    return 0;
  if (llvm::Error Problem =
          retrograd::writeFile(Line.OutputPath, Factory.Output))
    return fail("cannot write '" + Line.OutputPath +
                "': " + llvm::toString(std::move(Problem)));
  return 0;
}
