//===- expect.h - A number beside the one it should be --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The wanted numbers are closed forms, so differences would only be less exact.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_EXPECT_H
#define RETROGRAD_TEST_EXPECT_H

#include <cmath>
#include <cstdio>

static int failures = 0;

static void expect(const char *what, double got, double wanted) {
  if (std::fabs(got - wanted) <= 1e-12 * (1 + std::fabs(wanted)))
    return;
  std::printf("%s: %.17g, expected %.17g\n", what, got, wanted);
  ++failures;
}

#endif // RETROGRAD_TEST_EXPECT_H
