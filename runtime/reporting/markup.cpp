//===- markup.cpp - Text for HTML and SVG ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The well-formed UTF-8 sequences are those of table 3-7 of the Unicode
// standard, without the code points that XML forbids.
//
//===----------------------------------------------------------------------===//

#include "markup.h"
#include "quantities.h"

namespace retrograd::reporting {

namespace {

unsigned char byte(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

bool continues(unsigned char c) { return (c & 0xC0) == 0x80; }

/// The length of the well-formed sequence of several bytes at the start of
/// `text`, or 0.
std::size_t sequence(std::string_view text) {
  const unsigned char first = byte(text, 0);
  const unsigned char second = byte(text, 1);
  if (!continues(second))
    return 0;
  if (first >= 0xC2 && first <= 0xDF)
    return 2;
  if (!continues(byte(text, 2)))
    return 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool forbidden =
        first == 0xEF && second == 0xBF && byte(text, 2) >= 0xBE;
    return overlong || surrogate || forbidden ? 0 : 3;
  }
  if (!continues(byte(text, 3)))
    return 0;
  const bool in_range = (first == 0xF0 && second >= 0x90) ||
                        (first >= 0xF1 && first <= 0xF3) ||
                        (first == 0xF4 && second <= 0x8F);
  return in_range ? 4 : 0;
}

const char *escape(char c) {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return nullptr;
  }
}

double width_in_ems(char c) {
  static constexpr std::string_view narrow = "ijlI.,:;|!'()[]/ ";
  static constexpr std::string_view wide = "mwMW%@";
  if (narrow.find(c) != narrow.npos)
    return 0.36;
  if (wide.find(c) != wide.npos)
    return 0.95;
  return c >= 'A' && c <= 'Z' ? 0.7 : 0.62;
}

} // namespace

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = 1;
    if (const char *const entity = escape(c))
      out += entity;
    else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F)
      out += ' ';
    else if (static_cast<unsigned char>(c) < 0x80)
      out += c;
    else if ((length = sequence(text)) != 0)
      out += text.substr(0, length);
    else {
      out += "\xEF\xBF\xBD";
      length = 1;
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string pixels(double length) {
  std::string text = fixed(length, 2);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text == "-0" ? "0" : text;
}

double text_width(std::string_view text, double font_size) {
  double ems = 0;
  for (const char c : text)
    if (!continues(static_cast<unsigned char>(c)))
      ems += width_in_ems(c);
  return ems * font_size;
}

} // namespace retrograd::reporting
