//===- coefficients.h - Numbers of the vector mathematics -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written by test/Runtime/lanes/Inputs/polynomials.py, which says how they are
// computed. The coefficients of a polynomial begin with the constant one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_COEFFICIENTS_H
#define RETROGRAD_LANES_COEFFICIENTS_H

// clang-format off

namespace retrograd::detail {

template <class T> struct coefficients;

template <> struct coefficients<float> {
  static constexpr float ln2_high = 0x1.62e0000000000p-1f;
  static constexpr float ln2_low = 0x1.0bfbe80000000p-15f;
  static constexpr float log2_e = 0x1.7154760000000p+0f;
  static constexpr float log2_e_low = 0x1.4ae0c00000000p-26f;
  static constexpr float ln2 = 0x1.62e4300000000p-1f;
  static constexpr float log10_e = 0x1.bcb7b20000000p-2f;
  static constexpr float log10_e_low = -0x1.5b235e0000000p-27f;
  static constexpr float log10_2_high = 0x1.3440000000000p-2f;
  static constexpr float log10_2_low = 0x1.3509f80000000p-18f;
  static constexpr float two_over_pi = 0x1.45f3060000000p-1f;
  /// (exp(r) - 1 - r) / r^2, |r| <= ln(2) / 2
  static constexpr float exponential[] = {
      0x1.0000000000000p-1f,
      0x1.5554d80000000p-3f,
      0x1.5555160000000p-5f,
      0x1.12106c0000000p-7f,
      0x1.6d16060000000p-10f,
  };
  /// (log((1 + s) / (1 - s)) / s - 2) / z, z = s^2
  static constexpr float logarithm[] = {
      0x1.5555560000000p-1f,
      0x1.9999ec0000000p-2f,
      0x1.245c440000000p-2f,
      0x1.ddced80000000p-3f,
  };
  /// (sin(r) / r - 1) / z, z = r^2, |r| <= pi / 4
  static constexpr float sine[] = {
      -0x1.5555560000000p-3f,
      0x1.11110e0000000p-7f,
      -0x1.a013660000000p-13f,
      0x1.6da8ec0000000p-19f,
  };
  /// (cos(r) - 1 + z / 2) / z^2, z = r^2, |r| <= pi / 4
  static constexpr float cosine[] = {
      0x1.5555560000000p-5f,
      -0x1.6c16c00000000p-10f,
      0x1.a015980000000p-16f,
      -0x1.2516360000000p-22f,
  };
  /// (sinh(x) / x - 1) / z, z = x^2, |x| <= 1
  static constexpr float hyperbolic_sine[] = {
      0x1.5555560000000p-3f,
      0x1.11111e0000000p-7f,
      0x1.a009000000000p-13f,
      0x1.78a70e0000000p-19f,
  };
  /// (tanh(x) / x - 1) / z, z = x^2, |x| <= 0.55
  static constexpr float hyperbolic_tangent[] = {
      -0x1.5555540000000p-2f,
      0x1.110fea0000000p-3f,
      -0x1.b9a0440000000p-5f,
      0x1.5d220e0000000p-6f,
      -0x1.b135380000000p-8f,
  };
};

template <> struct coefficients<double> {
  static constexpr double ln2_high = 0x1.62e42fefa3000p-1;
  static constexpr double ln2_low = 0x1.3de6af278ece6p-42;
  static constexpr double third_high = 0x1.5555550000000p-2;
  static constexpr double third_low = 0x1.5555555555555p-28;
  static constexpr double half_pi_1 = 0x1.921fb54440000p+0;
  static constexpr double half_pi_2 = 0x1.68c234c4c4000p-39;
  static constexpr double half_pi_3 = 0x1.3145c06e0e689p-78;
  static constexpr double log2_e = 0x1.71547652b82fep+0;
  static constexpr double log2_e_low = 0x1.777d0ffda0d24p-56;
  static constexpr double ln2 = 0x1.62e42fefa39efp-1;
  static constexpr double log10_e = 0x1.bcb7b1526e50ep-2;
  static constexpr double log10_e_low = 0x1.95355baaafad3p-57;
  static constexpr double log10_2_high = 0x1.34413509f6000p-2;
  static constexpr double log10_2_low = 0x1.9fef311f12b36p-42;
  static constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  /// (exp(r) - 1 - r) / r^2, |r| <= ln(2) / 2
  static constexpr double exponential[] = {
      0x1.0000000000000p-1,
      0x1.5555555555557p-3,
      0x1.5555555555556p-5,
      0x1.111111110ff87p-7,
      0x1.6c16c16c16212p-10,
      0x1.a01a01aca0134p-13,
      0x1.a01a01a741b3cp-16,
      0x1.71ddffef9e7b1p-19,
      0x1.27e4da1a3bf04p-22,
      0x1.af52906239de4p-26,
      0x1.1f75aba0b1e2ep-29,
  };
  /// (log((1 + s) / (1 - s)) / s - 2) / z, z = s^2
  static constexpr double logarithm[] = {
      0x1.5555555555558p-1,
      0x1.99999999952e2p-2,
      0x1.2492492df148dp-2,
      0x1.c71c62e5800a1p-3,
      0x1.7462b4ab2ef6bp-3,
      0x1.39fe606542ddep-3,
      0x1.2b584aae78a57p-3,
  };
  /// (sin(r) / r - 1) / z, z = r^2, |r| <= pi / 4
  static constexpr double sine[] = {
      -0x1.5555555555555p-3,
      0x1.1111111110b23p-7,
      -0x1.a01a019e620eep-13,
      0x1.71de376b644ccp-19,
      -0x1.ae5fde7f12068p-26,
      0x1.5dfb39c3139b6p-33,
  };
  /// (cos(r) - 1 + z / 2) / z^2, z = r^2, |r| <= pi / 4
  static constexpr double cosine[] = {
      0x1.5555555555555p-5,
      -0x1.6c16c16c1691fp-10,
      0x1.a01a019f3dde1p-16,
      -0x1.27e4fa0241f7cp-22,
      0x1.1eeb52a201da3p-29,
      -0x1.906dbf4fda044p-37,
  };
  /// (sinh(x) / x - 1) / z, z = x^2, |x| <= 1
  static constexpr double hyperbolic_sine[] = {
      0x1.5555555555555p-3,
      0x1.1111111111111p-7,
      0x1.a01a01a01a001p-13,
      0x1.71de3a556f96cp-19,
      0x1.ae6456792a77fp-26,
      0x1.612467ccb2260p-33,
      0x1.ae777c36fd5b6p-41,
      0x1.99f0806c2628dp-49,
  };
  /// (tanh(x) / x - 1) / z, z = x^2, |x| <= 0.55
  static constexpr double hyperbolic_tangent[] = {
      -0x1.5555555555555p-2,
      0x1.1111111111032p-3,
      -0x1.ba1ba1b9fec84p-5,
      0x1.664f487713373p-6,
      -0x1.226e32f00cf0cp-7,
      0x1.d6d339333f329p-9,
      -0x1.7d97cfd138c28p-10,
      0x1.34c5a8a996cd4p-11,
      -0x1.ec1091436eb2ap-13,
      0x1.64fd88e9900a5p-14,
      -0x1.59a834187ce22p-16,
  };
  /// (atanh(s) / s - 1 - z / 3) / z^2, z = s^2
  static constexpr double logarithm_tail[] = {
      0x1.999999999999ap-3,
      0x1.2492492492521p-3,
      0x1.c71c71c6eaa8dp-4,
      0x1.745d177a8f200p-4,
      0x1.3b1395d4f9e5fp-4,
      0x1.1118c74823a2ep-4,
      0x1.df7ce9a6bcccbp-5,
      0x1.e02d197c00c78p-5,
  };
};

} // namespace retrograd::detail

// clang-format on

#endif // RETROGRAD_LANES_COEFFICIENTS_H
