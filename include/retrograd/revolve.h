//===- revolve.h - When to store which state of a loop --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The schedule of a loop that is reversed by running it again from stored
// states, `#pragma retrograd checkpoint`. A loop of `steps` steps and at most
// `snapshots` states stored at a time are given; the schedule says before which
// steps to store, such that the least possible number of steps is run again:
//
//   A. Griewank, A. Walther: "Algorithm 799: revolve: an implementation of
//   checkpointing for the reverse or adjoint mode of computational
//   differentiation", ACM Transactions on Mathematical Software 26 (2000).
//
// With beta(s, r) = (s + r)! / (s! r!), the number of steps that s snapshots
// can reverse when no step is run more than r times, and r the number with
// beta(s, r - 1) < l <= beta(s, r), no schedule for l steps and s snapshots
// runs fewer steps than
//
//   t(l, s) = r l - beta(s + 1, r - 1),
//
// the first run included, and each step's recording run, which its reversal
// needs at once, not. This schedule runs so many.
//
// It holds numbers only, no states: those are on the tape, each below the
// schedule that belongs to it. The generated text runs the steps.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REVOLVE_H
#define RETROGRAD_REVOLVE_H

#include <climits>
#include <cstddef>
#include <cstdlib>
#ifdef __cpp_exceptions
#include <stdexcept>
#include <string>
#endif

namespace retrograd {

class revolve {
public:
  /// Of no steps.
  revolve() = default;

  /// Steps 0 to `steps` - 1, of which none has been run.
  revolve(long steps, long snapshots)
      : next_(0), end_(steps), free_(checked(snapshots)) {}

  /// The greatest number of steps that s snapshots can reverse when no step is
  /// run more than r times, its recording run not counted: (s + r)! / (s! r!),
  /// or LONG_MAX if that is greater.
  static constexpr long beta(long s, long r) noexcept {
    if (s < 0 || r < 0)
      return 0;
    if (s > r) {
      long other = s;
      s = r;
      r = other;
    }
    // (r + 1) / 1 * (r + 2) / 2 ...: each quotient is a binomial coefficient.
    long value = 1;
    for (long i = 1; i <= s; ++i) {
      if (value > LONG_MAX / (r + i))
        return LONG_MAX;
      value = value * (r + i) / i;
    }
    return value;
  }

  /// How often the step that is run most often is run, its recording run not
  /// counted: the least r with beta(snapshots, r) >= steps.
  static constexpr long repetitions(long steps, long snapshots) noexcept {
    if (snapshots == 1)
      return steps > 1 ? steps - 1 : 0;
    long r = 0;
    while (beta(snapshots, r) < steps)
      ++r;
    return r;
  }

  /// t(l, s): how many steps are run, recording runs not counted.
  static constexpr long runs(long steps, long snapshots) noexcept {
    long r = repetitions(steps, snapshots);
    return r == 0 ? 0 : r * steps - beta(snapshots + 1, r - 1);
  }

  /// The least number of snapshots with which no step is run more than twice,
  /// its recording run not counted: about sqrt(2 steps).
  static constexpr long default_snapshots(long steps) noexcept {
    long s = 1;
    while (beta(s, 2) < steps)
      ++s;
    return s;
  }

  /// How many snapshots of `size` bytes each fit into `bytes`, which must be
  /// one at least.
  static long fitting(long long bytes, std::size_t size) {
    if (bytes < 0 || static_cast<unsigned long long>(bytes) < size)
      refuse("retrograd: checkpoint memory(", bytes,
             ") is too small: one snapshot takes ",
             static_cast<long long>(size));
    unsigned long long count = static_cast<unsigned long long>(bytes) / size;
    return count > LONG_MAX ? LONG_MAX : static_cast<long>(count);
  }

  /// The state before step k is to be stored.
  bool stores(long k) const noexcept { return k == next_; }

  /// The step before which the next state is to be stored or, of a schedule
  /// that was stored beside a state, the step that this state is for.
  long next() const noexcept { return next_; }

  /// How many more snapshots may be stored.
  long available() const noexcept { return free_; }

  /// The schedule when the state before step next() has been stored.
  revolve stored() const noexcept {
    revolve later = *this;
    --later.free_;
    long left = end_ - next_;
    later.next_ = never;
    // A single last step is reversed at once and needs no snapshot.
    if (later.free_ > 0 && left > 1) {
      long ahead = advance(left, free_);
      if (ahead + 1 < left)
        later.next_ = next_ + ahead;
    }
    return later;
  }

  /// The schedule when a stored state has come back from its place, and steps
  /// next() to `last` are what is left to be reversed from it. The state before
  /// the loop is stored for as long as the loop is, as it is needed behind the
  /// last reversed step.
  revolve until(long last) const noexcept {
    revolve later = *this;
    later.end_ = last + 1;
    if (last <= next_ && next_ != 0)
      later.next_ = never;
    return later;
  }

private:
  static constexpr long never = -1;

  /// How many of l > 1 steps to run before the next snapshot, when s > 1 are
  /// available, that of the first step included. Running a steps leaves l - a
  /// to be reversed with s - 1 snapshots and then a steps with s; t is convex
  /// in the number of steps, with slope r between beta(s, r - 1) and
  /// beta(s, r), so each a that has both parts where their slopes are r and
  /// r - 1 is optimal. This is the greatest one.
  static constexpr long advance(long l, long s) noexcept {
    long r = repetitions(l, s);
    long most = beta(s, r - 1), rest = l - beta(s - 1, r - 1);
    return most < rest ? most : rest;
  }

  static long checked(long snapshots) {
    if (snapshots < 1)
      refuse("retrograd: checkpoint snapshots(", snapshots,
             ") is too small: the least number of snapshots is ", 1);
    return snapshots;
  }

  [[noreturn]] static void refuse(const char *begin, long long given,
                                  const char *middle, long long needed) {
#ifdef __cpp_exceptions
    throw std::invalid_argument(begin + std::to_string(given) + middle +
                                std::to_string(needed));
#else
    (void)begin, (void)given, (void)middle, (void)needed;
    std::abort();
#endif
  }

  long next_ = never;
  long end_ = 0;
  long free_ = 0;
};

} // namespace retrograd

#endif // RETROGRAD_REVOLVE_H
