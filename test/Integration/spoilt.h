//===- spoilt.h - Derivatives on a stack that is full of NaN --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a derivative reads of a local array without having written it is
// mostly zero, or what the call before has left there: nobody notices. Without
// optimization, a variable is where the call before had variables, and so it
// can be seen to.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_SPOILT_H
#define RETROGRAD_TEST_SPOILT_H

#include "oracle.h"
#include <cmath>

namespace oracle {

/// Leaves NaN where the variables of the next call will be.
[[gnu::noinline]] inline void spoil_stack() {
  volatile double waste[1024];
  for (volatile double &each : waste)
    each = std::nan("");
}

/// The gradient adds to ten numbers; with another stack, to the same.
template <class Gradient> void spoilt(const char *what, Gradient gradient) {
  double before[10] = {}, after[10] = {};
  gradient(before);
  spoil_stack();
  gradient(after);
  for (int i = 0; i < 10; ++i)
    equal(what, before[i], after[i]);
}

} // namespace oracle

#define CHECK_SPOILT(f, ...)                                                   \
  oracle::spoilt(#f, [&](double *d_x) { f##_grad(__VA_ARGS__, d_x); })

#endif // RETROGRAD_TEST_SPOILT_H
