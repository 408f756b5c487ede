//===- make_inputs.cpp - Writes inputs in the formats of ADBench ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: adbench_inputs FOLDER
//
// For other tools, which then differentiate the same numbers as the benchmark
// does if it is given no folder.
//
//===----------------------------------------------------------------------===//

#include "cases.h"
#include <cstdio>
#include <filesystem>

using namespace adbench;
namespace fs = std::filesystem;

namespace {

void write_case(const fs::path &folder, const input_case &each) {
  const fs::path path = folder / each.file;
  fs::create_directories(path.parent_path());
  std::visit([&](const auto &input) { write(input, path.string()); },
             each.make());
  std::printf("%s\n", path.c_str());
}

} // namespace

int main(int count, char **arguments) {
  if (count != 2 || arguments[1][0] == '-') {
    std::fprintf(stderr, "usage: adbench_inputs FOLDER\n");
    return 2;
  }
  try {
    const fs::path folder = arguments[1];
    for (const input_case &each : cases())
      write_case(folder, each);
    const std::string model = folder.string() + hand_model;
    fs::create_directories(model);
    write_model(make_hand(544, 1, false), model);
    std::printf("%s\n", model.c_str());
  } catch (const std::exception &error) {
    std::fprintf(stderr, "adbench_inputs: error: %s\n", error.what());
    return 1;
  }
  return 0;
}
