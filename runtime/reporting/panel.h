//===- panel.h - Axes and curves ------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rectangle of the figure with two axes. With one run, training and
// validation have colours of their own; with several, each run has a colour,
// and what is validation is dashed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_PANEL_H
#define RETROGRAD_RUNTIME_REPORTING_PANEL_H

#include "axis.h"
#include "picture.h"
#include <string>

namespace retrograd::reporting {

struct panel {
  axis x;
  axis y;
  double left, right, top, bottom;
  double font_size;
  /// Of the upright axis, above it, from `label_x` on.
  std::string label;
  double label_x;

  double to_x(double value) const {
    return left + (right - left) * x.share(value);
  }
  double to_y(double value) const {
    return bottom - (bottom - top) * y.share(value);
  }
};

/// How a curve is drawn.
struct pen {
  int color;
  bool dashed;
};
pen training_pen(const picture &shown, std::size_t run);
pen validation_pen(const picture &shown, std::size_t run);

/// The grid, the axes, and the labels of the upright one.
std::string frame(const panel &where);

/// The labels of the level axis, below the panel.
std::string abscissa(const panel &where, const std::string &label);

std::string loss_curves(const panel &where, const picture &shown);
std::string rate_curves(const panel &where, const picture &shown);

/// A mark for what is not finite, at its centre.
std::string cross(double x, double y, int color);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_PANEL_H
