//===- revolve.cpp - The schedule is optimal ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The schedule is carried out, as the generated text does it, for all numbers of
// steps and snapshots up to a bound: each step is reversed from its own state,
// no more snapshots than allowed are stored at a time, and the number of steps
// run is t(l, s), which is compared with the least one that exists, found by
// trying all ways to divide the steps.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O1 -g \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: %t.san

#include "Inputs/check.h"
#include <retrograd/revolve.h>
#include <vector>

using retrograd::revolve;

static constexpr long most_steps = 120, most_snapshots = 12;

/// least[s][l]: by the definition of the problem.
static std::vector<std::vector<long>> least_runs() {
  std::vector<std::vector<long>> least(most_snapshots + 1,
                                       std::vector<long>(most_steps + 1, 0));
  for (long s = 1; s <= most_snapshots; ++s)
    for (long l = 2; l <= most_steps; ++l) {
      least[s][l] = l * (l - 1) / 2;
      for (long a = 1; s > 1 && a < l; ++a) {
        long runs = a + least[s - 1][l - a] + least[s][a];
        if (runs < least[s][l])
          least[s][l] = runs;
      }
    }
  return least;
}

namespace {

struct snapshot {
  long state;
  revolve schedule;
};

/// The state before step k is k.
class reversal {
public:
  reversal(long steps, long snapshots) : steps(steps), snapshots(snapshots) {}

  void run() {
    revolve schedule(steps, snapshots);
    for (long k = 0; k < steps; ++k) {
      store(schedule, k);
      runs += k + 1 < steps;
      ++state;
    }
    for (long k = steps; k-- > 0;) {
      if (k + 1 < steps)
        go_to(k);
      else
        --state;
      CHECK_THAT(state == k);
    }
    CHECK_THAT(stack.size() == 1 && stack.back().state == 0);
  }

  long runs = 0;

private:
  void store(revolve &schedule, long k) {
    if (!schedule.stores(k))
      return;
    CHECK_THAT(state == k && schedule.available() >= 1);
    stack.push_back({state, schedule});
    CHECK_THAT(stack.size() <= static_cast<std::size_t>(snapshots));
    schedule = schedule.stored();
  }

  void go_to(long k) {
    snapshot last = stack.back();
    stack.pop_back();
    state = last.state;
    CHECK_THAT(last.schedule.next() == state && state <= k);
    revolve schedule = last.schedule.until(k);
    for (long j = last.schedule.next(); j < k; ++j) {
      store(schedule, j);
      ++state;
      ++runs;
    }
    store(schedule, k);
  }

  long steps, snapshots;
  long state = 0;
  std::vector<snapshot> stack;
};

} // namespace

static void test_optimal() {
  std::vector<std::vector<long>> least = least_runs();
  for (long s = 1; s <= most_snapshots; ++s)
    for (long l = 1; l <= most_steps; ++l) {
      reversal r(l, s);
      r.run();
      CHECK_THAT(r.runs == revolve::runs(l, s));
      CHECK_THAT(r.runs == least[s][l]);
    }
}

/// 10,000 steps and 20 snapshots: beta(20, 4) = 10626, so r = 4.
static void test_long_loop() {
  CHECK_THAT(revolve::beta(20, 3) == 1771 && revolve::beta(20, 4) == 10626);
  CHECK_THAT(revolve::repetitions(10000, 20) == 4);
  reversal r(10000, 20);
  r.run();
  CHECK_THAT(r.runs == 4 * 10000 - revolve::beta(21, 3) && r.runs == 37976);
}

static void test_numbers() {
  CHECK_THAT(revolve::beta(0, 5) == 1 && revolve::beta(5, 0) == 1);
  CHECK_THAT(revolve::beta(1000, 1000) == LONG_MAX);
  CHECK_THAT(revolve::runs(0, 3) == 0 && revolve::runs(1, 3) == 0);
  CHECK_THAT(revolve::runs(1000000, 1) == 1000000L * 999999 / 2);
  for (long l : {1L, 2L, 100L, 10000L}) {
    long s = revolve::default_snapshots(l);
    CHECK_THAT(revolve::repetitions(l, s) <= 2);
    CHECK_THAT(s == 1 || revolve::repetitions(l, s - 1) > 2);
  }
  CHECK_THAT(revolve::fitting(1000, 100) == 10 && revolve::fitting(199, 100) == 1);
}

template <class F> static bool refuses(F f) {
  try {
    f();
  } catch (const std::invalid_argument &) {
    return true;
  }
  return false;
}

static void test_refusals() {
  CHECK_THAT(refuses([] { revolve(10, 0); }));
  CHECK_THAT(refuses([] { revolve(10, -3); }));
  CHECK_THAT(refuses([] { revolve::fitting(99, 100); }));
  CHECK_THAT(refuses([] { revolve::fitting(-1, 100); }));
}

int main() {
  test_optimal();
  test_long_loop();
  test_numbers();
  test_refusals();
  return 0;
}
