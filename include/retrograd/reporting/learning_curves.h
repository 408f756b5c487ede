//===- learning_curves.h - A picture of training runs ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   write_learning_curves("curves.html", {{"SGD", sgd}, {"Adam", adam}});
//
// draws the losses of one or several runs into one file that needs nothing
// else: no script, no font, no network. An HTML page adapts to the width of the
// window and to a dark background, shows numbers under the pointer, and has
// them in a table below. A name that ends in .svg gives the picture alone, for
// a paper.
//
// Thousands of epochs are drawn with the points that can be told apart, the
// extremes always among them. A loss that is not finite is a gap with a mark.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REPORTING_LEARNING_CURVES_H
#define RETROGRAD_REPORTING_LEARNING_CURVES_H

#include <retrograd/training/summary.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace retrograd {

/// One run of a picture. Refers to its history and summary, which must outlive
/// it; temporaries live to the end of the call.
struct learning_curve {
  learning_curve(std::string name, const summary &run)
      : name(std::move(name)), history(run.history), run(&run) {}
  learning_curve(std::string name, std::span<const epoch_record> history)
      : name(std::move(name)), history(history) {}

  std::string name;
  std::span<const epoch_record> history;
  /// For the table below the picture; may be null.
  const summary *run = nullptr;
};

enum class axis_scale {
  automatic, ///< Logarithmic if all losses are positive and differ widely.
  linear,
  logarithmic ///< What is not positive cannot be shown, and the page says so.
};

/// What runs to the right.
enum class curve_abscissa {
  epoch,
  step,
  seconds ///< Wall clock, that of resumed runs added up.
};

struct learning_curves_options {
  std::string title = "Learning curves";
  /// What the losses are, as a label of their axis.
  std::string loss = "loss";
  axis_scale scale = axis_scale::automatic;
  curve_abscissa abscissa = curve_abscissa::epoch;
};

/// The text of a page of HTML.
std::string learning_curves_html(const std::vector<learning_curve> &runs,
                                 const learning_curves_options &options = {});

/// The text of a picture, SVG 1.1 with styles of CSS.
std::string learning_curves_svg(const std::vector<learning_curve> &runs,
                                const learning_curves_options &options = {});

/// Writes one of these, by the end of the file's name: .html, .htm or .svg. The
/// file is written aside and renamed, so that it can be looked at, and written
/// anew, while a training is going on.
///
/// Throws std::invalid_argument for another name, and std::runtime_error if the
/// file cannot be written, which names it.
void write_learning_curves(const std::string &path,
                           const std::vector<learning_curve> &runs,
                           const learning_curves_options &options = {});

} // namespace retrograd

#endif // RETROGRAD_REPORTING_LEARNING_CURVES_H
