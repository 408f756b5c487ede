//===- checkpoint-memory.cpp - How much checkpoints keep ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tape holds the snapshots and the record of one step, however many steps
// there are; without the pragma it grows with them. On disk it holds less.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <retrograd/retrograd.h>
#include <retrograd/snapshot_file.h>

constexpr int size = 1000;

#pragma retrograd gradient wrt(x[size])
double recorded(double *x, int steps) {
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < size; ++i)
      x[i] += 0.01 * std::sin(x[i - 1] * x[i]);
  return x[size - 1];
}

#pragma retrograd gradient wrt(x[size])
double checkpointed(double *x, int steps, int snapshots) {
#pragma retrograd checkpoint snapshots(snapshots)
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < size; ++i)
      x[i] += 0.01 * std::sin(x[i - 1] * x[i]);
  return x[size - 1];
}

#pragma retrograd gradient wrt(x[size])
double bounded(double *x, int steps, long bytes) {
#pragma retrograd checkpoint memory(bytes)
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < size; ++i)
      x[i] += 0.01 * std::sin(x[i - 1] * x[i]);
  return x[size - 1];
}

#pragma retrograd gradient wrt(x[size])
double stored(double *x, int steps, int snapshots) {
#pragma retrograd checkpoint snapshots(snapshots) disk(".")
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < size; ++i)
      x[i] += 0.01 * std::sin(x[i - 1] * x[i]);
  return x[size - 1];
}

/// The most that the tape of a fresh thread's state would need, in snapshots.
template <class F> static double snapshots_kept(F gradient) {
  static double x[size], d[size];
  for (int i = 0; i < size; ++i)
    x[i] = d[i] = 1 + i * 1e-3;
  retrograd::tape &tape = retrograd::tape::local();
  tape.release_memory();
  std::size_t before = tape.peak_bytes();
  gradient(x, d);
  if (!tape.empty())
    std::printf("the tape is not empty\n");
  return static_cast<double>(tape.peak_bytes() - before) /
         (size * sizeof(double));
}

static int failures = 0;

static void expect(bool condition, const char *what, double value) {
  if (condition)
    return;
  std::printf("%s: %g snapshots\n", what, value);
  ++failures;
}

int main() {
  // Peaks only grow, so the smallest come first. Chunks double in size, the redo
  // log and the record of a step take a dozen snapshots more.
  double disk = snapshots_kept([](double *x, double *d) {
    stored_grad(x, 300, 20, d);
  });
  expect(disk < 32, "on disk", disk);
  double few = snapshots_kept([](double *x, double *d) {
    checkpointed_grad(x, 300, 60, d);
  });
  double many = snapshots_kept([](double *x, double *d) {
    checkpointed_grad(x, 600, 60, d);
  });
  double fitting = snapshots_kept([](double *x, double *d) {
    bounded_grad(x, 600, 60L * (size * sizeof(double) + 24), d);
  });
  double all = snapshots_kept([](double *x, double *d) {
    recorded_grad(x, 600, d);
  });
  expect(few < 160, "300 steps", few);
  expect(many == 0, "more for 600 steps", many);
  expect(fitting == 0, "more for as many bytes", fitting);
  expect(all > 400, "without checkpoints, at least", all);
  return failures;
}
