//===- reason.cpp - Why a run stopped, in words ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One phrase for each way to end.
//
//===----------------------------------------------------------------------===//

#include "reason.h"

namespace retrograd::reporting {

const char *phrase(termination why) {
  switch (why) {
  case termination::completed:
    return "all epochs done";
  case termination::target_loss:
    return "target loss reached";
  case termination::early_stopping:
    return "no further improvement";
  case termination::time_limit:
    return "time limit reached";
  case termination::callback:
    return "stopped by a callback";
  case termination::converged:
    return "converged";
  case termination::no_progress:
    return "the line search finds no lower point";
  case termination::non_finite:
    return "loss or gradient not finite";
  case termination::diverged:
    return "diverged";
  }
  return "unknown reason";
}

std::string reason(const summary &run) {
  return run.message.empty() ? phrase(run.why) : run.message;
}

} // namespace retrograd::reporting
