//===- pointer.cpp - Numbers under the pointer ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Strips meet in the middle between two places, and each place is one that some
// run has. The first of several places in one strip's width stands for them.
//
//===----------------------------------------------------------------------===//

#include "pointer.h"
#include "markup.h"
#include "quantities.h"
#include <algorithm>
#include <cmath>

namespace retrograd::reporting {

namespace {

/// The x of places, ascending, no two nearer than what `most` allows.
std::vector<double> strip_places(const picture &shown, int most) {
  std::vector<double> all;
  for (const drawn_run &run : shown.runs)
    for (const place &each : run.training)
      all.push_back(each.x);
  std::sort(all.begin(), all.end());
  if (all.empty())
    return all;
  const double least = (all.back() - all.front()) / most;
  std::vector<double> chosen = {all.front()};
  for (const double x : all)
    if (x > chosen.back() && x - chosen.back() >= least)
      chosen.push_back(x);
  return chosen;
}

/// The place nearest to x, or null if it is more than `most` away.
const place *nearest(const std::vector<place> &places, double x, double most) {
  const auto after =
      std::lower_bound(places.begin(), places.end(), x,
                       [](const place &p, double v) { return p.x < v; });
  const place *best = nullptr;
  auto consider = [&](const place &p) {
    if (std::fabs(p.x - x) <= most &&
        (!best || std::fabs(p.x - x) < std::fabs(best->x - x)))
      best = &p;
  };
  if (after != places.end())
    consider(*after);
  if (after != places.begin())
    consider(*std::prev(after));
  return best;
}

std::string circle(const panel &where, const place &p, int color) {
  if (std::isnan(p.y))
    return {};
  return "<circle class=\"f" + std::to_string(color) + "\" cx=\"" +
         pixels(where.to_x(p.x)) + "\" cy=\"" + pixels(where.to_y(p.y)) +
         "\" r=\"3.4\"/>";
}

struct strip {
  std::string title;
  std::string circles;
};

strip numbers_at(const panel &losses, const picture &shown, double x,
                 double reach) {
  strip made;
  made.title =
      shown.abscissa + " " +
      (shown.whole_abscissa ? grouped(std::llround(x)) : with_digits(x));
  for (std::size_t i = 0; i < shown.runs.size(); ++i) {
    const drawn_run &run = shown.runs[i];
    const place *const training = nearest(run.training, x, reach);
    if (!training)
      continue;
    made.title += "\n" + (run.name.empty() ? "" : run.name + ": ") +
                  "training " +
                  with_digits(run.history[training->record].train_loss);
    made.circles += circle(losses, *training, training_pen(shown, i).color);
    const place *const validation = nearest(run.validation, x, reach);
    if (validation) {
      made.title +=
          ", validation " +
          with_digits(run.history[validation->record].validation_loss);
      made.circles +=
          circle(losses, *validation, validation_pen(shown, i).color);
    }
    if (shown.has_rates)
      made.title += ", rate " + shortest(run.history[training->record].lr, 3);
  }
  return made;
}

} // namespace

std::string pointer_strips(const std::vector<panel> &panels,
                           const picture &shown, int most) {
  const panel &losses = panels.front();
  const std::vector<double> places = strip_places(shown, most);
  // A run that ends early has no numbers beyond its end.
  const double reach =
      places.size() > 1 ? (places.back() - places.front()) / most : 0;
  std::string out;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double x = losses.to_x(places[i]);
    const double from =
        i == 0 ? losses.left : (losses.to_x(places[i - 1]) + x) / 2;
    const double to = i + 1 == places.size()
                          ? losses.right
                          : (x + losses.to_x(places[i + 1])) / 2;
    const strip made = numbers_at(losses, shown, places[i], reach);
    out += "<g class=\"spot\"><title>" + escaped(made.title) +
           "</title><path class=\"cursor\" d=\"M" +
           pixels(std::floor(x) + 0.5) + " " + pixels(losses.top) + "V" +
           pixels(panels.back().bottom) + "\"/>" + made.circles +
           "<rect class=\"hit\" x=\"" + pixels(from) + "\" y=\"" +
           pixels(losses.top) + "\" width=\"" + pixels(to - from) +
           "\" height=\"" + pixels(panels.back().bottom - losses.top) +
           "\"/></g>\n";
  }
  return out;
}

} // namespace retrograd::reporting
