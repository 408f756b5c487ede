//===- terminal.cpp - What a stream can show ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The locale is read from the environment, as the program may never have called
// setlocale, and must not be made to.
//
//===----------------------------------------------------------------------===//

#include "terminal.h"
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace retrograd::reporting {

namespace {

std::string_view environment(const char *name) {
  const char *const value = std::getenv(name);
  return value ? value : "";
}

} // namespace

bool can_redraw(std::FILE *stream) {
  return ::isatty(::fileno(stream)) && environment("TERM") != "dumb";
}

int columns(std::FILE *stream) {
  winsize size = {};
  if (::ioctl(::fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

bool wants_color() { return environment("NO_COLOR").empty(); }

bool wants_unicode() {
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = environment(name);
    if (!locale.empty())
      return locale.find("UTF-8") != locale.npos ||
             locale.find("utf8") != locale.npos ||
             locale.find("utf-8") != locale.npos ||
             locale.find("UTF8") != locale.npos;
  }
  return false;
}

} // namespace retrograd::reporting
