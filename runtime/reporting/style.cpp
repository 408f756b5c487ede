//===- style.cpp - Colours and lines of the picture -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Colours stand in the rules themselves and not in variables, which programs
// that turn SVG into PDF often don't know. What they ignore is the dark half.
//
//===----------------------------------------------------------------------===//

#include "style.h"
#include <array>

namespace retrograd::reporting {

namespace {

struct palette {
  const char *paper;
  const char *ink;
  const char *muted;
  const char *axis;
  const char *grid;
  std::array<const char *, color_count> lines;
};

constexpr palette light = {"#ffffff",
                           "#1f2328",
                           "#59636e",
                           "#8c959f",
                           "#e6e9ec",
                           {"#0072b2", "#d55e00", "#00875f", "#b04a8f",
                            "#a37400", "#3f4a56", "#2f9fd0", "#c1272d"}};

constexpr palette dark = {"#14171c",
                          "#e6e8eb",
                          "#9aa4af",
                          "#6b7580",
                          "#2a3037",
                          {"#58aef0", "#ff9252", "#3dcb9b", "#e48ac4",
                           "#e3bb45", "#c3ccd6", "#8fd7f5", "#ff7276"}};

std::string color_rules(const palette &p) {
  std::string css;
  auto rule = [&](const std::string &selector, const std::string &body) {
    css += selector + "{" + body + "}\n";
  };
  rule(".paper", "fill:" + std::string(p.paper));
  rule(".ink", "fill:" + std::string(p.ink));
  rule(".muted", "fill:" + std::string(p.muted));
  rule(".axis", "stroke:" + std::string(p.axis));
  rule(".grid", "stroke:" + std::string(p.grid));
  rule(".cursor", "stroke:" + std::string(p.axis));
  rule(".neutral", "stroke:" + std::string(p.muted));
  rule(".best", "fill:" + std::string(p.paper));
  for (int i = 0; i < color_count; ++i)
    rule(".c" + std::to_string(i),
         "stroke:" + std::string(p.lines[std::size_t(i)]));
  for (int i = 0; i < color_count; ++i)
    rule(".f" + std::to_string(i),
         "fill:" + std::string(p.lines[std::size_t(i)]));
  return css;
}

std::string in_the_dark(const std::string &css) {
  return "@media screen and (prefers-color-scheme:dark){\n" + css + "}\n";
}

std::string page_colors(const palette &p) {
  return "body{background:" + std::string(p.paper) + ";color:" + p.ink +
         "}\nth{color:" + p.muted + "}\nth,td{border-color:" + p.grid +
         "}\n.note{color:" + p.muted + "}\n";
}

} // namespace

std::string figure_style() {
  return "text{font-family:Inter,system-ui,-apple-system,'Segoe UI',Roboto,"
         "'Helvetica Neue',Arial,sans-serif;"
         "font-variant-numeric:tabular-nums}\n"
         ".line{fill:none;stroke-width:1.8;stroke-linejoin:round;"
         "stroke-linecap:round}\n"
         ".pale{stroke-width:1;opacity:.3}\n"
         ".dashed{stroke-dasharray:5 3.5;stroke-linecap:butt}\n"

         ".axis,.grid,.cursor{fill:none;stroke-width:1}\n"
         ".best{stroke-width:1.8}\n"
         ".cross{fill:none;stroke-width:1.6;stroke-linecap:round}\n"
         ".spot .cursor,.spot circle{visibility:hidden}\n"
         ".spot:hover .cursor,.spot:hover circle{visibility:visible}\n"
         ".hit{fill:none;pointer-events:all}\n" +
         color_rules(light) + in_the_dark(color_rules(dark));
}

std::string page_style() {
  return ":root{color-scheme:light dark}\n"
         "body{margin:0;font:15px/1.5 Inter,system-ui,-apple-system,"
         "'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}\n"
         "main{max-width:860px;margin:0 auto;padding:28px 20px 40px}\n"
         "h1{font-size:20px;line-height:1.3;font-weight:600;margin:0 0 14px}\n"
         "svg{display:block;width:100%;height:auto}\n"
         ".narrow{display:none}\n"
         "@media (max-width:600px){.wide{display:none}.narrow{display:block}"
         "main{padding:18px 12px 28px}}\n"
         ".scroll{overflow-x:auto;margin-top:22px}\n"
         "table{border-collapse:collapse;width:100%;font-size:13.5px;"
         "font-variant-numeric:tabular-nums}\n"
         "th,td{text-align:right;padding:6px 0 6px 18px;white-space:nowrap;"
         "border-bottom:1px solid;vertical-align:top}\n"
         "th{font-weight:500;white-space:normal;vertical-align:bottom}\n"
         "th:first-child,td:first-child{text-align:left;padding-left:0;"
         "white-space:normal;min-width:90px}\n"
         "th.words,td.words{text-align:left;white-space:normal;"
         "min-width:150px}\n"
         ".swatch{width:12px;height:12px;display:inline-block;"
         "vertical-align:-1px;margin-right:8px}\n"
         ".note{font-size:13.5px;margin:14px 0 0}\n" +
         page_colors(light) + in_the_dark(page_colors(dark));
}

} // namespace retrograd::reporting
