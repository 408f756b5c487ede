//===- verdicts.h - What checks say and count -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A failing check prints what it compared and the program goes on; its result
// tells. See oracle.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_VERDICTS_H
#define RETROGRAD_TEST_INTEGRATION_VERDICTS_H

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace oracle {

/// Counts checks and failures; a program that ends without result() fails.
struct verdict {
  int checks = 0;
  int failures = 0;
  bool delivered = false;

  ~verdict() {
    if (!delivered) {
      std::fputs("the program did not return oracle::result()\n", stderr);
      std::_Exit(1);
    }
  }
};

inline verdict &counts() {
  static verdict v;
  return v;
}

/// What main returns.
inline int result() {
  verdict &v = counts();
  v.delivered = true;
  if (v.checks == 0)
    std::puts("no check was run");
  else if (v.failures != 0)
    std::printf("%d of %d checks failed\n", v.failures, v.checks);
  return v.checks == 0 || v.failures != 0;
}

/// One check of a truth.
inline void require(const char *function, const char *what, bool holds) {
  ++counts().checks;
  if (holds)
    return;
  ++counts().failures;
  std::printf("%s: failed: %s\n", function, what);
}

/// Which number of a function is looked at: parameter -1 is the result.
struct place {
  int parameter;
  std::size_t index;
};

/// One check of a number. Two NaNs agree, and so do equal infinities.
inline void compare(const char *function, const char *what, place where,
                    long double expected, long double got,
                    long double tolerance) {
  ++counts().checks;
  if (expected == got || (std::isnan(expected) && std::isnan(got)) ||
      std::fabs(expected - got) <= tolerance)
    return;
  if (++counts().failures > 50)
    return;
  std::printf("%s: %s, ", function, what);
  if (where.parameter < 0)
    std::printf("result");
  else
    std::printf("parameter %d[%zu]", where.parameter, where.index);
  std::printf(": expected %.15Lg within %.2Lg, got %.15Lg\n", expected,
              tolerance, got);
}

/// One check of a number that is known exactly, or nearly so.
inline void equal(const char *what, long double expected, long double got,
                  long double tolerance = 0) {
  compare(what, "value", {-1, 0}, expected, got, tolerance);
}

} // namespace oracle

#endif // RETROGRAD_TEST_INTEGRATION_VERDICTS_H
