//===- markup.cpp - Text for HTML and SVG ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever a name holds, the text is well formed.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -I%source/runtime -std=c++20 -Wall -Wextra -Werror \
// RUN:   %s %runtime -o %t && %t

#include "../Inputs/check.h"
#include <reporting/markup.h>

using namespace retrograd::reporting;

int main() {
  const std::string bad = "\xEF\xBF\xBD";
  CHECK_THAT(escaped("<a href=\"x\">&'</a>") ==
             "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
  CHECK_THAT(escaped("a\tb\x01\x7F\nc") == "a b  \nc");
  CHECK_THAT(escaped("größe 大 🙂") == "größe 大 🙂");
  // Cut off, overlong, a surrogate, beyond Unicode, and U+FFFE.
  CHECK_THAT(escaped("a\xC3") == "a" + bad);
  CHECK_THAT(escaped("\xC0\xAF") == bad + bad);
  CHECK_THAT(escaped("\xE0\x80\xAF") == bad + bad + bad);
  CHECK_THAT(escaped("\xED\xA0\x80") == bad + bad + bad);
  CHECK_THAT(escaped("\xF5\x80\x80\x80") == bad + bad + bad + bad);
  CHECK_THAT(escaped("\xEF\xBF\xBE") == bad + bad + bad);

  CHECK_THAT(pixels(1.234) == "1.23");
  CHECK_THAT(pixels(1.5) == "1.5");
  CHECK_THAT(pixels(100) == "100");
  CHECK_THAT(pixels(-0.001) == "0");
  CHECK_THAT(text_width("ä", 10) == text_width("a", 10));
}
