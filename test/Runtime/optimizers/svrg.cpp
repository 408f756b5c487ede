//===- svrg.cpp - The correction of SVRG, and what it is good for ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A least-squares problem of some samples, of which a batch is one.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include <cmath>
#include <retrograd/optimizers.h>
#include <vector>

using namespace retrograd;

constexpr std::size_t samples = 16, n = 3;

template <class T> static T x(std::size_t sample, std::size_t k) {
  return T(static_cast<int>((sample * 5 + k * 7) % 11) - 5) / 4;
}
template <class T> static T y(std::size_t sample) {
  return T(static_cast<int>(sample * 3 % 7) - 3) / 2;
}

/// The gradient of (x w - y)^2 / 2 of one sample.
template <class T>
static std::vector<T> gradient(std::span<const T> w, std::size_t sample) {
  T residual = -y<T>(sample);
  for (std::size_t k = 0; k < n; ++k)
    residual += x<T>(sample, k) * w[k];
  std::vector<T> g(n);
  for (std::size_t k = 0; k < n; ++k)
    g[k] = residual * x<T>(sample, k);
  return g;
}

template <class T> static std::vector<T> mean_gradient(std::span<const T> w) {
  std::vector<T> mean(n);
  for (std::size_t s = 0; s < samples; ++s)
    for (std::size_t k = 0; k < n; ++k)
      mean[k] += gradient(w, s)[k] / samples;
  return mean;
}

template <class T> static T length(std::span<const T> x) {
  return static_cast<T>(gradient_norm(x));
}

/// scale (g - g') + mu, whose mean is that of the gradient, and which is the
/// full gradient at the snapshot.
template <class T> static void formula() {
  const T bound = 16 * std::numeric_limits<T>::epsilon();
  parameters<T> p;
  p.add("w", n, T(0.5));
  svrg_state<T> state({.snapshot_interval = 5}, p);
  const std::vector<T> mu = mean_gradient<T>(p.values());
  state.set_snapshot(p, mu);
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<T> g = gradient<T>(p.values(), s);
    const std::vector<T> same = g;
    CHECK_THAT(state.corrected(g, same).data() == g.data() && g == mu);
  }
  p.values()[1] = T(-0.75);
  CHECK_THAT(state.snapshot()[1] == T(0.5));
  std::vector<T> mean(n);
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<T> g = gradient<T>(p.values(), s);
    const std::vector<T> there = gradient<T>(state.snapshot(), s);
    const std::vector<T> old = g;
    state.corrected(g, there, 0.5);
    for (std::size_t k = 0; k < n; ++k) {
      CHECK_THAT(std::fabs(g[k] - (T(0.5) * (old[k] - there[k]) + mu[k])) <=
                 bound);
      mean[k] += (old[k] - there[k] + mu[k]) / samples;
    }
  }
  for (std::size_t k = 0; k < n; ++k)
    CHECK_THAT(std::fabs(mean[k] - mean_gradient<T>(p.values())[k]) <= bound);
}

/// With a constant rate SGD ends in noise, SVRG in the minimum.
template <class T> static void converges() {
  parameters<T> p, q;
  p.add("w", n, T(0));
  q.add("w", n, T(0));
  svrg_state<T> svrg({.lr = 0.1}, p, 2 * samples);
  optimizer_state sgd(SGD{.lr = 0.1}, q);
  int snapshots = 0;
  for (std::int64_t step = 0; step < 100 * std::int64_t{samples}; ++step) {
    if (svrg.needs_snapshot(step)) {
      CHECK_THAT(step % (2 * std::int64_t{samples}) == 0);
      svrg.set_snapshot(p, mean_gradient<T>(p.values()));
      ++snapshots;
    }
    const std::size_t s = static_cast<std::size_t>(step * 7) % samples;
    std::vector<T> g = gradient<T>(p.values(), s);
    svrg.step(p, svrg.corrected(g, gradient<T>(svrg.snapshot(), s)));
    sgd.step(q, gradient<T>(q.values(), s));
  }
  CHECK_THAT(snapshots == 50 && svrg.steps() == 100 * samples);
  const T reached = length<T>(mean_gradient<T>(p.values()));
  CHECK_THAT(reached < 32 * std::numeric_limits<T>::epsilon());
  CHECK_THAT(length<T>(mean_gradient<T>(q.values())) > T(1e-2));
}

int main() {
  formula<float>();
  formula<double>();
  converges<float>();
  converges<double>();
}
