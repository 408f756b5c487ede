//===- isa.cpp - All builds of the loops give the same bits ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every rule and option, on lengths that leave a remainder in any vector width,
// on numbers of all sizes, with clipping. A processor that cannot run a build
// skips it, and says so.
//
// The builds define nothing but their tables, so that no function of one can
// stand in for a function of another program's.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t | FileCheck %s --check-prefix=RAN
// RAN: best: {{plain|x86-64-v[234]}}
//
// RUN: llvm-nm --defined-only --extern-only \
// RUN:   %build/lib/libretrograd-runtime.a | FileCheck %s
// CHECK-LABEL: kernels_plain.cpp.o:
// CHECK-NEXT:  kernels_plainE
// CHECK-EMPTY:
// CHECK-LABEL: kernels_x86_64_v2.cpp.o:
// CHECK-NEXT:  kernels_x86_64_v2E
// CHECK-EMPTY:
// CHECK-LABEL: kernels_x86_64_v3.cpp.o:
// CHECK-NEXT:  kernels_x86_64_v3E
// CHECK-EMPTY:
// CHECK-LABEL: kernels_x86_64_v4.cpp.o:
// CHECK-NEXT:  kernels_x86_64_v4E
// CHECK-EMPTY:
// REQUIRES: x86

#include "../Inputs/check.h"
#include "Inputs/archive.h"
#include "Inputs/variants.h"
#include <cmath>
#include <random>
#include <retrograd/optimizers/isa.h>
#include <vector>

using namespace retrograd;

/// Numbers of all sizes and both signs, zeros among them.
template <class T> static std::vector<T> numbers(std::size_t n, unsigned seed) {
  std::minstd_rand random(seed);
  std::vector<T> x(n);
  for (T &v : x) {
    const int exponent = static_cast<int>(random() % 40) - 30;
    const double mantissa = static_cast<double>(random() % 2001) / 1000 - 1;
    v = static_cast<T>(std::ldexp(mantissa, exponent));
  }
  return x;
}

/// All that ten steps leave: parameters, state, and the norms of the gradients.
template <class T, class Optimizer>
static stored_fields train(const Optimizer &optimizer) {
  constexpr std::size_t n = 1031;
  parameters<T> p;
  p.add("p", numbers<T>(n, 1)).add("q", numbers<T>(7, 2), {.lr = 0.5});
  optimizer_state state(optimizer, p);
  std::vector<double> norms;
  for (unsigned step = 0; step < 10; ++step) {
    const std::vector<T> g = numbers<T>(n + 7, 3 + step);
    norms.push_back(gradient_norm(p, std::span<const T>(g)));
    state.step(p, g, {.clip_value = 4, .gradient_scale = 0.3});
  }
  save_archive archive;
  p.fields(archive);
  state.fields(archive);
  archive("norms", std::span(norms));
  return archive.stored;
}

template <class T, class Optimizer>
static void compare(const char *name, const Optimizer &optimizer, isa other) {
  CHECK_THAT(use_optimizer_isa(isa::plain));
  const stored_fields expected = train<T>(optimizer);
  CHECK_THAT(use_optimizer_isa(other) && optimizer_isa() == other);
  if (train<T>(optimizer) != expected) {
    std::printf("%s differs on %s\n", name, name_of(other));
    std::exit(1);
  }
}

/// Rows have a loop of their own.
template <class T, class Optimizer>
static stored_fields train_rows(const Optimizer &optimizer) {
  parameters<T> p;
  p.add("p", numbers<T>(400, 1));
  optimizer_state state(optimizer, p);
  const std::vector<T> g = numbers<T>(400, 2);
  const std::uint64_t rows[] = {0, 3, 7};
  const touched_rows touched[] = {{"p", rows, 40}};
  state.step_rows(p, g, touched, {.clip_value = 4});
  save_archive archive;
  p.fields(archive);
  state.fields(archive);
  return archive.stored;
}

template <class T> static void compare_rows(isa other) {
  CHECK_THAT(use_optimizer_isa(isa::plain));
  const stored_fields sgd = train_rows<T>(SGD{}),
                      adagrad = train_rows<T>(Adagrad{});
  CHECK_THAT(use_optimizer_isa(other));
  CHECK_THAT(train_rows<T>(SGD{}) == sgd);
  CHECK_THAT(train_rows<T>(Adagrad{}) == adagrad);
}

int main() {
  const isa best = optimizer_isa();
  std::printf("best: %s\n", name_of(best));
  for (const isa other : {isa::x86_64_v2, isa::x86_64_v3, isa::x86_64_v4}) {
    if (!use_optimizer_isa(other)) {
      std::printf("%s: not on this processor\n", name_of(other));
      CHECK_THAT(optimizer_isa() == isa::plain || optimizer_isa() < other);
      continue;
    }
    CHECK_THAT(best >= other);
    for_each_variant([&](const char *name, const auto &optimizer) {
      compare<float>(name, optimizer, other);
      compare<double>(name, optimizer, other);
    });
    compare_rows<float>(other);
    compare_rows<double>(other);
    std::printf("%s: the same as plain\n", name_of(other));
  }
}
