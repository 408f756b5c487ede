//===- learning_curves.cpp - A picture of training runs -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A page has the figure twice, for wide and narrow windows: scaling one would
// scale its text too. Below is a table with the numbers that one quotes.
//
//===----------------------------------------------------------------------===//

#include "figure.h"
#include "markup.h"
#include "panel.h"
#include "quantities.h"
#include "reason.h"
#include "style.h"
#include <cerrno>
#include <cstdio>
#include <retrograd/reporting/learning_curves.h>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace retrograd {

namespace {

using namespace reporting;

constexpr figure_layout wide = {"wide", 820, 0, 340, 84, 13, 10, 6, 160, false};
constexpr figure_layout narrow = {"narrow", 360, 0, 270, 70,
                                  12,       5,   6, 60,  false};
constexpr figure_layout alone = {"figure", 640, 12, 320, 80,
                                 13,       8,   6,  120, true};

std::string cell(const std::string &text) {
  return "<td>" + escaped(text) + "</td>";
}

std::string swatch(int color) {
  return "<svg class=\"swatch\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
         "<rect class=\"f" +
         std::to_string(color) +
         "\" width=\"12\" height=\"12\" rx=\"3\"/>"
         "</svg>";
}

std::string table_row(const picture &shown, std::size_t index) {
  const drawn_run &run = shown.runs[index];
  std::string out = "<tr><td>";
  if (shown.runs.size() > 1)
    out += swatch(training_pen(shown, index).color);
  out += escaped(run.name) + "</td>";
  if (run.history.empty())
    return out + cell("0") + cell("0") + cell("–") +
           (shown.has_validation ? cell("–") + cell("–") : "") + cell("–") +
           "<td class=\"words\">" + escaped(run.run ? reason(*run.run) : "–") +
           "</td></tr>\n";
  const epoch_record &last = run.history.back();
  out += cell(grouped(last.epoch)) + cell(grouped(last.step)) +
         cell(with_digits(last.train_loss));
  if (shown.has_validation && run.best < 0)
    out += cell("–") + cell("–");
  else if (shown.has_validation) {
    const std::size_t best = run.validation[std::size_t(run.best)].record;
    out += cell(with_digits(run.history[best].validation_loss)) +
           cell(grouped(run.history[best].epoch));
  }
  out += cell(duration(run.seconds));
  return out + "<td class=\"words\">" +
         escaped(run.run ? reason(*run.run) : "–") + "</td></tr>\n";
}

std::string table(const picture &shown) {
  std::string out = "<div class=\"scroll\"><table>\n<thead><tr><th>Run</th>"
                    "<th>Epochs</th><th>Steps</th><th>Training loss</th>";
  if (shown.has_validation)
    out += "<th>Lowest validation loss</th><th>in epoch</th>";
  out +=
      "<th>Time</th><th class=\"words\">Stopped</th></tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < shown.runs.size(); ++i)
    out += table_row(shown, i);
  return out + "</tbody>\n</table></div>\n";
}

std::string notes(const picture &shown) {
  if (shown.not_positive == 0)
    return {};
  return "<p class=\"note\">The logarithmic axis cannot show " +
         grouped(std::int64_t(shown.not_positive)) +
         " losses that are not positive.</p>\n";
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

[[noreturn]] void fail(const std::string &path, int error) {
  throw std::runtime_error("cannot write the learning curves " + path + ": " +
                           std::generic_category().message(error));
}

void write_file(const std::string &path, const std::string &text) {
  const std::string aside = path + ".part";
  std::FILE *const file = std::fopen(aside.c_str(), "wb");
  if (!file)
    fail(aside, errno);
  errno = 0;
  const bool written =
      std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed || std::rename(aside.c_str(), path.c_str()) != 0) {
    const int error = errno;
    std::remove(aside.c_str());
    fail(path, error);
  }
}

} // namespace

std::string learning_curves_html(const std::vector<learning_curve> &runs,
                                 const learning_curves_options &options) {
  const picture shown = make_picture(runs, options);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,"
      "initial-scale=1\">\n<title>" +
      escaped(options.title) + "</title>\n<style>\n" + page_style() +
      figure_style() + "</style>\n</head>\n<body>\n<main>\n";
  if (!options.title.empty())
    out += "<h1>" + escaped(options.title) + "</h1>\n";
  out += figure(shown, wide) + figure(shown, narrow) + notes(shown);
  if (!shown.runs.empty())
    out += table(shown);
  return out + "</main>\n</body>\n</html>\n";
}

std::string learning_curves_svg(const std::vector<learning_curve> &runs,
                                const learning_curves_options &options) {
  return figure(make_picture(runs, options), alone);
}

void write_learning_curves(const std::string &path,
                           const std::vector<learning_curve> &runs,
                           const learning_curves_options &options) {
  if (ends_with(path, ".svg"))
    write_file(path, learning_curves_svg(runs, options));
  else if (ends_with(path, ".html") || ends_with(path, ".htm"))
    write_file(path, learning_curves_html(runs, options));
  else
    throw std::invalid_argument("write_learning_curves: the name " + path +
                                " must end in .html, .htm or .svg");
}

} // namespace retrograd
