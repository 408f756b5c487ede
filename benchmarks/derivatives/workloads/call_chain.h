//===- call_chain.h - Functions that change one state ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the state before each round is kept, four numbers, the round is
// computed again, and its statements are reversed with the adjoints in
// registers.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_CALL_CHAIN_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_CALL_CHAIN_H

#include "../workload.h"

namespace workloads {
#include "../primals/call_chain.h"

namespace call_chain {

#pragma retrograd gradient(chain) value
static double gradient(int n, const double *x, double *d_x) {
  return chain_grad(x, n, x + n, d_x, d_x + n);
}

/// From the adjoints behind a round to those before it; returns that of w.
static double round_adjoint(const double *kept, double w,
                            double *__restrict d_s) {
  double s[4] = {kept[0], kept[1], kept[2], kept[3]};
  turn(s, w);
  const double s3_turned = s[3];
  bend(s);
  const double inverse = 1 / (1 + s[2] * s[2] + s[3] * s[3]);
  double d0 = d_s[0], d1 = d_s[1], d2 = d_s[2], d3 = d_s[3];
  // damp
  double d_w = d2 * s[0];
  d0 += d2 * w;
  const double d_size = -(d2 * s[2] + d3 * s[3]) * inverse * inverse;
  d2 = d2 * inverse + 2 * d_size * s[2];
  d3 = d3 * inverse + 2 * d_size * s[3];
  // bend
  d1 -= 0.1 * d3 * s[2];
  d2 -= 0.1 * d3 * s[1];
  d0 += 0.1 * d2 * s3_turned;
  d3 += 0.1 * d2 * s[0];
  // turn
  d_w -= d1 * s[0];
  d0 -= d1 * w;
  d_w += d0 * kept[1];
  d1 += d0 * w;
  d_s[0] = d0;
  d_s[1] = d1;
  d_s[2] = d2;
  d_s[3] = d3;
  return d_w;
}

static double by_hand(int n, const double *__restrict x,
                      double *__restrict d_x) {
  const scratch kept = scratch_of(4 * static_cast<std::size_t>(n));
  double *at = kept.get();
  double s[4] = {x[n], x[n + 1], x[n + 2], x[n + 3]};
  for (int i = 0; i < n; ++i) {
    for (double each : s)
      *at++ = each;
    turn(s, x[i]);
    bend(s);
    damp(s, x[i]);
  }
  double sum = 0, d_s[4];
  for (int j = 0; j < 4; ++j) {
    sum += s[j] * s[j];
    d_s[j] = 2 * s[j];
  }
  for (int i = n; i-- > 0;) {
    at -= 4;
    d_x[i] += round_adjoint(at, x[i], d_s);
  }
  for (int j = 0; j < 4; ++j)
    d_x[n + j] += d_s[j];
  return sum;
}

static std::vector<double> point(int n) {
  std::vector<double> x = around(0, 0.2, static_cast<std::size_t>(n));
  for (double each : {0.5, -0.25, 0.75, 1.0})
    x.push_back(each);
  return x;
}

} // namespace call_chain
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_CALL_CHAIN_H
