//===- learning-curves.cpp - A picture of training runs -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes pages of all kinds, which Inputs/read-curves.py reads: well formed,
// self-contained, and with all that was to be shown.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all \
// RUN:   %s %runtime -o %t/curves
// RUN: cd %t && ./curves
// RUN: %python %S/Inputs/read-curves.py %t

#include "../Inputs/check.h"
#include <cmath>
#include <fstream>
#include <limits>
#include <retrograd/reporting/learning_curves.h>
#include <stdexcept>
#include <sys/stat.h>

using namespace retrograd;

static const double none = std::numeric_limits<double>::quiet_NaN();
static const double infinity = std::numeric_limits<double>::infinity();

static summary run(int epochs, double (*loss)(int), double (*validation)(int),
                   double (*rate)(int)) {
  summary made;
  for (int i = 1; i <= epochs; ++i)
    made.history.push_back({i, 10 * i, loss(i), validation ? validation(i) : none,
                            rate ? rate(i) : 1e-3, 1, 0.5 * i, 100});
  return made;
}

static double falling(int i) { return 2 * std::exp(-0.1 * i) + 0.4; }
static double falling_fast(int i) { return 2 * std::exp(-0.5 * i) + 1e-3; }
static double valley(int i) { return 0.5 + 0.001 * (i - 12) * (i - 12); }
static double cosine(int i) { return 1e-3 * (1 + std::cos(0.15 * i)); }

static void write_pages() {
  const summary one = run(20, falling, valley, nullptr);
  write_learning_curves("one.html", {{"digits", one}}, {.title = "Digits"});
  write_learning_curves("one.svg", {{"digits", one}}, {.title = "Digits"});

  const summary fast = run(20, falling_fast, nullptr, cosine);
  write_learning_curves("two.html", {{"<b>\"slow\" & steady", one},
                                     {"fast\xFF\x01", fast}});

  // Losses that are not finite, and a finite one between two of them.
  summary holes = run(10, falling, nullptr, nullptr);
  holes.history[2].train_loss = none;
  holes.history[4].train_loss = infinity;
  write_learning_curves("holes.html", {{"holes", holes}});

  // One epoch in many stands out upwards, one downwards.
  summary many = run(100000, falling, nullptr, nullptr);
  for (epoch_record &record : many.history)
    record.train_loss = 1 + 0.1 * std::sin(double(record.epoch));
  many.history[31415].train_loss = 3;
  many.history[92653].train_loss = 0.5;
  write_learning_curves("many.html", {{"many", many}});

  // Validation only now and then is one curve all the same.
  summary sparse = run(30, falling, valley, nullptr);
  for (epoch_record &record : sparse.history)
    if (record.epoch % 5 != 0)
      record.validation_loss = none;
  write_learning_curves("sparse.html", {{"sparse", sparse}});

  write_learning_curves("negative.html",
                        {{"n", run(9, [](int i) { return 5.0 - i; }, nullptr,
                                   nullptr)}},
                        {.scale = axis_scale::logarithmic});
  write_learning_curves("seconds.html", {{"s", one}, {"t", fast}},
                        {.abscissa = curve_abscissa::seconds});

  // Nothing, nearly nothing, nothing that can be drawn, and what is at the ends
  // of the range of doubles.
  write_learning_curves("none.html", {});
  write_learning_curves("empty.html", {{"empty", summary{}}});
  write_learning_curves("single.html", {{"single", run(1, falling, valley, nullptr)}});
  write_learning_curves(
      "nan.html", {{"nan", run(5, [](int) { return none; }, nullptr, nullptr)}});
  write_learning_curves(
      "extreme.html",
      {{"extreme", run(6, [](int i) { return std::pow(10.0, 100 * i - 308); },
                       nullptr, nullptr)},
       {"huge", run(6, [](int i) { return i % 2 ? 1.7e308 : 1e-320; }, nullptr,
                    nullptr)}});
}

/// A resumed run counts its seconds anew; the curve goes on.
static void resumed_seconds() {
  summary resumed = run(8, falling, nullptr, nullptr);
  for (int i = 4; i < 8; ++i)
    resumed.history[std::size_t(i)].seconds -= 2;
  const summary straight = run(8, falling, nullptr, nullptr);
  const learning_curves_options options = {.abscissa = curve_abscissa::seconds};
  CHECK_THAT(learning_curves_svg({{"r", resumed}}, options) ==
             learning_curves_svg({{"r", straight}}, options));
}

template <class Error> static std::string message_of(const std::string &path) {
  try {
    write_learning_curves(path, {});
  } catch (const Error &error) {
    return error.what();
  }
  return "none";
}

static void errors() {
  CHECK_THAT(message_of<std::invalid_argument>("curves.png") ==
             "write_learning_curves: the name curves.png must end in .html, "
             ".htm or .svg");
  CHECK_THAT(message_of<std::runtime_error>("no/such/folder.html") ==
             "cannot write the learning curves no/such/folder.html.part: No "
             "such file or directory");
  // What was there stays, and nothing is left behind.
  CHECK_THAT(mkdir("folder.html", 0777) == 0);
  CHECK_THAT(message_of<std::runtime_error>("folder.html") ==
             "cannot write the learning curves folder.html: Is a directory");
  CHECK_THAT(!std::ifstream("folder.html.part").good());
}

int main() {
  write_pages();
  resumed_seconds();
  errors();
}
