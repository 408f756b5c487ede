//===- math-trigonometric.cpp - sin, cos, tan and hyperbolic functions  -===//
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
  const range<T> near{T(-10), T(10)}, reduced{T(-1e4), T(1e4)},
      beyond{T(-1e7), T(1e7), false, 4000}, tiny{T(1e-30), T(1), true};
  check<T>(ULPS_OF(sin), near, 1);
  check<T>(ULPS_OF(sin), reduced, 1);
  check<T>(ULPS_OF(sin), beyond, 1);
  check<T>(ULPS_OF(sin), tiny, 1);
  check<T>(ULPS_OF(cos), near, 1);
  check<T>(ULPS_OF(cos), reduced, 1);
  check<T>(ULPS_OF(cos), beyond, 1);
  check<T>(ULPS_OF(tan), near, 1.25);
  check<T>(ULPS_OF(tan), reduced, 1.25);
  check<T>(ULPS_OF(tan), beyond, 1.25);
  const T most = wide ? T(711) : T(90);
  check<T>(ULPS_OF(sinh), {T(-2), T(2)}, 2);
  check<T>(ULPS_OF(sinh), {-most, most}, 2);
  check<T>(ULPS_OF(cosh), {T(-2), T(2)}, 1.5);
  check<T>(ULPS_OF(cosh), {-most, most}, 1.5);
  check<T>(ULPS_OF(tanh), {T(-2), T(2)}, 1.75);
  check<T>(ULPS_OF(tanh), {T(1e-30), T(30), true}, 1.75);
  check_special<T>(SPECIAL_OF(sin));
  check_special<T>(SPECIAL_OF(cos));
  check_special<T>(SPECIAL_OF(tan));
  check_special<T>(SPECIAL_OF(sinh));
  check_special<T>(SPECIAL_OF(cosh));
  check_special<T>(SPECIAL_OF(tanh));
}

/// The numbers next to multiples of half a turn, where all digits cancel.
template <class T> static void multiples_of_pi() {
  for (int n = 1; n < 4000; ++n) {
    const lanes<T, 4> x(T(n * 3.14159265358979323846L / 2));
    const T s = sin(x)[0], c = cos(x)[0];
    const long double exact_s = std::sin((long double)x[0]),
                      exact_c = std::cos((long double)x[0]);
    if (std::fabs(s - exact_s) > unit(T(exact_s)) ||
        std::fabs(c - exact_c) > unit(T(exact_c))) {
      std::printf("%a: %a %a\n", double(x[0]), double(s), double(c));
      std::exit(1);
    }
  }
}

int main(int count, char **) {
  printing = count > 1;
  functions<float>();
  functions<double>();
  multiples_of_pi<float>();
  multiples_of_pi<double>();
}
