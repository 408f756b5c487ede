//===- math.cpp - Functions that <cmath> lacks ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values against exact ones, within the error bounds that the header states;
// and behaviour at poles, infinities and NaN.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -Werror -O0 -g \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t.san
// RUN: %t.san
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O2 %s -o %t.o2
// RUN: %t.o2

#include "Inputs/check.h"
#include "Inputs/polygamma.h"
#include <cmath>
#include <limits>
#include <retrograd/math.h>
#include <retrograd/special.h>

template <class T> static void polygamma_is_within_its_bound() {
  using limits = std::numeric_limits<T>;
  for (const exact_polygamma &exact : exact_polygammas) {
    const T x = static_cast<T>(exact.x);
    if (static_cast<long double>(x) != exact.x ||
        std::fabs(exact.value) > static_cast<long double>(limits::max()) ||
        std::fabs(exact.value) < static_cast<long double>(limits::min()))
      continue;
    const T value = retrograd::polygamma(exact.order, x);
    const long double error = std::fabs(value - exact.value);
    const long double bound =
        (exact.order == 0 ? 6 : 20 + 3 * exact.order) * limits::epsilon();
    CHECK_THAT(error <= bound * exact.scale);
  }
  CHECK_THAT(retrograd::digamma(T(3)) == retrograd::polygamma(0, T(3)));
  CHECK_THAT(retrograd::trigamma(T(3)) == retrograd::polygamma(1, T(3)));
}

template <class T> static void special_arguments() {
  const T infinity = std::numeric_limits<T>::infinity();
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const T zero = 0;
  using retrograd::digamma;
  using retrograd::polygamma;
  CHECK_THAT(digamma(zero) == -infinity && digamma(-zero) == infinity);
  CHECK_THAT(std::isnan(digamma(T(-3))) && std::isnan(digamma(nan)));
  CHECK_THAT(digamma(infinity) == infinity);
  CHECK_THAT(std::isnan(digamma(-infinity)));
  CHECK_THAT(polygamma(1, zero) == infinity && polygamma(1, -zero) == infinity);
  CHECK_THAT(polygamma(2, zero) == -infinity &&
             polygamma(2, -zero) == infinity);
  CHECK_THAT(polygamma(1, T(-2)) == infinity);
  CHECK_THAT(std::isnan(polygamma(2, T(-2))) && std::isnan(polygamma(2, nan)));
  CHECK_THAT(polygamma(1, infinity) == 0 && polygamma(2, infinity) == 0);
  CHECK_THAT(std::isnan(polygamma(-1, T(2))));
  CHECK_THAT(std::isnan(polygamma(101, T(-2.5))));
  CHECK_THAT(std::isfinite(polygamma(100, T(-2.5))) || sizeof(T) < 8);
}

template <class T> static void parts_of_a_number() {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  CHECK_THAT(retrograd::sign(T(-2)) == -1 && retrograd::sign(T(0.5)) == 1);
  CHECK_THAT(retrograd::sign(T(0)) == 0 && std::isnan(retrograd::sign(nan)));
  CHECK_THAT(retrograd::frexp_mantissa(T(-12)) == T(-0.75));
  CHECK_THAT(retrograd::frexp_exponent(T(-12)) == 4);
  CHECK_THAT(retrograd::modf_fraction(T(-2.75)) == T(-0.75));
}

/// D(k) = (K(k) - E(k)) / k^2, by the arithmetic-geometric mean.
template <class T> static void elliptic_d() {
  CHECK_THAT(std::fabs(retrograd::comp_ellint_d(T(0.5)) -
                       T(0.87315258189267554965L)) <=
             4 * std::numeric_limits<T>::epsilon());
  CHECK_THAT(std::fabs(retrograd::comp_ellint_d(T(0.25)) -
                       T(0.804559456421095603176L)) <=
             4 * std::numeric_limits<T>::epsilon());
}

template <class T> static void all() {
  elliptic_d<T>();
  polygamma_is_within_its_bound<T>();
  special_arguments<T>();
  parts_of_a_number<T>();
}

int main() {
  all<float>();
  all<double>();
  all<long double>();
  static_assert(std::is_same_v<decltype(retrograd::digamma(2)), double>);
  CHECK_THAT(retrograd::digamma(2) == retrograd::digamma(2.0));
}
