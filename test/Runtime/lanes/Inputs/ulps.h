//===- ulps.h - Vector mathematics against the library --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The error of a function in lanes, in units in the last place of the result,
// over arguments that are spread evenly or by magnitude; long double, with 11
// bits more than double, is taken for the truth. With an argument the program
// prints what it measures, which docs/simd.md has.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_LANES_ULPS_H
#define RETROGRAD_TEST_RUNTIME_LANES_ULPS_H

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <retrograd/lanes.h>

namespace ulps {

using retrograd::lanes;

template <class T> long double unit(T result) {
  using limits = std::numeric_limits<T>;
  const T size = std::fabs(result);
  if (size < limits::min())
    return limits::denorm_min();
  return std::ldexp(1.0L, std::ilogb(size) - (limits::digits - 1));
}

template <class T> struct range {
  T low, high;
  /// Spread by magnitude; both ends are positive then.
  bool magnitudes = false;
  int count = 40000;

  T operator()(int i) const {
    // Not a multiple of anything, and the ends included.
    const double t = std::min(1.0, i * (1.0 / (count - 1)) * (1 + 1e-9));
    if (!magnitudes)
      return T(low + (double(high) - low) * t);
    return T(std::exp(std::log(double(low)) * (1 - t) +
                      std::log(double(high)) * t));
  }
};

inline bool printing = false;

/// Ends the program where the error is greater than Bound.
template <class T, class F, class Truth>
double check(const char *name, F function, Truth truth, range<T> r,
             double bound) {
  constexpr int W = 8;
  double worst = 0;
  for (int i = 0; i < r.count; i += W) {
    lanes<T, W> x;
    for (int lane = 0; lane < W; ++lane)
      x.set(lane, r(i + lane));
    const lanes<T, W> y = function(x);
    for (int lane = 0; lane < W; ++lane) {
      const long double exact = truth(static_cast<long double>(x[lane]));
      const T rounded = static_cast<T>(exact);
      if (rounded == y[lane] || (std::isnan(rounded) && std::isnan(y[lane])))
        continue;
      const double error =
          std::isfinite(rounded) && std::isfinite(y[lane])
              ? double(std::fabs(y[lane] - exact) / unit(rounded))
              : std::numeric_limits<double>::infinity();
      worst = std::max(worst, error);
      if (!(error <= bound)) {
        std::printf("%s(%a): %g ulp: %a, not %a\n", name, double(x[lane]),
                    error, double(y[lane]), double(rounded));
        std::exit(1);
      }
    }
  }
  if (printing)
    std::printf("%-6s %-6s [%g, %g] %.2f\n", sizeof(T) == 4 ? "float" : "double",
                name, double(r.low), double(r.high), worst);
  return worst;
}

/// The same class of result, with the same sign, as the library's function.
template <class T, class F, class Library>
void check_special(const char *name, F function, Library library) {
  using limits = std::numeric_limits<T>;
  const T values[] = {T(0),
                      T(-0.0),
                      limits::infinity(),
                      -limits::infinity(),
                      limits::quiet_NaN(),
                      limits::max(),
                      -limits::max(),
                      limits::min(),
                      -limits::min(),
                      limits::denorm_min(),
                      -limits::denorm_min(),
                      T(1),
                      T(-1),
                      T(1e5),
                      T(-1e22),
                      T(0.5)};
  for (T v : values) {
    const T is = function(lanes<T, 4>(v))[1], should = library(v);
    const bool same =
        std::isnan(should) ? std::isnan(is)
        : should == 0 || std::isinf(should)
            ? is == should && std::signbit(is) == std::signbit(should)
            : std::fabs(is - should) <= 2 * unit(should);
    if (!same) {
      std::printf("%s(%a): %a, not %a\n", name, double(v), double(is),
                  double(should));
      std::exit(1);
    }
  }
}

} // namespace ulps

/// The vector and the long double version of a function of one argument.
#define ULPS_OF(NAME)                                                          \
  #NAME, [](auto x) { return retrograd::NAME(x); },                            \
      [](long double x) { return std::NAME(x); }
#define SPECIAL_OF(NAME)                                                       \
  #NAME, [](auto x) { return retrograd::NAME(x); },                            \
      [](T x) { return static_cast<T>(std::NAME(x)); }

#endif // RETROGRAD_TEST_RUNTIME_LANES_ULPS_H
