//===- style.h - Colours and lines of the picture -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The colours can be told apart with the common kinds of colour blindness; the
// first ones are those of M. Okabe and K. Ito, Color Universal Design, 2008,
// the light ones darker, so that thin lines have enough contrast.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_STYLE_H
#define RETROGRAD_RUNTIME_REPORTING_STYLE_H

#include <string>

namespace retrograd::reporting {

/// Classes c0, c1, ... of lines.
constexpr int color_count = 8;

/// CSS for the elements of a figure, on light and dark backgrounds.
std::string figure_style();

/// CSS for the page around it.
std::string page_style();

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_STYLE_H
