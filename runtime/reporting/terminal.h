//===- terminal.h - What a stream can show --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that is asked of the environment and the system, in one place.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_TERMINAL_H
#define RETROGRAD_RUNTIME_REPORTING_TERMINAL_H

#include <cstdio>

namespace retrograd::reporting {

/// Whether a line on the stream can be drawn again: a terminal, but not one of
/// the type `dumb`.
bool can_redraw(std::FILE *stream);

/// Columns of the terminal, or 80 if it does not say.
int columns(std::FILE *stream);

/// NO_COLOR (https://no-color.org): set and not empty means no colours.
bool wants_color();

/// Whether the locale of the environment is a UTF-8 one.
bool wants_unicode();

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_TERMINAL_H
