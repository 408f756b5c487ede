//===- progress.h - A line that shows how the training goes ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   epoch 7/20 ━━━━━━━━━━━╸────────── 34 %  loss 0.0213  48.2k samples/s  ETA
//   1:23
//
// On a terminal one line is drawn over and over, as wide as the terminal is at
// the moment. Where nobody watches (a file, a pipe, a dumb terminal) a plain
// line comes now and then. An update that draws nothing costs a comparison: the
// clock is the caller's, who has looked at it already.
//
// It is made for one thread. What cannot be written is not: the training goes
// on without the line.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REPORTING_PROGRESS_H
#define RETROGRAD_REPORTING_PROGRESS_H

#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <retrograd/training/observer.h>
#include <retrograd/training/summary.h>
#include <string>
#include <string_view>

namespace retrograd {

enum class progress_display {
  automatic, ///< The stream decides: is it a terminal that can redraw?
  terminal,  ///< One line, redrawn.
  plain,     ///< Lines now and then.
  none       ///< Nothing at all.
};

struct progress_options {
  /// Where to; it must outlive the progress.
  std::FILE *stream = stderr;
  /// Put before the line, such as the name of the model; may be empty.
  std::string name = {};
  progress_display display = progress_display::automatic;
  /// Colours on a terminal. By default unless NO_COLOR is set (and not empty).
  std::optional<bool> color = {};
  /// Whether the bar is drawn with line-drawing characters, else with # and -.
  /// By default if the locale of the environment is a UTF-8 one.
  std::optional<bool> unicode = {};
  /// Columns of the terminal. 0, the default, asks it before each redraw; else
  /// at least 10.
  int width = 0;
  /// Least time between two redraws, in seconds, > 0.
  double redraw_interval = 0.1;
  /// Least time between two plain lines, in seconds, > 0.
  double line_interval = 10;

  /// Throws std::invalid_argument for what is out of range.
  void validate() const;
};

class progress {
public:
  /// Throws std::invalid_argument for options out of range.
  explicit progress(progress_options options = {});
  /// Leaves the line, if a run has not ended properly.
  ~progress();
  progress(const progress &) = delete;
  progress &operator=(const progress &) = delete;

  void begin(const training_plan &plan);

  void update(const progress_state &state) {
    if (state.seconds >= next_)
      draw(state);
  }

  /// A line of text, such as a warning, above the line.
  void note(std::string_view text);

  /// The line gives way to the brief report of the run.
  void end(const summary &run);

private:
  void draw(const progress_state &state);
  void measure(const progress_state &state);
  std::string line(const progress_state &state) const;
  void clear_line();
  void write(std::string_view text);

  /// A mean over about the last ten seconds of so much a second.
  struct speed {
    double before = 0;
    double sum = 0;
    double weight = 0;
    void add(double count, double seconds);
    double value() const { return weight > 0 ? sum / weight : 0; }
  };

  progress_options options_;
  training_plan plan_;
  /// No update before this time draws anything.
  double next_ = std::numeric_limits<double>::infinity();
  double measured_at_ = 0;
  speed steps_;
  speed samples_;
  /// What stands on the terminal's line now.
  std::string shown_;
  bool broken_ = false;
};

} // namespace retrograd

#endif // RETROGRAD_REPORTING_PROGRESS_H
