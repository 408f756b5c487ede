//===- picture.cpp - What a picture of runs shows -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A training loss that is NaN is a gap, since each epoch has one. A validation
// loss that is NaN was not measured, and the curve goes on to the next.
//
//===----------------------------------------------------------------------===//

#include "picture.h"
#include "axis.h"
#include "quantities.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace retrograd::reporting {

namespace {

/// What is beyond is no number to draw an axis for.
constexpr double largest = 1e300;

bool drawable(double y) { return std::fabs(y) <= largest; }

struct range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void add(const std::vector<place> &places) {
    for (const place &each : places)
      if (!std::isnan(each.y))
        add(each.y);
  }
};

/// The x of each record. Those of a resumed run start again, or cannot be
/// compared; they go on where the earlier ones ended.
std::vector<double> abscissae(std::span<const epoch_record> history,
                              curve_abscissa which) {
  std::vector<double> x;
  double offset = 0, before = 0;
  for (const epoch_record &record : history) {
    double value = 0;
    switch (which) {
    case curve_abscissa::epoch:
      value = double(record.epoch);
      break;
    case curve_abscissa::step:
      value = double(record.step);
      break;
    case curve_abscissa::seconds:
      value = record.seconds;
      break;
    }
    if (value < before)
      offset += before;
    before = value;
    x.push_back(offset + value);
  }
  return x;
}

place make_place(double x, double y, std::size_t record) {
  const bool finite = drawable(y);
  return {x, finite ? y : std::nan(""), !finite, record};
}

drawn_run draw(const learning_curve &curve, curve_abscissa which) {
  drawn_run run = {curve.name, curve.history, curve.run, {}, {}, {}, -1, 0};
  const std::vector<double> x = abscissae(curve.history, which);
  const std::vector<double> times =
      abscissae(curve.history, curve_abscissa::seconds);
  run.seconds = times.empty() ? 0 : times.back();
  for (std::size_t i = 0; i < x.size(); ++i) {
    const epoch_record &record = curve.history[i];
    run.training.push_back(make_place(x[i], record.train_loss, i));
    if (!std::isnan(record.validation_loss))
      run.validation.push_back(make_place(x[i], record.validation_loss, i));
    if (std::isfinite(record.lr))
      run.rate.push_back(make_place(x[i], record.lr, i));
  }
  for (std::size_t i = 0; i < run.validation.size(); ++i)
    if (!run.validation[i].non_finite &&
        (run.best < 0 ||
         run.validation[i].y < run.validation[std::size_t(run.best)].y))
      run.best = std::ptrdiff_t(i);
  return run;
}

std::size_t hide_not_positive(std::vector<place> &places) {
  std::size_t hidden = 0;
  for (place &each : places)
    if (each.y <= 0) {
      each.y = std::nan("");
      ++hidden;
    }
  return hidden;
}

void choose_scale(picture &shown, axis_scale scale) {
  range y;
  for (const drawn_run &run : shown.runs) {
    y.add(run.training);
    y.add(run.validation);
  }
  shown.logarithmic =
      scale == axis_scale::logarithmic ||
      (scale == axis_scale::automatic && wants_logarithm(y.low, y.high));
  if (!shown.logarithmic)
    return;
  for (drawn_run &run : shown.runs)
    shown.not_positive +=
        hide_not_positive(run.training) + hide_not_positive(run.validation);
}

void find_ranges(picture &shown) {
  range x, y, rate;
  for (const drawn_run &run : shown.runs) {
    for (const place &each : run.training)
      x.add(each.x);
    y.add(run.training);
    y.add(run.validation);
    rate.add(run.rate);
    shown.has_validation |= !run.validation.empty();
    shown.has_medians |= is_dense(run.training) || is_dense(run.validation);
    for (const std::vector<place> *places : {&run.training, &run.validation})
      shown.has_non_finite |=
          std::any_of(places->begin(), places->end(),
                      [](const place &each) { return each.non_finite; });
    range own;
    own.add(run.rate);
    shown.has_rates |= own.high > own.low * (1 + 1e-9);
  }
  shown.x_low = x.low, shown.x_high = x.high;
  shown.y_low = y.low, shown.y_high = y.high;
  shown.rate_low = rate.low, shown.rate_high = rate.high;
}

/// Exponential and stepwise decay are seen best on a logarithmic axis. A
/// cosine, which comes near zero in its last few steps, is not.
bool wants_logarithmic_rates(const picture &shown) {
  if (!wants_logarithm(shown.rate_low, shown.rate_high))
    return false;
  const double middle = std::sqrt(shown.rate_low * shown.rate_high);
  std::size_t all = 0, lower = 0;
  for (const drawn_run &run : shown.runs)
    for (const place &each : run.rate) {
      ++all;
      lower += each.y < middle;
    }
  return lower * 4 >= all;
}

std::string about(const drawn_run &run) {
  if (run.history.empty())
    return run.name + " has no epochs. ";
  const epoch_record &first = run.history.front();
  const epoch_record &last = run.history.back();
  std::string text =
      run.name + ": training loss from " + with_digits(first.train_loss) +
      " in epoch " + grouped(first.epoch) + " to " +
      with_digits(last.train_loss) + " in epoch " + grouped(last.epoch);
  if (run.best >= 0) {
    const place &best = run.validation[std::size_t(run.best)];
    const epoch_record &record = run.history[best.record];
    text += "; lowest validation loss " + with_digits(record.validation_loss) +
            " in epoch " + grouped(record.epoch);
  }
  return text + ". ";
}

} // namespace

bool is_dense(const std::vector<place> &places) { return places.size() > 240; }

picture make_picture(const std::vector<learning_curve> &runs,
                     const learning_curves_options &options) {
  picture shown = {};
  shown.title = options.title;
  shown.loss = options.loss;
  switch (options.abscissa) {
  case curve_abscissa::epoch:
    shown.abscissa = "epoch";
    break;
  case curve_abscissa::step:
    shown.abscissa = "step";
    break;
  case curve_abscissa::seconds:
    shown.abscissa = "time (s)";
    shown.whole_abscissa = false;
    break;
  }
  for (const learning_curve &run : runs)
    shown.runs.push_back(draw(run, options.abscissa));
  choose_scale(shown, options.scale);
  find_ranges(shown);
  shown.logarithmic_rates = wants_logarithmic_rates(shown);
  return shown;
}

std::string description(const picture &shown) {
  std::string text =
      shown.has_validation ? "Training and validation loss" : "Training loss";
  text += " against " + shown.abscissa + " on a " +
          (shown.logarithmic ? "logarithmic" : "linear") + " axis. ";
  for (const drawn_run &run : shown.runs)
    text += about(run);
  text.pop_back();
  return text;
}

} // namespace retrograd::reporting
