//===- progress.cpp - A line that shows how the training goes -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// When to draw and how to put it on the stream; progress_line.h says what. The
// cursor rests at the end of the line and is never hidden, and nothing about
// the terminal is changed, so that a run that is killed leaves it as it was.
//
//===----------------------------------------------------------------------===//

#include "progress_line.h"
#include "quantities.h"
#include "terminal.h"
#include <cmath>
#include <retrograd/reporting/progress.h>
#include <retrograd/reporting/report.h>
#include <stdexcept>

namespace retrograd {

using reporting::line_style;
using reporting::plain_line;
using reporting::speeds;
using reporting::terminal_line;

namespace {

/// Of the mean of the speed, in seconds.
constexpr double memory = 10;

void check_interval(const char *name, double value) {
  if (!(value > 0))
    throw std::invalid_argument("progress: " + std::string(name) + " is " +
                                reporting::shortest(value) +
                                " s; it must be greater than 0");
}

} // namespace

void progress_options::validate() const {
  if (!stream)
    throw std::invalid_argument("progress: stream is null");
  if (width != 0 && width < 10)
    throw std::invalid_argument("progress: width is " + std::to_string(width) +
                                "; it must be 0 or at least 10");
  check_interval("redraw_interval", redraw_interval);
  check_interval("line_interval", line_interval);
}

void progress::speed::add(double count, double seconds) {
  // A mean in which what is older counts less, and which is not biased at the
  // start: sum and weight both begin at 0 (as in Adam).
  const double fresh = -std::expm1(-seconds / memory);
  sum += (std::fmax(count - before, 0) / seconds - sum) * fresh;
  weight += (1 - weight) * fresh;
  before = count;
}

progress::progress(progress_options options) : options_(options) {
  options_.validate();
  if (options_.display == progress_display::automatic)
    options_.display = reporting::can_redraw(options_.stream)
                           ? progress_display::terminal
                           : progress_display::plain;
  if (!options_.color)
    options_.color = reporting::wants_color();
  if (!options_.unicode)
    options_.unicode = reporting::wants_unicode();
}

progress::~progress() {
  if (!shown_.empty())
    write("\n");
}

void progress::begin(const training_plan &plan) {
  plan_ = plan;
  measured_at_ = 0;
  steps_ = speed{.before = double(reporting::steps_before(plan))};
  samples_ = speed{};
  switch (options_.display) {
  case progress_display::automatic:
  case progress_display::terminal:
    next_ = 0;
    break;
  case progress_display::plain:
    next_ = options_.line_interval;
    break;
  case progress_display::none:
    next_ = std::numeric_limits<double>::infinity();
    break;
  }
}

void progress::measure(const progress_state &state) {
  const double passed = state.seconds - measured_at_;
  if (!(passed > 0))
    return;
  measured_at_ = state.seconds;
  steps_.add(double(state.step), passed);
  samples_.add(double(state.samples), passed);
}

std::string progress::line(const progress_state &state) const {
  const speeds speed = {steps_.value(), samples_.value()};
  const reporting::named_plan named = {options_.name, plan_};
  if (options_.display == progress_display::plain)
    return plain_line(named, state, speed);
  const int width =
      options_.width ? options_.width : reporting::columns(options_.stream);
  // A character in the last column makes some terminals go to the next line.
  return terminal_line(named, state, speed,
                       {width - 1, *options_.color, *options_.unicode});
}

void progress::draw(const progress_state &state) {
  measure(state);
  const bool redraws = options_.display == progress_display::terminal;
  next_ = state.seconds +
          (redraws ? options_.redraw_interval : options_.line_interval);
  const std::string text = line(state);
  if (!redraws) {
    write(text + "\n");
    return;
  }
  // Text, then erase what is left of the old one: nothing flickers.
  write("\r" + text + "\x1b[K");
  shown_ = text;
}

void progress::note(std::string_view text) {
  if (options_.display == progress_display::none)
    return;
  const std::string again = shown_;
  clear_line();
  write(std::string(text) + "\n" + again);
  shown_ = again;
}

void progress::end(const summary &run) {
  next_ = std::numeric_limits<double>::infinity();
  if (options_.display == progress_display::none)
    return;
  clear_line();
  const std::string name = options_.name.empty() ? "" : options_.name + ": ";
  write(name + brief_report(run) + "\n");
}

void progress::clear_line() {
  if (!shown_.empty())
    write("\r\x1b[K");
  shown_.clear();
}

void progress::write(std::string_view text) {
  if (broken_)
    return;
  // One piece and at once, so that lines of several programs stay whole.
  broken_ = std::fwrite(text.data(), 1, text.size(), options_.stream) !=
                text.size() ||
            std::fflush(options_.stream) != 0;
}

} // namespace retrograd
