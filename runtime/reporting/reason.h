//===- reason.h - Why a run stopped, in words -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reports and the picture say it in the same words.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_REASON_H
#define RETROGRAD_RUNTIME_REPORTING_REASON_H

#include <retrograd/training/summary.h>
#include <string>

namespace retrograd::reporting {

/// "early stopping"; for people, unlike name_of().
const char *phrase(termination why);

/// The message of the run, or the phrase if it has none.
std::string reason(const summary &run);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_REASON_H
