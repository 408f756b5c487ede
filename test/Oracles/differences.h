//===- differences.h - Extrapolated differences with an error estimate ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Central differences over a sweep of steps, extrapolated to step zero. See
// C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances
// in Engineering Software 4 (1982).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_DIFFERENCES_H
#define RETROGRAD_TEST_ORACLES_DIFFERENCES_H

#include "judge.h"
#include <limits>

namespace oracle {

struct estimate {
  number value = 0;
  number error = HUGE_VALL;
};

/// The derivatives of all components of map, a function of one number, at x.
/// Seven steps are tried, each half of the one before.
template <class Map>
std::vector<estimate> differentiate(Map map, number x, number h) {
  constexpr int levels = 7;
  constexpr number rounding = 8 * std::numeric_limits<number>::epsilon();
  std::vector<estimate> best;
  std::vector<numbers> previous;
  for (int level = 0; level < levels; ++level, h /= 2) {
    numbers above = map(x + h), below = map(x - h);
    best.resize(above.size());
    std::vector<numbers> rows(above.size());
    for (std::size_t r = 0; r < above.size(); ++r) {
      number noise = rounding * (std::fabs(above[r]) + 1) / h;
      numbers &row = rows[r];
      row.push_back((above[r] - below[r]) / (2 * h));
      number factor = 1;
      for (int j = 1; j <= level; ++j) {
        factor *= 4;
        row.push_back((factor * row[j - 1] - previous[r][j - 1]) /
                      (factor - 1));
        number error = std::fmax(std::fabs(row[j] - row[j - 1]),
                                 std::fabs(row[j] - previous[r][j - 1])) +
                       noise;
        if (error < best[r].error)
          best[r] = {row[j], error};
      }
    }
    previous = rows;
  }
  return best;
}

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_DIFFERENCES_H
