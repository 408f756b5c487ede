//===- bits.h - The parts of floating-point numbers in lanes --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exponents, signs and roundings by operations on the bits, for types of IEEE
// 754. Conversions between 64-bit integers and doubles, which most instruction
// sets do not have for vectors, are additions of a number that shifts the
// integer into the mantissa's last bits.
//
// All of it relies on the rounding of single operations: not for -ffast-math.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_BITS_H
#define RETROGRAD_LANES_BITS_H

#include "types.h"
#include <cmath>
#include <limits>

namespace retrograd::detail {

template <class T> struct format;
template <> struct format<float> {
  using bits = std::uint32_t;
  static constexpr int mantissa = 23;
  static constexpr int bias = 127;
  /// 1.5 * 2^23: in its neighbourhood the last bit of the mantissa is 1.
  static constexpr float shifter = 0x1.8p23f;
};
template <> struct format<double> {
  using bits = std::uint64_t;
  static constexpr int mantissa = 52;
  static constexpr int bias = 1023;
  static constexpr double shifter = 0x1.8p52;
};

template <class T, int W> using bit_lanes = lanes<typename format<T>::bits, W>;

template <class T, int W>
RETROGRAD_LANES_INLINE bit_lanes<T, W> bits(lanes<T, W> x) {
  using vector = typename bit_lanes<T, W>::vector;
  return bit_lanes<T, W>((vector)x.values);
}

template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> from_bits(bit_lanes<T, W> b) {
  using vector = typename lanes<T, W>::vector;
  return lanes<T, W>((vector)b.values);
}

template <class T>
inline constexpr typename format<T>::bits sign_bit =
    typename format<T>::bits(1) << (8 * sizeof(T) - 1);

/// x + shifter: its last bits are the integer nearest to x, |x| < 2^21.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> shifted(lanes<T, W> x) {
  return x + lanes<T, W>(format<T>::shifter);
}
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> unshifted(lanes<T, W> x) {
  return x - lanes<T, W>(format<T>::shifter);
}

/// 2^n for an integral n in the range of normal numbers.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> power_of_two(lanes<T, W> n) {
  using type = format<T>;
  const bit_lanes<T, W> exponent =
      bits(shifted(n)) + bit_lanes<T, W>(type::bias);
  return from_bits<T, W>(exponent << bit_lanes<T, W>(type::mantissa));
}

/// x * 2^n, correctly rounded once, also where that is denormal or infinite;
/// |n| is at most twice the greatest exponent.
template <class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> scale(lanes<T, W> x, lanes<T, W> n) {
  const lanes<T, W> half = unshifted(shifted(lanes<T, W>(n * T(0.5))));
  const lanes<T, W> first = x * power_of_two(half);
  return first * power_of_two(n - half);
}

/// c[0] + c[1] x + c[2] x^2 + ..., in two chains, of the even powers and of the
/// odd ones, so that one need not wait for the other.
template <class T, int W, class C, int N>
RETROGRAD_LANES_INLINE lanes<T, W> polynomial(lanes<T, W> x, const C (&c)[N]) {
  const lanes<T, W> square = x * x;
  constexpr int top = N - 1;
  lanes<T, W> last = T(c[top]);
  lanes<T, W> other = T(c[top - 1]);
#pragma GCC unroll 16
  for (int i = top - 2; i >= 1; i -= 2) {
    last = last * square + T(c[i]);
    other = other * square + T(c[i - 1]);
  }
  if constexpr (top % 2 == 0) {
    last = last * square + T(c[0]);
    return other * x + last;
  } else {
    return last * x + other;
  }
}

/// A sum of two numbers, the second one small beside the first.
template <class T, int W> struct lane_pair {
  lanes<T, W> high, low;
};

/// a + b without error, if |a| >= |b| or a is zero (T. J. Dekker, "A
/// floating-point technique for extending the available precision", Numerische
/// Mathematik 18, 1971).
template <class T, int W>
RETROGRAD_LANES_INLINE lane_pair<T, W> exact_sum(lanes<T, W> a, lanes<T, W> b) {
  const lanes<T, W> sum = a + b;
  return {sum, b - (sum - a)};
}

/// The leading half of the mantissa, so that products of such are exact.
template <int W>
RETROGRAD_LANES_INLINE lanes<double, W> leading(lanes<double, W> x) {
  return from_bits<double, W>(bits(x) &
                              bit_lanes<double, W>(~std::uint64_t(0x7ffffff)));
}

/// a * b to twice the precision. The leading part is exact with 26 bits a
/// factor, so nothing depends on whether the compiler contracts.
template <int W>
RETROGRAD_LANES_INLINE lane_pair<double, W> long_product(lanes<double, W> a,
                                                         lanes<double, W> b) {
  const lanes<double, W> a1 = leading(a), b1 = leading(b);
  const lanes<double, W> rest = a1 * (b - b1) + (a - a1) * b;
  return {a1 * b1, rest};
}

} // namespace retrograd::detail

#endif // RETROGRAD_LANES_BITS_H
