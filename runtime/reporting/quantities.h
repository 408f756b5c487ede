//===- quantities.h - Numbers as people read them -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The progress line, the reports and the picture show the same number in the
// same way, and whatever the locale of the program is. Files that programs
// read (metrics) don't round and don't use these.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_QUANTITIES_H
#define RETROGRAD_RUNTIME_REPORTING_QUANTITIES_H

#include <cstdint>
#include <string>

namespace retrograd::reporting {

/// With `digits` significant digits, zeros at the end included, so that numbers
/// of one column have about one width: 2.310, 0.02131, 4.200e-07, inf, nan.
std::string with_digits(double value, int digits = 4);

/// The same without zeros at the end: 2.31, 0.001, 4.2e-7.
std::string shortest(double value, int digits = 4);

/// Fixed point: fixed(1.25, 1) is "1.2".
std::string fixed(double value, int decimals);

/// 1234567 as "1,234,567".
std::string grouped(std::int64_t value);

/// Three digits and an SI prefix: 48.2k, 1.20M, 950, 0.12.
std::string with_prefix(double value);

/// A time that has passed: "0.31 s", "12.3 s", "2 min 05 s", "3 h 20 min".
std::string duration(double seconds);

/// A time to wait: "0:07", "1:23", "2:03:59", "3 d 04 h".
std::string countdown(double seconds);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_QUANTITIES_H
