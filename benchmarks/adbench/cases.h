//===- cases.h - Which inputs are measured --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cases of the four problems, for the program that measures them and for
// the one that writes inputs. A case has a file with the name that ADBench
// gives it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_CASES_H
#define RETROGRAD_BENCHMARKS_ADBENCH_CASES_H

#include "inputs.h"
#include <functional>
#include <variant>

namespace adbench {

using any_input = std::variant<gmm_input, ba_input, hand_input, lstm_input>;

/// In the order of any_input.
enum problem { gmm, ba, hand, lstm };

struct input_case {
  problem which;
  const char *name;
  /// Within the folder of inputs.
  const char *file;
  std::function<any_input()> make;
  std::function<any_input(const std::string &folder)> read;
};

const std::vector<input_case> &cases();

/// Where the model of the hand is within the folder.
constexpr const char *hand_model = "/hand/model";

} // namespace adbench

#endif // RETROGRAD_BENCHMARKS_ADBENCH_CASES_H
