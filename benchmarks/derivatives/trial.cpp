//===- trial.cpp - One call of a contestant, in a process of its own ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For Linux: fork, limits, and the figures of /proc/self.
//
//===----------------------------------------------------------------------===//

#include "trial.h"
#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <malloc.h>
#include <new>
#include <retrograd/tape.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace contestants;

namespace {

/// What the process of the trial writes to its pipe.
struct figures {
  double seconds, memory, tape, error;
};

constexpr int out_of_memory = 77;

/// MADV_POPULATE_READ, of Linux 5.14, which libraries may be too old to know.
/// An older kernel refuses it, and the figures for memory are less exact.
constexpr int populate_read = 22;

double processor_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// A line of /proc/self/status, in bytes.
double status_bytes(const std::string &key) {
  std::ifstream status("/proc/self/status");
  std::string word;
  double kibibytes = 0;
  while (status >> word)
    if (word == key + ":" && status >> kibibytes)
      break;
  return 1024 * kibibytes;
}

/// Touches what is mapped already, programs and libraries above all: their
/// pages would count as memory of whoever runs them first.
void touch_mappings() {
  std::ifstream maps("/proc/self/maps");
  std::string line;
  while (std::getline(maps, line)) {
    std::uintptr_t begin = 0, end = 0;
    if (std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR, &begin, &end) == 2)
      madvise(reinterpret_cast<void *>(begin), end - begin, populate_read);
  }
}

double largest_error(double value, const std::vector<double> &gradient,
                     const std::vector<double> &expected) {
  double error = std::fabs(value - expected[0]) / std::fabs(expected[0]);
  double mean = 0;
  for (std::size_t i = 1; i < expected.size(); ++i)
    mean += std::fabs(expected[i]) / static_cast<double>(gradient.size());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const double each = std::fabs(gradient[i] - expected[i + 1]) /
                        (std::fabs(expected[i + 1]) + mean);
    // Not a number is the largest error of all.
    if (!(each <= error))
      error = each;
  }
  return error;
}

[[noreturn]] void perform(int pipe, gradient_function gradient, int n,
                          const std::vector<double> &x,
                          const std::vector<double> &expected,
                          std::size_t memory) {
  const rlimit limit = {memory, memory};
  setrlimit(RLIMIT_DATA, &limit);
  figures result = {};
  try {
    std::vector<double> d_x(x.size());
    touch_mappings();
    const double before = status_bytes("VmRSS");
    const double start = processor_seconds();
    const double value = gradient(n, x.size(), x.data(), d_x.data());
    result.seconds = processor_seconds() - start;
    result.memory = status_bytes("VmHWM") - before;
    result.tape = static_cast<double>(retrograd::tape::local().peak_bytes());
    result.error = largest_error(value, d_x, expected);
  } catch (const std::bad_alloc &) {
    _exit(out_of_memory);
  }
  const bool written = write(pipe, &result, sizeof(result)) == sizeof(result);
  _exit(written ? 0 : 1);
}

std::string fault_of(int status, double error, double tolerance,
                     std::size_t memory) {
  char text[100] = "";
  if (WIFEXITED(status) && WEXITSTATUS(status) == out_of_memory)
    std::snprintf(text, sizeof(text), "needs more than %.3g GiB of memory",
                  static_cast<double>(memory) / (1 << 30));
  else if (WIFSIGNALED(status))
    std::snprintf(text, sizeof(text), "crashed: %s",
                  strsignal(WTERMSIG(status)));
  else if (status != 0)
    std::snprintf(text, sizeof(text), "ended with status %d",
                  WEXITSTATUS(status));
  else if (!(error <= tolerance))
    std::snprintf(text, sizeof(text), "wrong: a relative error of %.2g", error);
  return text;
}

} // namespace

trial contestants::try_once(gradient_function gradient, int n,
                            const std::vector<double> &x,
                            const std::vector<double> &expected,
                            double tolerance, std::size_t memory) {
  int ends[2];
  // Free memory that stays resident would hide what the call needs.
  malloc_trim(0);
  std::fflush(nullptr);
  if (pipe(ends) != 0)
    return {"no pipe", 0, 0, 0, 0};
  const pid_t child = fork();
  if (child < 0)
    return {"no process", 0, 0, 0, 0};
  if (child == 0)
    perform(ends[1], gradient, n, x, expected, memory);
  close(ends[1]);
  figures result = {};
  if (read(ends[0], &result, sizeof(result)) != sizeof(result))
    result.error = HUGE_VAL;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return {fault_of(status, result.error, tolerance, memory), result.seconds,
          result.memory, result.tape, result.error};
}
