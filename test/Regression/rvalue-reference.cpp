//===- rvalue-reference.cpp - Parameters that take rvalues ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the text each argument has a name, and what has one is no rvalue.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}
// RUN: %rgcxx -fsyntax-only -fplugin-arg-retrograd-verify=1 %s

#include "Inputs/expect.h"
#include <retrograd/retrograd.h>
#include <utility>

static double doubled(double &&x) { return 2 * x; }
static double squared(const double &&x) { return x * x; }
#pragma retrograd inactive
static void look(double &&) {}

#pragma retrograd gradient
#pragma retrograd jvp
double moved(double x) {
  double a = x;
  look(double(x));
  return doubled(std::move(a)) * squared(x + 1);
}

// 2 x (x + 1)^2
int main() {
  double d_x = 0;
  moved_grad(2, &d_x);
  expect("gradient", d_x, 42);
  expect("jvp", moved_jvp(2, 1), 42);
  return failures != 0;
}
