//===- figure.h - A picture of runs as SVG --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One drawing for one width. Colours are classes, which style.h defines.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_FIGURE_H
#define RETROGRAD_RUNTIME_REPORTING_FIGURE_H

#include "picture.h"
#include <string>

namespace retrograd::reporting {

struct figure_layout {
  /// Distinguishes the ids of several figures of one page.
  const char *id;
  double width;
  /// Around the picture.
  double margin;
  /// Of the part with the losses.
  double plot_height;
  double rate_height;
  double font_size;
  /// Labelled ticks to the right and upwards, about.
  int x_ticks;
  int y_ticks;
  /// Places where the pointer finds numbers.
  int pointer_places;
  /// Whether the title is drawn, and the style a part of the picture.
  bool alone;
};

/// An element <svg>.
std::string figure(const picture &shown, const figure_layout &layout);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_FIGURE_H
