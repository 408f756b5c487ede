//===- differences.h - Central differences and a tally of failures --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the tests of the rule table measure by: derivatives from differences in
// long double, and a count of what is wrong, with the names of the rows.
//
//===----------------------------------------------------------------------===//

#ifndef RULES_DIFFERENCES_H
#define RULES_DIFFERENCES_H

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

namespace retrograd_test {

/// Of several central differences of fourth order, with steps h from large to
/// small, the one closest to the candidate: a large step has an error of h^4,
/// a small one cancels, and a step across a kink means nothing.
template <class Function>
long double difference(Function f, long double at, long double candidate) {
  long double best = std::numeric_limits<long double>::quiet_NaN();
  for (long double h = 1e-2L; h > 1e-8L; h /= 4) {
    const long double quotient =
        (8 * (f(at + h) - f(at - h)) - (f(at + 2 * h) - f(at - 2 * h))) /
        (12 * h);
    if (!(std::fabs(best - candidate) < std::fabs(quotient - candidate)))
      best = quotient;
  }
  return best;
}

inline int failures = 0;

/// Counts and names a derivative that is not close to the expected one.
inline void expect_close(const char *row, const char *partial, const char *type,
                         long double x, long double y, long double z,
                         long double got, long double expected,
                         long double tolerance) {
  const long double scale = std::fmax(1.0L, std::fabs(expected));
  if (std::fabs(got - expected) <= tolerance * scale)
    return;
  ++failures;
  std::printf("%s<%s>(%Lg, %Lg, %Lg): %s is %.20Lg, expected %.20Lg\n", row,
              type, x, y, z, partial, got, expected);
}

/// Points between low and high, the same in every run; Argument is integral
/// where the function's is, and then counts from zero.
template <class Argument> class points {
public:
  points(double low, double high, unsigned seed)
      : engine(seed), low(low), high(high) {}

  Argument next() {
    if constexpr (std::is_integral_v<Argument>)
      return Argument(engine() % 4);
    else
      return Argument(low + (high - low) * (engine() / 4294967296.0));
  }

private:
  std::mt19937 engine;
  double low, high;
};

} // namespace retrograd_test

#endif // RULES_DIFFERENCES_H
