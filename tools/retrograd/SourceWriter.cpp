//===- SourceWriter.cpp - Derivatives as a source file --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "SourceWriter.h"
#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace retrograd {

using llvm::StringRef;
namespace fs = llvm::sys::fs;

static std::string formatted(std::string Text) {
  namespace format = clang::format;
  const clang::tooling::Range Whole(0, Text.size());
  auto Changes =
      format::reformat(format::getLLVMStyle(), Text, Whole, "derivatives.cpp");
  llvm::Expected<std::string> Result =
      clang::tooling::applyAllReplacements(Text, Changes);
  if (Result)
    return *Result;
  // Unformatted text is as correct.
  llvm::consumeError(Result.takeError());
  return Text;
}

std::string composeSource(StringRef Source,
                          const std::vector<GeneratedText> &Texts,
                          bool Verified) {
  std::string Name = llvm::sys::path::filename(Source).str();
  std::string Text = "// Derivatives of the functions in " + Name +
                     ", written by Retrograd.\n"
                     "// Include this file after their declarations.\n\n";
  if (llvm::any_of(Texts,
                   [](const GeneratedText &T) { return T.DescribesBatch; }))
    Text += "#include <retrograd/batch.h>\n";
  Text += "#include <retrograd/retrograd.h>\n";
  if (Verified)
    Text += "#include <retrograd/verify.h>\n";
  Text += "\n";
  std::vector<std::string> Open;
  auto CloseAll = [&] {
    for (; !Open.empty(); Open.pop_back())
      Text += "}\n";
  };
  for (const GeneratedText &T : Texts) {
    if (T.Scopes != Open) {
      CloseAll();
      for (const std::string &Scope : T.Scopes)
        Text += "\n" + Scope + " {\n";
      Open = T.Scopes;
    }
    Text += "\n" + T.Text;
  }
  CloseAll();
  return formatted(std::move(Text));
}

/// Writes to what cannot be replaced: a pipe, a device.
static llvm::Error writeInPlace(llvm::raw_fd_ostream &OS, StringRef Contents) {
  OS << Contents;
  OS.flush();
  std::error_code Problem = OS.error();
  OS.clear_error();
  return llvm::errorCodeToError(Problem);
}

static llvm::Error replaceFile(StringRef Path, StringRef Contents) {
  llvm::Expected<fs::TempFile> Temporary = fs::TempFile::create(
      Path + ".%%%%%%%%.tmp", fs::all_read | fs::all_write);
  if (!Temporary)
    return Temporary.takeError();
  llvm::Error Problem = llvm::Error::success();
  {
    llvm::raw_fd_ostream OS(Temporary->FD, /*shouldClose=*/false);
    Problem = writeInPlace(OS, Contents);
  }
  if (Problem)
    return llvm::joinErrors(std::move(Problem), Temporary->discard());
  return Temporary->keep(Path);
}

llvm::Error writeFile(StringRef Path, StringRef Contents) {
  if (Path == "-")
    return writeInPlace(llvm::outs(), Contents);
  fs::file_status Status;
  if (fs::status(Path, Status) || fs::is_regular_file(Status))
    return replaceFile(Path, Contents);
  std::error_code Problem;
  llvm::raw_fd_ostream OS(Path, Problem);
  return Problem ? llvm::errorCodeToError(Problem) : writeInPlace(OS, Contents);
}

} // namespace retrograd
