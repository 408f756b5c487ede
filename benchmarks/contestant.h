//===- contestant.h - A program that is measured --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// benchmarks/run starts all contestants of a benchmark and lets them take
// turns, so that what the machine does meanwhile hits all of them. A contestant
// says `ready`, and what its work came to if that is a number; then it answers
// each number that it reads with the seconds that so many units of work take:
// by the clock, and of the processor. benchmarks/run compares what contestants
// came to: who is fast, but wrong, does not take part. contestant.py is the
// same for Python.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_CONTESTANT_H
#define RETROGRAD_BENCHMARKS_CONTESTANT_H

#include "numbers.h"
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <time.h>

namespace benchmark {

/// What the memory holds counts as used, and may have changed.
inline void keep(const void *memory) {
  asm volatile("" : : "r"(memory) : "memory");
}

/// Seconds of the processor that this program has had, in all of its threads.
inline double processor_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Takes turns until there are no more. `result`, unless it is NaN, is what the
/// work came to. Returns the exit status.
template <class Unit>
int take_turns(Unit unit,
               double result = std::numeric_limits<double>::quiet_NaN()) {
  using clock = std::chrono::steady_clock;
  if (std::isnan(result))
    std::puts("ready");
  else
    std::printf("ready %.9e\n", result);
  std::fflush(stdout);
  long long units = 0;
  while (std::scanf("%lld", &units) == 1) {
    const double processor = processor_seconds();
    const clock::time_point begin = clock::now();
    for (long long i = 0; i < units; ++i)
      unit();
    const std::chrono::duration<double> taken = clock::now() - begin;
    std::printf("%.9e %.9e\n", taken.count(), processor_seconds() - processor);
    std::fflush(stdout);
  }
  return 0;
}

} // namespace benchmark

#endif // RETROGRAD_BENCHMARKS_CONTESTANT_H
