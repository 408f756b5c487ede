//===- Toolchain.cpp - Where clang++, the plugin and the headers are ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file name tells the version where Debian or LLVM's own installation has
// given it; only a compiler of another name is asked, for that costs a process
// a compilation.
//
//===----------------------------------------------------------------------===//

#include "Toolchain.h"
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <unistd.h>

namespace retrograd::driver {

namespace fs = std::filesystem;

static constexpr char Major[] = RETROGRAD_CLANG_MAJOR;

std::optional<Installation> findInstallation(std::string &Error) {
  std::error_code Ignored;
  const fs::path Self = fs::canonical("/proc/self/exe", Ignored);
  const fs::path Root = Self.parent_path().parent_path();
  Installation Where;
  Where.Plugin = Root / "lib" / (std::string("retrograd-") + Major + ".so");
  Where.Include = Root / "include";
  Where.Runtime = Root / "lib" / "libretrograd-runtime.a";
  if (!fs::exists(Where.Plugin, Ignored)) {
    Error = "the plugin " + Where.Plugin.string() + " is missing";
    return std::nullopt;
  }
  if (!fs::exists(Where.Include / "retrograd" / "retrograd.h", Ignored)) {
    Error = "the headers " + (Where.Include / "retrograd").string() +
            " are missing";
    return std::nullopt;
  }
  return Where;
}

static bool isProgram(const fs::path &File) {
  std::error_code Ignored;
  return fs::is_regular_file(File, Ignored) && access(File.c_str(), X_OK) == 0;
}

static std::optional<fs::path> findInPath(const std::string &Name) {
  const char *Path = std::getenv("PATH");
  std::istringstream Folders(Path ? Path : "");
  for (std::string Folder; std::getline(Folders, Folder, ':');)
    if (fs::path File = fs::path(Folder) / Name; isProgram(File))
      return File;
  return std::nullopt;
}

/// What the compiler says its version is; empty if it says nothing.
static std::string askVersion(const fs::path &Clang) {
  const std::string Command =
      quotedForShell(Clang.string()) + " -dumpversion 2>/dev/null";
  std::string Answer;
  // The shell gets the name quoted.
  // NOLINTNEXTLINE(bugprone-command-processor)
  if (FILE *Pipe = popen(Command.c_str(), "r")) {
    char Buffer[64];
    while (std::fgets(Buffer, sizeof(Buffer), Pipe))
      Answer += Buffer;
    pclose(Pipe);
  }
  return Answer.substr(0, Answer.find('\n'));
}

/// The compiler is of the plugin's major version by its place or its word.
static bool versionFits(const fs::path &Clang, std::string &Error) {
  std::error_code Ignored;
  const std::string Folder = std::string("llvm-") + Major;
  for (const fs::path &Part : fs::canonical(Clang, Ignored))
    if (Part == Folder)
      return true;
  const std::string Version = askVersion(Clang);
  if (Version.substr(0, Version.find('.')) == Major)
    return true;
  Error = Clang.string() +
          (Version.empty() ? " does not tell its version"
                           : " is version " + Version) +
          ", and this Retrograd is a plugin for clang++-" + Major;
  return false;
}

std::optional<fs::path> findClang(std::string &Error) {
  const std::string Name = std::string("clang++-") + Major;
  std::optional<fs::path> Clang;
  if (const char *Chosen = std::getenv("RETROGRAD_CLANG"); Chosen && *Chosen) {
    Clang = std::string_view(Chosen).find('/') == std::string_view::npos
                ? findInPath(Chosen)
                : std::optional<fs::path>(Chosen);
    if (!Clang || !isProgram(*Clang)) {
      Error = std::string("RETROGRAD_CLANG is '") + Chosen +
              "', which is not a program";
      return std::nullopt;
    }
  } else {
    Clang = findInPath(Name);
  }
  const fs::path Debians =
      fs::path("/usr/lib") / (std::string("llvm-") + Major) / "bin/clang++";
  if (!Clang && isProgram(Debians))
    Clang = Debians;
  if (!Clang) {
    Error = Name + " is neither in the PATH nor at " + Debians.string() +
            "; RETROGRAD_CLANG can name it";
    return std::nullopt;
  }
  if (!versionFits(*Clang, Error))
    return std::nullopt;
  return Clang;
}

bool compilesCuda(const std::vector<std::string> &Arguments) {
  for (size_t I = 0; I < Arguments.size(); ++I) {
    const std::string &Argument = Arguments[I];
    if (Argument == "-xcuda" || Argument == "--language=cuda")
      return true;
    if (Argument == "-x" && I + 1 < Arguments.size() &&
        Arguments[I + 1] == "cuda")
      return true;
    if (Argument.ends_with(".cu") && !Argument.starts_with("-"))
      return true;
  }
  return false;
}

bool links(const std::vector<std::string> &Arguments) {
  static constexpr std::string_view Stops[] = {
      "-c",         "-S",   "-E", "-fsyntax-only", "--precompile",
      "-emit-llvm", "-###", "-M", "-MM",           "-r"};
  static constexpr std::string_view Inputs[] = {
      ".cpp", ".cc", ".cxx", ".C", ".c", ".cu", ".o", ".a", ".i", ".ii", ".so"};
  bool Input = false;
  for (std::string_view Argument : Arguments) {
    for (std::string_view Stop : Stops)
      if (Argument == Stop)
        return false;
    if (!Argument.starts_with("-"))
      for (std::string_view Suffix : Inputs)
        Input |= Argument.ends_with(Suffix);
  }
  return Input;
}

std::string quotedForShell(const std::string &Word) {
  static constexpr char Plain[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-_=+./,:@%";
  if (!Word.empty() && Word.find_first_not_of(Plain) == std::string::npos)
    return Word;
  std::string Quoted = "'";
  for (char C : Word)
    if (C == '\'')
      Quoted += "'\\''";
    else
      Quoted += C;
  return Quoted + "'";
}

} // namespace retrograd::driver
