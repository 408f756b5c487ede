//===- report.h - A training run in words ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A summary as text for people: one line, or everything there is to know. The
// text is not for programs, which read the summary itself.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REPORTING_REPORT_H
#define RETROGRAD_REPORTING_REPORT_H

#include <retrograd/training/summary.h>
#include <string>

namespace retrograd {

/// One line without a newline: epochs, steps, time, speed, the first and the
/// last loss, the best validation loss, and why the run stopped.
std::string brief_report(const summary &run);

/// Why the run stopped, the options, counts, losses, the time of each phase
/// and the warnings, in lines of at most about 80 columns.
std::string full_report(const summary &run);

} // namespace retrograd

#endif // RETROGRAD_REPORTING_REPORT_H
