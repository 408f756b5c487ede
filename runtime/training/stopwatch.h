//===- stopwatch.h - Where the time goes ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Phases follow one another without gaps, so that reading the clock once at
// each change is enough.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_STOPWATCH_H
#define RETROGRAD_RUNTIME_TRAINING_STOPWATCH_H

#include <chrono>

namespace retrograd {

class stopwatch {
  using clock = std::chrono::steady_clock;

public:
  /// Seconds since the stopwatch was made, at the last charge().
  double seconds() const { return seconds_between(begin_, last_); }

  /// The same, now.
  double now() const { return seconds_between(begin_, clock::now()); }

  /// What has passed since the last call goes to this phase.
  void charge(double &phase) {
    const clock::time_point now = clock::now();
    phase += seconds_between(last_, now);
    last_ = now;
  }

private:
  static double seconds_between(clock::time_point a, clock::time_point b) {
    return std::chrono::duration<double>(b - a).count();
  }

  clock::time_point begin_ = clock::now();
  clock::time_point last_ = begin_;
};

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_STOPWATCH_H
