//===- main.cpp - Measures gradients with Google Benchmark ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: gradients [--memory=GIB] [--longest=SECONDS] [--data=FOLDER]
//                  [--benchmark_...] [WORKLOAD...]
//
// The primal and each contestant of each workload, or of those that are named,
// are benchmarks `workload/contestant`. Who computes something else than the
// adjoint by hand, crashes or needs too much memory is named in the context of
// the output, and is not timed. Who takes too long is not timed again: the one
// call counts. benchmarks/run turns the output into tables.
//
//===----------------------------------------------------------------------===//

#include "trial.h"
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

using namespace contestants;

namespace {

/// Of a number of the gradient and of the mean of all. What contestants differ
/// by is the order of their roundings.
constexpr double tolerance = 1e-9;

struct options {
  double memory = 4;
  double longest = 2;
  std::vector<std::string> names;
};

bool positive(const char *argument, const char *option, double &value) {
  const std::size_t length = std::strlen(option);
  if (std::strncmp(argument, option, length) != 0)
    return false;
  char *end = nullptr;
  value = std::strtod(argument + length, &end);
  if (end == argument + length || *end != '\0' || !(value > 0)) {
    std::fprintf(stderr, "gradients: error: '%s' is no positive number\n",
                 argument + length);
    std::exit(2);
  }
  return true;
}

options parse(int count, char **arguments) {
  options result;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (positive(arguments[i], "--memory=", result.memory) ||
        positive(arguments[i], "--longest=", result.longest))
      continue;
    if (argument.starts_with("--data=")) {
      data_folder() = argument.substr(7);
      continue;
    }
    const bool known = std::any_of(
        workloads().begin(), workloads().end(),
        [&](const workload &each) { return each.name == argument; });
    if (!known) {
      std::fprintf(stderr, "gradients: error: no workload is called '%s'\n",
                   arguments[i]);
      std::exit(2);
    }
    result.names.push_back(argument);
  }
  return result;
}

void time_value(benchmark::State &state, const workload &work) {
  const std::vector<double> x = work.point(work.n);
  for (auto _ : state) {
    double value = work.value(work.n, x.data());
    benchmark::DoNotOptimize(value);
    benchmark::ClobberMemory();
  }
}

/// Adjoints add up over all calls, by contract. Peers replace what they find.
void time_gradient(benchmark::State &state, const workload &work,
                   gradient_function gradient, const trial &tried) {
  const std::vector<double> x = work.point(work.n);
  std::vector<double> d_x(x.size());
  for (auto _ : state) {
    double value = gradient(work.n, x.size(), x.data(), d_x.data());
    benchmark::DoNotOptimize(value);
    benchmark::ClobberMemory();
  }
  state.counters["memory"] = tried.memory;
  state.counters["tape"] = tried.tape;
  state.counters["error"] = tried.error;
}

/// The value of a workload, followed by its gradient by hand.
std::vector<double> expectation(const workload &work, std::size_t index,
                                const std::vector<double> &x) {
  std::vector<double> expected(x.size() + 1);
  for (const contestant &each : all())
    if (each.name == by_hand)
      each.gradients[index](work.n, x.size(), x.data(), expected.data() + 1);
  expected[0] = work.value(work.n, x.data());
  return expected;
}

void enter(const workload &work, std::size_t index, const options &chosen) {
  const std::string prefix = std::string(work.name) + "/";
  const std::vector<double> x = work.point(work.n);
  const std::vector<double> expected = expectation(work, index, x);
  benchmark::RegisterBenchmark(
      (prefix + "primal").c_str(),
      [&work](benchmark::State &state) { time_value(state, work); });
  for (const contestant &each : all()) {
    const gradient_function gradient = each.gradients[index];
    if (!gradient)
      continue;
    const trial tried =
        try_once(gradient, work.n, x, expected, tolerance,
                 static_cast<std::size_t>(chosen.memory * (1 << 30)));
    const std::string name = prefix + each.name;
    if (!tried.fault.empty()) {
      benchmark::AddCustomContext("dropped: " + name, tried.fault);
    } else if (tried.seconds > chosen.longest) {
      char text[100];
      std::snprintf(text, sizeof(text), "%.9e %.9e %.9e", tried.seconds,
                    tried.memory, tried.tape);
      benchmark::AddCustomContext("once: " + name, text);
    } else {
      benchmark::RegisterBenchmark(
          name.c_str(), [&work, gradient, tried](benchmark::State &state) {
            time_gradient(state, work, gradient, tried);
          });
    }
  }
}

} // namespace

int main(int count, char **arguments) {
  benchmark::Initialize(&count, arguments);
  const options chosen = parse(count, arguments);
  benchmark::AddCustomContext("absent", RETROGRAD_ABSENT_PEERS);
  for (std::size_t index = 0; index < workloads().size(); ++index) {
    const workload &work = workloads()[index];
    const auto &names = chosen.names;
    if (names.empty() ||
        std::find(names.begin(), names.end(), work.name) != names.end())
      enter(work, index, chosen);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
