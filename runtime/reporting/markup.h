//===- markup.h - Text for HTML and SVG -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names come from users and may hold anything; what is written is always well
// formed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_MARKUP_H
#define RETROGRAD_RUNTIME_REPORTING_MARKUP_H

#include <string>
#include <string_view>

namespace retrograd::reporting {

/// Text or the value of an attribute: & < > " ' are escaped, control characters
/// are spaces but for newlines, and what is no UTF-8 becomes U+FFFD.
std::string escaped(std::string_view text);

/// A length in pixels with at most two decimals.
std::string pixels(double length);

/// About how wide a text is in a sans-serif font of this size, in pixels. The
/// font is the browser's choice; this is the width in one of the wider ones.
double text_width(std::string_view text, double font_size);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_MARKUP_H
