//===- program.h - What the judge sees of a program ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each program is a map F: x -> y between flat vectors. x are the n numbers that
// derivatives are taken by. y is the result (0 if there is none), then what the
// place of each x holds after the call; the Jacobian J has 1 + n rows. k are the
// integers, in and out. All functions leave in y and k what memory holds.
//
//   gradient      d += row 0 of J
//   vjp           d  = J^T (seed, d)
//   jvp           (s, t) = J t
//   gradient_jvp  s += the derivative of row 0 of J in the direction t
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_PROGRAM_H
#define RETROGRAD_TEST_ORACLES_PROGRAM_H

#include <cmath>
#include <cstddef>

namespace oracle {

using number = long double;

struct program {
  const char *name;
  std::size_t inputs;
  std::size_t integers;
  /// Whether there is a result, in y[0].
  bool returns;
  /// Of the least precise type in the program.
  number epsilon;
  /// Where to evaluate: points * inputs numbers and points * integers integers.
  std::size_t points;
  const number *x;
  const long long *k;

  void (*primal)(const number *x, number *y, long long *k);
  /// Derivatives; null if there is none. y[0] is NaN if they return no value.
  void (*gradient)(const number *x, number *d, number *y, long long *k);
  void (*vjp)(const number *x, number seed, number *d, number *y, long long *k);
  void (*jvp)(const number *x, number *t, number *s, number *y, long long *k);
  void (*gradient_jvp)(const number *x, const number *t, number *d, number *s,
                       number *y, long long *k);
};

/// Defined by the batch.
extern const program programs[];
extern const std::size_t program_count;

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_PROGRAM_H
