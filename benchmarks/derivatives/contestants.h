//===- contestants.h - Who computes the gradients -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The thin interface behind which all contestants look alike: a function for
// each workload of workloads.def, in that order. A contestant registers itself
// in a file of its own, so that a build takes in those whose tools are there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_CONTESTANTS_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_CONTESTANTS_H

#include <cstddef>
#include <string>
#include <vector>

namespace contestants {

/// The value at x, of so many active numbers. Their adjoints, zero before the
/// first call, are added to or replaced.
using gradient_function = double (*)(int n, std::size_t active, const double *x,
                                     double *d_x);

struct workload {
  const char *name;
  int n;
  std::vector<double> (*point)(int n);
  double (*value)(int n, const double *x);
};

struct contestant {
  std::string name;
  std::vector<gradient_function> gradients;
};

/// Those of workloads.def.
const std::vector<workload> &workloads();

/// What --data says: the folder of the workloads' inputs, if they have files.
inline std::string &data_folder() {
  static std::string folder;
  return folder;
}

/// All that have registered, in no order.
inline std::vector<contestant> &all() {
  static std::vector<contestant> registered;
  return registered;
}

struct registration {
  registration(const char *name, std::vector<gradient_function> gradients) {
    all().push_back({name, std::move(gradients)});
  }
};

/// The names of the contestants that the others are compared with.
inline constexpr const char *ours = "Retrograd";
inline constexpr const char *by_hand = "by hand";

} // namespace contestants

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_CONTESTANTS_H
