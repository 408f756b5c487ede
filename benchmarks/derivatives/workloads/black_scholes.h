//===- black_scholes.h - Prices of options --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the Greeks in closed form, which every trader knows. Since the
// density at d1 times the spot price is that at d2 times the discounted strike
// price, they need one exponential more than the price.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_BLACK_SCHOLES_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_BLACK_SCHOLES_H

#include "../workload.h"

namespace workloads {
#include "../primals/black_scholes.h"

namespace black_scholes {

#pragma retrograd gradient(portfolio) value
static double gradient(int n, const double *x, double *d_x) {
  return portfolio_grad(x, x + n, x + 2 * n, x + 3 * n, x + 4 * n, n, d_x,
                        d_x + n, d_x + 2 * n, d_x + 3 * n, d_x + 4 * n);
}

static double
add_greeks(const double *__restrict spot, const double *__restrict strike,
           const double *__restrict rate, const double *__restrict volatility,
           const double *__restrict time, int n, double *__restrict d_spot,
           double *__restrict d_strike, double *__restrict d_rate,
           double *__restrict d_volatility, double *__restrict d_time) {
  const double density_at_0 = 1 / std::sqrt(2 * pi);
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double v = volatility[i], t = time[i];
    const double root = std::sqrt(t);
    const double inverse = 1 / (v * root);
    const double d1 =
        (std::log(spot[i] / strike[i]) + (rate[i] + 0.5 * v * v) * t) * inverse;
    const double d2 = d1 - v * root;
    const double delta = normal(d1);
    const double by_strike = std::exp(-rate[i] * t) * normal(d2);
    const double paid = strike[i] * by_strike;
    const double change = spot[i] * density_at_0 * std::exp(-0.5 * d1 * d1);
    sum += spot[i] * delta - paid;
    d_spot[i] += delta;
    d_strike[i] -= by_strike;
    d_rate[i] += t * paid;
    d_volatility[i] += change * root;
    d_time[i] += 0.5 * change * v * v * inverse + rate[i] * paid;
  }
  return sum;
}

static double by_hand(int n, const double *x, double *d_x) {
  return add_greeks(x, x + n, x + 2 * n, x + 3 * n, x + 4 * n, n, d_x, d_x + n,
                    d_x + 2 * n, d_x + 3 * n, d_x + 4 * n);
}

static std::vector<double> point(int n) {
  const struct {
    double middle, spread;
  } ranges[] = {{100, 20}, {100, 15}, {0.03, 0.02}, {0.3, 0.1}, {1, 0.7}};
  std::vector<double> x = around(0, 1, 5 * static_cast<std::size_t>(n));
  double *each = x.data();
  for (const auto &range : ranges)
    for (int i = 0; i < n; ++i, ++each)
      *each = range.middle + range.spread * *each;
  return x;
}

} // namespace black_scholes
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_BLACK_SCHOLES_H
