//===- extremes.cpp - Gradients that are zero, huge, tiny or not finite ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A zero gradient moves nothing that has not moved before and divides nothing by
// zero; a huge one stays finite where the formula does; what is not a number is
// never hidden.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/variants.h"
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

using namespace retrograd;

template <class T> static T after(const auto &optimizer, T start, T g,
                                  int steps = 1) {
  parameters<T> p;
  p.add("p", 1, start);
  optimizer_state state(optimizer, p);
  for (int i = 0; i < steps; ++i)
    state.step(p, std::vector<T>{g});
  return p.values()[0];
}

template <class T> static void zero_gradients() {
  for_each_variant([](std::string_view, auto optimizer) {
    optimizer.weight_decay = 0;
    CHECK_THAT(after<T>(optimizer, T(0.75), T(0), 50) == T(0.75));
    CHECK_THAT(after<T>(optimizer, T(0.75), -T(0), 50) == T(0.75));
    // Where nothing but the decay acts, it draws to zero.
    optimizer.weight_decay = 0.01;
    const T decayed = after<T>(optimizer, T(0.75), T(0), 50);
    CHECK_THAT(decayed < T(0.75) && decayed >= 0);
  });
}

/// The first step of the adaptive ones is lr sign(g), whatever size g has.
template <class T> static void first_steps() {
  const T large = sizeof(T) == sizeof(float) ? T(1e15) : T(1e150);
  const T bound = 16 * std::numeric_limits<T>::epsilon();
  for (const T g : {large, T(1), T(1e-3), T(-1), -large}) {
    const T expected = g > 0 ? T(1) - T(0.125) : T(1) + T(0.125);
    const auto close = [&](T p, T error) {
      return std::fabs(p - expected) <= bound + error;
    };
    // eps is a part of 1e-8 / |g| of the step.
    const T part = static_cast<T>(1e-8) / std::fabs(g);
    CHECK_THAT(close(after<T>(Adam{.lr = 0.125}, T(1), g), part));
    CHECK_THAT(
        close(after<T>(Adam{.lr = 0.125, .amsgrad = true}, T(1), g), part));
    CHECK_THAT(close(
        after<T>(AdamW{.lr = 0.125, .weight_decay = 0}, T(1), g), part));
    CHECK_THAT(close(after<T>(Adamax{.lr = 0.125}, T(1), g), part));
    CHECK_THAT(close(after<T>(Adagrad{.lr = 0.125}, T(1), g), part));
    CHECK_THAT(after<T>(Lion{.lr = 0.125}, T(1), g) == expected);
  }
}

/// Squares that overflow make an adaptive step vanish, as they do in PyTorch;
/// the parameters stay finite. Squares that underflow leave eps in the
/// denominator.
template <class T> static void huge_and_tiny() {
  const T huge = std::numeric_limits<T>::max() / 4;
  const T tiny = std::numeric_limits<T>::denorm_min();
  for (const auto g : {huge, -huge}) {
    for (const bool amsgrad : {false, true})
      CHECK_THAT(after<T>(Adam{.amsgrad = amsgrad}, T(0.5), g, 3) == T(0.5));
    CHECK_THAT(after<T>(Adagrad{}, T(0.5), g, 3) == T(0.5));
    CHECK_THAT(after<T>(RMSProp{}, T(0.5), g, 3) == T(0.5));
    CHECK_THAT(std::isfinite(after<T>(Adamax{}, T(0.5), g, 3)));
    CHECK_THAT(std::isfinite(after<T>(Lion{}, T(0.5), g, 3)));
    // The gradient itself enters by its sign and its size.
    CHECK_THAT(std::isfinite(after<T>(SGD{}, T(0.5), g)));
  }
  for_each_variant([&](std::string_view name, auto optimizer) {
    optimizer.weight_decay = 0;
    for (const T g : {tiny, -tiny, std::numeric_limits<T>::min()}) {
      const T p = after<T>(optimizer, T(0.5), g, 3);
      // The step of Lion is a sign.
      const T bound = name.starts_with("lion")
                          ? T(0.04)
                          : T(4) * std::numeric_limits<T>::epsilon();
      CHECK_THAT(std::fabs(p - T(0.5)) <= bound);
    }
  });
  CHECK_THAT(after<T>(Lion{.lr = 0.125}, T(1), 64 * tiny) == T(0.875));
}

