//===- adam.cpp - Steps of Adam, and the memory traffic they need ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: adam step <blocks> <size of a block>
//        adam triad <numbers of parameters>
//
// A unit is one step over all parameters, float, on one thread. A step of Adam
// reads p, g, m, v and writes p, m, v: 28 bytes a parameter. The triad
// a[i] = a[i] + s * b[i] moves 12 bytes an element, and is run over as many
// elements as make the same bytes. It writes what it has read, as Adam does, so
// that no write costs another read of the cache line.
//
//===----------------------------------------------------------------------===//

#include "contestant.h"
#include <cstdlib>
#include <cstring>
#include <retrograd/optimizers/adam.h>
#include <retrograd/optimizers/optimizer_state.h>
#include <string>
#include <vector>

static int step(std::size_t blocks, std::size_t size) {
  benchmark::numbers random;
  std::vector<float> values(size);
  retrograd::parameters<float> p;
  for (std::size_t block = 0; block < blocks; ++block) {
    for (float &each : values)
      each = random();
    p.add("block " + std::to_string(block), values);
  }
  std::vector<float> gradient(p.size());
  for (float &each : gradient)
    each = random();
  retrograd::optimizer_state<retrograd::Adam, float> state({}, p);
  return benchmark::take_turns([&] {
    state.step(p, gradient);
    benchmark::keep(p.values().data());
  });
}

static int triad(std::size_t parameters) {
  const std::size_t n = parameters * 28 / 12;
  std::vector<float> a(n, 1), b(n, 1);
  return benchmark::take_turns([&] {
    float *const __restrict to = a.data();
    const float *const __restrict from = b.data();
    for (std::size_t i = 0; i < n; ++i)
      to[i] = to[i] + 1e-3F * from[i];
    benchmark::keep(to);
  });
}

static std::size_t number(const char *text) {
  char *end = nullptr;
  const unsigned long long value = std::strtoull(text, &end, 10);
  if (*text == '\0' || *end != '\0' || value == 0) {
    std::fprintf(stderr, "adam: '%s' is not a number of parameters\n", text);
    std::exit(2);
  }
  return value;
}

int main(int count, char **arguments) {
  if (count == 4 && std::strcmp(arguments[1], "step") == 0)
    return step(number(arguments[2]), number(arguments[3]));
  if (count == 3 && std::strcmp(arguments[1], "triad") == 0)
    return triad(number(arguments[2]));
  std::fprintf(stderr, "usage: adam step <blocks> <size of a block>\n"
                       "       adam triad <number of parameters>\n");
  return 2;
}
