//===- summary.cpp - Names of the reasons why a training ended ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/training/summary.h>

namespace retrograd {

const char *name_of(termination why) {
  switch (why) {
  case termination::completed:
    return "completed";
  case termination::target_loss:
    return "target_loss";
  case termination::early_stopping:
    return "early_stopping";
  case termination::time_limit:
    return "time_limit";
  case termination::callback:
    return "callback";
  case termination::converged:
    return "converged";
  case termination::no_progress:
    return "no_progress";
  case termination::non_finite:
    return "non_finite";
  case termination::diverged:
    return "diverged";
  }
  return "unknown";
}

bool is_success(termination why) {
  return why != termination::non_finite && why != termination::diverged;
}

} // namespace retrograd
