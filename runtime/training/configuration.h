//===- configuration.h - What a resumed run must have in common -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever decides which samples make a step, in words, so that a difference
// can be named. Learning rates and limits may change: people resume to change
// them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_CONFIGURATION_H
#define RETROGRAD_RUNTIME_TRAINING_CONFIGURATION_H

#include <cstdint>
#include <string>

namespace retrograd {

struct training_configuration {
  std::string model = {};
  std::string optimizer = {};
  std::uint64_t samples = 0;
  std::uint64_t batch_size = 0;
  std::uint64_t seed = 0;
  bool shuffle = false;
  bool drop_last = false;
  std::int64_t accumulate = 0;

  template <class Archive> void fields(Archive &archive) {
    archive("model", model);
    archive("optimizer", optimizer);
    archive("samples", samples);
    archive("batch_size", batch_size);
    archive("seed", seed);
    archive("shuffle", shuffle);
    archive("drop_last", drop_last);
    archive("accumulate", accumulate);
  }

  /// Throws checkpoint_error with a line for each field that is not as in this
  /// run.
  void require(const training_configuration &here,
               const std::string &path) const;
};

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_CONFIGURATION_H
