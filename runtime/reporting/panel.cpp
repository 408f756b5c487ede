//===- panel.cpp - Axes and curves ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lines of the grid lie on the middle of pixels, or they are blurred.
//
//===----------------------------------------------------------------------===//

#include "panel.h"
#include "markup.h"
#include "style.h"
#include "thinning.h"
#include <algorithm>
#include <cmath>

namespace retrograd::reporting {

namespace {

/// Up to so many points, each is a dot on its line.
constexpr std::size_t most_dots = 30;
/// The part of a curve that has one median, in pixels.
constexpr double median_width = 8;
double sharp(double coordinate) { return std::floor(coordinate) + 0.5; }

std::string level_line(const char *kind, double x1, double x2, double y) {
  return "<path class=\"" + std::string(kind) + "\" d=\"M" + pixels(x1) + " " +
         pixels(sharp(y)) + "H" + pixels(x2) + "\"/>\n";
}

std::string upright_line(const char *kind, double x, double y1, double y2) {
  return "<path class=\"" + std::string(kind) + "\" d=\"M" + pixels(sharp(x)) +
         " " + pixels(y1) + "V" + pixels(y2) + "\"/>\n";
}

std::string label(const char *kind, double x, double y, const char *anchor,
                  const std::string &text) {
  return "<text class=\"" + std::string(kind) + "\" x=\"" + pixels(x) +
         "\" y=\"" + pixels(y) + "\" text-anchor=\"" + anchor + "\">" +
         escaped(text) + "</text>\n";
}

std::vector<point> to_pixels(const panel &where,
                             const std::vector<place> &places) {
  std::vector<point> points;
  for (const place &each : places)
    points.push_back(
        {where.to_x(each.x),
         std::isnan(each.y)
             ? each.y
             : std::clamp(where.to_y(each.y), where.top, where.bottom)});
  return points;
}

std::string path(const std::vector<std::vector<point>> &pieces) {
  std::string d;
  for (const std::vector<point> &piece : pieces) {
    if (piece.size() < 2)
      continue;
    char command = 'M';
    for (const point &p : piece) {
      d += command + pixels(p.x) + " " + pixels(p.y);
      command = 'L';
    }
  }
  return d;
}

std::string dot(const point &p, int color, double radius) {
  return "<circle class=\"f" + std::to_string(color) + "\" cx=\"" +
         pixels(p.x) + "\" cy=\"" + pixels(p.y) + "\" r=\"" + pixels(radius) +
         "\"/>\n";
}

/// A curve of many points: all of them pale, and their running median.
std::string dense_curve(const std::vector<point> &points, pen with) {
  const std::string color = " c" + std::to_string(with.color);
  return "<path class=\"line pale" + color + "\" d=\"" + path(thinned(points)) +
         "\"/>\n<path class=\"line" + color + (with.dashed ? " dashed" : "") +
         "\" d=\"" + path(medians(points, median_width)) + "\"/>\n";
}

std::string curve(const panel &where, const std::vector<place> &places,
                  pen with) {
  const std::vector<point> points = to_pixels(where, places);
  if (is_dense(places))
    return dense_curve(points, with);
  const std::vector<std::vector<point>> pieces = thinned(points);
  std::string kind = "line c" + std::to_string(with.color);
  if (with.dashed)
    kind += " dashed";
  std::string out;
  if (const std::string d = path(pieces); !d.empty())
    out += "<path class=\"" + kind + "\" d=\"" + d + "\"/>\n";
  for (const std::vector<point> &piece : pieces)
    // A point between two gaps has no line to show it.
    if (places.size() <= most_dots || piece.size() == 1)
      for (const point &p : piece)
        out += dot(p, with.color, places.size() <= most_dots ? 2.4 : 1.6);
  return out;
}

std::string crosses(const panel &where, const drawn_run &run, std::size_t index,
                    int color) {
  std::string out;
  double last = -1e9;
  for (const std::vector<place> *places : {&run.training, &run.validation})
    for (const place &each : *places) {
      const double x = where.to_x(each.x);
      if (!each.non_finite || (x >= last && x - last < 7))
        continue;
      last = x;
      out += cross(x, where.top + 8 + 10 * double(index % 6), color);
    }
  return out;
}

std::string ring(const panel &where, const drawn_run &run, int color) {
  if (run.best < 0)
    return {};
  const place &best = run.validation[std::size_t(run.best)];
  // A logarithmic axis may not show it.
  if (std::isnan(best.y))
    return {};
  return "<circle class=\"best c" + std::to_string(color) + "\" cx=\"" +
         pixels(where.to_x(best.x)) + "\" cy=\"" + pixels(where.to_y(best.y)) +
         "\" r=\"4.2\"/>\n";
}

} // namespace

pen training_pen(const picture &, std::size_t run) {
  return {int(run % color_count), false};
}

pen validation_pen(const picture &shown, std::size_t run) {
  if (shown.runs.size() == 1)
    return {1, false};
  return {int(run % color_count), true};
}

std::string cross(double x, double y, int color) {
  return "<path class=\"cross c" + std::to_string(color) + "\" d=\"M" +
         pixels(x - 3) + " " + pixels(y - 3) + "l6 6m0 -6l-6 6\"/>\n";
}

std::string frame(const panel &where) {
  std::string out;
  for (const tick &t : where.y.ticks) {
    const double y = where.to_y(t.value);
    if (t.label.empty()) {
      out += level_line("axis", where.left - 3, where.left, y);
      continue;
    }
    out += level_line("grid", where.left, where.right, y);
    out += label("muted", where.left - 8, y + 0.35 * where.font_size, "end",
                 t.label);
  }
  out += upright_line("axis", where.left, where.top, where.bottom);
  out += level_line("axis", where.left, where.right, where.bottom);
  return out + label("muted", where.label_x, where.top - 1.1 * where.font_size,
                     "start", where.label);
}

std::string abscissa(const panel &where, const std::string &text) {
  std::string out;
  const double em = where.font_size;
  for (const tick &t : where.x.ticks) {
    const double x = where.to_x(t.value);
    out += upright_line("axis", x, where.bottom, where.bottom + 5);
    out += label("muted", x, where.bottom + 5 + 1.15 * em, "middle", t.label);
  }
  return out + label("muted", (where.left + where.right) / 2,
                     where.bottom + 5 + 2.5 * em, "middle", text);
}

std::string loss_curves(const panel &where, const picture &shown) {
  std::string out;
  for (std::size_t i = 0; i < shown.runs.size(); ++i) {
    const drawn_run &run = shown.runs[i];
    out += curve(where, run.training, training_pen(shown, i));
    out += curve(where, run.validation, validation_pen(shown, i));
  }
  for (std::size_t i = 0; i < shown.runs.size(); ++i) {
    const drawn_run &run = shown.runs[i];
    out += ring(where, run, validation_pen(shown, i).color);
    out += crosses(where, run, i, training_pen(shown, i).color);
  }
  return out;
}

std::string rate_curves(const panel &where, const picture &shown) {
  std::string out;
  // Rates have no noise.
  for (std::size_t i = 0; i < shown.runs.size(); ++i) {
    const std::string d = path(thinned(to_pixels(where, shown.runs[i].rate)));
    out += "<path class=\"line c" +
           std::to_string(training_pen(shown, i).color) + "\" d=\"" + d +
           "\"/>\n";
  }
  return out;
}

} // namespace retrograd::reporting
