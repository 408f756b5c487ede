//===- progress_line.cpp - The text of the progress line ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A line is a list of parts, each with a rank that says how soon it is given
// up. The bar takes what is left, within bounds.
//
//===----------------------------------------------------------------------===//

#include "progress_line.h"
#include "quantities.h"
#include <algorithm>
#include <cmath>
#include <vector>

namespace retrograd::reporting {

namespace {

constexpr int least_bar = 8;
constexpr int most_bar = 30;

/// What goes first when a line is too long. The loss never does.
enum class rank {
  name,
  rate,
  speed,
  validation,
  bar,
  percent,
  eta,
  epoch,
  loss
};

struct part {
  rank importance;
  std::string text;
  const char *color = "";
};

constexpr const char *bold = "\x1b[1m";
constexpr const char *dim = "\x1b[2m";
constexpr const char *green = "\x1b[32m";
constexpr const char *cyan = "\x1b[36m";
constexpr const char *red = "\x1b[31m";
constexpr const char *plain = "\x1b[0m";

/// Code points, which is columns for the scripts that names are written in.
int width_of(std::string_view text) {
  return int(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string first_columns(std::string_view text, int columns) {
  std::size_t end = 0;
  while (end < text.size()) {
    std::size_t next = end + 1;
    while (next < text.size() &&
           (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80)
      ++next;
    if (--columns < 0)
      break;
    end = next;
  }
  return std::string(text.substr(0, end));
}

/// A name comes from the user, and a newline in it would break the line.
std::string printable(std::string text) {
  for (char &c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      c = ' ';
  return text;
}

std::string bar(double share, int columns, const line_style &style) {
  // Half columns, where there is a character for them.
  const int halves = int(std::floor(share * 2 * columns));
  const int full = halves / 2;
  const bool half = style.unicode && halves % 2 == 1;
  std::string text = style.color ? green : "";
  for (int i = 0; i < full; ++i)
    text += style.unicode ? "━" : "#";
  if (half)
    text += "╸";
  if (style.color)
    text += std::string(plain) + dim;
  for (int i = full + half; i < columns; ++i)
    text += style.unicode ? "─" : "-";
  if (style.color)
    text += plain;
  return text;
}

std::string place(const training_plan &plan, const progress_state &state) {
  auto of = [](std::int64_t done, std::int64_t all) {
    const std::string total = all > 0 ? std::to_string(all) : "";
    std::string text = std::to_string(done);
    if (text.size() < total.size())
      text.insert(0, total.size() - text.size(), ' ');
    return all > 0 ? text + "/" + total : text;
  };
  if (state.epoch > 0)
    return "epoch " + of(state.epoch, plan.epochs);
  return "step " + of(state.step, total_steps(plan));
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::vector<part> parts_of(const named_plan &named, const progress_state &state,
                           const speeds &speed) {
  const training_plan &plan = named.plan;
  std::vector<part> parts;
  if (!named.name.empty())
    parts.push_back({rank::name, printable(named.name), bold});
  parts.push_back({rank::epoch, place(plan, state)});
  const double share = share_done(plan, state);
  if (!std::isnan(share)) {
    parts.push_back({rank::bar, ""});
    const std::string percent = std::to_string(int(100 * share));
    parts.push_back(
        {rank::percent, std::string(3 - percent.size(), ' ') + percent + " %"});
  }
  // A loss that is NaN is shown: it is what one wants to know.
  parts.push_back({rank::loss, "loss " + padded(with_digits(state.loss), 7),
                   std::isfinite(state.loss) ? bold : red});
  if (!std::isnan(state.validation_loss))
    parts.push_back({rank::validation,
                     "val " + padded(with_digits(state.validation_loss), 7)});
  if (state.lr > 0)
    parts.push_back({rank::rate, "rate " + shortest(state.lr, 3)});
  if (speed.samples_per_second > 0)
    parts.push_back(
        {rank::speed, with_prefix(speed.samples_per_second) + " samples/s"});
  const double left = time_left(plan, state, speed.steps_per_second);
  if (!std::isnan(left))
    parts.push_back({rank::eta, "ETA " + countdown(left), cyan});
  else
    parts.push_back({rank::eta, countdown(state.seconds)});
  return parts;
}

int width_of(const std::vector<part> &parts) {
  int width = 0;
  for (const part &each : parts)
    width +=
        2 + (each.importance == rank::bar ? least_bar : width_of(each.text));
  return width - 2;
}

} // namespace

std::int64_t total_steps(const training_plan &plan) {
  return plan.epochs * plan.steps_per_epoch;
}

std::int64_t steps_before(const training_plan &plan) {
  return (plan.first_epoch - 1) * plan.steps_per_epoch;
}

double share_done(const training_plan &plan, const progress_state &state) {
  const std::int64_t total = total_steps(plan);
  if (total <= 0)
    return std::numeric_limits<double>::quiet_NaN();
  return std::clamp(double(state.step) / double(total), 0.0, 1.0);
}

double time_left(const training_plan &plan, const progress_state &state,
                 double steps_per_second) {
  const std::int64_t total = total_steps(plan);
  if (total <= 0 || !(steps_per_second > 0))
    return std::numeric_limits<double>::quiet_NaN();
  return double(std::max<std::int64_t>(total - state.step, 0)) /
         steps_per_second;
}

std::string terminal_line(const named_plan &named, const progress_state &state,
                          const speeds &speed, const line_style &style) {
  std::vector<part> parts = parts_of(named, state, speed);
  while (parts.size() > 1 && width_of(parts) > style.columns)
    parts.erase(std::min_element(parts.begin(), parts.end(),
                                 [](const part &a, const part &b) {
                                   return a.importance < b.importance;
                                 }));
  const int spare = std::max(0, style.columns - width_of(parts));
  const double share = share_done(named.plan, state);
  std::string line;
  for (part &each : parts) {
    if (!line.empty())
      line += "  ";
    if (each.importance == rank::bar) {
      line += bar(share, std::min(most_bar, least_bar + spare), style);
      continue;
    }
    const std::string text = parts.size() == 1
                                 ? first_columns(each.text, style.columns)
                                 : std::move(each.text);
    const bool color = style.color && *each.color;
    line += color ? each.color + text + plain : text;
  }
  return line;
}

std::string plain_line(const named_plan &named, const progress_state &state,
                       const speeds &speed) {
  const training_plan &plan = named.plan;
  std::string line = named.name.empty() ? "" : printable(named.name) + ": ";
  line += place(plan, state);
  if (state.epoch > 0 && total_steps(plan) > 0)
    line += ", step " + std::to_string(state.step) + "/" +
            std::to_string(total_steps(plan));
  const double share = share_done(plan, state);
  if (!std::isnan(share))
    line += " (" + std::to_string(int(100 * share)) + " %)";
  line += ", loss " + with_digits(state.loss);
  if (!std::isnan(state.validation_loss))
    line += ", validation loss " + with_digits(state.validation_loss);
  if (state.lr > 0)
    line += ", rate " + shortest(state.lr, 3);
  if (speed.samples_per_second > 0)
    line += ", " + with_prefix(speed.samples_per_second) + " samples/s";
  line += ", " + duration(state.seconds);
  const double left = time_left(plan, state, speed.steps_per_second);
  if (!std::isnan(left))
    line += ", ETA " + countdown(left);
  return line;
}

} // namespace retrograd::reporting
