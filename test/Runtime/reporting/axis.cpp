//===- axis.cpp - Ticks at round numbers ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Examples, and properties that hold for axes of random ranges.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -I%source/runtime -std=c++20 -Wall -Wextra -Werror \
// RUN:   %s %runtime -o %t && %t

#include "../Inputs/check.h"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <reporting/axis.h>

using namespace retrograd::reporting;

static std::string labels(const axis &a) {
  std::string all;
  for (const tick &t : a.ticks)
    if (!t.label.empty())
      all += t.label + " ";
  return all;
}

static void examples() {
  CHECK_THAT(labels(linear_axis(0.05, 0.93, 6)) == "0 0.2 0.4 0.6 0.8 1 ");
  CHECK_THAT(labels(linear_axis(-0.57, 0.97, 6)) ==
             "−0.6 −0.4 −0.2 0 0.2 0.4 0.6 0.8 1 ");
  CHECK_THAT(labels(linear_axis(0, 1e-3, 3)) == "0 0.0005 0.001 ");
  CHECK_THAT(labels(linear_axis(0, 3e-7, 3)) == "0 10⁻⁷ 2×10⁻⁷ 3×10⁻⁷ ");
  CHECK_THAT(labels(linear_axis(2e7, 3e7, 2)) == "2×10⁷ 2.5×10⁷ 3×10⁷ ");
  // One value still has an axis around it.
  CHECK_THAT(labels(linear_axis(5, 5, 3)) == "4.5 5 5.5 ");

  CHECK_THAT(labels(exact_axis(1, 20, 10, true)) ==
             "2 4 6 8 10 12 14 16 18 20 ");
  CHECK_THAT(labels(exact_axis(1, 5000, 5, true)) ==
             "1,000 2,000 3,000 4,000 5,000 ");
  // No ticks between whole numbers.
  CHECK_THAT(labels(exact_axis(1, 3, 10, true)) == "1 2 3 ");
  CHECK_THAT(labels(exact_axis(1, 1, 5, true)) == "1 ");

  CHECK_THAT(labels(logarithmic_axis(0.02, 2.1, 6)) ==
             "0.02 0.05 0.1 0.2 0.5 1 2 ");
  CHECK_THAT(labels(logarithmic_axis(1e-3, 2, 6)) ==
             "0.001 0.003 0.01 0.03 0.1 0.3 1 ");
  CHECK_THAT(labels(logarithmic_axis(3e-6, 40, 6)) ==
             "10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1 10 ");
  CHECK_THAT(labels(logarithmic_axis(1e-200, 1e200, 5)) ==
             "10⁻²⁰⁰ 10⁻¹⁰⁰ 1 10¹⁰⁰ 10²⁰⁰ ");

  CHECK_THAT(wants_logarithm(0.1, 2.5));
  CHECK_THAT(!wants_logarithm(0.5, 2.5));
  CHECK_THAT(!wants_logarithm(0, 2.5));
  CHECK_THAT(!wants_logarithm(-1, 2.5));
}

static void check_ticks(const axis &a, std::ptrdiff_t least,
                        std::ptrdiff_t most) {
  CHECK_THAT(std::isfinite(a.low) && std::isfinite(a.high) && a.low < a.high);
  const std::ptrdiff_t labelled =
      std::count_if(a.ticks.begin(), a.ticks.end(),
                    [](const tick &t) { return !t.label.empty(); });
  CHECK_THAT(labelled >= least && labelled <= most);
  double before = -1;
  for (const tick &t : a.ticks) {
    const double share = a.share(t.value);
    CHECK_THAT(share > before && share >= -1e-6 && share <= 1 + 1e-6);
    before = share;
  }
}

static void random_ranges() {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-12, 12), unit(0, 1);
  for (int i = 0; i < 20000; ++i) {
    const double size = std::pow(10, exponent(random));
    double a = size * (unit(random) - 0.3), b = size * (unit(random) - 0.3);
    if (a > b)
      std::swap(a, b);
    const axis linear = linear_axis(a, b, 6);
    check_ticks(linear, 2, 12);
    CHECK_THAT(linear.share(a) >= -1e-9 && linear.share(b) <= 1 + 1e-9);
    check_ticks(exact_axis(a, b, 6, false), 2, 7);
    a = std::fabs(a) + 1e-3 * size;
    b = a * std::pow(10, 20 * unit(random) * unit(random)) * 1.01;
    const axis logarithmic = logarithmic_axis(a, b, 6);
    check_ticks(logarithmic, 2, 8);
    CHECK_THAT(logarithmic.share(a) >= 0 && logarithmic.share(b) <= 1);
  }
}

int main() {
  examples();
  random_ranges();
}