template <class T> static void not_finite() {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for_each_variant([&](std::string_view, const auto &optimizer) {
    CHECK_THAT(std::isnan(after<T>(optimizer, T(0.5), nan)));
    CHECK_THAT(std::isnan(after<T>(optimizer, T(0.5), nan, 3)));
  });
  parameters<T> p;
  p.add("p", 2, T(1));
  optimizer_state state(SGD{.lr = 1}, p);
  // Clipping limits what is infinite, and leaves what is not a number.
  const std::vector<T> g = {-std::numeric_limits<T>::infinity(), nan};
  state.step(p, g, {.clip_value = 0.5});
  CHECK_THAT(p.values()[0] == T(1.5) && std::isnan(p.values()[1]));
}

/// Equal gradients have a variance of 0, which rounding must not make negative.
template <class T> static void centered() {
  for (const T g : {T(0.1), T(1e3), T(-0.7)}) {
    parameters<T> p;
    p.add("p", 64, T(1));
    optimizer_state state(RMSProp{.lr = 1e-9, .alpha = 0.5, .centered = true},
                          p);
    for (int t = 0; t < 300; ++t) {
      state.step(p, std::vector<T>(64, g));
      CHECK_THAT(std::isfinite(p.values()[63]));
    }
  }
}

//===- Norms --------------------------------------------------------------===//

template <class T> static double norm(std::vector<T> x) {
  return gradient_norm(std::span<const T>(x));
}

template <class T> static void norms() {
  CHECK_THAT(norm<T>({}) == 0);
  CHECK_THAT(norm<T>({0, 0}) == 0);
  CHECK_THAT(norm<T>({3, -4}) == 5);
  for (const std::size_t n : {1, 15, 16, 17, 4095, 4096, 4097, 12289, 100000})
    CHECK_THAT(std::fabs(norm(std::vector<T>(n, T(-0.5))) -
                         0.5 * std::sqrt(double(n))) <= 1e-12 * n);
  const T huge = std::ldexp(T(1), std::numeric_limits<T>::max_exponent - 4);
  const T tiny = std::numeric_limits<T>::min();
  CHECK_THAT(std::fabs(norm<T>({3 * huge, 4 * huge}) / (5.0 * huge) - 1) <
             1e-15);
  CHECK_THAT(std::fabs(norm<T>({3 * tiny, 4 * tiny}) / (5.0 * tiny) - 1) <
             1e-15);
  CHECK_THAT(norm<T>({0, std::numeric_limits<T>::denorm_min()}) ==
             std::numeric_limits<T>::denorm_min());
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const T inf = std::numeric_limits<T>::infinity();
  CHECK_THAT(std::isinf(norm<T>({1, -inf})));
  CHECK_THAT(std::isnan(norm<T>({1, nan, 2})));
  CHECK_THAT(std::isnan(norm<T>({nan, inf})));
}

int main() {
  zero_gradients<float>();
  zero_gradients<double>();
  first_steps<float>();
  first_steps<double>();
  huge_and_tiny<float>();
  huge_and_tiny<double>();
  not_finite<float>();
  not_finite<double>();
  centered<float>();
  centered<double>();
  norms<float>();
  norms<double>();
  CHECK_THAT(clip_factor(2, 1) == 1 / (2 + 1e-6));
  CHECK_THAT(clip_factor(0.5, 1) == 1);
  CHECK_THAT(clip_factor(0, 1) == 1);
  CHECK_THAT(clip_factor(1e300, std::numeric_limits<double>::infinity()) == 1);
}
