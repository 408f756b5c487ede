//===- quantities.cpp - Numbers as people read them -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rounding that changes the number of digits, locales, and what is not finite.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -I%source/runtime -std=c++20 -Wall -Wextra -Werror \
// RUN:   %s %runtime -o %t && %t

#include "../Inputs/check.h"
#include <clocale>
#include <cmath>
#include <limits>
#include <reporting/quantities.h>

using namespace retrograd::reporting;

int main() {
  // None of them follows the locale, where there is one with a comma.
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  const double infinity = std::numeric_limits<double>::infinity();

  CHECK_THAT(with_digits(2.30381) == "2.304");
  CHECK_THAT(with_digits(2.3) == "2.300");
  CHECK_THAT(with_digits(0.021309) == "0.02131");
  CHECK_THAT(with_digits(1.5e-4) == "0.0001500");
  CHECK_THAT(with_digits(4.2e-7) == "4.200e-07");
  CHECK_THAT(with_digits(-12345.6) == "-12346");
  CHECK_THAT(with_digits(1234567) == "1.235e+06");
  CHECK_THAT(with_digits(9.9996) == "10.00");
  CHECK_THAT(with_digits(0) == "0.000");
  CHECK_THAT(with_digits(infinity) == "inf");
  CHECK_THAT(with_digits(-infinity) == "-inf");
  CHECK_THAT(with_digits(-std::nan("")) == "nan");

  CHECK_THAT(shortest(2.3) == "2.3");
  CHECK_THAT(shortest(1e-3) == "0.001");
  CHECK_THAT(shortest(100) == "100");
  CHECK_THAT(shortest(4.2e-7) == "4.2e-7");
  CHECK_THAT(shortest(1e20) == "1e20");
  CHECK_THAT(shortest(infinity) == "inf");

  CHECK_THAT(grouped(0) == "0");
  CHECK_THAT(grouped(999) == "999");
  CHECK_THAT(grouped(1000) == "1,000");
  CHECK_THAT(grouped(-1234567) == "-1,234,567");

  CHECK_THAT(with_prefix(0.12) == "0.12");
  CHECK_THAT(with_prefix(950) == "950");
  CHECK_THAT(with_prefix(999.7) == "1.00k");
  CHECK_THAT(with_prefix(48211) == "48.2k");
  CHECK_THAT(with_prefix(1.2e6) == "1.20M");

  CHECK_THAT(duration(0) == "0 s");
  CHECK_THAT(duration(0.31) == "310 ms");
  CHECK_THAT(duration(12.34) == "12.3 s");
  CHECK_THAT(duration(125.4) == "2 min 05 s");
  CHECK_THAT(duration(3599.7) == "1 h 00 min");
  CHECK_THAT(duration(12000) == "3 h 20 min");
  CHECK_THAT(duration(std::nan("")) == "unknown time");

  CHECK_THAT(countdown(6.2) == "0:07");
  CHECK_THAT(countdown(83) == "1:23");
  CHECK_THAT(countdown(7439) == "2:03:59");
  CHECK_THAT(countdown(76 * 3600) == "3 d 04 h");
  CHECK_THAT(countdown(infinity) == "--:--");
}
