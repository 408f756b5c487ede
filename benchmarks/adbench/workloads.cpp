//===- workloads.cpp - The four problems, by Retrograd and by hand --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs are files of ADBench in the folder of --data, and are made here
// without one, as are those that the folder does not have. A file that is there
// and cannot be read ends the program.
//
//===----------------------------------------------------------------------===//

#include "workloads.h"
#include "problems/ba.h"
#include "problems/gmm.h"
#include "problems/hand.h"
#include "problems/lstm.h"
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace adbench;

namespace {

any_input load(const input_case &each) {
  const std::string &folder = contestants::data_folder();
  if (folder.empty())
    return each.make();
  const std::string path = folder + "/" + each.file;
  if (!std::filesystem::exists(path)) {
    std::fprintf(stderr, "adbench: %s is not there: its input is made\n",
                 path.c_str());
    return each.make();
  }
  try {
    return each.read(folder);
  } catch (const input_error &error) {
    std::fprintf(stderr, "adbench: error: %s\n", error.what());
    std::exit(1);
  }
}

/// As many numbers as the derivative has. They are not read: the input is known
/// by its index.
numbers point(int index) {
  return std::visit(
      [](const auto &input) { return numbers(input.derivatives()); },
      input_of(index));
}

template <class Input, void (*Value)(const Input &, double *)>
double first_value(const Input &input) {
  static numbers values;
  values.resize(input.values());
  Value(input, values.data());
  return values.front();
}

struct first_values {
  double operator()(const gmm_input &input) const {
    return first_value<gmm_input, problems::gmm::value>(input);
  }
  double operator()(const ba_input &input) const {
    return first_value<ba_input, problems::ba::value>(input);
  }
  double operator()(const hand_input &input) const {
    return first_value<hand_input, problems::hand::value>(input);
  }
  double operator()(const lstm_input &input) const {
    return first_value<lstm_input, problems::lstm::value>(input);
  }
};

double value(int index, const double * /*x*/) {
  return std::visit(first_values(), input_of(index));
}

const contestants::registration
    ours(contestants::ours,
         for_cases({call<gmm_input, problems::gmm::derivative>,
                    call<ba_input, problems::ba::derivative>,
                    call<hand_input, problems::hand::derivative>,
                    call<lstm_input, problems::lstm::derivative>}));
const contestants::registration
    by_hand(contestants::by_hand,
            for_cases({call<gmm_input, problems::gmm::by_hand>,
                       call<ba_input, problems::ba::by_hand>,
                       call<hand_input, problems::hand::by_hand>,
                       call<lstm_input, problems::lstm::by_hand>}));

} // namespace

const any_input &adbench::input_of(int index) {
  static std::map<int, any_input> known;
  const auto found = known.find(index);
  if (found != known.end())
    return found->second;
  return known.emplace(index, load(cases()[static_cast<std::size_t>(index)]))
      .first->second;
}

std::vector<contestants::gradient_function>
adbench::for_cases(const of_problems &all) {
  std::vector<contestants::gradient_function> result;
  for (const input_case &each : cases())
    result.push_back(all[each.which]);
  return result;
}

const std::vector<contestants::workload> &contestants::workloads() {
  static const std::vector<workload> all = [] {
    std::vector<workload> result;
    for (const input_case &each : adbench::cases())
      result.push_back(
          {each.name, static_cast<int>(result.size()), point, value});
    return result;
  }();
  return all;
}
