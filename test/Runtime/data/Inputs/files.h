//===- files.h - Files and messages for tests ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tests write the bytes that they read: nothing depends on what is installed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_DATA_FILES_H
#define RETROGRAD_TEST_RUNTIME_DATA_FILES_H

#include "../../Inputs/check.h"
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

/// The folder of the test, which exists and is empty.
inline std::string folder;

inline std::string at(const std::string &name) { return folder + "/" + name; }

inline std::string write(const std::string &name, std::string_view bytes) {
  // Some file systems wait for the disk when a file is truncated.
  std::remove(at(name).c_str());
  std::ofstream file(at(name), std::ios::binary);
  file << bytes;
  file.close();
  CHECK_THAT(file);
  return at(name);
}

inline std::string read(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  CHECK_THAT(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What is thrown, as type and text, without the name of the folder.
template <class Error, class F> std::string message(F &&f) {
  try {
    f();
  } catch (const Error &error) {
    std::string text = error.what();
    for (std::size_t i; (i = text.find(folder + "/")) != std::string::npos;)
      text.erase(i, folder.size() + 1);
    return text;
  }
  return "nothing was thrown";
}

/// For FileCheck.
template <class Error, class F> void show(F &&f) {
  std::printf("%s\n", message<Error>(f).c_str());
}

#endif // RETROGRAD_TEST_RUNTIME_DATA_FILES_H
