//===- black_scholes.h - Prices of options --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The value of a portfolio of n European calls, by Black and Scholes. Its
// gradient holds the five Greeks of each option: delta, the derivative by the
// strike, rho, vega, and theta (by the time that is left, so with the other
// sign).
//
//===----------------------------------------------------------------------===//

namespace black_scholes {

static real normal(real x) { return 0.5 * erfc(-x * sqrt_half); }

static real call(real spot, real strike, real rate, real volatility,
                 real time) {
  const real spread = volatility * sqrt(time);
  const real d1 =
      (log(spot / strike) + (rate + 0.5 * volatility * volatility) * time) /
      spread;
  const real d2 = d1 - spread;
  return spot * normal(d1) - strike * exp(-rate * time) * normal(d2);
}

static real portfolio(const real *spot, const real *strike, const real *rate,
                      const real *volatility, const real *time, int n) {
  real sum = 0;
  for (int i = 0; i < n; ++i)
    sum += call(spot[i], strike[i], rate[i], volatility[i], time[i]);
  return sum;
}

/// x: five arrays of n, in the order of the parameters.
static real value(int n, const real *x) {
  return portfolio(x, x + n, x + 2 * n, x + 3 * n, x + 4 * n, n);
}

} // namespace black_scholes
