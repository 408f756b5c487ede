//===- report.cpp - A training run in words -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The full report is a list of sections, in the order of the questions that
// one has: why did it stop, what was asked for, what was done, what came of
// it, where did the time go. A section about nothing is left out.
//
//===----------------------------------------------------------------------===//

#include "quantities.h"
#include "reason.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <retrograd/reporting/report.h>
#include <string_view>

namespace retrograd {

using reporting::duration;
using reporting::fixed;
using reporting::grouped;
using reporting::reason;
using reporting::shortest;
using reporting::with_digits;
using reporting::with_prefix;

namespace {

constexpr std::size_t label_width = 26;
constexpr std::size_t column_width = 14;
constexpr std::size_t line_width = 80;

std::string left(std::string_view text, std::size_t width) {
  std::string padded(text);
  padded.resize(std::max(width, padded.size()), ' ');
  return padded;
}

std::string right(std::string_view text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') +
         std::string(text);
}

std::string row(std::string_view label, std::string_view value) {
  return left("  " + std::string(label), label_width) +
         right(value, column_width) + "\n";
}

/// `text` in lines that start at column `indent`, the first one excepted.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > indent && column + 1 + end > line_width) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines + "\n";
}

const epoch_record *best_validation(const summary &run) {
  const epoch_record *best = nullptr;
  for (const epoch_record &record : run.history)
    if (!std::isnan(record.validation_loss) &&
        (!best || record.validation_loss < best->validation_loss))
      best = &record;
  return best;
}

std::string training_section(const summary &run) {
  std::string text;
  auto add = [&](std::string_view label, const std::string &value) {
    if (!value.empty())
      text += left("  " + std::string(label), label_width) +
              wrapped(value, label_width);
  };
  auto count = [](std::uint64_t value) {
    return value ? grouped(std::int64_t(value)) : "";
  };
  add("Model", run.model);
  add("Parameters", count(run.parameters));
  add("Samples", count(run.samples));
  add("Batch size", count(run.batch_size));
  add("Optimizer", run.optimizer);
  add("Executor", run.executor);
  if (!text.empty())
    add("Seed of the shuffle", std::to_string(run.seed));
  if (run.resumed_from > 0)
    add("Resumed", "after epoch " + grouped(run.resumed_from));
  return text.empty() ? text : "\nTraining\n" + text;
}

std::string options_section(const summary &run) {
  if (run.options.empty())
    return {};
  std::string text = "\nOptions\n";
  for (const option_text &option : run.options) {
    std::string_view name = option.name;
    std::string label = "  ";
    for (std::size_t dot = name.find('.'); dot != name.npos;
         dot = name.find('.')) {
      label += "  ";
      name.remove_prefix(dot + 1);
    }
    label += name;
    text += left(label, label_width);
    if (label.size() >= label_width)
      text += ' ';
    text += wrapped(option.value, label_width);
  }
  return text;
}

std::string work_section(const summary &run) {
  const event_counts &counts = run.counts;
  std::string text = "\nWork\n";
  text += row("Epochs", grouped(run.epochs));
  text += row("Steps", grouped(run.steps));
  text += row("Samples processed", grouped(counts.samples));
  text += row("Gradient evaluations", grouped(counts.gradient_evaluations));
  text += row("Value evaluations", grouped(counts.value_evaluations));
  text += row("Skipped steps", grouped(counts.skipped_steps));
  text += row("Rollbacks", grouped(counts.rollbacks));
  text += row("Checkpoints", grouped(counts.checkpoints));
  return text;
}

std::string loss_row(std::string_view label, double training, double validation,
                     std::string_view note = {}) {
  std::string text = left("  " + std::string(label), label_width) +
                     right(with_digits(training, 6), column_width);
  if (!std::isnan(validation))
    text += right(with_digits(validation, 6), column_width);
  if (!note.empty())
    text += "  " + std::string(note);
  return text + "\n";
}

std::string loss_section(const summary &run) {
  const epoch_record *best = nullptr;
  for (const epoch_record &record : run.history)
    if (record.epoch == run.best_epoch)
      best = &record;
  const bool validates = best_validation(run) != nullptr;
  std::string text =
      left("\nLoss", label_width + 1) + right("training", column_width) +
      (validates ? right("validation", column_width) : "") + "\n";
  text += loss_row("First batch", run.first_loss, std::nan(""));
  if (best) {
    const std::string note = "epoch " + grouped(best->epoch) +
                             (run.restored_best ? ", restored" : "");
    text +=
        loss_row("Best epoch", best->train_loss, best->validation_loss, note);
  }
  return text +
         loss_row(run.history.empty() ? "Last" : "Last epoch", run.final_loss,
                  run.history.empty() ? std::nan("")
                                      : run.history.back().validation_loss);
}

std::string rate_section(const summary &run) {
  if (run.history.empty())
    return {};
  auto pair = [](std::string_view label, double first, double last) {
    if (std::isnan(first) && std::isnan(last))
      return std::string();
    return left("  " + std::string(label), label_width) +
           right(shortest(first), column_width) +
           right(shortest(last), column_width) + "\n";
  };
  const epoch_record &first = run.history.front();
  const epoch_record &last = run.history.back();
  const std::string rows =
      pair("Learning rate", first.lr, last.lr) +
      pair("Gradient norm", first.gradient_norm, last.gradient_norm);
  if (rows.empty())
    return {};
  return left("\nCourse", label_width + 1) +
         right("first epoch", column_width) +
         right("last epoch", column_width) + "\n" + rows;
}

std::string time_section(const summary &run) {
  const phase_timings &t = run.timings;
  const double known = t.data + t.gradient + t.update + t.validation +
                       t.callbacks + t.checkpoint;
  struct phase {
    const char *name;
    double seconds;
  };
  const std::array<phase, 7> phases = {{{"Data", t.data},
                                        {"Gradient", t.gradient},
                                        {"Update", t.update},
                                        {"Validation", t.validation},
                                        {"Callbacks", t.callbacks},
                                        {"Checkpoints", t.checkpoint},
                                        {"Other", t.total - known}}};
  auto line = [&](std::string_view label, double seconds) {
    std::string text = left("  " + std::string(label), label_width) +
                       right(fixed(seconds, 4), column_width);
    if (t.total > 0)
      text += right(fixed(100 * seconds / t.total, 1) + " %", column_width);
    return text + "\n";
  };
  std::string text = left("\nTime", label_width + 1) +
                     right("seconds", column_width) +
                     right("share", column_width) + "\n";
  for (const phase &each : phases)
    // The clock's grain can leave the rest a little below zero.
    text += line(each.name, std::max(each.seconds, 0.0));
  text += line("Total", t.total);
  if (run.steps > 0 && t.total > 0)
    text += row("Per step", duration(t.total / double(run.steps)));
  if (run.counts.samples > 0 && t.total > 0)
    text += row("Samples per second",
                with_prefix(double(run.counts.samples) / t.total));
  return text;
}

std::string warnings_section(const summary &run) {
  if (run.warnings.empty())
    return {};
  std::string text = "\nWarnings\n";
  for (const std::string &warning : run.warnings)
    text += "  - " + wrapped(warning, 4);
  return text;
}

std::string plural(std::int64_t count, const char *noun) {
  return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace

std::string brief_report(const summary &run) {
  std::string text = plural(run.epochs, "epoch") + ", " +
                     plural(run.steps, "step") + " in " +
                     duration(run.timings.total);
  if (run.counts.samples > 0 && run.timings.total > 0)
    text += " (" + with_prefix(double(run.counts.samples) / run.timings.total) +
            " samples/s)";
  text += ": loss " + with_digits(run.first_loss) + " -> " +
          with_digits(run.final_loss);
  if (const epoch_record *best = best_validation(run))
    text += ", best validation loss " + with_digits(best->validation_loss) +
            " in epoch " + grouped(best->epoch);
  return text + "; " + reason(run);
}

std::string full_report(const summary &run) {
  return "Training report\n\nStopped\n  " + wrapped(reason(run), 2) +
         training_section(run) + options_section(run) + work_section(run) +
         loss_section(run) + rate_section(run) + time_section(run) +
         warnings_section(run);
}

} // namespace retrograd
