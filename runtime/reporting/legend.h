//===- legend.h - What is which -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Above the plot, where it hides no curve.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_LEGEND_H
#define RETROGRAD_RUNTIME_REPORTING_LEGEND_H

#include "picture.h"
#include <string>

namespace retrograd::reporting {

/// Draws the legend between left and right, from `top` on, which becomes its
/// bottom.
std::string legend(const picture &shown, double left, double right, double &top,
                   double font_size);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_LEGEND_H
