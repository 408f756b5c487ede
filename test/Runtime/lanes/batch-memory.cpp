//===- batch-memory.cpp - Arrays, and places that samples choose --------- -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Local arrays have a value for each lane; an index that differs gathers and
// scatters, and lanes that do not take part touch nothing.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=float %s -o %t.float
// RUN: %t.float
// RUN: %rgcxx -O1 -ffp-contract=off -DREAL=double %s -o %t.double
// RUN: %t.double

#include "Inputs/compare.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL memory(const REAL *x, int label, const REAL *theta, int n) {
  REAL m[2][3] = {}, buffer[4];
  const REAL *p = x;
  for (int i = 0; i < 4; ++i) {
    buffer[i] = p[i] * theta[i];
    m[i % 2][(i + label) % 3] += buffer[i];
    m[label % 2][label % 3] += theta[i];
  }
  REAL *const own = new REAL[n];
  for (int i = 0; i < n; ++i)
    own[i] = theta[i] * x[i];
  int best = 0;
  for (int i = 1; i < n; ++i)
    if (own[i] > own[best])
      best = i;
  own[label] = own[best] * own[label];
  const REAL r = own[label] + own[0] * own[1];
  delete[] own;
  return r + m[0][1] * m[1][0] + *(m[1] + label % 3) + buffer[label % 4];
}

#pragma retrograd batch sample(x[16], label) shared(theta[n])
REAL integers(const REAL *x, int label, const REAL *theta, int n) {
  const unsigned char small = static_cast<unsigned char>(label * 100);
  const short s = static_cast<short>(small - 128);
  const long long big = static_cast<long long>(s) << 20;
  const unsigned bits = label;
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += double(x[i]) * theta[(i * label + small) % n];
  REAL r = REAL(sum) * theta[n / (label + 1) % n];
  r *= REAL(big % 7) + REAL(~label & 5) + REAL(label ^ 3) + REAL(label >> 1);
  int next = label, last = label;
  ++next;
  --last;
  r += theta[next] * last;
  return r + (bits << 1) * theta[0] + std::ldexp(theta[1], label);
}

int main() {
  compare::check(memory_batch{compare::parameters}, 8, 0);
  compare::check(integers_batch{compare::parameters}, 8, 0);
}
