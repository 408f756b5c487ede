//===- Main.cpp - retrograd-clang++, clang++ with the plugin --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes the command line of clang++, adds what a compilation with the plugin
// needs, and becomes clang++. The plugin and the headers are found relative to
// the program itself, so that a build tree and a moved installation work alike.
//
// A plugin that meets another clang than the one it was built for crashes it,
// so the version is made sure of first. The program uses nothing of LLVM:
// loading LLVM would take longer than all it does.
//
//===----------------------------------------------------------------------===//

#include "Toolchain.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <unistd.h>

using namespace retrograd::driver;

static constexpr char Usage[] =
    "retrograd-clang++ " RETROGRAD_VERSION
    ": clang++ with the Retrograd plugin and headers\n"
    "usage: retrograd-clang++ [--print-flags] <arguments of clang++>...\n"
    "  --print-flags     print what is added to the command line, and stop\n"
    "  RETROGRAD_CLANG   environment variable: the clang++ to use\n"
    "  -fplugin-arg-retrograd-help with any input lists the plugin's options\n";

static bool contains(const std::vector<std::string> &Arguments,
                     std::string_view Argument) {
  for (const std::string &A : Arguments)
    if (A == Argument)
      return true;
  return false;
}

/// The flags that a compilation needs and that are not there yet.
static std::vector<std::string>
missingFlags(const Installation &Where,
             const std::vector<std::string> &Arguments) {
  std::vector<std::string> Flags = {"-fplugin=" + Where.Plugin.string(),
                                    "-I" + Where.Include.string()};
  // CUDA toolkits newer than this clang work all the same.
  if (compilesCuda(Arguments))
    Flags.push_back("-Wno-unknown-cuda-version");
  std::erase_if(Flags, [&](const std::string &Flag) {
    return contains(Arguments, Flag);
  });
  return Flags;
}

/// What a program that trains is linked with. Programs that only use gradients
/// depend on none of it: what is not needed is left out.
static std::vector<std::string>
runtimeFlags(const Installation &Where,
             const std::vector<std::string> &Arguments) {
  std::error_code Ignored;
  if (!links(Arguments) || !std::filesystem::exists(Where.Runtime, Ignored))
    return {};
  return {"-Wl,--push-state,--as-needed",
          Where.Runtime.string(),
          "-lcsv",
          "-lzip",
          "-lz",
          "-Wl,--pop-state",
          "-pthread"};
}

/// Becomes the program; returns only if that fails.
static void execute(const std::vector<std::string> &Command) {
  std::vector<char *> Pointers;
  for (const std::string &Word : Command)
    Pointers.push_back(const_cast<char *>(Word.c_str()));
  Pointers.push_back(nullptr);
  execv(Pointers[0], Pointers.data());
}

static int fail(const std::string &Message) {
  std::cerr << "retrograd-clang++: error: " << Message << '\n';
  return 1;
}

int main(int Count, char **Values) {
  std::vector<std::string> Arguments(Values + 1, Values + Count);

  std::string Error;
  std::optional<Installation> Where = findInstallation(Error);
  if (!Where)
    return fail(Error);

  if (contains(Arguments, "--print-flags")) {
    std::erase(Arguments, "--print-flags");
    const char *Separator = "";
    for (const std::string &Flag : missingFlags(*Where, Arguments)) {
      std::cout << Separator << quotedForShell(Flag);
      Separator = " ";
    }
    std::cout << '\n';
    return 0;
  }

  std::optional<std::filesystem::path> Clang = findClang(Error);
  if (!Clang)
    return fail(Error);

  if (contains(Arguments, "--help"))
    std::cout << Usage << '\n' << std::flush;
  if (contains(Arguments, "--version"))
    std::cout << "Retrograd version " RETROGRAD_VERSION << '\n' << std::flush;

  // Before the user's own, so that what the user says last holds.
  std::vector<std::string> Command = missingFlags(*Where, Arguments);
  Command.insert(Command.begin(), Clang->string());
  Command.insert(Command.end(), Arguments.begin(), Arguments.end());
  std::vector<std::string> Runtime = runtimeFlags(*Where, Arguments);
  Command.insert(Command.end(), Runtime.begin(), Runtime.end());
  execute(Command);
  return fail("cannot run " + Clang->string() + ": " + std::strerror(errno));
}
