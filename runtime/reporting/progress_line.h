//===- progress_line.h - The text of the progress line --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pure function from numbers to text. What does not fit goes, the least
// important part first, so that a line never wraps.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_PROGRESS_LINE_H
#define RETROGRAD_RUNTIME_REPORTING_PROGRESS_LINE_H

#include <retrograd/reporting/progress.h>
#include <string>

namespace retrograd::reporting {

struct line_style {
  /// Columns that may be used.
  int columns = 79;
  bool color = false;
  bool unicode = false;
};

struct speeds {
  /// 0 where not known yet.
  double steps_per_second = 0;
  double samples_per_second = 0;
};

/// What the line is about: a name, which may be empty, and what is to come.
struct named_plan {
  const std::string &name;
  const training_plan &plan;
};

/// All steps, or 0 if not known, and those of the runs before a resumed one.
std::int64_t total_steps(const training_plan &plan);
std::int64_t steps_before(const training_plan &plan);

/// The share of the run that is done, in [0, 1], or NaN if not known.
double share_done(const training_plan &plan, const progress_state &state);

/// Seconds to go, or NaN if not known.
double time_left(const training_plan &plan, const progress_state &state,
                 double steps_per_second);

/// The line that is redrawn, with escape codes if there is to be colour.
std::string terminal_line(const named_plan &plan, const progress_state &state,
                          const speeds &speed, const line_style &style);

/// The line for a file, without a newline.
std::string plain_line(const named_plan &plan, const progress_state &state,
                       const speeds &speed);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_PROGRESS_LINE_H
