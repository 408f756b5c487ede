//===- math-exponential.cpp - exp, log and their kin ------------------ -===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bounds are those that docs/simd.md states, whatever the compiler contracts
// and whatever it compiles for.
//
//===----------------------------------------------------------------------===//

// REQUIRES: x86
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O2 %s -o %t.clang
// RUN: %t.clang
// RUN: %if gxx %{ %gxx -Wall -Wextra -Werror -O2 %s -o %t.gcc && %t.gcc %}

// With fused operations, where the machine has them.
// RUN: %clangxx -I%include -std=c++20 -O2 -march=native -ffp-contract=fast %s -o %t.native
// RUN: %t.native

#include "Inputs/ulps.h"

using namespace ulps;

template <class T> static void functions() {
  constexpr bool wide = sizeof(T) == 8;
  const T low = wide ? T(-745.2) : T(-104), high = wide ? T(709.8) : T(88.8);
  const range<T> unit{T(-1), T(1)}, beside_one{T(0.5), T(2)},
      magnitudes{T(1e-30), T(1e30), true},
      positive{std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), true};
  check<T>(ULPS_OF(exp), unit, 1.25);
  check<T>(ULPS_OF(exp), {low, high}, 1.25);
  check<T>(ULPS_OF(exp2), unit, 1.25);
  check<T>(ULPS_OF(exp2), {wide ? T(-1076) : T(-150), wide ? T(1025) : T(129)}, 1.25);
  check<T>(ULPS_OF(expm1), unit, 1.5);
  check<T>(ULPS_OF(expm1), {T(-50), high}, 1.5);
  check<T>(ULPS_OF(expm1), {T(1e-30), T(1), true}, 1.5);
  check<T>(ULPS_OF(log), beside_one, 1);
  check<T>(ULPS_OF(log), positive, 1);
  check<T>(ULPS_OF(log2), beside_one, 2);
  check<T>(ULPS_OF(log2), positive, 2);
  check<T>(ULPS_OF(log10), beside_one, 2);
  check<T>(ULPS_OF(log10), positive, 2);
  check<T>(ULPS_OF(log1p), {T(-0.999), T(1)}, 1);
  check<T>(ULPS_OF(log1p), magnitudes, 1);
  check<T>(ULPS_OF(sqrt), positive, 0.5);
  check_special<T>(SPECIAL_OF(exp));
  check_special<T>(SPECIAL_OF(exp2));
  check_special<T>(SPECIAL_OF(expm1));
  check_special<T>(SPECIAL_OF(log));
  check_special<T>(SPECIAL_OF(log2));
  check_special<T>(SPECIAL_OF(log10));
  check_special<T>(SPECIAL_OF(log1p));
  check_special<T>(SPECIAL_OF(sqrt));
}

template <class T> static void powers() {
  for (double exponent : {0.5, 2.0, -1.3, 17.0, 100.25}) {
    const T y = T(exponent);
    auto power = [y](auto x) { return retrograd::pow(x, decltype(x)(y)); };
    auto truth = [y](long double x) { return std::pow(x, (long double)y); };
    check<T>("pow", power, truth, {T(1e-3), T(1e3), true}, 1.25);
    check<T>("pow", power, truth, {T(0.5), T(2), false, 8000}, 1.25);
    check_special<T>("pow", power, [y](T x) { return std::pow(x, y); });
  }
  for (double base : {1.7, 0.999, -3.0, 0.0, 1.0}) {
    const T x = T(base);
    auto power = [x](auto y) { return retrograd::pow(decltype(y)(x), y); };
    auto truth = [x](long double y) { return std::pow((long double)x, y); };
    check<T>("pow", power, truth, {T(-2000), T(2000), false, 8001}, 1.25);
    check_special<T>("pow", power, [x](T y) { return std::pow(x, y); });
  }
}

int main(int count, char **) {
  printing = count > 1;
  functions<float>();
  functions<double>();
  powers<float>();
  powers<double>();
}
