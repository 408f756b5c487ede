//===- configuration.cpp - What a resumed run must have in common ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "configuration.h"
#include <retrograd/checkpoint.h>

namespace retrograd {

namespace {

std::string text(const std::string &value) { return "'" + value + "'"; }
std::string text(bool value) { return value ? "true" : "false"; }
std::string text(std::uint64_t value) { return std::to_string(value); }
std::string text(std::int64_t value) { return std::to_string(value); }

} // namespace

void training_configuration::require(const training_configuration &here,
                                     const std::string &path) const {
  std::string differences;
  const auto compare = [&](const char *name, const auto &kept,
                           const auto &now) {
    if (kept != now)
      differences += "\n  " + std::string(name) + ": " + text(kept) +
                     " in the checkpoint, " + text(now) + " here";
  };
  compare("model", model, here.model);
  compare("optimizer", optimizer, here.optimizer);
  compare("samples", samples, here.samples);
  compare("batch_size", batch_size, here.batch_size);
  compare("seed", seed, here.seed);
  compare("shuffle", shuffle, here.shuffle);
  compare("drop_last", drop_last, here.drop_last);
  compare("accumulate", accumulate, here.accumulate);
  if (!differences.empty())
    throw checkpoint_error(
        path + ": the checkpoint is of another training:" + differences);
}

} // namespace retrograd
