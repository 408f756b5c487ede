//===- other-file.cpp - Derivatives called from a file without the plugin -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative is an ordinary function: Inputs/derivatives.h declares it by
// hand, and Inputs/caller.cpp, compiled by any compiler, calls it.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O1 -c %s -o %t.primal.o
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 \
// RUN:   -c %S/Inputs/caller.cpp -o %t.caller.o
// RUN: %clangxx %t.primal.o %t.caller.o -o %t && %t
// RUN: %gxx -Wall -Wextra -Werror -O1 -c %S/Inputs/caller.cpp -o %t.gcc.o
// RUN: %clangxx %t.primal.o %t.gcc.o -o %t.gcc && %t.gcc

#include "Inputs/derivatives.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double energy(const double *x, int n, double stiffness) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i) {
    double stretch = x[i + 1] - x[i] - 1;
    s += stiffness * stretch * stretch / 2;
  }
  return s;
}

namespace models {
#pragma retrograd vjp
void step(double *x, double rate) {
  x[0] += rate * x[1];
  x[1] -= rate * std::sin(x[0]);
}

#pragma retrograd gradient
inline float shared(float x) { return x * x * x; }
} // namespace models

extern "C" {
#pragma retrograd gradient value name(c_derivative)
double c_primal(double x) { return x * x; }
}

// The inline derivative is emitted here only if this file uses it.
float shared_slope(float x) {
  float d = 0;
  models::shared_grad(x, &d);
  return d;
}
