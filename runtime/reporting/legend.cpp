//===- legend.cpp - What is which -----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A list of entries, each a small drawing and a text, set like words in lines.
//
//===----------------------------------------------------------------------===//

#include "legend.h"
#include "markup.h"
#include "panel.h"
#include <algorithm>

namespace retrograd::reporting {

namespace {

constexpr double sample_width = 24;

struct entry {
  enum class sample { line, dashed_line, median, ring, cross } kind;
  /// -1: the colour of text, for what holds for all runs.
  int color;
  std::string text;
  /// Whether it starts a line of the legend.
  bool first = false;
};

std::vector<entry> entries_of(const picture &shown) {
  using sample = entry::sample;
  std::vector<entry> entries;
  if (shown.runs.size() == 1) {
    const std::string &name = shown.runs[0].name;
    const std::string before = name.empty() ? "" : name + ", ";
    entries.push_back({sample::line, 0, before + "training"});
    if (shown.has_validation)
      entries.push_back({sample::line, 1, before + "validation"});
  } else {
    for (std::size_t i = 0; i < shown.runs.size(); ++i)
      entries.push_back(
          {sample::line, training_pen(shown, i).color, shown.runs[i].name});
    if (shown.has_validation) {
      entries.push_back({sample::line, -1, "training", true});
      entries.push_back({sample::dashed_line, -1, "validation"});
    }
  }
  if (shown.has_validation)
    entries.push_back(
        {sample::ring, shown.runs.size() == 1 ? 1 : -1, "lowest validation"});
  if (shown.has_medians)
    entries.push_back(
        {sample::median, shown.runs.size() == 1 ? 0 : -1, "running median"});
  if (shown.has_non_finite)
    entries.push_back(
        {sample::cross, shown.runs.size() == 1 ? 0 : -1, "not finite"});
  return entries;
}

std::string drawing(const entry &what, double x, double y) {
  const std::string color =
      what.color < 0 ? "neutral" : "c" + std::to_string(what.color);
  const std::string middle = pixels(x + sample_width / 2);
  switch (what.kind) {
  case entry::sample::line:
  case entry::sample::dashed_line:
    return "<path class=\"line " + color +
           (what.kind == entry::sample::dashed_line ? " dashed" : "") +
           "\" d=\"M" + pixels(x) + " " + pixels(y) + "h" +
           pixels(sample_width) + "\"/>\n";
  case entry::sample::median:
    return "<path class=\"line pale " + color + "\" d=\"M" + pixels(x) + " " +
           pixels(y) +
           "l2 -4l2 9l2 -8l2 5l2 -6l2 8l2 -7l2 7l2 -8l2 6l2 -5l2 "
           "3\"/>\n<path class=\"line " +
           color + "\" d=\"M" + pixels(x) + " " + pixels(y) + "h" +
           pixels(sample_width) + "\"/>\n";
  case entry::sample::ring:
    return "<circle class=\"best " + color + "\" cx=\"" + middle + "\" cy=\"" +
           pixels(y) + "\" r=\"4.2\"/>\n";
  case entry::sample::cross:
    return "<path class=\"cross " + color + "\" d=\"M" +
           pixels(x + sample_width / 2 - 3) + " " + pixels(y - 3) +
           "l6 6m0 -6l-6 6\"/>\n";
  }
  return {};
}

/// As many of the first characters as fit, and an ellipsis if some don't.
std::string fitted(const std::string &text, double width, double font_size) {
  if (text_width(text, font_size) <= width)
    return text;
  std::string shorter = text;
  while (!shorter.empty() && text_width(shorter + "…", font_size) > width)
    shorter.pop_back();
  // The rest of a character of several bytes goes too.
  while (!shorter.empty() &&
         (static_cast<unsigned char>(shorter.back()) >= 0x80))
    shorter.pop_back();
  return shorter + "…";
}

} // namespace

std::string legend(const picture &shown, double left, double right, double &top,
                   double font_size) {
  const double line_height = 1.7 * font_size;
  const double gap = 8;
  std::string out;
  double x = left;
  double y = top + 0.9 * font_size;
  for (const entry &each : entries_of(shown)) {
    const std::string text =
        fitted(each.text, right - left - sample_width - gap, font_size);
    const double width = sample_width + gap + text_width(text, font_size);
    if (x > left && (each.first || x + width > right)) {
      x = left;
      y += line_height;
    }
    out += drawing(each, x, y);
    out += "<text class=\"ink\" x=\"" + pixels(x + sample_width + gap) +
           "\" y=\"" + pixels(y + 0.35 * font_size) + "\">" + escaped(text) +
           "</text>\n";
    x += width + 1.6 * font_size;
  }
  top = y + 0.8 * font_size;
  return out;
}

} // namespace retrograd::reporting
