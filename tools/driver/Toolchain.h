//===- Toolchain.h - Where clang++, the plugin and the headers are --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the driver has to know about its surroundings. It changes nothing.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DRIVER_TOOLCHAIN_H
#define RETROGRAD_DRIVER_TOOLCHAIN_H

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace retrograd::driver {

struct Installation {
  std::filesystem::path Plugin;
  std::filesystem::path Include;
  std::filesystem::path Runtime;
};

/// The tree that the running program is in, symbolic links resolved; none, with
/// the reason in Error, if it is not complete.
std::optional<Installation> findInstallation(std::string &Error);

/// The clang++ of the plugin's major version: the environment variable
/// RETROGRAD_CLANG, else the PATH, else where Debian puts it. None, with the
/// reason in Error, if there is none or it is of another version.
std::optional<std::filesystem::path> findClang(std::string &Error);

/// True for a .cu input and for -x cuda.
bool compilesCuda(const std::vector<std::string> &Arguments);

/// Whether clang++ is asked to link sources, objects or libraries.
bool links(const std::vector<std::string> &Arguments);

std::string quotedForShell(const std::string &Word);

} // namespace retrograd::driver

#endif // RETROGRAD_DRIVER_TOOLCHAIN_H
