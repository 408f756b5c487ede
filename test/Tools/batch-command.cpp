//===- batch-command.cpp - Descriptions for other compilers ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the command writes compiles without a warning, with clang++ and g++, and does
// what the plugin's text does. A derivative that verifies itself does, too.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -o %t.h -- -std=c++20
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Wpedantic -Werror -DTEXT='"%t.h"' -Wno-unknown-pragmas %s -o %t.clang
// RUN: %t.clang
// RUN: %if gxx %{ %gxx -Wall -Wextra -Wpedantic -Werror -DTEXT='"%t.h"' -Wno-unknown-pragmas %s -o %t.gcc && %t.gcc %}
// RUN: %rgcxx -fplugin-arg-retrograd-verify=4 %s -o %t.verified 2>&1 | count 0
// RUN: %t.verified 2>&1 | count 0

#include <cassert>
#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[2], label) shared(theta[n], bias)
float loss(const float *x, int label, const float *theta, int n,
           const float &bias) {
  float s = bias;
  for (int i = 0; i < n; ++i)
    s = std::sin(s + theta[i] * x[i]);
  return label == 1 ? s : -s;
}

namespace model {
#pragma retrograd batch sample(x) shared(w) outputs(y[2], sign)
[[maybe_unused]] static double line(double x, double w, unsigned char flags,
                                    double *y, int &sign) {
  y[0] = x;
  y[1] = w * x;
  sign = y[0] > 0 ? 1 : -1;
  return w * x + flags;
}

#pragma retrograd batch sample(x) shared(w)
[[maybe_unused]] static double unused(double x, double w) { return x * w; }
} // namespace model

extern "C" {
#pragma retrograd batch sample(x) shared(w)
double c_line(double x, double w) { return x * w; }
}

#ifdef TEXT
#include TEXT
#endif

int main() {
  // Arrays that touch might be one, and then nothing is verified.
  const float data[] = {1, -2, 0, .5f, .25f, 0, 0};
  const float *x = data, *theta = data + 3, &bias = data[6];
  const int label = 1;
  float d_theta[2] = {}, d_bias = 1;
  const auto batch = loss_batch{}.with_extents({2, 1});
  const float value = batch.gradient(x, &label, theta, &bias, d_theta, &d_bias);
  assert(value == loss(x, label, theta, 2, bias));
  assert(std::fabs(d_theta[1] + 2 * std::cos(std::sin(.5f) - .5f)) < 1e-6f);
  assert(d_bias > 1);

  const double input = 3, w = 2;
  double y[2], d_w = 0;
  int sign = 0;
  assert(model::line_batch{.flags = 1}.gradient(&input, &w, y, &sign, &d_w) ==
         7);
  assert(d_w == 3 && y[1] == 6 && sign == 1);
  assert(c_line_batch{}.value(&input, &w) == 6);
}
