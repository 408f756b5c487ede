//===- widths.cpp - Instruction sets agree --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One build runs the code of every instruction set that the machine has, with as
// many lanes as fill its registers, and the result of each sample is the same
// bit for bit. So it is between builds for one instruction set each.
//
//===----------------------------------------------------------------------===//

// REQUIRES: x86
// RUN: %rgcxx -O2 -ffp-contract=off %s -o %t.any
// RUN: %t.any > %t.expected
// RUN: %rgcxx -O2 -ffp-contract=off -march=x86-64-v3 %s -o %t.v3
// RUN: %t.v3 v3 %t.expected > %t.is.v3
// RUN: diff %t.expected %t.is.v3
// RUN: %rgcxx -O2 -ffp-contract=off -march=x86-64-v4 %s -o %t.v4
// RUN: %t.v4 v4 %t.expected > %t.is.v4
// RUN: diff %t.expected %t.is.v4

// The text for another compiler, and its selection.
// RUN: %retrograd %s -o %t.h -- -std=c++20
// RUN: %if gxx %{ %gxx -O2 -ffp-contract=off -Wno-unknown-pragmas -DTEXT='"%t.h"' %s -o %t.gcc && %t.gcc > %t.is.gcc && diff %t.expected %t.is.gcc %}

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <retrograd/batch.h>
#include <retrograd/lanes.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[4], label) shared(theta[4])
static float loss(const float *x, int label, const float *theta) {
  float z = 0;
  for (int j = 0; j < 4; ++j)
    z += x[j] * theta[(j + label) % 4];
  while (z > 1)
    z = z * 0.5f - std::sin(z) / 8;
  return label ? std::log1p(std::exp(-z)) : std::tanh(z) * theta[label];
}

#ifdef TEXT
#include TEXT
#endif

constexpr int samples = 64;

struct result {
  float value[samples], gradient[samples][4];
};

template <int W>
RETROGRAD_LANES_INLINE void run(const float (*rows)[4], const int *labels,
                                const float *theta, result &r) {
  using retrograd::lanes;
  for (int begin = 0; begin < samples; begin += W) {
    lanes<float, W> x[4], d[4] = {};
    lanes<int, W> label;
    for (int lane = 0; lane < W; ++lane) {
      for (int j = 0; j < 4; ++j)
        x[j].set(lane, rows[begin + lane][j]);
      label.set(lane, labels[begin + lane]);
    }
    const lanes<float, W> v = loss_batch{}.gradient_lanes<W>(true, x, &label, theta, d);
    for (int lane = 0; lane < W; ++lane) {
      r.value[begin + lane] = v[lane];
      for (int j = 0; j < 4; ++j)
        r.gradient[begin + lane][j] = d[j][lane];
    }
  }
}

int main(int count, char **arguments) {
  // A machine without the instruction set says what was to be said.
  if (count == 3) {
    if (!(arguments[1][1] == '3' ? __builtin_cpu_supports("x86-64-v3")
                                 : __builtin_cpu_supports("x86-64-v4"))) {
      std::FILE *file = std::fopen(arguments[2], "r");
      for (int c; (c = std::fgetc(file)) != EOF;)
        std::putchar(c);
      return 0;
    }
  }
  float rows[samples][4], theta[4] = {0.5f, -1.25f, 2, 0.75f};
  int labels[samples];
  for (int i = 0; i < samples; ++i) {
    labels[i] = i * 7 % 3;
    for (int j = 0; j < 4; ++j)
      rows[i][j] = float((i * 13 + j * 5) % 29) / 8 - 1.5f;
  }
  result first;
  run<4>(rows, labels, theta, first);
  for (int bytes = 16; bytes <= retrograd::machine_bytes(); bytes *= 2) {
    result r;
    retrograd::with_width<float>(bytes, [&]<int W>() __attribute__((
                                            always_inline)) {
      run<W>(rows, labels, theta, r);
    });
    for (int i = 0; i < samples; ++i) {
      bool same = r.value[i] == first.value[i];
      for (int j = 0; j < 4; ++j)
        same &= r.gradient[i][j] == first.gradient[i][j];
      if (!same) {
        std::printf("sample %d differs with %d bytes\n", i, bytes);
        return 1;
      }
    }
  }
  for (int i = 0; i < samples; ++i)
    std::printf("%a %a %a %a %a\n", first.value[i], first.gradient[i][0],
                first.gradient[i][1], first.gradient[i][2],
                first.gradient[i][3]);
}
