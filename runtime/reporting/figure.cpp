//===- figure.cpp - A picture of runs as SVG ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From back to front: paper, grid, axes, curves, marks, and on top of all
// invisible strips that show numbers under the pointer. A strip is a title for
// the browser to show, and a cursor that a rule of style makes visible.
//
//===----------------------------------------------------------------------===//

#include "figure.h"
#include "axis.h"
#include "legend.h"
#include "markup.h"
#include "panel.h"
#include "pointer.h"
#include "style.h"
#include <algorithm>

namespace retrograd::reporting {

namespace {

/// Space for the labels of the upper axis, by its widest one.
double left_margin(const std::vector<const axis *> &axes, double font_size) {
  double widest = 0;
  for (const axis *each : axes)
    for (const tick &t : each->ticks)
      widest = std::max(widest, text_width(t.label, font_size));
  return widest + 10;
}

std::string nothing_to_draw(const figure_layout &layout, double top) {
  return "<text class=\"muted\" x=\"" + pixels(layout.width / 2) + "\" y=\"" +
         pixels(top + layout.plot_height / 2) +
         "\" text-anchor=\"middle\">No epoch has a loss that can be drawn."
         "</text>\n";
}

axis losses_axis(const picture &shown, int about) {
  if (shown.y_low > shown.y_high)
    return linear_axis(0, 1, about);
  return shown.logarithmic ? logarithmic_axis(shown.y_low, shown.y_high, about)
                           : linear_axis(shown.y_low, shown.y_high, about);
}

axis rates_axis(const picture &shown) {
  return shown.logarithmic_rates
             ? logarithmic_axis(shown.rate_low, shown.rate_high, 3)
             : linear_axis(shown.rate_low, shown.rate_high, 3);
}

axis x_axis(const picture &shown, int about) {
  if (shown.x_low > shown.x_high)
    return exact_axis(0, 1, about, true);
  return exact_axis(shown.x_low, shown.x_high, about, shown.whole_abscissa);
}

std::string loss_label(const picture &shown) {
  return shown.loss + (shown.logarithmic ? " (logarithmic)" : "");
}

/// The panels from top to bottom, and the height of all.
std::string body(const picture &shown, const figure_layout &layout,
                 double &height) {
  const double em = layout.font_size;
  const axis x = x_axis(shown, layout.x_ticks);
  const axis y = losses_axis(shown, layout.y_ticks);
  const axis rate = shown.has_rates ? rates_axis(shown) : axis{0, 1, false, {}};
  const double left = layout.margin + left_margin({&y, &rate}, em);
  // Half of the last label stands beyond the end of its axis.
  const double right =
      layout.width - layout.margin -
      (x.ticks.empty() ? 0 : text_width(x.ticks.back().label, em) / 2) - 2;

  double top = layout.margin;
  std::string out;
  if (layout.alone && !shown.title.empty()) {
    out += "<text class=\"ink\" x=\"" + pixels(layout.margin) + "\" y=\"" +
           pixels(top + 1.2 * em) + "\" font-size=\"" + pixels(1.25 * em) +
           "\" font-weight=\"600\">" + escaped(shown.title) + "</text>\n";
    top += 2.2 * em;
  }
  out += legend(shown, layout.margin, right, top, em);
  // The label of the axis stands upright above it.
  top += 2.6 * em;
  const panel losses = {x,
                        y,
                        left,
                        right,
                        top,
                        top + layout.plot_height,
                        em,
                        loss_label(shown),
                        layout.margin};
  height = losses.bottom;
  out += frame(losses);
  if (shown.y_low > shown.y_high)
    out += nothing_to_draw(layout, top);
  out += loss_curves(losses, shown);
  std::vector<panel> all = {losses};
  if (shown.has_rates) {
    const double below = losses.bottom + 3 * em;
    const panel rates = {x,
                         rate,
                         left,
                         right,
                         below,
                         below + layout.rate_height,
                         em,
                         "learning rate",
                         layout.margin};
    height = rates.bottom;
    out += frame(rates) + rate_curves(rates, shown);
    all.push_back(rates);
  }
  out += abscissa(all.back(), shown.abscissa);
  height += 3.4 * em + layout.margin;
  return out + pointer_strips(all, shown, layout.pointer_places);
}

} // namespace

std::string figure(const picture &shown, const figure_layout &layout) {
  double height = 0;
  const std::string content = body(shown, layout, height);
  const std::string id = layout.id;
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"" + id +
                    "\" viewBox=\"0 0 " + pixels(layout.width) + " " +
                    pixels(height) + "\"";
  if (layout.alone)
    out += " width=\"" + pixels(layout.width) + "\" height=\"" +
           pixels(height) + "\"";
  out += " font-size=\"" + pixels(layout.font_size) +
         "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id +
         "-desc\">\n<title id=\"" + id + "-title\">" + escaped(shown.title) +
         "</title>\n<desc id=\"" + id + "-desc\">" +
         escaped(description(shown)) + "</desc>\n";
  if (layout.alone)
    out += "<style>\n" + figure_style() + "</style>\n";
  out += "<rect class=\"paper\" width=\"" + pixels(layout.width) +
         "\" height=\"" + pixels(height) + "\"/>\n";
  return out + content + "</svg>\n";
}

} // namespace retrograd::reporting
