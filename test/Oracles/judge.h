//===- judge.h - Quantities with their size ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_JUDGE_H
#define RETROGRAD_TEST_ORACLES_JUDGE_H

#include "lifted.h"
#include <vector>

namespace oracle {

using numbers = std::vector<number>;

/// A number and the sum of the absolute values of what it is the sum of.
struct bounded {
  number value, size;

  bounded scaled(number f) const { return {f * value, std::fabs(f) * size}; }
  friend bounded operator+(const bounded &a, const bounded &b) {
    return {a.value + b.value, a.size + b.size};
  }
};

/// Judges all programs, or one; each may take some seconds. Prints a line for
/// each and for each failure, and returns whether there was none.
bool judge_all(const char *only, unsigned seconds);

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_JUDGE_H
